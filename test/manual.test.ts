import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check } from "../src/index.js";
import { Source } from "../src/text/source.js";

// What the pages for users show must be true: each netlist on them is read without a complaint.

/** By their titles, what users are told of netlists that are right. */
const told: ReadonlyMap<string, readonly string[]> = new Map(
  [
    "A film as LTspice users draw it: its own language is named, so that conditions hold above one half",
    "The memristor of Biolek, Biolek and Biolkova, as they published it",
  ].map((title) => [title, ["note[state-in-capacitor]"]]),
);

const netlistsOf = (page: string): string[] =>
  [...readFileSync(join(import.meta.dirname, "..", page), "utf8").matchAll(/```spice\n([\s\S]*?)```/g)].map(
    ([, text]) => text!,
  );

describe.each(["README.md", "grammar/README.md"])("%s", (page) => {
  const netlists = netlistsOf(page);

  test("shows netlists", () => expect(netlists.length).toBeGreaterThan(0));

  test.each(netlists.map((text) => [text.split("\n")[0]!, text]))("%s", (_, text) => {
    // That a published subcircuit was recognised is no complaint.
    const said = check(text).map(({ severity, code }) => `${severity}[${code}]`);
    expect(said).toEqual(told.get(text.split("\n")[0]!) ?? []);
  });
});

const waveforms = readFileSync(join(import.meta.dirname, "../grammar/README.md"), "utf8")
  .split("## Waveforms\n")[1]!
  .split("\n## ")[0]!
  .matchAll(/^\| `(.*?)`/gm);

/** With numbers for the names: `sin(1 2 3 4 5 6)`. */
const filledIn = (form: string): string =>
  form
    .replaceAll(/[[\]…]/g, "")
    .replace("r= td= hold", "r=0 td=0 hold")
    .replace("r=t td=t", "r=1 td=0")
    .replace(
      /\((.*)\)/,
      (_, names: string) =>
        `(${names
          .trim()
          .split(/ +/)
          .map((_name, k) => k + 1)
          .join(" ")})`,
    );

test.each([...waveforms].map(([, form]) => filledIn(form!)))("the waveform %s", (form) => {
  const read = (name: string) => new Source(name, "0,1\n1,2\n");
  const found = check(`title\nV1 a 0 ${form}\nR1 a 0 1\n.tran 1\n.end\n`, { read });
  expect(found.filter(({ severity }) => severity === "error")).toEqual([]);
});
