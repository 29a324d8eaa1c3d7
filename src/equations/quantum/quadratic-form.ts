import type { QuantumSystem } from "../../circuit/quantum/block.js";
import type { ElementaryOperator, Operator, OperatorTerm } from "../../circuit/quantum/operator.js";
import { type ComplexMatrix, zeroMatrix } from "../../numerics/linear/complex-matrix.js";
import { lawAt } from "../../quantum/operator.js";
import { lawOf } from "./operators.js";

/** u·x + v·p with complex u and v, x and p of one oscillator. */
interface Linear {
  readonly system: number;
  readonly x: Pair;
  readonly p: Pair;
}

type Pair = readonly [re: number, im: number];

/** Whether an operator is one of oscillators, of second order at most in x and p. */
export const isQuadratic = (operator: Operator): boolean =>
  operator.every(({ factors }) => {
    const all = factors.flatMap(({ product }) => product);
    return all.every((it) => orderOf(it) < 3) && all.reduce((sum, it) => sum + orderOf(it), 0) <= 2;
  });

function orderOf({ name }: ElementaryOperator): number {
  if (name === "num") return 2;
  return name === "pos" || name === "mom" || name === "ann" || name === "cre" ? 1 : 3;
}

/**
 * A Hermitian operator as the symmetric matrix O with ⟨A⟩ = Tr OM (`quantum/gaussian.ts`). In AB = ½{A, B} + ½[A, B] the
 * second part is a number, [x, p] = i. Time in coefficients is that of the start.
 *
 * @param operator one of which `isQuadratic` is true
 */
export function quadraticForm(operator: Operator, systems: readonly QuantumSystem[], hbar: number): ComplexMatrix {
  const form = zeroMatrix(2 * systems.length + 1);
  for (const term of operator) addTerm(term, systems, hbar, form);
  return form;
}

function addTerm(
  { coefficient, factors }: OperatorTerm,
  systems: readonly QuantumSystem[],
  hbar: number,
  O: ComplexMatrix,
) {
  const c: Pair = [lawAt(lawOf(coefficient.re), 0), lawAt(lawOf(coefficient.im), 0)];
  const linear = factors.flatMap(({ system, product }) =>
    product.flatMap((it) => linearOf(it, system, systems[system]!, hbar)),
  );
  const [a, b] = linear;
  if (a === undefined) O.re[0]! += c[0];
  else if (b === undefined) for (const [i, factor] of entries(a)) addBoth(O, 0, i, times(c, factor)[0]);
  else addProduct(a, b, c, O);
}

/** c·AB; of what is not Hermitian in a term another one has the conjugate. */
function addProduct(a: Linear, b: Linear, c: Pair, O: ComplexMatrix): void {
  for (const [i, u] of entries(a)) for (const [j, v] of entries(b)) addBoth(O, i, j, times(c, times(u, v))[0]);
  if (a.system !== b.system) return;
  const [xp, px] = [times(a.x, b.p), times(a.p, b.x)];
  const commutator: Pair = [px[1] - xp[1], xp[0] - px[0]]; // i(uₐv_b − vₐu_b)
  O.re[0]! += times(c, commutator)[0] / 2;
}

const entries = ({ system, x, p }: Linear): readonly (readonly [place: number, factor: Pair])[] => [
  [1 + 2 * system, x],
  [2 + 2 * system, p],
];

/** Half of it on each side of the diagonal. */
function addBoth({ size, re }: ComplexMatrix, i: number, j: number, value: number): void {
  re[i * size + j]! += value / 2;
  re[j * size + i]! += value / 2;
}

const times = ([a, b]: Pair, [c, d]: Pair): Pair => [a * c - b * d, a * d + b * c];

const half = Math.SQRT1_2;

/** An elementary operator as a product of linear ones, in units in which the vacuum's variance is ½. */
function linearOf(
  { name }: ElementaryOperator,
  system: number,
  { mass, omega }: QuantumSystem,
  hbar: number,
): Linear[] {
  const ann: Linear = { system, x: [half, 0], p: [0, half] };
  const cre: Linear = { system, x: [half, 0], p: [0, -half] };
  switch (name) {
    case "ann":
      return [ann];
    case "cre":
      return [cre];
    case "num":
      return [cre, ann];
    case "pos":
      return [{ system, x: [Math.sqrt(hbar / (mass * omega)), 0], p: [0, 0] }];
    case "mom":
      return [{ system, x: [0, 0], p: [Math.sqrt(mass * hbar * omega), 0] }];
    default:
      throw new Error(`${name} is not of second order in x and p`);
  }
}
