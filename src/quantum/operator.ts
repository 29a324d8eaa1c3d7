import { adjoint as adjointMatrix, type ComplexMatrix, multiplied } from "../numerics/linear/complex-matrix.js";

/** A real number, or a law of time. What else drives a block is read by the law itself. */
export type Law = number | ((t: number) => number);

/** A complex coefficient. */
export interface Coefficient {
  readonly re: Law;
  readonly im: Law;
}

/** A matrix in the basis of one system of a register. */
export interface Factor {
  readonly system: number;
  readonly matrix: ComplexMatrix; // size: the system's dimension
}

/** coefficient · Π factors, one factor a system; none: a multiple of 1. */
export interface Term {
  readonly coefficient: Coefficient;
  readonly factors: readonly Factor[];
}

/** An operator on a register: Σ terms. Nothing is multiplied out to the register's size. */
export type Operator = readonly Term[];

/** c · A₁ ⊗ A₂ ⊗ …, with a real c. */
export const operator = (
  re: Law,
  ...factors: readonly (readonly [system: number, matrix: ComplexMatrix])[]
): Operator => [{ coefficient: { re, im: 0 }, factors: factors.map(([system, matrix]) => ({ system, matrix })) }];

export const lawAt = (law: Law, t: number): number => (typeof law === "number" ? law : law(t));

/** A·B. */
export const product = (a: Operator, b: Operator): Operator =>
  a.flatMap((left) =>
    b.map((right) => ({
      coefficient: timesCoefficient(left.coefficient, right.coefficient),
      factors: timesFactors(left.factors, right.factors),
    })),
  );

/** A†. */
export const adjoint = (a: Operator): Operator =>
  a.map(({ coefficient: { re, im }, factors }) => ({
    coefficient: { re, im: times(-1, im) },
    factors: factors.map(({ system, matrix }) => ({ system, matrix: adjointMatrix(matrix) })),
  }));

/** (re + i·im)·A. */
export const scaled = (a: Operator, re: Law, im: Law = 0): Operator =>
  a.map(({ coefficient, factors }) => ({ coefficient: timesCoefficient({ re, im }, coefficient), factors }));

/** i[A, B]: the rate of change of B under the Hamiltonian A, in units of ħ; terms that plainly commute are left out. */
export const commutator = (a: Operator, b: Operator): Operator =>
  a.flatMap((left) =>
    b
      .filter((right) => !commute(left, right))
      .flatMap((right) => [...scaled(product([left], [right]), 0, 1), ...scaled(product([right], [left]), 0, -1)]),
  );

/** Whether the factors of all systems that two terms share commute. */
const commute = (a: Term, b: Term): boolean =>
  a.factors.every(({ system, matrix }) => {
    const other = b.factors.find((factor) => factor.system === system);
    return other === undefined || areEqual(multiplied(matrix, other.matrix), multiplied(other.matrix, matrix));
  });

const areEqual = (a: ComplexMatrix, b: ComplexMatrix): boolean =>
  a.re.every((x, k) => x === b.re[k]) && a.im.every((y, k) => y === b.im[k]);

function timesFactors(a: readonly Factor[], b: readonly Factor[]): readonly Factor[] {
  const joined = a.map(({ system, matrix }) => {
    const other = b.find((factor) => factor.system === system);
    return { system, matrix: other === undefined ? matrix : multiplied(matrix, other.matrix) };
  });
  const alone = b.filter(({ system }) => !a.some((factor) => factor.system === system));
  return [...joined, ...alone].sort((p, q) => p.system - q.system);
}

const timesCoefficient = (a: Coefficient, b: Coefficient): Coefficient => ({
  re: plus(times(a.re, b.re), times(-1, times(a.im, b.im))),
  im: plus(times(a.re, b.im), times(a.im, b.re)),
});

function times(a: Law, b: Law): Law {
  if (typeof a === "number" && typeof b === "number") return a * b;
  if (a === 0 || b === 0) return 0;
  if (a === 1) return b;
  if (b === 1) return a;
  return (t) => lawAt(a, t) * lawAt(b, t);
}

function plus(a: Law, b: Law): Law {
  if (typeof a === "number" && typeof b === "number") return a + b;
  if (a === 0) return b;
  if (b === 0) return a;
  return (t) => lawAt(a, t) + lawAt(b, t);
}
