import type { Formula, Program } from "../expressions/formula.js";
import { compileFormula } from "../expressions/forward-ad.js";

const mostParts = 100_000;

/**
 * Compiles formulas, equal ones once: a thousand cells of a crossbar share one program, and so one device. Equality is
 * found by numbering: every part is known by its name and the numbers of its arguments.
 */
export class FormulaPrograms {
  readonly #numbers = new Map<string, number>();
  readonly #programs = new Map<string, Program>();
  /** What formulas were found to be, so that one that is shared is looked through once. */
  readonly #found = new WeakMap<Formula, Program>();

  /** Whether so many different formulas were met, as of runs that draw numbers in them, that it is better to begin anew. */
  get isFull(): boolean {
    return this.#numbers.size > mostParts;
  }

  compile(formula: Formula, inputs: number): Program {
    const found = this.#found.get(formula);
    if (found?.inputs === inputs) return found;
    const key = `${this.keyOf(formula)}/${inputs}`;
    const program = this.#programs.get(key) ?? compileFormula(formula, inputs);
    this.#programs.set(key, program);
    this.#found.set(formula, program);
    return program;
  }

  /** A number that equal formulas share. A formula may be deep and have parts in common: parts wait in a list. */
  keyOf(formula: Formula): number {
    const found = new Map<Formula, number>();
    const waiting: Formula[] = [formula];
    while (waiting.length > 0) {
      const part = waiting[waiting.length - 1]!;
      const missing = part.kind === "call" ? part.arguments.filter((argument) => !found.has(argument)) : [];
      if (missing.length > 0) {
        waiting.push(...missing);
        continue;
      }
      waiting.pop();
      found.set(part, this.#numberOf(spell(part, found)));
    }
    return found.get(formula)!;
  }

  #numberOf(key: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const fresh = this.#numbers.size;
    this.#numbers.set(key, fresh);
    return fresh;
  }
}

function spell(part: Formula, found: ReadonlyMap<Formula, number>): string {
  if (part.kind === "number") return Object.is(part.value, -0) ? "-0" : String(part.value);
  if (part.kind === "input") return `u${part.index}`;
  if (part.kind === "time") return "t";
  return `${part.name}(${part.arguments.map((argument) => found.get(argument)).join()})`;
}
