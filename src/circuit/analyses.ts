import type { Directive } from "../syntax/ast.js";
import { readAc } from "./ac-card.js";
import { isChannelPrint, readChannelPrint } from "./channels/print-card.js";
import type { Circuit, Options } from "./circuit.js";
import type { Elaboration } from "./elaboration.js";
import type { Environment } from "./environment.js";
import type { Placed } from "./expand.js";
import { Items } from "./items.js";
import { readNoise } from "./noise-card.js";
import type { QuantumBlock } from "./quantum/block.js";
import { readQtran } from "./quantum/qtran-card.js";
import { readSweep } from "./sweep-card.js";
import { LearningCards } from "./training/learning-cards.js";
import { readTransient } from "./transient-card.js";

/** `.op`, `.dc`, `.tran`, `.ac`, `.noise`, `.qtran`, `.print channel`, `.train`, `.test` and `.weights`, in the order in which they stand. */
export function readAnalyses(
  cards: readonly Placed[],
  { datasets }: Elaboration,
  options: Options,
  blocks: readonly QuantumBlock[],
): Circuit["analyses"] {
  const learning = new LearningCards(datasets, blocks);
  return cards.flatMap(({ card, place }) =>
    card.kind === "directive" ? (readAnalysis(card, place, options, blocks) ?? learning.read(card, place) ?? []) : [],
  );
}

function readAnalysis(
  card: Directive,
  place: Environment,
  options: Options,
  blocks: readonly QuantumBlock[],
): Circuit["analyses"][number] | undefined {
  switch (card.name) {
    case ".op":
      new Items(card.items, place, card.span).end();
      return { kind: "op", span: card.span };
    case ".dc":
      return readSweep(card, place);
    case ".ac":
      return readAc(card, place);
    case ".noise":
      return readNoise(card, place);
    case ".tran":
      return readTransient(card, place, options);
    case ".qtran":
      return readQtran(card, place, blocks);
    case ".print":
      return isChannelPrint(card, place) ? readChannelPrint(card, place, place.elaboration.channels) : undefined;
    default:
      return undefined;
  }
}
