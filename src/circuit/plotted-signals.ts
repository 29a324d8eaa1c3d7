import type { PlotCard, Signal } from "./circuit.js";

/** The signals that a picture shows. */
export function plottedSignals(card: PlotCard): readonly Signal[] {
  switch (card.kind) {
    case "waves":
      return [...card.signals, ...card.right];
    case "map":
      return card.cells.map(({ signal }) => signal);
    case "iv":
    case "figures":
      return card.devices.flatMap(({ voltage, current }) => [voltage, current]);
    case "xy":
      return [card.x, ...card.y];
    case "bloch":
      return card.spheres.flatMap(({ axes }) => axes);
    case "rho":
      return [...card.real, ...card.imaginary];
    case "circuit":
    case "runs":
      return [];
  }
}
