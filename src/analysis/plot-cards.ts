import type { AnalysisCard, Circuit, PlotCard } from "../circuit/circuit.js";
import { curvesOf } from "../circuit/phasor-calls.js";
import { plottedSignals } from "../circuit/plotted-signals.js";
import { isReal } from "../expressions/phasor.js";
import { fitsBlock, isOfBlock } from "./quantum/block-pictures.js";
import { tells } from "./told.js";

/** The `.plot` cards that an analysis has pictures for: without a word of their own all but operating points. */
export const cardsOf = (circuit: Circuit, of: AnalysisCard): readonly PlotCard[] =>
  of.kind === "ac" ? smallSignalCards(fittingCards(circuit, of)) : fittingCards(circuit, of);

/** Of complex signals waves show decibel and phase; other pictures need to be told what of them is meant. */
const smallSignalCards = (cards: readonly PlotCard[]): readonly PlotCard[] =>
  cards.flatMap((card): readonly PlotCard[] => {
    if (card.kind === "waves") return [{ ...card, signals: curvesOf(card.signals), right: curvesOf(card.right) }];
    return card.kind !== "iv" && plottedSignals(card).every(({ formula }) => isReal(formula)) ? [card] : [];
  });

const fittingCards = ({ outputs, analyses }: Circuit, of: AnalysisCard): readonly PlotCard[] =>
  outputs.plots.filter((card) => {
    if (!plottedSignals(card).every((signal) => tells(of, signal))) return false;
    if (card.kind === "runs") return false; // of all runs together
    if (card.kind === "figures") return of.kind === "tran";
    if (isOfBlock(card)) return fitsBlock(card, of);
    if ((card.kind === "waves" || card.kind === "map") && card.analysis !== undefined) return card.analysis === of.kind;
    return of.kind !== "op" || (card.kind === "map" && analyses.every(({ kind }) => kind === "op"));
  });
