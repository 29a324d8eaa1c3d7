import type { Columns } from "../../numerics/linear/columns.js";
import type { Cost } from "./cost.js";

/** `square`: f = Σ q², equation (56) of the thesis abstract, whose probabilities are squared; `linear`: f = Σ q. */
export const costKinds = ["square", "linear"] as const;

export type CostKind = (typeof costKinds)[number];

/** A truth table that a channel shall give. */
export interface Table {
  readonly outputs: number; // d_out
  readonly kraus: number; // r
  /** Size d_in: the wanted output for basis input k, 0 … d_out − 1. */
  readonly truth: ArrayLike<number>;
  readonly kind: CostKind;
}

/**
 * How far a channel is from a truth table: f = Σ_k q_k² or Σ_k q_k, where q_k = Σ_{o ≠ T(k)} Σ_a |S[(o, a), k]|² is the
 * probability of a wrong output for basis input k, summed over the Kraus operators a (thesis abstract of Silva, Perceptrons
 * from memristors, eq. 56). S has r·d_out rows, those of an output behind each other (row o·r + a), so that f and its
 * gradient, 4 q S or 2 S on wrong rows and 0 elsewhere, go along memory.
 */
export class TableCost implements Cost {
  readonly rows: number;
  readonly count: number;

  constructor(readonly table: Table) {
    this.rows = table.outputs * table.kraus;
    this.count = table.truth.length;
  }

  at(S: Columns): number {
    const isSquare = this.table.kind === "square";
    let sum = 0;
    for (let k = 0; k < this.count; k++) {
      const q = this.#wrong(S, k);
      sum += isSquare ? q * q : q;
    }
    return sum;
  }

  gradient(S: Columns, G: Columns): number {
    const { kraus, truth, kind } = this.table;
    const isSquare = kind === "square";
    let sum = 0;
    for (let k = 0; k < this.count; k++) {
      const q = this.#wrong(S, k);
      sum += isSquare ? q * q : q;
      const [from, right] = [k * this.rows, k * this.rows + truth[k]! * kraus];
      const slope = isSquare ? 4 * q : 2;
      multiply(S, slope, from, right, G);
      multiply(S, 0, right, right + kraus, G);
      multiply(S, slope, right + kraus, from + this.rows, G);
    }
    return sum;
  }

  /** 4 q η + 8 Re(S†η) S or 2 η on wrong rows, the product taken over the wrong rows of a column. */
  curvature(S: Columns, eta: Columns, H: Columns): void {
    const { kraus, truth, kind } = this.table;
    for (let k = 0; k < this.count; k++) {
      const from = k * this.rows;
      const right = from + truth[k]! * kraus;
      multiply(S, 0, right, right + kraus, H);
      const own = kind === "square" ? 4 * this.#wrong(S, k) : 2;
      const along = productOver(S, eta, from, right) + productOver(S, eta, right + kraus, from + this.rows);
      const turn = kind === "square" ? 8 * along : 0;
      multiply(eta, own, from, right, H);
      multiply(eta, own, right + kraus, from + this.rows, H);
      addMultiple(S, turn, from, right, H);
      addMultiple(S, turn, right + kraus, from + this.rows, H);
    }
  }

  /** The probability of a wrong output, for each basis input. */
  errors(S: Columns): Float64Array {
    return Float64Array.from({ length: this.count }, (_, k) => this.#wrong(S, k));
  }

  #wrong({ re, im }: Columns, k: number): number {
    const { kraus, truth } = this.table;
    const from = k * this.rows;
    const right = from + truth[k]! * kraus;
    return weightOf(re, im, from, right) + weightOf(re, im, right + kraus, from + this.rows);
  }
}

/** Σ |S|² over a stretch of a column. */
function weightOf(re: Float64Array, im: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += re[i]! * re[i]! + im[i]! * im[i]!;
  return sum;
}

/** G = s·S over a stretch of a column. */
function multiply({ re, im }: Columns, s: number, from: number, to: number, G: Columns): void {
  for (let i = from; i < to; i++) {
    G.re[i] = s * re[i]!;
    G.im[i] = s * im[i]!;
  }
}

/** Re A†B over a stretch of a column. */
function productOver(A: Columns, B: Columns, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += A.re[i]! * B.re[i]! + A.im[i]! * B.im[i]!;
  return sum;
}

/** G += s·S over a stretch of a column. */
function addMultiple({ re, im }: Columns, s: number, from: number, to: number, G: Columns): void {
  for (let i = from; i < to; i++) {
    G.re[i]! += s * re[i]!;
    G.im[i]! += s * im[i]!;
  }
}
