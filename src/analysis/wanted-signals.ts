import type { AnalysisCard, Circuit, Signal } from "../circuit/circuit.js";
import { measuredSignals } from "./measure.js";
import { distinct, type Shown, shownSignals } from "./output.js";
import { picturedSignals } from "./pictures.js";

/** What an analysis shows, and every signal that anyone wants of it. */
interface WantedSignals {
  readonly shown: Shown;
  readonly signals: readonly Signal[];
}

/** What an analysis shows, and every signal that anyone wants of it. Runs that differ in values alone have their cards in common. */
export function wantedSignals(circuit: Circuit, card: AnalysisCard, { pictures }: Asked): WantedSignals {
  const before = last.get(card);
  if (before?.pictures === pictures && haveSameNames(before.circuit, circuit)) return before.wanted;
  const wanted = findSignals(circuit, card, pictures);
  last.set(card, { circuit, pictures, wanted });
  return wanted;
}

interface Asked {
  readonly pictures: boolean;
}

/** What was wanted of a card last, and of which circuit. */
const last = new WeakMap<AnalysisCard, Asked & { readonly circuit: Circuit; readonly wanted: WantedSignals }>();

/** Whether circuits that have a card in common differ in no more than values. */
const haveSameNames = (a: Circuit, b: Circuit): boolean =>
  a.nodes === b.nodes &&
  a.outputs === b.outputs &&
  a.blocks === b.blocks &&
  a.channels === b.channels &&
  a.instances.length === b.instances.length;

function findSignals(circuit: Circuit, card: AnalysisCard, pictures: boolean): WantedSignals {
  const shown = shownSignals(circuit, card, pointsOf(card));
  const pictured = pictures ? picturedSignals(circuit, card) : [];
  return { shown, signals: distinct([...shown.signals, ...measuredSignals(circuit.outputs, card), ...pictured]) };
}

function pointsOf(card: AnalysisCard): number {
  if (card.kind === "tran") return (card.stop - card.start) / card.step;
  if (card.kind === "qtran") return 1;
  if (card.kind === "ac" || card.kind === "noise") return card.frequencies.length;
  return card.kind === "op" ? 1 : card.sweeps.reduce((product, { points }) => product * points.length, 1);
}
