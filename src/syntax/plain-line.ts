/** What a character is to a line: blank, of a card, or one that must be looked at (comments, quotes, line ends). */
enum Sign {
  OfCard = 0,
  Blank = 1,
  Doubtful = 2,
}

const signs = Uint8Array.from({ length: 128 }, (_, code): Sign => {
  if (code === 32 || code === 9 || code === 11 || code === 12) return Sign.Blank;
  return ";$'\"/\\\r\n".includes(String.fromCharCode(code)) ? Sign.Doubtful : Sign.OfCard;
});

/** The first character of a line that is not blank, `end` if there is none; −1 where the line must be looked at closely. */
export function firstOfPlain(text: string, start: number, end: number): number {
  let first = end;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    const sign: Sign = code < 128 ? (signs[code] as Sign) : Sign.Doubtful;
    if (sign === Sign.Doubtful) return -1;
    if (sign === Sign.OfCard && first === end) first = at;
  }
  return first;
}
