import type { Complex, ComplexMatrix } from "../numerics/linear/complex-matrix.js";
import type { DensityMatrix } from "./density-matrix.js";
import type { Ket } from "./ket.js";
import { type Coefficient, type Factor, lawAt, type Operator } from "./operator.js";
import { offsetsOf, others, type Space } from "./space.js";

/** The entries of one term on the whole register, without its coefficient. They are few: D for a product of Paulis. */
export interface SparseTerm {
  readonly coefficient: Coefficient;
  readonly row: Int32Array; // size nnz
  readonly column: Int32Array; // size nnz
  readonly re: Float64Array; // size nnz
  readonly im: Float64Array; // size nnz
}

/** An operator laid out on a register, ready for use. */
export type SparseOperator = readonly SparseTerm[];

export const sparse = (space: Space, operator: Operator): SparseOperator =>
  operator.map(({ coefficient, factors }) => ({ coefficient, ...entriesOn(space, factors) }));

type Entry = readonly [row: number, column: number, re: number, im: number];

function entriesOn(space: Space, factors: readonly Factor[]): Omit<SparseTerm, "coefficient"> {
  const local = factors.reduce<readonly Entry[]>(
    (entries, { system, matrix }) => withFactor(entries, matrix, space.strides[system]!),
    [[0, 0, 1, 0]],
  );
  const rest = offsetsOf(
    space,
    others(
      space,
      factors.map(({ system }) => system),
    ),
  );
  const size = local.length * rest.length;
  const entries = {
    row: new Int32Array(size),
    column: new Int32Array(size),
    re: new Float64Array(size),
    im: new Float64Array(size),
  };
  let k = 0;
  for (const base of rest) {
    for (const [row, column, re, im] of local) {
      entries.row[k] = base + row;
      entries.column[k] = base + column;
      entries.re[k] = re;
      entries.im[k++] = im;
    }
  }
  return entries;
}

function withFactor(entries: readonly Entry[], { size, re, im }: ComplexMatrix, stride: number): readonly Entry[] {
  const result: Entry[] = [];
  for (const [row, column, ar, ai] of entries) {
    for (let k = 0; k < size * size; k++) {
      const [br, bi] = [re[k]!, im[k]!];
      if (br === 0 && bi === 0) continue;
      const [i, j] = [Math.floor(k / size) * stride, (k % size) * stride];
      result.push([row + i, column + j, ar * br - ai * bi, ar * bi + ai * br]);
    }
  }
  return result;
}

/** ⟨A⟩ = Tr Aρ at time t. */
export const expectation = (a: SparseOperator, { size, re, im }: DensityMatrix, t = 0): Complex =>
  summed(a, t, (row, column) => {
    const at = column * size + row;
    return [re[at]!, im[at]!];
  });

/** ⟨ψ|A|ψ⟩ at time t. */
export const expectationInKet = (a: SparseOperator, { re, im }: Ket, t = 0): Complex =>
  summed(a, t, (row, column) => [
    re[row]! * re[column]! + im[row]! * im[column]!,
    re[row]! * im[column]! - im[row]! * re[column]!,
  ]);

function summed(
  a: SparseOperator,
  t: number,
  weight: (row: number, column: number) => readonly [number, number],
): Complex {
  let [re, im] = [0, 0];
  for (const term of a) {
    let [sr, si] = [0, 0];
    for (let k = 0; k < term.row.length; k++) {
      const [wr, wi] = weight(term.row[k]!, term.column[k]!);
      sr += term.re[k]! * wr - term.im[k]! * wi;
      si += term.re[k]! * wi + term.im[k]! * wr;
    }
    const [cr, ci] = [lawAt(term.coefficient.re, t), lawAt(term.coefficient.im, t)];
    re += cr * sr - ci * si;
    im += cr * si + ci * sr;
  }
  return { re, im };
}
