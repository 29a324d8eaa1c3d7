import type { Formula } from "./formula.js";

/** A formula with other formulas in the place of its inputs. Parts that it shares stay shared. */
export function substitute(root: Formula, inputs: (index: number) => Formula): Formula {
  const known = new Map<Formula, Formula>();
  const of = (formula: Formula): Formula => {
    if (formula.kind === "input") return inputs(formula.index);
    if (formula.kind !== "call") return formula;
    const before = known.get(formula);
    if (before !== undefined) return before;
    const made: Formula = { kind: "call", name: formula.name, arguments: formula.arguments.map(of) };
    known.set(formula, made);
    return made;
  };
  return of(root);
}

/** Whether a formula is so small that it can be walked by calls within calls. */
export function isShort(root: Formula, most = 2000): boolean {
  const seen = new Set<Formula>([root]);
  for (const part of seen) {
    if (part.kind === "call") for (const argument of part.arguments) seen.add(argument);
    if (seen.size > most) return false;
  }
  return true;
}
