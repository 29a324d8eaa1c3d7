import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check, simulate } from "../../src/index.js";
import { render } from "../../src/text/diagnostic.js";

// Cases written in Markdown, so that a physicist can add one. Under a heading stand
//     ```spice      the netlist, and then either
//     ```messages   everything that is said of it, word for word, or
//     ```run        everything that is said when it runs, or
//     ```measures   numbers that it gives: `name = value`, or `name = value ± tolerance`
// and under the same heading more of them.
// CASES=review writes the messages that the program gives now into the file, to be read before they are committed.

const review = process.env["CASES"] === "review";

interface Case {
  readonly name: string;
  readonly netlist: string;
  readonly kind: "messages" | "run" | "measures";
  readonly expected: string;
}

function casesOf(text: string): Case[] {
  const pattern = /^```spice\n([\s\S]*?)```\n+[\s\S]*?```(messages|run|measures)\n([\s\S]*?)```/gm;
  return text.split(/^## /m).flatMap((section) => {
    const [heading = ""] = section.split("\n", 1);
    return [...section.matchAll(pattern)].map(([, netlist, kind, expected], k) => ({
      name: k === 0 ? heading : `${heading}, ${k + 1}`,
      netlist: netlist!,
      kind: kind as Case["kind"],
      expected: expected!.trimEnd(),
    }));
  });
}

const said = (netlist: string): string =>
  check(netlist, { name: "deck.cir" })
    .map((diagnostic) => render(diagnostic))
    .join("\n\n");

async function saidRunning(netlist: string): Promise<string> {
  const { diagnostics } = await simulate(netlist, { name: "deck.cir", pictures: false });
  return diagnostics.map((diagnostic) => render(diagnostic)).join("\n\n");
}

async function measures(netlist: string, expected: string): Promise<void> {
  const found = await simulate(netlist, { name: "deck.cir", pictures: false });
  for (const line of expected.split("\n").filter((text) => text.trim() !== "")) {
    const [, name, value, tolerance] = /^(\S+) = (\S+)(?: ± (\S+))?$/.exec(line)!;
    const measured = found.measures.find((measure) => measure.name === name);
    expect(measured?.value, `${name} is measured`).toBeTypeOf("number");
    const allowed = tolerance === undefined ? 1e-9 * Math.abs(Number(value)) : Number(tolerance);
    expect(Math.abs(measured!.value! - Number(value)), line).toBeLessThanOrEqual(allowed);
  }
}

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".md"));
describe.each(files)("%s", (file) => {
  const path = join(import.meta.dirname, file);
  const text = readFileSync(path, "utf8");
  test.each(casesOf(text).map((it) => [it.name, it] as const))("%s", async (_, { netlist, kind, expected }) => {
    if (kind === "measures") await measures(netlist, expected);
    else if (kind === "run") expect(await saidRunning(netlist)).toBe(expected);
    else if (!review) expect(said(netlist)).toBe(expected);
  });
  if (review)
    test("messages are written for review", () => {
      const written = text.replace(
        /(```spice\n)((?:(?!```)[\s\S])*)(```\n+```messages\n)([\s\S]*?)(```)/g,
        (_, a, netlist, b, _old, c) => `${a}${netlist}${b}${said(netlist)}\n${c}`,
      );
      writeFileSync(path, written);
    });
});
