import { call, type Formula, number } from "./formula.js";

/** A formula as constant + slope·u, where neither speaks of u. */
export interface Affine {
  readonly constant: Formula;
  readonly slope: Formula;
}

/** Writes a formula as an affine function of input u; undefined where it is none, or does not show it. */
export function affineIn(root: Formula, u: number): Affine | undefined {
  const known = new Map<Formula, Affine | undefined>();
  const of = (formula: Formula): Affine | undefined => {
    if (known.has(formula)) return known.get(formula);
    const found = affineOf(formula, u, of);
    known.set(formula, found);
    return found;
  };
  return of(root);
}

const zero = number(0);
/** Whether a formula is plainly 0. */
export const isZero = (formula: Formula): boolean => formula.kind === "number" && formula.value === 0;

function affineOf(formula: Formula, u: number, of: (part: Formula) => Affine | undefined): Affine | undefined {
  if (formula.kind === "input" && formula.index === u) return { constant: zero, slope: number(1) };
  if (formula.kind !== "call") return { constant: formula, slope: zero };
  const parts = formula.arguments.map(of);
  if (!parts.every((part) => part !== undefined)) return undefined;
  if (parts.every(({ slope }) => isZero(slope))) return { constant: formula, slope: zero };
  const both = (make: (terms: readonly Formula[]) => Formula): Affine => ({
    constant: make(parts.map(({ constant }) => constant)),
    slope: make(parts.map(({ slope }) => slope)),
  });
  const sloped = parts.filter(({ slope }) => !isZero(slope));
  const [first, second] = parts as [Affine, Affine];
  switch (formula.name) {
    case "+":
      return both(sum);
    case "-":
      return both(([a, b]) => difference(a!, b!));
    case "neg":
      return both(([a]) => (isZero(a!) ? a! : call("neg", a!)));
    case "*":
      if (sloped.length > 1) return undefined;
      return {
        constant: product(parts.map(({ constant }) => constant)),
        slope: product(parts.map(({ constant, slope }) => (isZero(slope) ? constant : slope))),
      };
    case "/":
      if (!isZero(second.slope)) return undefined;
      return both(([a]) => (isZero(a!) ? a! : call("/", a!, second.constant)));
    case "if":
      if (!isZero(first.slope)) return undefined;
      return both(([, yes, no]) => call("if", first.constant, yes!, no!));
    default:
      return undefined;
  }
}

/** a + b + …, without what is 0. */
export function sum(terms: readonly Formula[]): Formula {
  const left = terms.filter((term) => !isZero(term));
  return left.length > 1 ? call("+", ...left) : (left[0] ?? zero);
}

/** a − b, without what is 0. */
export function difference(a: Formula, b: Formula): Formula {
  if (isZero(b)) return a;
  return isZero(a) ? call("neg", b) : call("-", a, b);
}

/** a·b·…; 0 where a factor is plainly 0. */
export function product(factors: readonly Formula[]): Formula {
  if (factors.some(isZero)) return zero;
  const left = factors.filter((factor) => !(factor.kind === "number" && factor.value === 1));
  return left.length > 1 ? call("*", ...left) : (left[0] ?? number(1));
}
