import type { Double } from "../../linear/kernels/double.js";

/** What is written, and where it goes. */
export interface Fields {
  /** A column behind the other. */
  readonly values: Float64Array;
  /** What `fillPowers` writes. */
  readonly powers: Float64Array;
  readonly text: Uint8Array;
  /** The next field's row and column, the place of its text, and the last number's exponent. */
  readonly at: Int32Array;
}

/** 10⁰ … 10²⁹⁵, of four numbers each, and behind them their reciprocals. */
export const powersKnown = 296;
/** Smaller numbers are the host's: their powers of ten cannot be cut in two. Larger ones would have to be divided. */
const least = 1e-270;
const most = 1e17;
/** In units of a seventeenth digit, thirty times the error: what is nearer than this to a decision is the host's. */
const doubt = 1e-6;
const splitter = 134217729; // 2²⁷ + 1
const nextBy = 1.1102230246251568e-16; // 2⁻⁵³(1 + 2⁻⁵¹)
const comma = 44;
const dash = 45;
const dot = 46;
const zero = 48;
const letterE = 101;

/**
 * 10^k: both halves of its digits, what is missing of it, and itself; to twice the digits of a double, by products whose errors are
 * known (T. Dekker, Numerische Mathematik 18, 224, 1971).
 */
export function fillPowers(powers: Float64Array): void {
  let high: Double = 1;
  let low: Double = 0;
  for (let k = 0; k < powersKnown; k++) {
    const cut: Double = splitter * high;
    const first: Double = cut - (cut - high);
    const second: Double = high - first;
    powers[4 * k] = first;
    powers[4 * k + 1] = second;
    powers[4 * k + 2] = low;
    powers[4 * k + 3] = high;
    powers[4 * powersKnown + k] = 1 / high;
    const product: Double = 10 * high;
    const rest: Double = 10 * first - product + 10 * second + 10 * low;
    high = product + rest;
    low = product - high + rest;
  }
}

/**
 * Writes rows of numbers, commas between them and a line's end behind, from field `at` on; gives 0 when all are written, 1 where the host
 * is to write the next one itself, and to go on behind it with `at[1]` one more.
 *
 * @param apart how far columns begin from each other
 */
export function writeRows(fields: Fields, rows: number, columns: number, apart: number): number {
  const { values, text, at } = fields;
  let row = at[0]!;
  let column = at[1]!;
  let to = at[2]!;
  for (; row < rows; row++) {
    for (; column < columns; column++) {
      if (column > 0) text[to++] = comma;
      const behind = writeNumber(fields, values[column * apart + row]!, to);
      if (behind < 0) {
        at[0] = row;
        at[1] = column;
        at[2] = to;
        return 1;
      }
      to = behind;
    }
    text[to++] = 13;
    text[to++] = 10;
    column = 0;
  }
  at[2] = to;
  return 0;
}

/**
 * Writes a number as ECMAScript's Number::toString does: the fewest digits that read back as it, of these the nearest. Gives the place behind it,
 * or −1 where it is for the host: no number, too small, too large, or undecided.
 */
function writeNumber(fields: Fields, value: Double, place: number): number {
  const { powers, text, at } = fields;
  let to = place;
  let x: Double = value;
  if (x === 0) {
    text[to] = zero;
    return to + 1;
  }
  if (x < 0) {
    text[to++] = dash;
    x = -x;
  }
  if (!(x >= least && x < most)) return -1;
  let exponent = at[3]!;
  while (x < powerOf(powers, exponent)) exponent--;
  while (x >= powerOf(powers, exponent + 1)) exponent++;
  at[3] = exponent;
  const millionths: Double = x * 1e6;
  if (millionths < 1e9 && Math.floor(millionths) === millionths && millionths / 1e6 === x) {
    // No other number of so few digits reads back as the same double.
    const head: Double = millionths * powers[4 * (2 - exponent) + 3]!;
    return laidOut(text, to, head | 0, 0, exponent);
  }
  return longNumber(powers, text, to, x, exponent);
}

function powerOf(powers: Float64Array, exponent: number): Double {
  return exponent < 0 ? powers[4 * powersKnown - exponent]! : powers[4 * exponent + 3]!;
}

/**
 * x·10^(16−e), a number of seventeen digits, as nine and eight, the last ones with what is behind the point; half as far as to the next double,
 * each decimal reads back as x: a multiple of 100 there is the shortest, else one of 10, else the nearest of all.
 */
