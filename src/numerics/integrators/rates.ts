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
  readonly #all: Float64Array; // size stages × n
  /** size stages × n */
  readonly of: readonly Float64Array[];

  constructor(stages: number, n: number) {
    this.#all = new Float64Array(stages * n);
    this.of = Array.from({ length: stages }, (_, stage) => this.#all.subarray(stage * n, (stage + 1) * n));
  }

  /** out = start + h Σ factor · rate; without a start it is 0. */
  sum(out: Float64Array, start: Float64Array | undefined, weights: Weighted, h: number): void {
    if (out.length > few) sum(out, start, weights.weights, h, this.of);
    else sumOfFew(out, start, weights, h, this.#all);
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
  for (let i = 0; i < n; i++) {
    let total = 0;
    for (let w = 0; w < stage.length; w++) total += factor[w]! * rates[stage[w]! * n + i]!;
    out[i] = (start === undefined ? 0 : start[i]!) + h * total;
  }
}

/** out = start + h Σ factor · k, three at a time: memory is what costs. */
function sum(
  out: Float64Array,
  start: Float64Array | undefined,
  weights: Weights,
  h: number,
  k: readonly Float64Array[],
) {
  if (start === undefined) out.fill(0);
  const stage = (w: number) => k[weights[w]![0]]!;
  const factor = (w: number) => h * weights[w]![1];
  for (let w = 0; w < weights.length; w += 3) {
    const base = w === 0 && start !== undefined ? start : out;
    const count = weights.length - w;
    if (count === 1) addOne(out, base, factor(w), stage(w));
    else if (count === 2) addTwo(out, base, factor(w), stage(w), factor(w + 1), stage(w + 1));
    else addThree(out, base, factor(w), stage(w), factor(w + 1), stage(w + 1), factor(w + 2), stage(w + 2));
  }
}

function addOne(out: Float64Array, base: Float64Array, a: number, p: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = base[i]! + a * p[i]!;
}

function addTwo(out: Float64Array, base: Float64Array, a: number, p: Float64Array, b: number, q: Float64Array) {
  for (let i = 0; i < out.length; i++) out[i] = base[i]! + a * p[i]! + b * q[i]!;
}

function addThree(
  out: Float64Array,
  base: Float64Array,
  a: number,
  p: Float64Array,
  b: number,
  q: Float64Array,
  c: number,
  r: Float64Array,
): void {
  for (let i = 0; i < out.length; i++) out[i] = base[i]! + a * p[i]! + b * q[i]! + c * r[i]!;
}
