import type { PlotCard, Signal } from "./circuit.js";

/** The signals that a picture shows. */
export function plottedSignals(card: PlotCard): readonly Signal[] {
  if (card.kind === "waves") return [...card.signals, ...card.right];
  if (card.kind === "map") return card.cells.map(({ signal }) => signal);
  return card.kind === "iv" ? card.devices.flatMap(({ voltage, current }) => [voltage, current]) : [card.x, ...card.y];
}
