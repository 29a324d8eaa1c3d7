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
export function expectation(a: SparseOperator, { size, re, im }: DensityMatrix, t = 0): Complex {
  return summed(a, t, (term) => {
    let x = 0;
    let y = 0;
    for (let k = 0; k < term.row.length; k++) {
      const at = term.column[k]! * size + term.row[k]!;
      x += term.re[k]! * re[at]! - term.im[k]! * im[at]!;
      y += term.re[k]! * im[at]! + term.im[k]! * re[at]!;
    }
    return { re: x, im: y };
  });
}

/** ⟨ψ|A|ψ⟩ at time t. */
export function expectationInKet(a: SparseOperator, { re, im }: Ket, t = 0): Complex {
  return summed(a, t, (term) => {
    let x = 0;
    let y = 0;
    for (let k = 0; k < term.row.length; k++) {
      const i = term.row[k]!;
      const j = term.column[k]!;
      const u = re[i]! * re[j]! + im[i]! * im[j]!;
      const v = re[i]! * im[j]! - im[i]! * re[j]!;
      x += term.re[k]! * u - term.im[k]! * v;
      y += term.re[k]! * v + term.im[k]! * u;
    }
    return { re: x, im: y };
  });
}

/** Σ coefficient · what each term gives. */
function summed(a: SparseOperator, t: number, value: (term: SparseTerm) => Complex): Complex {
  let re = 0;
  let im = 0;
  for (const term of a) {
    const x = value(term);
    const cr = lawAt(term.coefficient.re, t);
    const ci = lawAt(term.coefficient.im, t);
    re += cr * x.re - ci * x.im;
    im += cr * x.im + ci * x.re;
  }
  return { re, im };
}
