import type { Complaints } from "../text/diagnostic.js";
import type { Source } from "../text/source.js";
import type { Card } from "./card.js";
import { longestLine, nextLine, tooLong } from "./line.js";
import { Lines } from "./lines.js";
import { PlainCardFinder } from "./plain-cards.js";
import { readsAsCard } from "./title.js";

export interface Layout {
  readonly title: string;
  readonly cards: readonly Card[];
  /** The lines of `.control`. */
  readonly commands: readonly Card[];
}

/** Finds the cards of a file. The main file's first line is its title; what stands behind `.end` is not read. */
export function layOut(source: Source, main: boolean, complaints: Complaints): Layout {
  const { text } = source;
  const lone = text.includes("\r") ? text.search(/\r(?![\r\n])/) : -1;
  if (lone >= 0 && lone < text.length - 1) {
    const span = { source, start: lone, end: lone + 1 };
    complaints.error("line-end", "A carriage return stands alone here: lines end in LF or in CR LF.", span);
  }
  const title = main ? titleOf(source, complaints) : "";
  const lines = new Lines(source, complaints);
  let start = main ? nextLine(text, 0) : 0;
  const finder = new PlainCardFinder(source);
  while (start < text.length && !lines.ended) {
    const plain = lines.isFree ? finder.find(start) : undefined;
    if (plain !== undefined) {
      lines.add(plain.cards);
      start = plain.next;
    }
    const next = nextLine(text, start);
    lines.read(start, text[next - 1] === "\n" ? next - 1 : next);
    start = next;
  }
  return { title, cards: lines.finish(start), commands: lines.commands };
}

function titleOf(source: Source, complaints: Complaints): string {
  const end = nextLine(source.text, 0);
  if (end > longestLine) {
    complaints.error("line-too-long", tooLong(1, end), { source, start: 0, end: 1 });
    return "";
  }
  const line = source.text.slice(0, end);
  const title = line.trim();
  if (readsAsCard(title, source.text)) {
    const shown = title.length > 40 ? `${title.slice(0, 40)}…` : title;
    const start = line.indexOf(title);
    complaints.warning(
      "title-is-card",
      `Line 1 is the title, so \`${shown}\` is not in the circuit.`,
      { source, start, end: start + title.length },
      { help: "put a line with a title above it" },
    );
  }
  return title.replace(/^\*+\s*/, ""); // often written as a comment, which it is not
}
