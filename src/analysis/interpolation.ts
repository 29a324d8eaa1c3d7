/**
 * A column y over an ascending axis t, as a curve: in each interval the polynomial through its ends and `reach` points
 * beyond each (1: cubic, 2: quintic), broken where the axis stands still (both sides of a jump are points of their own
 * there).
 */
export class Curve {
  constructor(
    readonly t: Float64Array,
    readonly y: Float64Array,
    readonly reach: 1 | 2 = 1,
  ) {}

  /** y at a place on the axis; at its ends the end values. */
  at(when: number): number {
    const { t, y } = this;
    const last = t.length - 1;
    if (last < 0) return Number.NaN;
    if (when <= t[0]!) return y[0]!;
    if (when >= t[last]!) return y[last]!;
    return this.within(this.#interval(when), when);
  }

  /** dy/dt at a place on the axis, from the polynomial there. */
  slope(when: number): number {
    const { t } = this;
    const k = this.#interval(Math.min(Math.max(when, t[0]!), t[t.length - 1]!));
    const d = (t[k + 1]! - t[k]!) * 1e-3;
    const a = Math.max(t[k]!, when - d);
    const b = Math.min(t[k + 1]!, when + d);
    return (this.within(k, b) - this.within(k, a)) / (b - a);
  }

  /** The polynomial of interval k (between points k and k + 1) at a place on the axis, after Lagrange. */
  within(k: number, when: number): number {
    const { t, y } = this;
    let from = k;
    let to = k + 1;
    for (let more = 0; more < this.reach; more++) {
      if (this.#sound(from - 1, from)) from--;
      if (this.#sound(to, to + 1)) to++;
    }
    let sum = 0;
    for (let i = from; i <= to; i++) {
      let weight = 1;
      for (let j = from; j <= to; j++) if (j !== i) weight *= (when - t[j]!) / (t[i]! - t[j]!);
      sum += weight * y[i]!;
    }
    return sum;
  }

  /** Points i and j exist and are two places of the axis, so that a curve may run through both. */
  #sound(i: number, j: number): boolean {
    return i >= 0 && j < this.t.length && this.t[j]! > this.t[i]!;
  }

  /** The last interval of positive width that holds `when`. */
  #interval(when: number): number {
    const { t } = this;
    let low = 0;
    let high = t.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (t[middle]! <= when) low = middle;
      else high = middle;
    }
    return low;
  }
}

/** The zero of a function between a and b, whose values there differ in sign: bisection with regula falsi (Illinois). */
export function root(g: (t: number) => number, a: number, b: number): number {
  let ga = g(a);
  let gb = g(b);
  let side = 0;
  for (let k = 0; k < 100 && b - a > 4 * Number.EPSILON * Math.max(Math.abs(a), Math.abs(b)); k++) {
    const falsi = (a * gb - b * ga) / (gb - ga);
    const c = k % 4 === 3 || !(falsi > a && falsi < b) ? (a + b) / 2 : falsi;
    const gc = g(c);
    if (gc === 0) return c;
    if (gc > 0 === gb > 0) {
      b = c;
      gb = gc;
      if (side === 1) ga /= 2;
      side = 1;
    } else {
      a = c;
      ga = gc;
      if (side === -1) gb /= 2;
      side = -1;
    }
  }
  return b;
}
