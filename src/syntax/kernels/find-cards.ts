import { characterAt } from "./characters.js";

const lineFeed = 10;
const carriageReturn = 13;
const asterisk = 42;
const plus = 43;
const dot = 46;
// Of `Mark`: what a character is to its line.
const word = 1;
const blank = 2;
const comma = 4;
/** Any of these has the grammar or another reader look at the line. */
const closely = 56;

/**
 * Finds cards that are a line of words each, from character `from` on: writes the first character of each and the one behind its last, and
 * gives how many there are. Comments and blank lines among them are passed over; a line of another kind ends it. `last[0]` is where the
 * line of the last card begins, `last[1]` where that line does that was not taken.
 *
 * @param text four characters to a number, `to` in all
 * @param marks what each character is
 * @param most so many cards, for which there is room
 */
export function findCards(
  text: Int32Array,
  from: number,
  to: number,
  longest: number,
  marks: Int32Array,
  most: number,
  cards: Int32Array,
  last: Int32Array,
): number {
  let count = 0;
  let at = from;
  while (at < to) {
    const begin = at;
    let first = -1;
    let behind = at;
    let seen = 0;
    last[1] = begin;
    if (count === most) return count;
    while (at < to) {
      const character = characterAt(text, at);
      if (character === lineFeed) break;
      let mark = marks[character]!;
      if (character === carriageReturn && at + 1 < to && characterAt(text, at + 1) === lineFeed) mark = blank;
      seen = seen | mark;
      if (mark !== blank) {
        if (first < 0) first = at;
        if (mark !== comma) behind = at + 1;
      }
      at++;
    }
    at++;
    if (first < 0) continue;
    const head = characterAt(text, first);
    if (head === asterisk) continue;
    if (head === dot || head === plus || marks[head] !== word || (seen & closely) !== 0 || at - begin > longest)
      return count;
    cards[2 * count] = first;
    cards[2 * count + 1] = behind;
    last[0] = begin;
    count++;
  }
  last[1] = to;
  return count;
}
