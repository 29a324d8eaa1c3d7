/** What the characters of a line are to it, as bits. */
export enum Mark {
  Word = 1,
  Blank = 2,
  /** Parts words, but is no blank in front of a card. */
  Comma = 4,
  /** Of `name=value` and parentheses. */
  Structure = 8,
  /** The grammar reads a card that holds it. */
  ForGrammar = 16,
  /** A comment, a quotation or a line end may begin here: the line must be looked at closely. */
  Doubtful = 32,
}

/** The mark of each character, by its code below 128. */
export const marks = Uint8Array.from({ length: 128 }, (_, code): Mark => {
  const character = String.fromCharCode(code);
  if (";$'\"/\\\r\n".includes(character)) return Mark.Doubtful;
  if (code === 32 || code === 9 || code === 11 || code === 12) return Mark.Blank;
  if (character === ",") return Mark.Comma;
  if ("()=".includes(character)) return Mark.Structure;
  if (code < 32 || code === 127 || "{}".includes(character)) return Mark.ForGrammar;
  return Mark.Word;
});

const ofCard = Mark.Word | Mark.Structure | Mark.ForGrammar;

/** What is seen of a line in one pass over its characters. */
export class PlainLine {
  /** Its first character that is not blank; its end if there is none. */
  first = 0;
  /** Behind its last character that is neither blank nor a comma. */
  behind = 0;
  /** The marks of all its characters. */
  marks = 0;

  /** Looks at characters `start` to `end`; false where they must be looked at closely. */
  look(text: string, start: number, end: number): boolean {
    let first = -1;
    let behind = start;
    let seen = 0;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      const mark = code < 128 ? marks[code]! : Mark.Doubtful;
      seen |= mark;
      if (mark === Mark.Blank) continue;
      if (first < 0) first = at;
      if ((mark & ofCard) !== 0) behind = at + 1;
    }
    this.first = first < 0 ? end : first;
    this.behind = behind;
    this.marks = seen;
    return (seen & Mark.Doubtful) === 0;
  }
}
