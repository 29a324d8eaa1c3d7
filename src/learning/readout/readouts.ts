import { Equations } from "../../analysis/equations.js";
import { sampled } from "../../analysis/sampled.js";
import type { Learned } from "../../analysis/simulation.js";
import type { Circuit } from "../../circuit/circuit.js";
import type { ReadoutCard } from "../../circuit/training/cards.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import { figuresOf } from "./metrics.js";
import { featuresTable, type Reading, readoutResult, rowsOf } from "./results.js";
import { fitted, readoutTask } from "./task.js";

/** Runs what is fed, and fits the readout of a card; nothing of the circuit changes. */
export function* readOut(
  circuit: Circuit,
  card: ReadoutCard,
  interrupted: () => boolean,
): Generator<number, Learned & { readonly reading: Reading | undefined }> {
  const { episode, washout, fit, test, period, multiplex, features, span } = card;
  const rows = (washout + fit + test) * (episode ?? 1);
  const sampling = { rows, period, parts: multiplex, episode, signals: features, span };
  const seen = yield* sampled(new Equations(circuit), card.block, sampling, interrupted);
  const whole = seen.rows === washout + fit + test;
  const task = readoutTask(card, seen);
  const odd = task.features.findIndex((column) => !column.every(Number.isFinite));
  const diagnostics = odd < 0 ? seen.diagnostics : [...seen.diagnostics, notFinite(task.names[odd]!, card)];
  if (!whole || odd >= 0) {
    const { title } = circuit;
    const ended = seen.ended === "complete" ? "failed" : seen.ended;
    const none = [{ ...rowsOf(task), values: new Float64Array(0) }]; // what is not fitted has no outputs
    const nothing = { analysis: "train", name: card.name, title, axes: 1, columns: none, ended } as const;
    const tables = odd < 0 ? [featuresTable(task)] : [];
    return { circuit, result: { ...nothing, tables, statistics: seen.statistics }, diagnostics, reading: undefined };
  }
  const found = fitted(task, task.targets);
  const reading = { task, fit: found, figures: figuresOf(task, found) };
  return { circuit, result: readoutResult(reading, seen, circuit.title), diagnostics, reading };
}

const notFinite = (name: string, { span }: ReadoutCard): Diagnostic => ({
  severity: "error",
  code: "not-finite",
  message: `The feature \`${name}\` has no finite value in some row: there is nothing to read out.`,
  span,
});
