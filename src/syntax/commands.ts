import type { Card } from "./card.js";
import { directivePiece } from "./directives.js";
import type { Piece } from "./pieces.js";
import type { Place } from "./place.js";
import { Scan } from "./scan.js";

/** Analyses that ngspice's users ask for in `.control` instead of on a card: the same words without the dot. */
const analyses = /^(?:tran|dc|ac|op)$/i;
/** Commands that change what the analyses behind them find. */
const changes = /^(?:alter|altermod|alterparam|foreach|while|dowhile|repeat)$/i;

const cards = /^\.(?:tran|dc|ac|op|noise|train|qtran)$/;

/** The analyses among the commands of a deck that asks for none on its cards; each is told, and so is what changes them. */
export function analysesOf(
  commands: readonly Card[],
  pieces: readonly Piece[],
  placeOf: (card: Card) => Place,
): Piece[] {
  const asks = (piece: Piece): boolean =>
    piece.kind === "statement" && piece.statement.kind === "directive" && cards.test(piece.statement.name);
  if (commands.length === 0 || pieces.some(asks)) return [];
  const found = commands.flatMap((card) => analysisOf(card, placeOf(card)) ?? []);
  if (found.length > 0) for (const card of commands) tellChange(card, placeOf(card));
  return found;
}

function analysisOf({ text, start }: Card, place: Place): Piece | undefined {
  const scan = new Scan(text, { source: place.source, offset: start });
  const head = scan.head();
  if (head === undefined || !analyses.test(head.text)) return undefined;
  const name = `.${head.text.toLowerCase()}`;
  const items = scan.items(name);
  if (items === undefined) return undefined;
  place.complaints.note(
    "analysis-of-control",
    `\`${text.trim()}\` is run as if it were the card \`${name}\`.`,
    head.span,
  );
  return directivePiece(name, head.span, items, scan.span(head), place);
}

function tellChange({ text, start }: Card, { source, complaints }: Place): void {
  const [, blank = "", word = ""] = /^(\s*)(\S*)/.exec(text)!;
  if (!changes.test(word)) return;
  const from = start + blank.length;
  complaints.warning(
    "change-passed-over",
    `\`${word}\` is not run: the analyses are those of the circuit as its cards have it, once.`,
    { source, start: from, end: from + word.length },
    { help: "`.step` and `.mc` run a circuit again with other values." },
  );
}
