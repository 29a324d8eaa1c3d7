import type { Complaints } from "../../text/diagnostic.js";
import type { Circuit, PlotCard } from "../circuit.js";
import { whyWithoutGates } from "./without-gates.js";

/** A picture of gates needs a run in digital steps, of a block that has gates; a training alone has no times at which to draw them. */
export function checkCircuitPlot(
  { block, span }: Extract<PlotCard, { kind: "circuit" }>,
  { blocks, analyses }: Pick<Circuit, "blocks" | "analyses">,
  complaints: Complaints,
): void {
  const of = blocks[block];
  if (of === undefined) return;
  const without = whyWithoutGates(of);
  if (without !== undefined) {
    complaints.error("no-gates", without.message, span, { notes: [{ message: "This is it.", span: without.span }] });
    return;
  }
  const runs = analyses.flatMap((card) => (card.kind === "qtran" && card.block === block ? [card] : []));
  if (runs.length === 0 && analyses.length > 0) {
    const named = blocks.length > 1 ? ` block=${of.name}` : "";
    const trained = analyses.some((card) => card.kind === "descent" && card.block === block);
    const behind = trained ? " behind its `.train`: the gates are then those of the learned weights" : "";
    const message = `This picture is not drawn: no \`.qtran\` runs \`${of.name}\` in digital steps.`;
    const help = `write \`.qtran 1 method=digital dt=1${named}\`${behind}.`;
    complaints.warning("no-digital-run", message, span, of.isInCircuit ? {} : { help });
    return;
  }
  if (runs.length > 0 && runs.every(({ method, dt }) => method !== "digital" || dt === undefined)) {
    const message = `\`.plot circuit\` draws the gates of a run in digital steps, but \`${of.name}\` has none.`;
    const help = "write `method=digital steps_per_period=30` behind its `.qtran`.";
    complaints.error("no-digital-run", message, span, { help });
  }
}
