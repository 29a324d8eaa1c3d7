import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { simulate } from "../../src/index.js";
import { NetlistError } from "../../src/text/diagnostic.js";
import { mutate, random } from "./mutate.js";

const folder = resolve(import.meta.dirname, "../../netlists");
const originals = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".cir"))
  .sort()
  .map((name) => readFileSync(join(folder, name), "utf8"));

/** Steps after which a mutant that simulates well is let go. */
const enough = 40;

/** Runs mutants number `from` to `to`; throws with the mutant's text where the product breaks a promise. */
export async function judgeMutants(
  from: number,
  to: number,
): Promise<{ refused: number; ran: number; failed: number }> {
  const count = { refused: 0, ran: 0, failed: 0 };
  for (let seed = from; seed < to; seed++) {
    const next = random(seed);
    const text = mutate(originals[seed % originals.length]!, next);
    try {
      const started = performance.now();
      count[await judge(text)]++;
      const took = performance.now() - started;
      if (took > 20_000) throw new Error(`hangs: ${took} ms`);
    } catch (fault) {
      throw new Error(`mutant ${seed} breaks a promise: ${(fault as Error).stack}\n--- netlist\n${text}`);
    }
  }
  return count;
}

async function judge(text: string): Promise<"refused" | "ran" | "failed"> {
  const abort = new AbortController();
  let steps = 0;
  try {
    const found = await simulate(text, {
      name: "mutant.cir",
      signal: abort.signal,
      pause: () => {
        if (++steps > enough) abort.abort();
        return undefined;
      },
    });
    const failed = found.results.some(({ ended }) => ended === "failed");
    for (const { columns } of found.results) {
      for (const { name, values } of columns) {
        const wrong = values.findIndex((value) => !Number.isFinite(value));
        if (wrong >= 0) throw new Error(`${name} is ${values[wrong]} at row ${wrong}`);
      }
    }
    if (failed && !found.diagnostics.some(({ severity }) => severity === "error"))
      throw new Error("failed without a word");
    return failed ? "failed" : "ran";
  } catch (fault) {
    if (!(fault instanceof NetlistError)) throw fault;
    const errors = fault.diagnostics.filter(({ severity }) => severity === "error");
    if (errors.length === 0) throw new Error("refused without an error");
    for (const { message, span } of errors) {
      if (span === undefined || message.trim() === "") throw new Error(`an error without a place: ${message}`);
      const { line, column } = span.source.locate(span.start);
      if (!(line >= 1 && column >= 1)) throw new Error(`a place that is none: ${line}:${column}`);
    }
    return "refused";
  }
}
