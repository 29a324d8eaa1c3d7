/** What the functions of the language compute, where `Math` has no function that does. NaN in, NaN out, in all. */

/** Below it sinh loses digits when made from one exponential: there e − 1/e cancels. */
const smallSinh = 1;

export function sinh(x: number): number {
  if (Math.abs(x) < smallSinh || Math.abs(x) > 709) return Math.sinh(x);
  const e = Math.exp(x);
  return 0.5 * (e - 1 / e);
}

export function cosh(x: number): number {
  if (Math.abs(x) > 709) return Math.cosh(x); // e itself would overflow
  const e = Math.exp(x);
  return 0.5 * (e + 1 / e);
}

/** cosh x from y = sinh x: a root instead of an exponential. */
export const coshOfSinh = (y: number): number => (Math.abs(y) > 1e8 ? Math.abs(y) : Math.sqrt(1 + y * y));

/** Where `limexp` leaves the exponential for its tangent. */
const steepestExponent = 80;

/** eˣ, continued by its tangent above x = 80, so that an iterate far off does not overflow. */
export const limexp = (x: number): number =>
  x > steepestExponent ? Math.exp(steepestExponent) * (1 + (x - steepestExponent)) : Math.exp(x);

export const limexpSlope = (x: number): number => Math.exp(Math.min(x, steepestExponent));

/** 1/(1 + e⁻ˣ), and its slope: neither overflows. */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

export const logisticSlope = (x: number): number => logistic(x) * logistic(-x);

/** 0 below zero, ½ at zero, 1 above. */
export const step = (x: number): number => (x > 0 ? 1 : x < 0 ? 0 : x === 0 ? 0.5 : NaN);

/** 1 above one half, else 0. */
export const buf = (x: number): number => (x > 0.5 ? 1 : x <= 0.5 ? 0 : NaN);

/** The nearest integer; halves go to the even one. */
export function nint(x: number): number {
  const low = Math.floor(x);
  const rest = x - low;
  if (rest !== 0.5) return rest < 0.5 ? low : low + 1;
  return low % 2 === 0 ? low : low + 1;
}

/** The nearest integer; halves go away from zero. */
export const round = (x: number): number => Math.sign(x) * Math.floor(Math.abs(x) + 0.5);

/** x kept between two bounds: the middle one of the three numbers. */
export const limit = (x: number, a: number, b: number): number => Math.min(Math.max(x, Math.min(a, b)), Math.max(a, b));

/** Which of (x, a, b) `limit` gives: 0, 1 or 2. */
export function limitChoice(x: number, a: number, b: number): 0 | 1 | 2 {
  if (x < Math.min(a, b)) return a <= b ? 1 : 2;
  if (x > Math.max(a, b)) return a <= b ? 2 : 1;
  return 0;
}

/** A truth as a number; a comparison with what is no number is no number either, so that it cannot pass unseen. */
export const not = (a: number): number => (a === 0 ? 1 : Number.isNaN(a) ? NaN : 0);

/** The right side does not matter where the left one is 0. */
export const and = (a: number, b: number): number => (a === 0 ? 0 : Number.isNaN(a) ? NaN : not(not(b)));

/** The right side does not matter where the left one holds. */
export const or = (a: number, b: number): number => (a === 0 ? not(not(b)) : Number.isNaN(a) ? NaN : 1);

export const choose = (condition: number, yes: number, no: number): number =>
  condition === 0 ? no : Number.isNaN(condition) ? NaN : yes;
