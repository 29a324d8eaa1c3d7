import type { DensityMatrix } from "./density-matrix.js";
import type { Dynamics } from "./dynamics.js";
import { allJumps, freeHamiltonian } from "./motion.js";
import { lawAt } from "./operator.js";
import { type SparseOperator, sparse } from "./sparse-operator.js";

// A Hermitian matrix as D² real numbers, which have the place that ρ's entries have: the diagonal, real parts above it,
// imaginary parts below it (of the entry above). This is how a small block stands among a circuit's unknowns.

/** The real numbers of a Hermitian matrix. */
export function realForm({ size: D, re, im }: DensityMatrix): Float64Array {
  const r = new Float64Array(D * D);
  for (let a = 0; a < D; a++) for (let b = 0; b < D; b++) r[a * D + b] = a <= b ? re[a * D + b]! : im[b * D + a]!;
  return r;
}

/** Writes the Hermitian matrix that D² real numbers from place `first` on are. */
export function fromRealForm(r: Float64Array, first: number, { size: D, re, im }: DensityMatrix): void {
  for (let a = 0; a < D; a++) {
    const diagonal = a * D + a;
    re[diagonal] = r[first + diagonal]!;
    im[diagonal] = 0;
    for (let b = a + 1; b < D; b++) {
      const [above, below] = [a * D + b, b * D + a];
      re[above] = re[below] = r[first + above]!;
      im[above] = r[first + below]!;
      im[below] = -im[above]!;
    }
  }
}

/** What each real number says of ρ, in words such as `re(ρ01)`. */
export function realNames(D: number): readonly string[] {
  return Array.from({ length: D * D }, (_, k) => {
    const [a, b] = [Math.floor(k / D), k % D];
    return a <= b ? `${a === b ? "" : "re"}rho${a}_${b}` : `imrho${b}_${a}`;
  });
}

/**
 * dρ/dt in the laboratory at time t, of a Hermitian ρ. For small registers, a few times: it makes full matrices.
 *
 *     dρ/dt = X + X† + Σ γ L(Lρ)†,     X = (−iH − ½Σ γ L†L)ρ
 */
export function laboratoryRate(dynamics: Dynamics): (t: number, rho: DensityMatrix) => DensityMatrix {
  const { space } = dynamics;
  const hamiltonian = sparse(space, [...freeHamiltonian(dynamics), ...dynamics.hamiltonian]);
  const jumps = allJumps(dynamics).map(({ operator, rate }) => ({ rate, L: sparse(space, operator) }));
  return (t, rho) => {
    const sum = zero(rho);
    addWithAdjoint(sum, times(hamiltonian, t, rho), 0, -1);
    for (const { rate, L } of jumps) {
      const gamma = rate.at(t);
      const lowered = times(L, t, rho); // Lρ
      const sandwiched = times(L, t, adjoint(lowered)); // LρL†
      addWithAdjoint(sum, sandwiched, gamma / 2, 0);
      addWithAdjoint(sum, timesAdjoint(L, t, lowered), -gamma / 2, 0);
    }
    return sum;
  };
}

const zero = ({ space, size }: DensityMatrix): DensityMatrix => ({
  space,
  size,
  re: new Float64Array(size * size),
  im: new Float64Array(size * size),
});

/** A·B. */
const times = (a: SparseOperator, t: number, b: DensityMatrix): DensityMatrix => product(a, t, b, false);
/** A†·B. */
const timesAdjoint = (a: SparseOperator, t: number, b: DensityMatrix): DensityMatrix => product(a, t, b, true);

function product(a: SparseOperator, t: number, b: DensityMatrix, isAdjoint: boolean): DensityMatrix {
  const result = zero(b);
  const D = b.size;
  for (const { coefficient, row, column, re, im } of a) {
    const [cr, ci] = [lawAt(coefficient.re, t), lawAt(coefficient.im, t)];
    for (let k = 0; k < row.length; k++) {
      const x = cr * re[k]! - ci * im[k]!;
      const y = (cr * im[k]! + ci * re[k]!) * (isAdjoint ? -1 : 1);
      const [to, from] = isAdjoint ? [column[k]! * D, row[k]! * D] : [row[k]! * D, column[k]! * D];
      for (let j = 0; j < D; j++) {
        result.re[to + j]! += x * b.re[from + j]! - y * b.im[from + j]!;
        result.im[to + j]! += x * b.im[from + j]! + y * b.re[from + j]!;
      }
    }
  }
  return result;
}

function adjoint(a: DensityMatrix): DensityMatrix {
  const result = zero(a);
  const D = a.size;
  for (let i = 0; i < D; i++) {
    for (let j = 0; j < D; j++) {
      result.re[i * D + j] = a.re[j * D + i]!;
      result.im[i * D + j] = -a.im[j * D + i]!;
    }
  }
  return result;
}

/** sum += cA + (cA)†, c = cr + i·ci. */
function addWithAdjoint(sum: DensityMatrix, { size: D, re, im }: DensityMatrix, cr: number, ci: number): void {
  for (let i = 0; i < D; i++) {
    for (let j = 0; j < D; j++) {
      const [p, q] = [i * D + j, j * D + i];
      sum.re[p]! += cr * re[p]! - ci * im[p]! + cr * re[q]! - ci * im[q]!;
      sum.im[p]! += cr * im[p]! + ci * re[p]! - cr * im[q]! - ci * re[q]!;
    }
  }
}
