import type { Expression } from "../syntax/ast.js";
import type { Span } from "../text/source.js";
import { fold } from "./fold.js";
import { type Formula, number } from "./formula.js";
import type { Trap } from "./habits.js";
import type { Scope } from "./scope.js";
import { isEven, mayBeNegative } from "./sign.js";

type Call = Extract<Expression, { kind: "call" }>;
type Around = Pick<Extract<Expression, { kind: "binary" }>, "left" | "right" | "span">;

const logic: ReadonlySet<string> = new Set(["&&", "||", "&", "|"]);
const truths: ReadonlySet<string> = new Set("< > <= >= == != && || ! u".split(" "));

/** What operators and functions mean in a deck's own language where simulators differ; the scope is told of each such place. */
export class Meaning {
  constructor(private readonly scope: Pick<Scope, "habits" | "met">) {}

  /** The two sides of an operator. */
  operands(operator: string, a: Formula, b: Formula, { left, right, span }: Around): readonly [Formula, Formula] {
    if (operator === "^") this.scope.met?.("caret", span);
    if (operator === "^" || operator === "**") this.#power("signed-power", a, b, span);
    return logic.has(operator) ? [this.truth(a, left.span), this.truth(b, right.span)] : [a, b];
  }

  /** A call of one of the language's functions, `name` being its own name there. */
  call(name: string, operands: readonly Formula[], { name: written, arguments: given, span }: Call) {
    const { habits } = this.scope;
    const [first, second, ...others] = operands as readonly [Formula, Formula, ...Formula[]];
    if (name === "pow") this.#power("signed-power", first, second, span);
    if (name === "pwr") this.#power("unsigned-power", first, second, span);
    if (name === "if") return { name, operands: [this.truth(first, given[0]!.span), second, ...others] };
    if (written === "log") {
      this.scope.met?.("log", span);
      return { name: habits.logIsDecimal ? "log10" : name, operands };
    }
    if (name === "u") {
      if (first.kind === "number" && first.value === 0) this.scope.met?.("step-at-zero", span);
      return habits.truthAboveHalf ? { name: ">", operands: [first, number(0)] } : { name, operands };
    }
    return { name, operands };
  }

  /** A condition: what is neither a comparison nor a logic operation does not hold everywhere alike. */
  truth(formula: Formula, span: Span): Formula {
    if (isTruth(formula)) return formula;
    this.scope.met?.("truth", span);
    return this.scope.habits.truthAboveHalf ? fold(">", [formula, number(0.5)]) : formula;
  }

  #power(trap: Trap, base: Formula, exponent: Formula, span: Span): void {
    if (this.scope.met !== undefined && mayBeNegative(base) && !isEven(exponent)) this.scope.met(trap, span);
  }
}

/** Whether a formula holds, or does not hold, by either reading of a truth. */
function isTruth(formula: Formula): boolean {
  if (formula.kind === "number") return !(formula.value !== 0 && formula.value <= 0.5);
  if (formula.kind !== "call") return false;
  return truths.has(formula.name) || (formula.name === "if" && formula.arguments.slice(1).every(isTruth));
}
