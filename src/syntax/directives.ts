import type { Span } from "../text/source.js";
import type { Item, Word } from "./ast.js";
import type { Closing, Piece } from "./pieces.js";
import type { Place } from "./place.js";
import { canonical } from "./statements.js";

/** A dot card whose items are words: what the grammar and the quick way for plain cards both end in. */
export function directivePiece(
  written: string,
  nameSpan: Span,
  items: readonly Item[],
  span: Span,
  place: Place,
): Piece {
  const name = canonical(written);
  switch (name) {
    case ".else":
      complete(items, 0, place);
      return { kind: "branch", condition: undefined, span };
    case ".endif":
    case ".endfor":
      complete(items, 0, place);
      return { kind: "close", word: name, name: undefined, span };
    case ".ends":
    case ".endl":
    case ".enddevice":
    case ".endquantum":
      return closing(name, items, span, place);
    case ".claims":
      return { kind: "part", part: { kind: "claims", words: onlyWords(items, place) }, span };
    default:
      return { kind: "statement", statement: { kind: "directive", name, nameSpan, items, span } };
  }
}

function closing(word: Closing, items: readonly Item[], span: Span, place: Place): Piece {
  const [first] = items;
  complete(items, 1, place);
  if (first && first.kind !== "word") behind(first, place);
  return { kind: "close", word, name: first?.kind === "word" ? first : undefined, span };
}

function onlyWords(items: readonly Item[], place: Place): readonly Word[] {
  const words = items.filter((item) => item.kind === "word");
  const other = items.find((item) => item.kind !== "word");
  if (other) behind(other, place);
  return words;
}

function complete(items: readonly Item[], most: number, place: Place): void {
  const extra = items[most];
  if (extra) behind(extra, place);
}

function behind({ span }: Item, { complaints }: Place): void {
  complaints.error("text-behind-card", "Expected the end of the line: the card is complete before this.", span);
}
