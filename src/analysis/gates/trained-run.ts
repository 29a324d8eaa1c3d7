import type { Circuit } from "../../circuit/circuit.js";
import type { BlockTrainCard, ChannelTrainCard } from "../../circuit/training/cards.js";
import type { QuantumCircuit } from "../../result/quantum-circuit.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import type { Learner, Progress } from "../simulation.js";
import type { DigitalCard } from "./circuit.js";
import { circuitOfRun, digitalRun } from "./run.js";

/** A digital run as a circuit of what was learned before it, or why it is none. */
export type TrainedRun = { readonly diagnostics: readonly Diagnostic[] } & (
  | {
      readonly circuit: QuantumCircuit;
      /** The trainings that moved its numbers, in their order. */
      readonly learned: readonly string[];
    }
  | { readonly problem: Diagnostic }
);

/**
 * The circuit of a netlist's only digital run, or of the first one of a block that is named, behind the trainings that stand
 * before it and move what its gates take: the block's own weights, and channels where it applies any by name. Others
 * move devices of the circuit, which gates do not see.
 */
export function trainedRun(
  circuit: Circuit,
  block: string | undefined,
  learner: Learner,
  onProgress: (progress: Progress) => void = () => undefined,
): TrainedRun {
  const run = digitalRun(circuit, block);
  if ("problem" in run) return { ...run, diagnostics: [] };
  const { card } = run;
  const untrained = circuitOfRun(circuit, card);
  const diagnostics: Diagnostic[] = circuit.runs ? [programOfOne] : [];
  if ("problem" in untrained) return { ...untrained, diagnostics };
  const of = circuit.analyses.length;
  const learned: string[] = [];
  let at = circuit;
  for (const [analysis, training] of circuit.analyses.entries()) {
    if (!movesGates(training, card, circuit)) continue;
    if (analysis > circuit.analyses.indexOf(card)) {
      diagnostics.push(behind(training));
      continue;
    }
    const found = ended(
      learner.run(at, training, () => false),
      (fraction) => onProgress({ analysis, of, fraction }),
    );
    diagnostics.push(...found.diagnostics);
    learned.push(training.name);
    at = found.circuit;
  }
  return { ...(learned.length === 0 ? untrained : circuitOfRun(at, card)), learned, diagnostics };
}

function ended<Found>(running: Generator<number, Found>, on: (fraction: number) => void): Found {
  for (let next = running.next(); ; next = running.next()) {
    if (next.done) return next.value;
    on(next.value);
  }
}

function movesGates(
  it: Circuit["analyses"][number],
  { block }: DigitalCard,
  { blocks }: Circuit,
): it is BlockTrainCard | ChannelTrainCard {
  if (it.kind === "descent") return it.block === block;
  if (it.kind !== "channel") return false;
  return blocks[block]!.operations.some((one) => one.kind === "channel" && one.map.kind !== "standard");
}

const behind = ({ name, span }: BlockTrainCard | ChannelTrainCard): Diagnostic => ({
  severity: "warning",
  code: "trained-behind",
  message: `The training \`${name}\` stands behind the digital run: the program has what was there before it.`,
  span,
  help: "put its `.train` before the `.qtran`.",
});

const programOfOne: Diagnostic = {
  severity: "note",
  code: "program-of-one",
  message: "The program is of the netlist as it stands, not of a run of its `.step` or `.mc`.",
  help: "give the value that you want by `--set`.",
};
