import type { Double } from "../../numerics/linear/kernels/double.js";
import { characterAt, partsWords } from "./characters.js";
import { enter, lookUp, type Names } from "./names.js";

/** Two-terminal elements of a number, by rows. */
export interface PlainRows {
  readonly kind: Int32Array; // 1: r, 2: c, 3: l
  readonly nodes: Int32Array; // two each
  readonly value: Float64Array;
  readonly place: Int32Array; // three each: where the card begins, where its name ends, where it ends
}

/** What reading takes beside that. */
export interface ReadingRoom {
  readonly tens: Float64Array; // 10⁰ … 10²²
  readonly words: Int32Array; // size 8: where the words of a card begin and end
  readonly nodeCount: Int32Array; // size 1
  readonly nodePlace: Int32Array; // two each: where nodes that are new are named
}

/**
 * Reads cards like `R1 a b 1k` into rows, from card `from` to the one before `to`. It ends at the first that is of another kind or has to
 * be looked at more closely, of which nothing is done; gives its number.
 *
 * @param row where the first of them goes
 */
export function readPlain(
  text: Int32Array,
  cards: Int32Array,
  from: number,
  to: number,
  row: number,
  names: Names,
  nodes: Names,
  rows: PlainRows,
  room: ReadingRoom,
): number {
  const { kind, nodes: ends, value, place } = rows;
  const { tens, words } = room;
  const { size } = names;
  for (let card = from; card < to; card++) {
    const start = cards[2 * card]!;
    const end = cards[2 * card + 1]!;
    const what = kindOf(characterAt(text, start));
    if (what === 0 || findWords(text, start, end, words) !== 4) return card;
    const given = numberAt(text, words[6]!, words[7]!, tens);
    if (given <= 0) return card;
    const nameEnd = words[1]!;
    if (hasDot(text, words[2]!, words[5]!) === 1 || takeLetters(text, start, nameEnd, names) !== 1) return card;
    if (lookUp(names, nameEnd - start) < size[0]!) return card;
    enter(names, nameEnd - start, row);
    kind[row] = what;
    ends[2 * row] = nodeOf(text, words[2]!, words[3]!, nodes, room);
    ends[2 * row + 1] = nodeOf(text, words[4]!, words[5]!, nodes, room);
    value[row] = given;
    place[3 * row] = start;
    place[3 * row + 1] = nameEnd;
    place[3 * row + 2] = end;
    row++;
  }
  return to;
}

/** The kind of element that a letter stands for; 0 for any other. */
function kindOf(letter: number): number {
  const small = letter | 32;
  if (small === 114) return 1;
  if (small === 99) return 2;
  if (small === 108) return 3;
  return 0;
}

/** Writes where words begin and end; gives how many there are, of more than 4 that there are 5. */
function findWords(text: Int32Array, start: number, end: number, words: Int32Array): number {
  let count = 0;
  let at = start;
  while (at < end) {
    if (count === 4) return 5;
    words[2 * count] = at;
    while (at < end && partsWords(characterAt(text, at)) === 0) at++;
    words[2 * count + 1] = at;
    count++;
    while (at < end && partsWords(characterAt(text, at)) === 1) at++;
  }
  return count;
}

function hasDot(text: Int32Array, from: number, to: number): number {
  for (let at = from; at < to; at++) if (characterAt(text, at) === 46) return 1;
  return 0;
}

/** Puts the letters of a word behind those of all names. Gives 1 where a digit is among them and no dot, as in nearly all names of elements. */
function takeLetters(text: Int32Array, from: number, to: number, { letters, start, size }: Names): number {
  let at = start[size[0]!]!;
  let digits = 0;
  let dots = 0;
  for (let k = from; k < to; k++) {
    let letter = characterAt(text, k);
    if (letter >= 65 && letter <= 90) letter = letter + 32;
    if (letter >= 48 && letter <= 57) digits = 1;
    if (letter === 46) dots = 1;
    letters[at++] = letter;
  }
  return digits - dots;
}

/** The node that a word means, made if it is new. */
function nodeOf(text: Int32Array, from: number, to: number, nodes: Names, room: ReadingRoom): number {
  const { size, bearer } = nodes;
  const { nodeCount, nodePlace } = room;
  takeLetters(text, from, to, nodes);
  const known = lookUp(nodes, to - from);
  if (known < size[0]!) return bearer[known]!;
  const node = nodeCount[0]!;
  enter(nodes, to - from, node);
  nodePlace[2 * node] = from;
  nodePlace[2 * node + 1] = to;
  nodeCount[0] = node + 1;
  return node;
}

/**
 * The number that a word is, as decimal digits and a power of ten that are exact, so that one operation rounds it as `Number` would
 * (Clinger, PLDI 1990). −1 where it is none of these, is 0, or has a last letter that may be mistaken for a unit.
 */
function numberAt(text: Int32Array, from: number, to: number, tens: Float64Array): Double {
  let whole: Double = 0;
  let digits = 0;
  let power = 0;
  let points = 0;
  let at = from;
  while (at < to) {
    const character = characterAt(text, at);
    if (character >= 48 && character <= 57) {
      whole = 10 * whole + (character - 48);
      digits++;
      power = power - points;
    } else if (character === 46 && points === 0 && at > from) points = 1;
    else break;
    at++;
  }
  if (digits === 0 || digits > 15) return -1;
  if (at < to) {
    const suffix = powerOf(text, at, to);
    if (suffix > 22) return -1;
    power = power + suffix;
  }
  if (power > 22 || power < -22) return -1;
  if (power < 0) return whole / tens[0 - power]!;
  return whole * tens[power]!;
}

/** The power of ten that a suffix or an exponent says; 99 for any other text. */
function powerOf(text: Int32Array, from: number, to: number): number {
  const letter = characterAt(text, from) | 32;
  const length = to - from;
  if (letter === 101) return exponentOf(text, from + 1, to);
  if (length === 3 && letter === 109) {
    if ((characterAt(text, from + 1) | 32) === 101 && (characterAt(text, from + 2) | 32) === 103) return 6;
    return 99;
  }
  if (length !== 1) return 99;
  if (letter === 107) return 3;
  if (letter === 117) return -6;
  if (letter === 110) return -9;
  if (letter === 112) return -12;
  if (letter === 103) return 9;
  if (letter === 116) return 12;
  return 99;
}

function exponentOf(text: Int32Array, from: number, to: number): number {
  let at = from;
  let sign = 1;
  if (at < to && characterAt(text, at) === 45) sign = -1;
  if (at < to && (characterAt(text, at) === 45 || characterAt(text, at) === 43)) at++;
  if (at === to || to - at > 2) return 99;
  let power = 0;
  for (let k = at; k < to; k++) {
    const digit = characterAt(text, k) - 48;
    if (digit < 0 || digit > 9) return 99;
    power = 10 * power + digit;
  }
  return sign * power;
}
