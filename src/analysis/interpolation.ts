/** An interval that is this part of its neighbour is an edge: its slope says nothing of what is beyond. */
const edge = 1e-2;

/**
 * A place on the axis, or the row of it that is the same place but for rounding: a jump of a source at 1 ms + 1 µs is at
 * what a netlist writes as 1.001 ms.
 */
export function placeOnAxis(t: Float64Array, when: number): number {
  const slack = 8 * Number.EPSILON * Math.max(Math.abs(t[0] ?? 0), Math.abs(t[t.length - 1] ?? 0));
  const near = t.find((time) => Math.abs(time - when) <= slack);
  return near ?? when;
}

/** At a jump a curve has two values: the one before it, and the one after it. */
export type Side = "before" | "after";

/**
 * A column y over an axis t that ascends or descends, as a curve: in each interval the polynomial through its ends and
 * `reach` points beyond each (0: straight lines, 1: cubic, 2: quintic), broken where the axis stands still (both sides of a
 * jump are points of their own there) and where y has no value.
 */
export class Curve {
  readonly #sign: 1 | -1; // of the axis's direction

  constructor(
    readonly t: Float64Array,
    readonly y: Float64Array,
    readonly reach: 0 | 1 | 2 = 1,
  ) {
    this.#sign = t[t.length - 1]! < t[0]! ? -1 : 1;
  }

  /** y at a place on the axis, at a jump on this side of it; beyond the ends of the axis the end values. */
  at(when: number, side: Side = "after"): number {
    const { t, y } = this;
    const last = t.length - 1;
    if (last < 0) return Number.NaN;
    const row = this.#row(when, side);
    const near = Math.min(Math.max(row, 0), last);
    const left = side === "after" ? row : row - 1;
    return left < 0 || left >= last || t[near] === when ? y[near]! : this.within(left, when);
  }

  /** dy/dt at a place on the axis, of the polynomial there; at a jump of the one behind it. */
  slope(when: number): number {
    const { t } = this;
    const last = t.length - 1;
    let k = Math.min(Math.max(this.#row(when, "after"), 0), last - 1);
    while (k > 0 && t[k] === t[k + 1]) k--; // a jump at the end
    return this.#slopeWithin(k, when);
  }

  /** The polynomial of interval k (between points k and k + 1) at a place on the axis, after Lagrange. */
  within(k: number, when: number): number {
    const { t, y } = this;
    const { from, to } = this.#support(k);
    let sum = 0;
    for (let i = from; i <= to; i++) {
      let weight = 1;
      for (let j = from; j <= to; j++) if (j !== i) weight *= (when - t[j]!) / (t[i]! - t[j]!);
      sum += weight * y[i]!;
    }
    return sum;
  }

  /** The derivative of that polynomial: of each product the sum over its factors. */
  #slopeWithin(k: number, when: number): number {
    const { t, y } = this;
    const { from, to } = this.#support(k);
    let sum = 0;
    for (let i = from; i <= to; i++) {
      for (let left = from; left <= to; left++) {
        if (left === i) continue;
        let weight = 1 / (t[i]! - t[left]!);
        for (let j = from; j <= to; j++) if (j !== i && j !== left) weight *= (when - t[j]!) / (t[i]! - t[j]!);
        sum += weight * y[i]!;
      }
    }
    return sum;
  }

  /** The points that the polynomial of interval k runs through. */
  #support(k: number): { readonly from: number; readonly to: number } {
    let from = k;
    let to = k + 1;
    const shortest = Math.abs(this.t[to]! - this.t[from]!) * edge;
    for (let more = 0; more < this.reach; more++) {
      if (this.#sound(from - 1, from, shortest) && !Number.isNaN(this.y[from - 1]!)) from--;
      if (this.#sound(to, to + 1, shortest) && !Number.isNaN(this.y[to + 1]!)) to++;
    }
    return { from, to };
  }

  /** Points i and j exist and are two places of the axis, not too near, so that a curve may run through both. */
  #sound(i: number, j: number, shortest: number): boolean {
    if (i < 0 || j >= this.t.length) return false;
    const apart = Math.abs(this.t[j]! - this.t[i]!);
    return apart > 0 && apart >= shortest;
  }

  /** After: the last row at or before the place, −1 if none. Before: the first row at or behind it, the length if none. */
  #row(when: number, side: Side): number {
    const { t } = this;
    let low = -1;
    let high = t.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      const ahead = (t[middle]! - when) * this.#sign;
      if (side === "after" ? ahead <= 0 : ahead < 0) low = middle;
      else high = middle;
    }
    return side === "after" ? low : high;
  }
}

/** The zero of a function between a and b, whose values there differ in sign: bisection with regula falsi (Illinois). */
export function root(g: (t: number) => number, a: number, b: number): number {
  if (a > b) return -root((t) => g(-t), -a, -b);
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
