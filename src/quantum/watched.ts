import type { ComplexMatrix } from "../numerics/linear/complex-matrix.js";
import type { Amplitudes } from "./amplitudes.js";
import { lawAt, type Operator } from "./operator.js";
import type { Space } from "./space.js";
import { sparse } from "./sparse-operator.js";

/** A Hermitian operator in the forms in which slopes need it. */
export interface Watched {
  /** ⟨ψ|O|ψ⟩. */
  value(psi: Amplitudes): number;
  /** Tr OA, A Hermitian. */
  valueIn(A: ComplexMatrix): number;
  /** out = O|ψ⟩. */
  act(psi: Amplitudes, out: Amplitudes): void;
  /** matrix += factor · O. */
  addTo(matrix: ComplexMatrix, factor: number): void;
}

/** A Hermitian operator on a register, its entries in one list; coefficients that follow time are those of the start. */
export class WatchedOperator implements Watched {
  readonly row: Int32Array; // size nnz
  readonly column: Int32Array; // size nnz
  readonly re: Float64Array; // size nnz
  readonly im: Float64Array; // size nnz

  constructor(space: Space, operator: Operator) {
    const entries = new Map<number, [re: number, im: number]>();
    for (const { coefficient, row, column, re, im } of sparse(space, operator)) {
      const [cr, ci] = [lawAt(coefficient.re, 0), lawAt(coefficient.im, 0)];
      for (let k = 0; k < row.length; k++) {
        const at = row[k]! * space.size + column[k]!;
        const entry = entries.get(at) ?? [0, 0];
        entry[0] += cr * re[k]! - ci * im[k]!;
        entry[1] += cr * im[k]! + ci * re[k]!;
        entries.set(at, entry);
      }
    }
    const all = [...entries].filter(([, [re, im]]) => re !== 0 || im !== 0);
    this.row = Int32Array.from(all, ([at]) => Math.floor(at / space.size));
    this.column = Int32Array.from(all, ([at]) => at % space.size);
    this.re = Float64Array.from(all, ([, [re]]) => re);
    this.im = Float64Array.from(all, ([, [, im]]) => im);
  }

  value({ re, im }: Amplitudes): number {
    let sum = 0;
    for (let k = 0; k < this.row.length; k++) {
      const i = this.row[k]!;
      const j = this.column[k]!;
      sum += this.re[k]! * (re[i]! * re[j]! + im[i]! * im[j]!) - this.im[k]! * (re[i]! * im[j]! - im[i]! * re[j]!);
    }
    return sum;
  }

  valueIn({ size, re, im }: ComplexMatrix): number {
    let sum = 0;
    for (let k = 0; k < this.row.length; k++) {
      const at = this.column[k]! * size + this.row[k]!;
      sum += this.re[k]! * re[at]! - this.im[k]! * im[at]!;
    }
    return sum;
  }

  act(psi: Amplitudes, out: Amplitudes): void {
    out.re.fill(0);
    out.im.fill(0);
    this.add(psi, 1, out);
  }

  addTo({ size, re, im }: ComplexMatrix, factor: number): void {
    for (let k = 0; k < this.row.length; k++) {
      const at = this.row[k]! * size + this.column[k]!;
      re[at]! += factor * this.re[k]!;
      im[at]! += factor * this.im[k]!;
    }
  }

  /** out += factor · O|ψ⟩. */
  add({ re, im }: Amplitudes, factor: number, out: Amplitudes): void {
    for (let k = 0; k < this.row.length; k++) {
      const i = this.row[k]!;
      const j = this.column[k]!;
      out.re[i]! += factor * (this.re[k]! * re[j]! - this.im[k]! * im[j]!);
      out.im[i]! += factor * (this.re[k]! * im[j]! + this.im[k]! * re[j]!);
    }
  }
}

/** Σ factor·O: the factors may change, the operators stay. */
export class WatchedSum implements Watched {
  readonly factors: Float64Array;

  constructor(readonly parts: readonly WatchedOperator[]) {
    this.factors = new Float64Array(parts.length).fill(1);
  }

  value(psi: Amplitudes): number {
    return this.parts.reduce((sum, part, k) => sum + this.factors[k]! * part.value(psi), 0);
  }

  valueIn(A: ComplexMatrix): number {
    return this.parts.reduce((sum, part, k) => sum + this.factors[k]! * part.valueIn(A), 0);
  }

  act(psi: Amplitudes, out: Amplitudes): void {
    out.re.fill(0);
    out.im.fill(0);
    for (const [k, part] of this.parts.entries()) part.add(psi, this.factors[k]!, out);
  }

  addTo(matrix: ComplexMatrix, factor: number): void {
    for (const [k, part] of this.parts.entries()) part.addTo(matrix, factor * this.factors[k]!);
  }
}

/** A function of the outcome of measuring some qubits in their own basis. */
export class WatchedOutcomes implements Watched {
  readonly values: Float64Array; // size outcomes: may change

  /** @param outcome size D: the outcome that each state of the basis gives */
  constructor(
    readonly outcome: Int32Array,
    outcomes: number,
  ) {
    this.values = new Float64Array(outcomes);
  }

  /** Writes how probable each outcome is. */
  probabilities({ re, im }: Amplitudes, out: Float64Array): void {
    out.fill(0);
    for (let k = 0; k < this.outcome.length; k++) out[this.outcome[k]!]! += re[k]! * re[k]! + im[k]! * im[k]!;
  }

  probabilitiesIn({ size, re }: ComplexMatrix, out: Float64Array): void {
    out.fill(0);
    for (let k = 0; k < size; k++) out[this.outcome[k]!]! += re[k * size + k]!;
  }

  valueIn({ size, re }: ComplexMatrix): number {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += this.values[this.outcome[k]!]! * re[k * size + k]!;
    return sum;
  }

  addTo({ size, re }: ComplexMatrix, factor: number): void {
    for (let k = 0; k < size; k++) re[k * size + k]! += factor * this.values[this.outcome[k]!]!;
  }

  value({ re, im }: Amplitudes): number {
    let sum = 0;
    for (let k = 0; k < this.outcome.length; k++)
      sum += this.values[this.outcome[k]!]! * (re[k]! * re[k]! + im[k]! * im[k]!);
    return sum;
  }

  act({ re, im }: Amplitudes, out: Amplitudes): void {
    for (let k = 0; k < this.outcome.length; k++) {
      out.re[k] = this.values[this.outcome[k]!]! * re[k]!;
      out.im[k] = this.values[this.outcome[k]!]! * im[k]!;
    }
  }
}
