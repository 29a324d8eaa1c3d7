import type { ComplexMatrix } from "../numerics/linear/complex-matrix.js";
import { type Factor, type Operator, product } from "./operator.js";

/**
 * e^{−iH₀t} A e^{iH₀t} of an operator A on qubits, H₀ = Σ (ω/2)σz: what acts as A in the rotating frame, seen from the
 * laboratory.
 *
 * @param omega of each system of the register
 */
export const turning = (a: Operator, omega: readonly number[]): Operator =>
  a.flatMap(({ coefficient, factors }) =>
    factors.reduce<Operator>(
      (left, factor) => product(left, turningFactor(factor, omega[factor.system]!)),
      [{ coefficient, factors: [] }],
    ),
  );

/** What stands on the diagonal stays; |e⟩⟨g| turns by e^{−iωt}, |g⟩⟨e| back. */
function turningFactor({ system, matrix }: Factor, omega: number): Operator {
  const cos = (t: number) => Math.cos(omega * t);
  const sin = (t: number) => Math.sin(omega * t);
  const back = (t: number) => -Math.sin(omega * t);
  const part = (...places: readonly number[]) => [{ system, matrix: only(matrix, places) }];
  const parts: Operator = [
    { coefficient: { re: 1, im: 0 }, factors: part(0, 3) },
    { coefficient: { re: cos, im: back }, factors: part(1) },
    { coefficient: { re: cos, im: sin }, factors: part(2) },
  ];
  return parts.filter(({ factors: [factor] }) => [...factor!.matrix.re, ...factor!.matrix.im].some((x) => x !== 0));
}

/** A matrix with zeros elsewhere. */
function only({ size, re, im }: ComplexMatrix, places: readonly number[]): ComplexMatrix {
  const kept = (values: Float64Array) => values.map((value, at) => (places.includes(at) ? value : 0));
  return { size, re: kept(re), im: kept(im) };
}
