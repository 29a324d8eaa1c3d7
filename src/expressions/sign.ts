import type { Formula } from "./formula.js";

/** Functions that are never negative, whatever they are called with. */
const never: ReadonlySet<string> = new Set(
  "abs exp limexp sqrt cosh acosh acos hypot pwr u uramp ! && || < > <= >= == !=".split(" "),
);
/** Functions that are not negative where none of their arguments is. */
const kept: ReadonlySet<string> = new Set(
  "+ * / pow % min sinh tanh asin asinh atan atanh sgn floor ceil int nint round".split(" "),
);

/** Whether a formula may be negative, as far as its own shape tells: what it reads may be anything. */
export function mayBeNegative(formula: Formula): boolean {
  if (formula.kind === "number") return formula.value < 0;
  if (formula.kind !== "call") return formula.kind === "input"; // time is not
  const before = known.get(formula);
  if (before !== undefined) return before;
  const found = callMayBeNegative(formula);
  known.set(formula, found);
  return found;
}

/** Parts of a formula are shared: without it a small formula could take ages. */
const known = new WeakMap<Formula, boolean>();

function callMayBeNegative(formula: Extract<Formula, { kind: "call" }>): boolean {
  const { name, arguments: operands } = formula;
  if (never.has(name)) return false;
  if (name === "pow" && isEven(operands[1]!)) return false;
  if (name === "max") return operands.every(mayBeNegative);
  if (name === "if") return operands.slice(1).some(mayBeNegative);
  if (name === "*" && operands.length === 2 && operands[0] === operands[1]) return false;
  return !kept.has(name) || operands.some(mayBeNegative);
}

/** Whether an exponent is an even number, known before the analysis: then the sign of the base does not matter. */
export const isEven = (exponent: Formula): boolean => exponent.kind === "number" && exponent.value % 2 === 0;
