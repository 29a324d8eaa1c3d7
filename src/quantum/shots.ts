import { binomial } from "../numerics/binomial.js";
import {
  adjoint,
  type Complex,
  type ComplexMatrix,
  combined,
  identityMatrix,
  kronecker,
  zeroMatrix,
} from "../numerics/linear/complex-matrix.js";
import { hermitianEigenvectors } from "../numerics/linear/hermitian-eigenvectors.js";
import type { Random } from "../numerics/random.js";
import type { DensityMatrix } from "./density-matrix.js";
import { type Law, lawAt, type Operator, type Term } from "./operator.js";
import { partialTrace } from "./partial-trace.js";

/** What a measurement can give, and how probably: one probability for each value. */
export interface Outcomes {
  readonly values: Float64Array;
  readonly probabilities: Float64Array;
}

/**
 * The mean of so many measurements, all independent. Of outcomes ±1 each +1 is drawn with probability (1 + ⟨s⟩)/2, and the
 * standard deviation of the mean is √((1 − ⟨s⟩²)/shots).
 */
export function measured(random: Random, { values, probabilities }: Outcomes, shots: number): number {
  let [sum, left, rest] = [0, shots, 1];
  for (let k = 0; k < values.length && left > 0; k++) {
    const isLast = k === values.length - 1;
    // Rounding may leave a probability just outside of 0…1.
    const share = isLast ? 1 : Math.min(1, Math.max(0, probabilities[k]! / rest));
    const count = binomial(random, left, share);
    sum += count * values[k]!;
    left -= count;
    rest -= probabilities[k]!;
  }
  return sum / shots;
}

/** A Hermitian observable of some systems, as a laboratory measures it: in its own basis, by itself. */
export class Measurement {
  /** Equal for measurements of one observable, whatever number stands before it. */
  readonly key: string;
  readonly #values: Float64Array; // ascending, each once
  readonly #projections: readonly (readonly Float64Array[])[]; // of each value: planes re and im of its eigenvectors

  constructor(
    readonly systems: readonly number[],
    /** Hermitian, its largest entry of size 1. */
    matrix: ComplexMatrix,
  ) {
    this.key = `${systems.join()}:${[...matrix.re, ...matrix.im].map((x) => Number(x.toFixed(9)) + 0).join()}`;
    const { values, vectors } = hermitianEigenvectors(matrix);
    const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
    const groups: number[][] = [];
    for (const k of order) {
      const last = groups.at(-1);
      if (last !== undefined && values[k]! - values[last[0]!]! < 1e-9) last.push(k);
      else groups.push([k]);
    }
    this.#values = Float64Array.from(groups, ([k]) => values[k!]!);
    this.#projections = groups.map((group) => group.flatMap((k) => column(vectors, k)));
  }

  /** Of a state of the whole register. */
  outcomes(rho: DensityMatrix): Outcomes {
    const part = partialTrace(rho, this.systems);
    const probabilities = Float64Array.from(this.#projections, (planes) => {
      let sum = 0;
      for (let k = 0; k < planes.length; k += 2) sum += quadraticForm(part, planes[k]!, planes[k + 1]!);
      return sum;
    });
    return { values: this.#values, probabilities };
  }
}

function column({ size, re, im }: ComplexMatrix, k: number): readonly [Float64Array, Float64Array] {
  const plane = (of: Float64Array) => Float64Array.from({ length: size }, (_, i) => of[i * size + k]!);
  return [plane(re), plane(im)];
}

/** ⟨v|ρ|v⟩. */
function quadraticForm({ size, re, im }: ComplexMatrix, x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const [p, q] = [x[i]! * x[j]! + y[i]! * y[j]!, x[i]! * y[j]! - y[i]! * x[j]!];
      sum += re[i * size + j]! * p - im[i * size + j]! * q;
    }
  }
  return sum;
}

/** A measurement, and what its mean counts for. */
export interface Weighed {
  readonly measurement: Measurement;
  weight(t: number): number;
}

/**
 * How Re⟨A⟩ or Im⟨A⟩ is measured: what acts on the same systems together, in its own basis, and all else by itself, so
 * that no measurement is of more systems than a product of A has. Σ weight·mean is the value.
 */
export function measurementsOf(operator: Operator, part: "re" | "im"): readonly Weighed[] {
  const pieces = [...steadyPieces(operator), ...operator.filter((it) => !isSteady(it)).map(ofTerm)];
  return pieces.flatMap(({ systems, matrix, re, im }) => {
    const dagger = adjoint(matrix);
    const real = combined(0.5, matrix, 0.5, dagger);
    const imaginary = timesMinusI(combined(0.5, matrix, -0.5, dagger));
    const [ofReal, ofImaginary]: readonly [Law, Law] = part === "re" ? [re, minus(im)] : [im, re];
    return [...weighed(systems, real, ofReal), ...weighed(systems, imaginary, ofImaginary)];
  });
}

/** (re + i·im) times a matrix on some systems. */
interface Piece {
  readonly systems: readonly number[];
  readonly matrix: ComplexMatrix;
  readonly re: Law;
  readonly im: Law;
}

const isSteady = ({ coefficient: { re, im } }: Term): boolean => typeof re === "number" && typeof im === "number";

const minus = (law: Law): Law => (typeof law === "number" ? -law : (t) => -law(t));

function ofTerm({ coefficient, factors }: Term): Piece {
  const sorted = factors.toSorted((a, b) => a.system - b.system);
  const systems = sorted.map(({ system }) => system);
  const matrix = sorted.reduce((all, factor) => kronecker(all, factor.matrix), identityMatrix(1));
  return { systems, matrix, ...coefficient };
}

/** Terms with constant coefficients, those of the same systems added up. */
function steadyPieces(operator: Operator): readonly Piece[] {
  const bySystems = new Map<string, Piece>();
  for (const piece of operator.filter(isSteady).map(ofTerm)) {
    const key = piece.systems.join();
    const before = bySystems.get(key)?.matrix ?? zeroMatrix(piece.matrix.size);
    const own = times(piece.matrix, { re: piece.re as number, im: piece.im as number });
    bySystems.set(key, { ...piece, matrix: combined(1, before, 1, own), re: 1, im: 0 });
  }
  return [...bySystems.values()];
}

const times = ({ size, re, im }: ComplexMatrix, c: Complex): ComplexMatrix => ({
  size,
  re: re.map((x, k) => c.re * x - c.im * im[k]!),
  im: im.map((y, k) => c.re * y + c.im * re[k]!),
});

const timesMinusI = (matrix: ComplexMatrix) => times(matrix, { re: 0, im: -1 });

/** Nothing where the matrix is 0. */
function weighed(systems: readonly number[], matrix: ComplexMatrix, law: Law): readonly Weighed[] {
  const entries = [...matrix.re, ...matrix.im];
  const size = entries.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  if (size < 1e-14 || law === 0) return [];
  const scale = entries.find((x) => Math.abs(x) > 1e-9 * size)! < 0 ? -size : size;
  const measurement = new Measurement(systems, times(matrix, { re: 1 / scale, im: 0 }));
  return [{ measurement, weight: (t) => scale * lawAt(law, t) }];
}
