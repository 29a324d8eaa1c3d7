/**
 * Powers as mathematics has them: exact for an integer exponent and any base; a negative base with a fractional
 * exponent has no value (NaN).
 */

/**
 * √x and x^y with y < 1 are infinitely steep at 0. Within this distance of 0 the slope at this distance is given: a
 * finite one, with which Newton's iteration can leave the starting value 0.
 */
const nearestToZero = 1e-24;

const away = (x: number): number => (Math.abs(x) < nearestToZero ? nearestToZero : x);

export const pow = (x: number, y: number): number => x ** y;

export function powByBase(_: number, x: number, y: number): number {
  if (y === 0) return 0;
  return y * (y < 1 && y > 0 ? away(x) : x) ** (y - 1);
}

/** ∂(x^y)/∂y = x^y ln x; there is none at a negative base. */
export const powByExponent = (value: number, x: number, y: number): number =>
  x === 0 && y >= 0 ? 0 : value * Math.log(x);

/** |x|^y */
export const pwr = (x: number, y: number): number => Math.abs(x) ** y;

export const pwrByBase = (value: number, x: number, y: number): number =>
  Math.sign(x) * powByBase(value, Math.abs(x), y);

export const pwrByExponent = (value: number, x: number, y: number): number => powByExponent(value, Math.abs(x), y);

/** sgn(x)·|x|^y */
export const pwrs = (x: number, y: number): number => Math.sign(x) * Math.abs(x) ** y;

export const pwrsByBase = (value: number, x: number, y: number): number => powByBase(value, Math.abs(x), y);

export const pwrsByExponent = (value: number, x: number): number => (value === 0 ? 0 : value * Math.log(Math.abs(x)));

export const sqrtSlope = (y: number, x: number): number => 0.5 / (x < nearestToZero ? Math.sqrt(away(x)) : y);
