/** The values that an axis spans. */
export interface Domain {
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
}

/** Where a domain lies in the picture: its low end at the pixel `from`, its high end at `to`. */
export interface Scale {
  readonly domain: Domain;
  readonly from: number;
  readonly to: number;
}

/** Beyond this, differences of numbers overflow; such values count as not finite. */
const tooLarge = 1e300;
/** A spread below this part of the values is rounding noise: the data is constant. */
const noise = 1e-9;

/** Positive data that comes this near to zero, measured by its largest value, gets an axis that starts there. */
const nearZero = 0.2;

/** A logarithmic axis reaches no further below its largest value: what lies there is the round-off of zero. */
export const deepest = 1e-12;

export function isDrawable(value: number, log: boolean): boolean {
  return Math.abs(value) < tooLarge && (!log || value > 0);
}

/** Whether a value has a place within a domain that was found for it. */
export function hasPlace(value: number, { low, log }: Domain): boolean {
  return isDrawable(value, log) && (!log || value >= low);
}

/**
 * The domain that holds all values which can be drawn (of a logarithmic one: down to `deepest`), widened at both ends by `margin` times its span; undefined if
 * there are none. Constant data gets a span that includes zero.
 */
export function domainOf(columns: readonly Float64Array[], log: boolean, margin: number): Domain | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const values of columns) {
    for (const value of values) {
      if (!isDrawable(value, log)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (low > high) return undefined;
  return log ? logDomain(leastAbove(columns, deepest * high), high, margin) : linearDomain(low, high, margin);
}

/** The part of a domain that a quantity can be in. */
export const boundedDomain = ({ low, high, log }: Domain, [least, most]: readonly [number, number]): Domain => ({
  low: log ? low : Math.max(low, least),
  high: Math.min(high, most),
  log,
});

function leastAbove(columns: readonly Float64Array[], bound: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const values of columns) {
    for (const value of values) if (value >= bound && value < least) least = value;
  }
  return least;
}

function linearDomain(low: number, high: number, margin: number): Domain {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  if (largest < 1 / tooLarge) return { low: -1, high: 1, log: false };
  if (high - low <= noise * largest) {
    return { low: Math.min(0, 1.25 * low), high: Math.max(0, 1.25 * high), log: false };
  }
  const more = margin * (high - low);
  if (margin > 0 && low > more && low < nearZero * high) return { low: 0, high: high + more, log: false };
  return { low: low - more, high: high + more, log: false };
}

function logDomain(low: number, high: number, margin: number): Domain {
  if (high - low <= noise * high) return { low: low / 3, high: high * 3, log: true };
  const more = (high / low) ** margin;
  return { low: low / more, high: high * more, log: true };
}

/** The pixel of a value. */
export function place({ domain, from, to }: Scale, value: number): number {
  const { low, high, log } = domain;
  const part = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return from + part * (to - from);
}
