import { type Kernels, plainKernels } from "../linear/kernels/index.js";
import { roomFor } from "../linear/room.js";
import type { Weights } from "./dop853-table.js";

/** Of no more components than this sums are formed one component after the other. */
const few = 8;

/** Weights of stages, and the same as columns: an array of pairs is read slowly. */
interface Weighted {
  readonly weights: Weights;
  readonly stage: Int32Array;
  readonly factor: Float64Array;
}

/** Weights as `Rates` takes them. */
export function weighted(weights: Weights): Weighted {
  return {
    weights,
    stage: Int32Array.from(weights, ([stage]) => stage),
    factor: Float64Array.from(weights, ([, factor]) => factor),
  };
}

/** The rates of a Runge-Kutta method's stages, and their sums. */
export class Rates {
  readonly #all: Float64Array; // size (stages + others) × n, or n + 1 where n is odd: kernels take two at once
  readonly #kernels: Kernels;
  /** size stages × n */
  readonly of: readonly Float64Array[];
  /** size others × n: what sums are written to, or begin from */
  readonly beside: readonly Float64Array[];

  constructor(stages: number, n: number, others: number) {
    const stride = n + (n & 1);
    const count = (stages + others) * stride;
    const { arrays, kernels } =
      n > few
        ? roomFor((room) => ({ all: room.doubles(count) }))
        : { arrays: { all: new Float64Array(count) }, kernels: plainKernels };
    this.#all = arrays.all;
    this.#kernels = kernels;
    const column = (k: number): Float64Array => this.#all.subarray(k * stride, k * stride + n);
    this.of = Array.from({ length: stages }, (_, k) => column(k));
    this.beside = Array.from({ length: others }, (_, k) => column(stages + k));
  }

  /** out = start + h Σ factor · rate, with `out` and `start` from beside; without a start it is 0. */
  sum(out: Float64Array, start: Float64Array | undefined, weights: Weighted, h: number): void {
    if (out.length > few) sum(this.#kernels, out, start, weights.weights, h, this.of);
    else sumOfFew(out, start, weights, h, this.#all);
  }

  /** h Σ factor · rate of one component. */
  sumAt(i: number, { stage, factor }: Weighted, h: number): number {
    let total = 0;
    for (let w = 0; w < stage.length; w++) total += h * factor[w]! * this.of[stage[w]!]![i]!;
    return total;
  }
}

/** Where a call for three stages would cost more than what it does. */
function sumOfFew(
  out: Float64Array,
  start: Float64Array | undefined,
  { stage, factor }: Weighted,
  h: number,
  rates: Float64Array,
): void {
  const n = out.length;
  const stride = n + (n & 1);
  for (let i = 0; i < n; i++) {
    let total = 0;
    for (let w = 0; w < stage.length; w++) total += factor[w]! * rates[stage[w]! * stride + i]!;
    out[i] = (start === undefined ? 0 : start[i]!) + h * total;
  }
}

/** out = start + h Σ factor · k, up to three at a time. */
function sum(
  { addOne, addTwo, addThree }: Kernels,
  out: Float64Array,
  start: Float64Array | undefined,
  weights: Weights,
  h: number,
  k: readonly Float64Array[],
) {
  const n = out.length + (out.length & 1);
  if (start === undefined) out.fill(0);
  const stage = (w: number) => k[weights[w]![0]]!;
  const factor = (w: number) => h * weights[w]![1];
  for (let w = 0; w < weights.length; w += 3) {
    const base = w === 0 && start !== undefined ? start : out;
    const count = weights.length - w;
    if (count === 1) addOne(n, out, base, factor(w), stage(w));
    else if (count === 2) addTwo(n, out, base, factor(w), stage(w), factor(w + 1), stage(w + 1));
    else addThree(n, out, base, factor(w), stage(w), factor(w + 1), stage(w + 1), factor(w + 2), stage(w + 2));
  }
}
