import type { Diagnostic } from "../text/diagnostic.js";
import type { Source, Span } from "../text/source.js";
import type { Card } from "./card.js";
import { PlainCards } from "./plain-cards.js";

/** What faults keep out of a file's tree, so that what leans on it is no second fault. */
export interface Gaps {
  /** The cards with faults; they are not in the tree, or not as they were meant. */
  readonly cards: readonly Span[];
  /** Whether names that stand on none of these cards may be missing too: a block or an included file is. */
  readonly anything: boolean;
}

/** A file without faults. */
export const noGaps: Gaps = { cards: [], anything: false };

/** Cards that other cards hang together with, or that stand for others. */
const structural =
  /^\s*\.(?:subckt|ends|device|enddevice|state|eq|out|when|check|claims|for|endfor|if|elseif|else|endif|lib|endl|inc\w*|quantum|endquantum)\b/i;

/** The gaps that errors leave among the cards of a file. */
export function gapsOf(said: readonly Diagnostic[], cards: readonly Card[], source: Source): Gaps {
  const errors = said.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return noGaps;
  const each = cards.flatMap((card): readonly Card[] => (card instanceof PlainCards ? card.all() : [card]));
  const broken = errors.map(({ span }) => each.find((card) => span !== undefined && isOn(card, span)));
  return {
    cards: [...new Set(broken)].flatMap((card) => (card === undefined ? [] : [extent(card, source)])),
    anything: broken.some((card) => card === undefined || structural.test(card.text) || isInclude(card)),
  };
}

const isOn = ({ text, start }: Card, span: Span): boolean => span.start >= start && span.start <= start + text.length;

const extent = ({ text, start }: Card, source: Source): Span => ({ source, start, end: start + text.length });

/** `.incldue`: a card that is not known, but begins as the one that reads a file. */
const isInclude = ({ text }: Card): boolean => /^\s*\.in\w/i.test(text);
