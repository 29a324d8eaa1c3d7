import { svgOf } from "../../src/cli/svg.js";
import { type Diagnostic, NetlistError, render, type Simulation, Source, simulate } from "../../src/index.js";
import { type Mutant, mutantOf } from "./mutant.js";
import { dataFiles } from "./originals.js";

/** A mutant that takes longer is let go if it simulates well, s. */
const patience = 1;
/** A mutant that takes more of the processor than this hangs, s: 300 000 elements are read in a third of it. */
const longest = 15;

/** A quantum memristor's loop has no figures before its end, and a difference no value without a neighbour. */
const mayBeMissing = /\b(formfactor|pinch|ohm|area|i)\(/;

/** What became of a mutant: refused with a place, run, or ended by an analysis that failed with a reason. */
export type Verdict = "refused" | "ran" | "failed";

/** Runs mutants number `from` to `to`; throws with the mutant's text where the product breaks a promise. */
export async function judgeMutants(from: number, to: number): Promise<Record<Verdict, number>> {
  const count = { refused: 0, ran: 0, failed: 0 };
  for (let seed = from; seed < to; seed++) count[await judgeMutant(seed)]++;
  return count;
}

/** The same for one mutant. */
export async function judgeMutant(seed: number): Promise<Verdict> {
  const mutant = mutantOf(seed);
  try {
    const before = process.cpuUsage();
    const verdict = await judge(mutant);
    const { user, system } = process.cpuUsage(before);
    if (user + system > longest * 1e6) throw new Error(`hangs: ${(user + system) / 1e6} s`);
    return verdict;
  } catch (fault) {
    throw new Error(`mutant ${mutant.name} breaks a promise: ${(fault as Error).stack}\n--- netlist\n${mutant.text}`);
  }
}

async function judge(mutant: Mutant): Promise<Verdict> {
  try {
    return judgeSimulation(await simulateBriefly(mutant), mutant.drawn);
  } catch (fault) {
    if (!(fault instanceof NetlistError)) throw fault;
    judgeRefusal(fault.diagnostics);
    return "refused";
  }
}

function simulateBriefly({ text, pauses }: Mutant): Promise<Simulation> {
  const abort = new AbortController();
  let count = 0;
  const begin = performance.now();
  const pause = (): undefined => {
    if (++count > pauses || performance.now() - begin > 1000 * patience) abort.abort();
  };
  const read = (name: string): Source | undefined => {
    const data = dataFiles.get(name);
    return data === undefined ? undefined : new Source(name, data);
  };
  return simulate(text, { name: "mutant.cir", read, signal: abort.signal, pause });
}

function judgeSimulation({ results, measures, pictures, diagnostics }: Simulation, drawn: boolean): Verdict {
  for (const { analysis, columns } of results) {
    for (const { name, values } of columns) {
      const gaps = analysis === "qtran" && mayBeMissing.test(name);
      const wrong = values.findIndex((value) => !Number.isFinite(value) && !(gaps && Number.isNaN(value)));
      if (wrong >= 0) throw new Error(`${name} is ${values[wrong]} at row ${wrong}`);
    }
  }
  for (const { name, value } of measures)
    if (value !== null && !Number.isFinite(value)) throw new Error(`measure ${name} is ${value}`);
  for (const diagnostic of diagnostics) judgeSentence(diagnostic);
  const failed = results.some(({ ended }) => ended === "failed");
  if (failed && !diagnostics.some(({ severity }) => severity === "error")) throw new Error("failed without a word");
  if (drawn) for (const picture of pictures) judgeDrawing(svgOf(picture));
  return failed ? "failed" : "ran";
}

function judgeDrawing(svg: string): void {
  const wrong = /\b(NaN|-?Infinity|undefined|null|\[object)\b/.exec(svg);
  if (wrong) throw new Error(`a picture says ${svg.slice(Math.max(0, wrong.index - 80), wrong.index + 20)}`);
}

function judgeRefusal(diagnostics: readonly Diagnostic[]): void {
  if (!diagnostics.some(({ severity }) => severity === "error")) throw new Error("refused without an error");
  for (const diagnostic of diagnostics) judgeSentence(diagnostic);
}

/** Every complaint has a place, and is a sentence that a person may read. */
function judgeSentence(diagnostic: Diagnostic): void {
  const { message, span, code } = diagnostic;
  if (span === undefined) throw new Error(`a complaint without a place: ${message}`);
  const { line, column } = span.source.locate(span.start);
  if (!(line >= 1 && column >= 1)) throw new Error(`a place that is none: ${line}:${column}`);
  if (!(span.start >= 0 && span.start <= span.end && span.end <= span.source.text.length))
    throw new Error(`a span that is none: ${span.start} to ${span.end} of ${span.source.text.length}, ${message}`);
  if (!/^[a-z0-9-]+$/.test(code) || !/^\S.*\S$/s.test(message)) throw new Error(`no sentence: ${code}: ${message}`);
  const quoted = render(diagnostic)
    .replaceAll(/`[^`]*`/g, "")
    .split("\n")[0]!;
  const wrong = /\b(NaN|undefined|null|\[object)\b/.exec(quoted);
  if (wrong) throw new Error(`a complaint says ${wrong[0]}: ${message}`);
}
