import type { Complaints } from "../../text/diagnostic.js";
import type { Circuit, ColumnsCard, PlotCard, Quantity, Signal } from "../circuit.js";
import type { Environment } from "../environment.js";
import { plottedSignals } from "../plotted-signals.js";
import type { QuantumBlock } from "./block.js";
import { checkCircuitPlot } from "./check-circuit-plot.js";
import { checkLengths } from "./check-lengths.js";
import { checkMethod, checkRecordSignals } from "./check-method.js";
import { checkLastStep, checkTimes } from "./check-times.js";
import { checkWindows } from "./check-windows.js";

type Checked = Pick<Circuit, "blocks" | "analyses" | "outputs">;

/** Complains of blocks and signals that no run of the netlist can serve. */
export function checkRuns({ blocks, analyses, outputs }: Checked, { elaboration }: Environment): void {
  const { complaints } = elaboration;
  checkLengths(blocks, elaboration.blocks.all, complaints);
  const running = ["qtran", "descent", "readout"];
  const run = new Set(
    analyses.flatMap((card) => {
      if (card.kind === "kernel") return card.kernel.kind === "fidelity" ? [card.kernel.block] : [];
      return running.includes(card.kind) && "block" in card ? [card.block] : [];
    }),
  );
  for (const [k, block] of blocks.entries()) {
    if (!run.has(k) && !block.isInCircuit && !complaints.failed) {
      const help = `write \`.qtran {20*2*pi}${blocks.length > 1 ? ` block=${block.name}` : ""}\`.`;
      complaints.note("block-not-run", `Nothing runs the block \`${block.name}\`.`, block.span, { help });
    }
  }
  if (analyses.every(({ kind }) => kind !== "tran")) {
    for (const card of outputs.plots) checkOneBlock(card, blocks, complaints);
  }
  const cards = analyses.filter((card) => card.kind === "qtran");
  for (const card of cards) {
    const { place } = elaboration.blocks.all[card.block]!;
    checkMethod(card, blocks[card.block]!, place);
    checkLastStep(card, blocks[card.block]!, place);
    checkWindows(card, blocks[card.block]!, place);
  }
  if (cards.length > 0) checkTimes(blocks, cards, elaboration.blocks.all[0]!.place);
  if (cards.length > 0) checkRecordSignals(cards, outputs, elaboration.blocks.all[0]!.place);
  for (const card of outputs.plots)
    if (card.kind === "circuit") checkCircuitPlot(card, { blocks, analyses }, complaints);
  const asked = [...outputs.columns.flatMap(askedBy), ...outputs.plots.flatMap(plottedBy)];
  for (const { analysis, signal } of asked) {
    const alone = (input: Quantity): boolean => input.kind === "quantum" && !input.isInCircuit;
    const quantum = signal.inputs.some(alone);
    if (quantum && signal.inputs.some((input) => !alone(input))) {
      const message = `\`${signal.name}\` speaks of the circuit and of a quantum block, which no run computes together.`;
      complaints.error("two-runs", message, signal.span);
    } else if (quantum && analysis !== undefined && analysis !== "qtran") {
      const message = `\`${signal.name}\` is of a quantum block, which \`.qtran\` runs: \`.${analysis}\` does not know it.`;
      complaints.error("other-run", message, signal.span, { help: `write \`qtran\` for \`${analysis}\`.` });
    } else if (!quantum && analysis === "qtran" && signal.inputs.length > 0) {
      const message = `\`${signal.name}\` is of the circuit, which \`.qtran\` does not run.`;
      complaints.error("other-run", message, signal.span);
    }
  }
}

/** Each `.qtran` runs one block, and a picture shows one run. */
function checkOneBlock(card: PlotCard, blocks: readonly QuantumBlock[], complaints: Complaints): void {
  const inputs = plottedSignals(card).flatMap((signal) => signal.inputs);
  const of = [...new Set(inputs.flatMap((input) => (input.kind === "quantum" ? [input.block] : [])))];
  if (of.length < 2) return;
  const names = of.map((k) => `\`${blocks[k]!.name}\``).join(", ");
  const message = `This picture is of the blocks ${names}, but each \`.qtran\` runs one block, and a picture shows one run.`;
  const help = "put what is to be compared into one block, or draw a picture of each.";
  complaints.error("two-runs", message, card.span, { help });
}

interface Asked {
  readonly analysis: ColumnsCard["analysis"];
  readonly signal: Signal;
}

const askedBy = ({ analysis, signals }: ColumnsCard): readonly Asked[] =>
  signals.map((signal) => ({ analysis, signal }));

const plottedBy = (card: PlotCard): readonly Asked[] =>
  card.kind === "waves" ? [...card.signals, ...card.right].map((signal) => ({ analysis: card.analysis, signal })) : [];