function longNumber(powers: Float64Array, text: Uint8Array, to: number, x: Double, exponent: number): number {
  const next: Double = x + x * nextBy;
  const gap: Double = next - x;
  if (x - (x - x * nextBy) !== gap) return -1; // a power of two lies nearer to one side
  const power = 4 * (16 - exponent);
  const first: Double = powers[power]!;
  const second: Double = powers[power + 1]!;
  const whole: Double = powers[power + 3]!;
  const cut: Double = splitter * x;
  const above: Double = cut - (cut - x);
  const below: Double = x - above;
  const product: Double = x * whole;
  const rest: Double = above * first - product + above * second + below * first + below * second + x * powers[power + 2]!; // biome-ignore format: one thought
  let head: Double = Math.floor(product * 1e-8);
  let tail: Double = product - head * 1e8 + rest;
  if (tail < 0) {
    tail += 1e8;
    head -= 1;
  }
  if (tail >= 1e8) {
    tail -= 1e8;
    head += 1;
  }
  const reach: Double = 0.5 * gap * whole;
  let digits: Double = 100 * Math.floor(tail * 0.01 + 0.5);
  let miss: Double = Math.abs(tail - digits);
  if (Math.abs(miss - reach) < doubt) return -1;
  if (miss > reach) {
    digits = 10 * Math.floor(tail * 0.1 + 0.5);
    miss = Math.abs(tail - digits);
    if (Math.abs(miss - reach) < doubt || miss > 5 - doubt) return -1;
    if (miss > reach) {
      digits = Math.floor(tail + 0.5);
      if (Math.abs(tail - digits) > 0.5 - doubt) return -1;
    }
  }
  if (digits >= 1e8) {
    digits -= 1e8;
    head += 1;
  }
  if (head < 1e8 || head >= 1e9) return -1;
  return laidOut(text, to, head | 0, digits | 0, exponent);
}

/** Writes d.ddd × 10^exponent, of nine digits and eight; gives the place behind it. */
function laidOut(text: Uint8Array, place: number, head: number, tail: number, exponent: number): number {
  const isPlain = exponent >= -6 ? 1 : 0;
  let to = place;
  if (isPlain && exponent < 0) {
    text[to] = zero;
    text[to + 1] = dot;
    to += 2;
    for (let k = -1; k > exponent; k--) text[to++] = zero;
    return writeDigits(text, to, head, tail);
  }
  // The point comes behind so many digits, which make room for it.
  const before = isPlain ? exponent + 1 : 1;
  let behind = writeDigits(text, to + 1, head, tail);
  for (let k = 0; k < before; k++) text[to + k] = text[to + k + 1]!;
  const point = to + before;
  if (behind <= point + 1) {
    // Only zeros have been cut off: they stand there still.
    behind = point;
  } else text[point] = dot;
  if (isPlain) return behind;
  text[behind] = letterE;
  text[behind + 1] = dash;
  to = behind + 2;
  const size = -exponent;
  if (size >= 100) text[to++] = zero + ((size * 41) >> 12);
  const rest = size % 100;
  if (size >= 10) text[to++] = zero + ((rest * 103) >> 10);
  text[to] = zero + (rest % 10);
  return to + 1;
}

/** Writes seventeen digits; gives the place behind the last that is not 0. */
function writeDigits(text: Uint8Array, to: number, head: number, tail: number): number {
  const first = Math.floor((head + 0.5) * 1e-8) | 0;
  text[to] = zero + first;
  writeEight(text, to + 1, head - first * 100000000);
  writeEight(text, to + 9, tail);
  let behind = to + 17;
  while (text[behind - 1] === zero) behind--;
  return behind;
}

function writeEight(text: Uint8Array, to: number, digits: number): void {
  const first = Math.floor((digits + 0.5) * 1e-4) | 0;
  writeFour(text, to, first);
  writeFour(text, to + 4, digits - first * 10000);
}

function writeFour(text: Uint8Array, to: number, digits: number): void {
  const first = (digits * 5243) >> 19;
  const second = digits - first * 100;
  const tens = (first * 103) >> 10;
  const others = (second * 103) >> 10;
  text[to] = zero + tens;
  text[to + 1] = zero + first - tens * 10;
  text[to + 2] = zero + others;
  text[to + 3] = zero + second - others * 10;
}
