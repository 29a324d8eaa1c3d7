import type { Formula } from "../expressions/formula.js";
import type { Habits, Trap } from "../expressions/habits.js";
import { resolve } from "../expressions/resolve.js";
import type { DynamicName, RandomName, Scope, UserFunction } from "../expressions/scope.js";
import type { Expression, Word } from "../syntax/ast.js";
import type { Span } from "../text/source.js";
import { dataValue } from "./data-tables.js";
import type { Environment } from "./environment.js";
import { whole } from "./splices.js";
import { readTable } from "./tables.js";

/** What names mean where a number is wanted that is known before the analysis: in `.param`, bounds, values. */
export class ConstantScope implements Scope {
  readonly time: boolean = false;

  constructor(protected readonly place: Environment) {}

  get habits(): Habits {
    return this.place.elaboration.habits;
  }

  name(name: string, _span: Span): Formula | undefined {
    return this.place.name(name);
  }

  function(name: string): UserFunction | undefined {
    return this.place.function(name);
  }

  names(): Iterable<string> {
    return this.place.names();
  }

  probe({ span }: { readonly span: Span }): Formula | undefined {
    this.place.elaboration.complaints.error(
      "signal-in-constant",
      "A voltage or a current cannot stand here: this number must be known before the analysis starts.",
      span,
      { help: "expressions of the solution may stand in `B` sources, `value={…}`, `r={…}`, `q={…}` and in outputs." },
    );
    return undefined;
  }

  call(call: Extract<Expression, { kind: "call" }>): Formula | undefined {
    return dataValue(call, this.place, (expression) => constantOf(expression, this.place));
  }

  dynamic(name: DynamicName, _inputs: readonly Formula[], span: Span): Formula | undefined {
    const message = `\`${name}\` cannot stand here: this number must be known before the analysis starts.`;
    this.place.elaboration.complaints.error("signal-in-constant", message, span);
    return undefined;
  }

  random(name: RandomName, inputs: readonly Formula[], span: Span, lot: boolean): Formula | undefined {
    const { draws, complaints } = this.place.elaboration;
    if (name === "gauss" && inputs.length === 2) {
      const help = "of three the last says how many standard deviations the second is: `gauss(1k,0.05,1)`.";
      complaints.error("argument-count", "`gauss` takes 1 or 3 arguments, found 2.", span, { help });
      return undefined;
    }
    const numbers = inputs.map((input) => (input.kind === "number" ? input.value : undefined));
    if (numbers.every((value) => value !== undefined))
      return { kind: "number", value: draws.draw(name, numbers, span, lot) };
    const message = `What \`${name}\` is given must be known before the analysis starts.`;
    complaints.error("signal-in-constant", message, span);
    return undefined;
  }

  constant(name: string, span: Span): void {
    const meanings: Readonly<Record<string, string>> = {
      e: "Euler's number, 2.718…",
      q: "the charge of the electron, 1.602e-19 C",
    };
    const meaning = meanings[name];
    if (meaning === undefined) return;
    this.place.elaboration.complaints.note("constant-name", `\`${name}\` is read as the constant: ${meaning}.`, span);
  }

  met(trap: Trap, span: Span): void {
    this.place.elaboration.met(trap, span);
  }

  table(file: string, span: Span): readonly number[] | undefined {
    return readTable(file, span, this.place.elaboration);
  }
}

/** The value of an expression that is known before the analysis; NaN after having complained. */
export function constantOf(expression: Expression, place: Environment): number {
  if (expression.kind === "number") return expression.value;
  // Mostly the variable of a loop within a name.
  const given = expression.kind === "name" && !expression.glued ? place.parameter(expression.name) : undefined;
  if (given !== undefined && !Number.isNaN(given)) return given;
  const known = whole(expression, (parts) => splicedText(parts, place));
  const formula = resolve(known, new ConstantScope(place), place.elaboration.complaints);
  const value = formula.kind === "number" ? formula.value : Number.NaN;
  const { complaints } = place.elaboration;
  if (Number.isNaN(value) && !complaints.failed) {
    complaints.error("not-a-number", "The value of this expression is not a number.", expression.span);
  }
  return value;
}

/** The text that pieces and integers in braces make. */
export function splicedText(parts: Word["parts"], place: Environment): string {
  const [only] = parts;
  if (parts.length === 1 && typeof only === "string") return only;
  let text = "";
  for (const part of parts) text += typeof part === "string" ? part : integerText(part, place);
  return text;
}

/** An expression within a name, printed plainly; `?` after having complained. */
export function integerText(expression: Expression, place: Environment): string {
  const value = constantOf(expression, place);
  if (Number.isSafeInteger(value)) return String(value);
  if (!Number.isNaN(value)) notInteger(value, expression.span, place);
  return "?";
}

function notInteger(value: number, span: Span, place: Environment): void {
  place.elaboration.complaints.error(
    "name-not-integer",
    `Braces within a name must hold an integer, but this is ${value}.`,
    span,
    { help: "use `floor(…)`, `round(…)` or whole loop bounds." },
  );
}
