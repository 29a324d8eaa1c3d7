import { accumulate, addCombination } from "./columns.js";

/**
 * A function of time on a grid of step h, by its backward differences at the last point:
 * ∇⁰ = x(t), ∇ᵐ⁺¹ = ∇ᵐ(t) − ∇ᵐ(t − h). With differences up to order k it is a polynomial of degree k.
 */
export class Differences {
  /** columns[m]: size n, ∇ᵐ */
  readonly columns: readonly Float64Array[];
  readonly #row: Float64Array; // size order
  readonly #factor: Float64Array; // size order+1
  readonly #sum: Float64Array; // size n

  constructor(n: number, order: number) {
    this.columns = Array.from({ length: order + 3 }, () => new Float64Array(n));
    this.#row = new Float64Array(order + 1);
    this.#factor = new Float64Array(order + 1);
    this.#sum = new Float64Array(n);
  }

  /** Takes points that lie a step apart, the last one last. */
  fill(points: readonly Float64Array[]): void {
    let rows = points;
    for (let m = 0; rows.length > 0; m++) {
      const above = rows;
      this.columns[m]!.set(above.at(-1)!);
      rows = above.slice(1).map((x, k) => x.map((value, i) => value - above[k]![i]!));
    }
  }

  /** The polynomial of degree `order`, a step later. */
  predict(order: number, out: Float64Array): void {
    out.set(this.columns[0]!);
    addCombination(this.columns, ones, 1, order, out);
  }

  /** Takes the next point, by how far it lies from the one predicted. Keeps differences up to order + 2. */
  advance(order: number, miss: Float64Array): void {
    const last = this.columns[order + 1]!;
    const beyond = this.columns[order + 2]!;
    for (let i = 0; i < miss.length; i++) {
      beyond[i] = miss[i]! - last[i]!;
      last[i] = miss[i]!;
    }
    this.#sum.set(miss);
    accumulate(this.columns, order, this.#sum);
  }

  /** The polynomial `s` steps after the last point, −1 ≤ s ≤ 0 within the last step; at all places or some. */
  interpolate(order: number, s: number, out: Float64Array, places?: Int32Array): void {
    const factor = this.#factor;
    factor[0] = 1;
    for (let m = 1; m <= order; m++) factor[m] = (factor[m - 1]! * (s + m - 1)) / m;
    if (places === undefined) {
      out.set(this.columns[0]!);
      addCombination(this.columns, factor, 1, order, out);
      return;
    }
    for (let k = 0; k < places.length; k++) {
      const i = places[k]!;
      let sum = 0;
      for (let m = 0; m <= order; m++) sum += factor[m]! * this.columns[m]![i]!;
      out[i] = sum;
    }
  }

  /** Goes over to a grid `ratio` times as wide, on the same polynomial. */
  rescale(order: number, ratio: number): void {
    const change = rescaling(order, ratio);
    const n = this.columns[0]!.length;
    const row = this.#row;
    for (let i = 0; i < n; i++) {
      for (let m = 0; m < order; m++) row[m] = this.columns[m + 1]![i]!;
      for (let j = 0; j < order; j++) {
        let sum = 0;
        for (let m = 0; m < order; m++) sum += row[m]! * change[m * order + j]!;
        this.columns[j + 1]![i] = sum;
      }
    }
  }
}

const ones = new Float64Array(16).fill(1);

/** R(ratio) · R(1), with R of §2.2 of Shampine & Reichelt (1997); size order × order, row-major. */
function rescaling(order: number, ratio: number): Float64Array {
  const wide = steps(order, ratio);
  const unit = steps(order, 1);
  const product = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) {
      for (let m = 0; m < order; m++) product[i * order + j]! += wide[i * order + m]! * unit[m * order + j]!;
    }
  }
  return product;
}

/** R(ratio)ᵢⱼ = ∏ (m − 1 − j·ratio) / m over m = 1 … i. */
function steps(order: number, ratio: number): Float64Array {
  const matrix = new Float64Array(order * order);
  for (let j = 1; j <= order; j++) {
    let value = 1;
    for (let i = 1; i <= order; i++) {
      value *= (i - 1 - j * ratio) / i;
      matrix[(i - 1) * order + (j - 1)] = value;
    }
  }
  return matrix;
}
