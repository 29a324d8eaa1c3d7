import type { Furnished } from "../linear/room.js";
import { addCombination } from "./columns.js";
import { kept, type StepArrays } from "./step-room.js";

/**
 * A function of time on a grid of step h, by its backward differences at the last point:
 * ∇⁰ = x(t), ∇ᵐ⁺¹ = ∇ᵐ(t) − ∇ᵐ(t − h). With differences up to order k it is a polynomial of degree k.
 */
export class Differences {
  /** columns[m]: size n, ∇ᵐ */
  readonly columns: readonly Float64Array[];
  readonly #factor = new Float64Array(kept);

  readonly #n: number;

  /** @param all size kept × n, in the room: the columns behind each other */
  constructor(
    readonly all: Float64Array,
    readonly room: Furnished<StepArrays>,
  ) {
    const n = all.length / kept;
    this.#n = n;
    this.columns = Array.from({ length: kept }, (_, m) => all.subarray(m * n, (m + 1) * n));
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

  /** The polynomial of degree `order`, a step later; into an array of the room. */
  predict(order: number, out: Float64Array): void {
    this.room.kernels.predictPoint(this.#n, order, this.all, out);
  }

  /** Takes the next point, which was predicted elsewhere; both in the room. Keeps differences up to order + 2. */
  advance(order: number, point: Float64Array, predicted: Float64Array): void {
    this.room.kernels.advancePoint(this.#n, order, point, predicted, this.all);
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
    const { change, row } = this.room.arrays;
    change.set(rescaling(order, ratio));
    this.room.kernels.changeDifferences(this.#n, order, change, row, this.all);
  }
}

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
