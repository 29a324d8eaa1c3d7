import type { Directive } from "../syntax/ast.js";
import type { AnalysisCard, Options } from "./circuit.js";
import type { Environment } from "./environment.js";
import type { Placed } from "./expand.js";
import { Items } from "./items.js";
import { readSweep } from "./sweep-card.js";
import { readTransient } from "./transient-card.js";

/** `.op`, `.dc` and `.tran`, in the order in which they stand. */
export function readAnalyses(cards: readonly Placed[], options: Options): readonly AnalysisCard[] {
  return cards.flatMap(({ card, place }) =>
    card.kind === "directive" ? (readAnalysis(card, place, options) ?? []) : [],
  );
}

function readAnalysis(card: Directive, place: Environment, options: Options): AnalysisCard | undefined {
  switch (card.name) {
    case ".op":
      new Items(card.items, place, card.span).end();
      return { kind: "op", span: card.span };
    case ".dc":
      return readSweep(card, place);
    case ".tran":
      return readTransient(card, place, options);
    default:
      return undefined;
  }
}
