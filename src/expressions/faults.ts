import type { Expression } from "../syntax/ast.js";
import type { Complaints, Diagnostic } from "../text/diagnostic.js";
import { similar } from "../text/similar.js";
import type { Span } from "../text/source.js";
import { constants } from "./constants.js";
import type { Formula } from "./formula.js";
import { functionOf, functions, isCallable } from "./functions.js";
import { dynamic, random } from "./scope.js";

/** What can be wrong with an expression. */
export type Fault = Pick<Diagnostic, "code" | "message" | "notes" | "help"> & { readonly span: Span };

/** A call of a user's function that a text was read for. */
export interface Caller {
  readonly name: string;
  readonly span: Span;
}

type Call = Extract<Expression, { kind: "call" }>;

/** Complains of each fault once for a place: a function's body is read at each of its calls. */
export class Faults {
  constructor(readonly complaints: Complaints) {}

  add({ code, message, span, notes, help }: Fault): void {
    if (this.complaints.all.some((other) => other.code === code && isSame(other.span, span))) return;
    this.complaints.error(code, message, span, { ...(notes && { notes }), ...(help !== undefined && { help }) });
  }
}

const isSame = (a: Span | undefined, b: Span): boolean =>
  a?.source === b.source && a.start === b.start && a.end === b.end;

export function unknownName(name: string, span: Span, known: () => Iterable<string>, complaints: Complaints): Fault {
  const fault = { code: "unknown-name", message: `No parameter or constant is called \`${textOf(span)}\`.`, span };
  // A loop asks in each of its turns, and the nearest name is dear to find.
  if (complaints.said(fault)) return fault;
  const near = similar(name, [...known(), ...constants.keys(), "time"]);
  const help = isCallable(name)
    ? `\`${name}\` is a function: write \`${name}(…)\`.`
    : near === undefined
      ? `define it with \`.param ${name}=…\`; the voltage of a node is \`v(${name})\`.`
      : `did you mean \`${near}\`?`;
  return { ...fault, help };
}

export function unknownFunction({ name, span }: Call, known: Iterable<string>): Fault {
  const builtIn = [...functions.keys()].filter(isCallable);
  const near = similar(name, [...builtIn, ...dynamic.keys(), ...random.keys(), ...known]);
  const help = near === undefined ? `define it with \`.func ${name}(x) {…}\`.` : `did you mean \`${near}\`?`;
  return { code: "unknown-function", message: `No function is called \`${spelled(name, span)}\`.`, span, help };
}

export const wrongCount = ({ name, arguments: given, span }: Call, takes: string): Fault => ({
  code: "argument-count",
  message: `\`${spelled(name, span)}\` takes ${takes}, found ${given.length}.`,
  span,
});

export function howMany(min: number, max: number): string {
  const least = `${min} argument${min === 1 ? "" : "s"}`;
  if (min === max) return least;
  return max === Infinity ? `at least ${least}` : `${min} or ${max} arguments`;
}

/** `circle`: the calls from the function's own to its next. */
export const recursive = (circle: readonly Caller[], span: Span): Fault => ({
  code: "recursive-function",
  message: `Function \`${circle[0]!.name}\` calls itself: ${circle.map(({ name }) => name).join(" → ")}. A function may call others only.`,
  span,
});

/** `of`: the call as it was computed; `calls`: those of users' functions around it. */
export function notFinite(of: Extract<Formula, { kind: "call" }>, span: Span, calls: readonly Caller[]): Fault {
  const values = of.arguments.map((operand) => (operand.kind === "number" ? operand.value : NaN));
  const symbol = of.name === "pow" ? "**" : of.name;
  const computed = isCallable(symbol) ? `${symbol}(${values.join(", ")})` : values.join(` ${symbol} `);
  const result = Number.isNaN(functionOf(of.name).value(...values)) ? "has no value" : "is infinite";
  const message = `\`${textOf(span)}\` is not a finite number: \`${computed}\` ${result}.`;
  const notes = calls.map((call) => ({ message: `In this call of \`${call.name}\`:`, span: call.span }));
  return { code: "not-finite", message, span, ...(notes.length > 0 && { notes }) };
}

export const tooGreat = (span: Span): Fault => ({
  code: "not-finite",
  message: `\`${textOf(span)}\` is greater than any number that can be computed with, 1.8e308.`,
  span,
});

export const noTimeHere = (span: Span): Fault => ({
  code: "no-time-here",
  message: "`time` has no value here: this is computed before any analysis starts.",
  span,
});

export const noFrequency = (span: Span): Fault => ({
  code: "not-supported-yet",
  message: "`freq` belongs to `.ac`, which is not supported yet.",
  span,
});

export const caretInLtspice = (span: Span): Fault => ({
  code: "caret-in-ltspice",
  message: "`^` is not a power in LTspice's language. Write `**` for the power.",
  span,
});

export const imaginaryNumber = (value: number, span: Span): Fault => ({
  code: "imaginary-number",
  message: `\`${value}i\` is an imaginary number, and stands in operators and kets of a \`.quantum\` block only.`,
  span,
  help: `for a product with \`i\` write \`${value}*i\`.`,
});

export const textInExpression = (span: Span): Fault => ({
  code: "text-in-expression",
  message: "A quoted text may stand only in `table` and `spline`, for the file that holds their points.",
  span,
});

export const noFileHere = (name: string, span: Span): Fault => ({
  code: "no-file-here",
  message: `\`${name}\` cannot read a file here: write its points.`,
  span,
});

export const badTable = (message: string, span: Span): Fault => ({ code: "bad-table", message, span });

export const tooDeep = (levels: number, span: Span): Fault => ({
  code: "expression-too-deep",
  message: `This expression is nested more than ${levels} levels deep.`,
  span,
  help: "Split it by `.param` or `.func`.",
});

export const tooLarge = (parts: number, span: Span): Fault => ({
  code: "expression-too-large",
  message: `Written out, with all functions that it calls, this expression has over ${parts} parts.`,
  span,
  help: "Let its functions call each other less often.",
});

/** The text of a span, with the parentheses at its ends that belong to its parts. */
function textOf({ source: { text }, start, end }: Span): string {
  let open = 0;
  for (let at = start; at < end; at++) {
    if (text[at] === "(") open++;
    if (text[at] === ")" && --open < 0) {
      start = text.lastIndexOf("(", start - 1);
      open = 0;
    }
  }
  for (; open > 0 && end < text.length; end++) if (text[end] === ")") open--;
  return text.slice(start, end);
}

/** A called name as the user spells it: it stands at the start of its call. */
function spelled(name: string, span: Span): string {
  const written = textOf(span).slice(0, name.length);
  return written.toLowerCase() === name ? written : name;
}
