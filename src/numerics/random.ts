import { beginPart, golden, mixed, nextBits, nextNormal, nextUniform } from "./kernels/xoshiro.js";

/**
 * Random numbers that anyone can draw again: xoshiro128** (D. Blackman and S. Vigna, Scrambled linear pseudorandom
 * number generators, ACM Transactions on Mathematical Software 47, 36, 2021), started from a hash of keys.
 *
 * Keys say what the numbers are for, `["train", seed, run]`; each list of keys has a stream of its own, so that a draw
 * depends on nothing but its keys and on how many were drawn from that stream before.
 */
export class Random {
  readonly #state = new Int32Array(4);
  /** The words that the parts of its stream begin with, for kernels that draw of them by themselves (`beginPart`). */
  readonly origin: Int32Array;

  constructor(...keys: readonly (number | string)[]) {
    const words = wordsOf(keys);
    this.origin = Int32Array.of(hash(0, words), hash(1, words), hash(2, words), hash(3, words));
    this.at(0);
  }

  /** Goes to the beginning of one of the stream's many parts, by its number: those with other numbers are unrelated. */
  at(part: number): this {
    beginPart(this.#state, this.origin, part, Math.floor(part / 0x100000000));
    return this;
  }

  /** 32 random bits, as a number from 0 to 2³² − 1. */
  bits(): number {
    return nextBits(this.#state) >>> 0;
  }

  /** Uniform in [0, 1), with 53 random bits. */
  uniform(): number {
    return nextUniform(this.#state);
  }

  /** A whole number from 0 to count − 1, count ≤ 2³¹, each as probable as another to within count/2³². */
  below(count: number): number {
    return ((this.bits() * count) / 0x100000000) | 0; // for such counts that is the floor, and faster
  }

  /** Normal, with mean 0 and standard deviation 1 (G. Box and M. Muller, Annals of Mathematical Statistics 29, 1958). */
  normal(): number {
    return nextNormal(this.#state);
  }

  /** Puts values into random order, each order as probable as another (Fisher and Yates). */
  shuffle(values: Int32Array): void {
    for (let last = values.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const value = values[last]!;
      values[last] = values[other]!;
      values[other] = value;
    }
  }
}

/** One word of the state from all keys; each lane starts elsewhere, so that keys that meet in one part in the others. */
function hash(lane: number, words: readonly number[]): number {
  let word = mixed(Math.imul(lane + 1, golden));
  for (const bits of words) word = mixed((word + golden) ^ bits);
  return word;
}

/** What is hashed of keys, 32 bits a word. */
function wordsOf(keys: readonly (number | string)[]): number[] {
  const words: number[] = [];
  for (const key of keys) {
    if (typeof key === "string") for (let k = 0; k < key.length; k++) words.push(key.charCodeAt(k));
    else words.push(...halves(key));
    words.push(typeof key === "string" ? key.length : -1); // where one key ends
  }
  return words;
}

const number = new Float64Array(1);
const wordsOfNumber = new Int32Array(number.buffer);

/** The two words of a number. */
function halves(key: number): readonly [number, number] {
  number[0] = key;
  return [wordsOfNumber[0]!, wordsOfNumber[1]!];
}
