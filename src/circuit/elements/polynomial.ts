import type { Formula } from "../../expressions/formula.js";

const number = (value: number): Formula => ({ kind: "number", value });

/** For each term of `poly(n)` in SPICE2's order the variables it multiplies: none, 1, 2, …, 11, 12, …, 22, … */
export function* terms(variables: number): Generator<readonly number[]> {
  for (let degree = 0; ; degree++) yield* ofDegree(degree, 0, variables);
}

function* ofDegree(degree: number, from: number, variables: number): Generator<readonly number[]> {
  if (degree === 0) {
    yield [];
    return;
  }
  for (let k = from; k < variables; k++) for (const rest of ofDegree(degree - 1, k, variables)) yield [k, ...rest];
}

/**
 * p0 + p1·x1 + … by the coefficients of `poly(n)` (Nagel, SPICE2 (1975)). A single coefficient of one variable is that of
 * its linear term.
 */
export function polynomial(x: readonly Formula[], coefficients: readonly number[]): Formula {
  const all = x.length === 1 && coefficients.length === 1 ? [0, ...coefficients] : coefficients;
  const order = terms(x.length);
  let sum: Formula = number(0);
  for (const p of all) {
    const variables = order.next().value as readonly number[];
    if (p === 0) continue;
    const product = variables.reduce<Formula>((f, k) => times(f, x[k]!), number(p));
    sum = sum.kind === "number" && sum.value === 0 ? product : { kind: "call", name: "+", arguments: [sum, product] };
  }
  return sum;
}

function times(a: Formula, b: Formula): Formula {
  return a.kind === "number" && a.value === 1 ? b : { kind: "call", name: "*", arguments: [a, b] };
}
