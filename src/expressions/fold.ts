import { call, type Formula, number } from "./formula.js";
import { functionOf } from "./functions.js";

/** A sum with more terms than this becomes a sum of sums, so that no function is called with too many arguments. */
const mostTerms = 1000;

/**
 * A call of the list's functions, computed where its arguments are numbers. What is then no finite number, `1/0`, stays
 * a call: it may stand in a branch that is never taken. NaN, the trace of an error that was reported, spreads.
 */
export function fold(name: string, operands: readonly Formula[]): Formula {
  const of = functionOf(name);
  // A loop of cards comes here some ten times a card.
  const values: number[] = [];
  for (const operand of operands) if (operand.kind === "number") values.push(operand.value);
  if (values.some(Number.isNaN)) return number(NaN);
  const decided = decide(of.name, operands);
  if (decided !== undefined) return decided;
  if (values.length === operands.length) {
    const value = of.value(...values);
    if (Number.isFinite(value)) return number(value);
  }
  return flat(of.name, operands) ?? { kind: "call", name: of.name, arguments: operands };
}

/** What the first argument alone decides. */
function decide(name: string, [first, second, third]: readonly Formula[]): Formula | undefined {
  if (first?.kind !== "number") return undefined;
  if (name === "if") return first.value === 0 ? third : second;
  if (name === "&&" && first.value === 0) return number(0);
  if (name === "||" && first.value !== 0) return number(1);
  return undefined;
}

/** a + b − c + … as one sum: slopes along many inputs then cost no more than the sum. */
function flat(name: string, [left, right]: readonly Formula[]): Formula | undefined {
  if ((name !== "+" && name !== "-") || left?.kind !== "call" || isNotFinite(left)) return undefined;
  if (left.arguments.length >= mostTerms) return undefined;
  const last = name === "+" ? right! : fold("neg", [right!]);
  if (left.name === "+") return call("+", ...left.arguments, last);
  if (left.name === "-") return call("+", left.arguments[0]!, fold("neg", [left.arguments[1]!]), last);
  return undefined;
}

/** A call whose arguments are numbers and whose value is not finite. */
export const isNotFinite = (formula: Formula): boolean =>
  formula.kind === "call" && formula.arguments.every(({ kind }) => kind === "number");

/** The parts of a formula that are evaluated whatever branches are taken, each once. */
export function alwaysEvaluated(root: Formula): ReadonlySet<Formula> {
  const found = new Set<Formula>();
  const waiting = [root];
  while (waiting.length > 0) {
    const formula = waiting.pop()!;
    if (found.has(formula)) continue;
    found.add(formula);
    if (formula.kind !== "call") continue;
    waiting.push(...(isLazy(formula.name) ? formula.arguments.slice(0, 1) : formula.arguments));
  }
  return found;
}

/** Looks at its first argument always, at the others only if that one asks for it. */
const isLazy = (name: string): boolean => name === "if" || name === "&&" || name === "||";
