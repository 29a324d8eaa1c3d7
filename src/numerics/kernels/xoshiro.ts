import type { Double } from "../linear/kernels/double.js";

// The generator of `Random` as kernels have it: functions of its state, four words.

/** 2³² divided by the golden ratio, as a word. */
export const golden = -0x61c88647;

/** The state with which a part of a stream begins, of the stream's own words and the two words of the part's number. */
export function beginPart(state: Int32Array, origin: Int32Array, low: number, high: number): void {
  for (let k = 0; k < 4; k++) state[k] = mixed(mixed((origin[k]! + golden) ^ low) ^ high);
  // The generator would stay at a state of zeros for ever.
  if ((state[0]! | state[1]! | state[2]! | state[3]!) === 0) state[0] = 1;
}

/** splitmix32: the finalizer of MurmurHash3 (A. Appleby), a bijection of 32 bits in which each depends on all. */
export function mixed(word: number): number {
  let z = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return z ^ (z >>> 16);
}

/** 32 random bits, as a word. */
export function nextBits(state: Int32Array): number {
  const s0 = state[0]!;
  const s1 = state[1]!;
  const s2 = state[2]! ^ s0;
  const s3 = state[3]! ^ s1;
  const product = Math.imul(s1, 5);
  state[0] = s0 ^ s3;
  state[1] = s1 ^ s2;
  state[2] = s2 ^ (s1 << 9);
  state[3] = (s3 << 11) | (s3 >>> 21);
  return Math.imul((product << 7) | (product >>> 25), 9);
}

/** Uniform in [0, 1), with 53 random bits. */
export function nextUniform(state: Int32Array): Double {
  const high: Double = nextBits(state) >>> 5;
  const low: Double = nextBits(state) >>> 6;
  return (high * 0x4000000 + low) / 0x20000000000000;
}

const turn = 2 * Math.PI;

/** Normal, with mean 0 and standard deviation 1 (G. Box and M. Muller, Annals of Mathematical Statistics 29, 1958). */
export function nextNormal(state: Int32Array): Double {
  const radius = Math.sqrt(-2 * Math.log(1 - nextUniform(state)));
  return radius * Math.cos(turn * nextUniform(state));
}
