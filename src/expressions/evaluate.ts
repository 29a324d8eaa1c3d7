import type { Formula } from "./formula.js";
import { functionOf } from "./functions.js";
import { interpolantOf } from "./graph.js";

/**
 * The value of a formula at time t (s; −∞ in a static analysis reads as 0) and inputs u, by walking its tree as it
 * stands: nothing is simplified. Generated code must agree with it. Of an `if` only the branch taken is walked.
 */
export function evaluate(formula: Formula, t: number, u: ArrayLike<number>): number {
  // A formula may be deep, and a part of it may stand in many places: parts wait in a list and are walked once.
  const values = new Map<Formula, number>();
  const waiting: Formula[] = [formula];
  while (waiting.length > 0) {
    const part = waiting[waiting.length - 1]!;
    const missing = values.has(part) ? [] : needed(part, values).filter((operand) => !values.has(operand));
    if (missing.length > 0) {
      waiting.push(...missing);
    } else {
      if (!values.has(part)) values.set(part, valueHere(part, t, u, values));
      waiting.pop();
    }
  }
  return values.get(formula)!;
}

/** What must be known before `formula`: of an `if` first the condition, then the branch that it takes. */
function needed(formula: Formula, values: ReadonlyMap<Formula, number>): readonly Formula[] {
  if (formula.kind !== "call") return [];
  const of = functionOf(formula.name);
  if (of.interpolant !== undefined) return formula.arguments.slice(0, 1);
  if (of.name !== "if") return formula.arguments;
  const [condition, yes, no] = formula.arguments as [Formula, Formula, Formula];
  const truth = values.get(condition);
  if (truth === undefined) return [condition];
  return Number.isNaN(truth) ? [] : [truth === 0 ? no : yes];
}

function valueHere(formula: Formula, t: number, u: ArrayLike<number>, values: ReadonlyMap<Formula, number>): number {
  switch (formula.kind) {
    case "number":
      return formula.value;
    case "time":
      return t === -Infinity ? 0 : t;
    case "input":
      return u[formula.index]!;
    case "call": {
      const interpolant = interpolantOf(formula);
      if (interpolant !== undefined) return interpolant.value(values.get(formula.arguments[0]!)!);
      // The branch not taken has no value, and `if` does not look at it.
      return functionOf(formula.name).value(...formula.arguments.map((operand) => values.get(operand) ?? NaN));
    }
  }
}
