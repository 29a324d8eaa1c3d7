import { type Complex, conjugate, one, plus, times } from "./complex.js";
import type { ElementaryOperator, LocalOperator } from "./operator.js";

/** A term while it is read: a coefficient and, for each system, what is written of it from left to right. */
export interface Term {
  readonly coefficient: Complex;
  readonly factors: ReadonlyMap<number, readonly ElementaryOperator[]>;
}

export const localOperators = (factors: Term["factors"]): readonly LocalOperator[] =>
  [...factors]
    .filter(([, product]) => product.length > 0)
    .sort(([a], [b]) => a - b)
    .map(([system, product]) => ({ system, product }));

/** Terms of the same operators as one, in the order in which they are met. */
export function merged(terms: readonly Term[]): readonly Term[] {
  const found = new Map<string, Term>();
  for (const term of terms) {
    const key = JSON.stringify(localOperators(term.factors));
    const before = found.get(key);
    const coefficient = before === undefined ? term.coefficient : plus(before.coefficient, term.coefficient);
    found.set(key, { coefficient, factors: term.factors });
  }
  return [...found.values()];
}

export const scalar = (coefficient: Complex): Term => ({ coefficient, factors: new Map() });
export const local = (system: number, operator: ElementaryOperator): Term => ({
  coefficient: one,
  factors: new Map([[system, [operator]]]),
});
export const scaled = (terms: readonly Term[], by: Complex): readonly Term[] =>
  terms.map((term) => ({ ...term, coefficient: times(by, term.coefficient) }));

export function multiplied(a: Term, b: Term): Term {
  const factors = new Map(a.factors);
  for (const [system, product] of b.factors) factors.set(system, [...(factors.get(system) ?? []), ...product]);
  return { coefficient: times(a.coefficient, b.coefficient), factors };
}

const partners: Readonly<Record<string, "sp" | "sm" | "ann" | "cre">> = { sp: "sm", sm: "sp", ann: "cre", cre: "ann" };

/** (c·A·B)† = c̄·B†·A†. */
export function adjoint({ coefficient, factors }: Term): Term {
  const turned = [...factors].map(([system, product]): [number, readonly ElementaryOperator[]] => [
    system,
    product.toReversed().map((it) => (it.name in partners ? { name: partners[it.name]! } : it)),
  ]);
  return { coefficient: conjugate(coefficient), factors: new Map(turned) };
}
