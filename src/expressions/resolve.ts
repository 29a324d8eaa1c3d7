import type { Expression } from "../syntax/ast.js";
import type { Complaints } from "../text/diagnostic.js";
import { similar } from "../text/similar.js";
import type { Span } from "../text/source.js";
import { constants } from "./constants.js";
import { curvePoints } from "./curve-points.js";
import { alwaysEvaluated, fold, isNotFinite } from "./fold.js";
import { type Formula, number } from "./formula.js";
import { functionOf, functions } from "./functions.js";
import {
  type DynamicName,
  dynamic,
  type Names,
  type RandomName,
  random,
  type Scope,
  type UserFunction,
} from "./scope.js";

/**
 * Turns an expression as written into a formula: names become what the scope says, users' functions are written into
 * the place of their calls, constants are computed. Where it cannot, it complains and gives the number NaN.
 */
export function resolve(expression: Expression, scope: Scope, complaints: Complaints): Formula {
  return new Resolver(scope, complaints).whole(expression);
}

/** The value of a formula that reads neither time nor inputs. */
export const constant = (formula: Formula): number | undefined =>
  formula.kind === "number" ? formula.value : undefined;

type Of<Kind extends Expression["kind"]> = Extract<Expression, { kind: Kind }>;

/** Where the text stands that is being read: in the expression itself, or in the body of a function it calls. */
interface Place {
  readonly names: Names;
  /** What the function's parameters are in this call. */
  readonly bound?: ReadonlyMap<string, Formula>;
  /** The calls around it, outermost first. */
  readonly calls: readonly { readonly name: string; readonly body: Expression }[];
}

/** Deeper nesting would overflow the stack; nobody writes it by hand. */
const deepest = 400;
/** Functions that call functions twice each can write out more than any memory holds. */
const mostParts = 200_000;

const failed = number(NaN);

/** Resolves one expression. */
class Resolver {
  #depth = 0;
  #parts = 0;
  /** Whether it was complained that the expression is too deep or too large. */
  #stopped = false;
  /** Where the calls stand that gave no finite number. */
  readonly #written = new Map<Formula, Span>();

  constructor(
    readonly scope: Scope,
    readonly complaints: Complaints,
  ) {}

  whole(expression: Expression): Formula {
    const formula = this.#resolve(expression, { names: this.scope, calls: [] });
    const faults =
      this.#written.size === 0 ? [] : [...alwaysEvaluated(formula)].filter((part) => this.#written.has(part));
    for (const fault of faults) this.#notFinite(fault as Extract<Formula, { kind: "call" }>);
    return faults.length > 0 ? failed : formula;
  }

  #resolve(expression: Expression, at: Place): Formula {
    if (this.#depth >= deepest || this.#parts >= mostParts) return this.#tooMuch(expression.span);
    this.#depth++;
    this.#parts++;
    const formula = this.#kind(expression, at);
    this.#depth--;
    return formula;
  }

  #kind(expression: Expression, at: Place): Formula {
    switch (expression.kind) {
      case "number":
        return number(expression.value);
      case "name":
        return this.#name(expression, at);
      case "unary": {
        const operand = this.#resolve(expression.operand, at);
        if (expression.operator === "+") return operand;
        return this.#fold(expression.operator === "-" ? "neg" : "!", [operand], expression.span);
      }
      case "binary":
        return this.#binary(expression, at);
      case "conditional": {
        const parts = [expression.condition, expression.yes, expression.no].map((part) => this.#resolve(part, at));
        return this.#fold("if", parts, expression.span);
      }
      case "call":
        return this.#call(expression, at);
      case "probe":
      case "setting-of":
        return this.scope.probe(expression) ?? failed;
      case "text":
        return this.#error(
          "text-in-expression",
          "A quoted text may stand only in `table` and `spline`, for the file that holds their points.",
          expression.span,
        );
    }
  }

  #name({ name, span }: Of<"name">, at: Place): Formula {
    const found = at.bound?.get(name) ?? at.names.name(name, span);
    if (found !== undefined) return found;
    if (name === "time") {
      if (this.scope.time) return { kind: "time" };
      return this.#error(
        "no-time-here",
        "`time` has no value here: this is computed before any analysis starts.",
        span,
      );
    }
    if (name === "freq")
      return this.#error("not-supported-yet", "`freq` belongs to `.ac`, which is not supported yet.", span);
    const value = constants.get(name);
    if (value === undefined) return this.#unknownName(name, span, at);
    this.scope.constant?.(name, span);
    return number(value);
  }

  /** Sums and products of many terms lean to the left: they are followed in a loop, not on the stack. */
  #binary(expression: Of<"binary">, at: Place): Formula {
    const chain: Of<"binary">[] = [];
    let first: Expression = expression;
    for (; first.kind === "binary"; first = first.left) chain.push(first);
    let formula = this.#resolve(first, at);
    for (const { operator, right, span } of chain.reverse()) {
      if (operator === "^" && !this.scope.caretIsPower) {
        formula = this.#error(
          "caret-in-ltspice",
          "`^` is not a power in LTspice's language. Write `**` for the power.",
          span,
        );
        continue;
      }
      formula = this.#fold(operator, [formula, this.#resolve(right, at)], span);
    }
    return formula;
  }

  #call(expression: Of<"call">, at: Place): Formula {
    const { name, span } = expression;
    const user = at.names.function(name);
    if (user !== undefined) return this.#userCall(expression, user, at);
    const of = isCallable(name) ? functions.get(name) : undefined;
    if (of?.interpolant !== undefined) return this.#curve(expression, at);
    const isRandom = random.has(name) && !(name === "limit" && expression.arguments.length === 3);
    const count = isRandom ? random.get(name) : (dynamic.get(name) ?? of?.arguments);
    if (count === undefined) return this.scope.call(expression) ?? this.#unknownFunction(expression, at);
    const operands = expression.arguments.map((operand) => this.#resolve(operand, at));
    if (operands.length < count[0] || operands.length > count[1]) {
      return this.#wrongCount(expression, name === "limit" ? "2 or 3 arguments" : howMany(...count));
    }
    if (isRandom) return this.scope.random(name as RandomName, operands, span) ?? failed;
    if (of === undefined) return this.scope.dynamic(name as DynamicName, operands, span) ?? failed;
    return this.#fold(name, operands, span);
  }

  #userCall(expression: Of<"call">, { parameters, body, scope }: UserFunction, at: Place): Formula {
    const { name, span } = expression;
    const calls = [...at.calls, { name, body }];
    const before = at.calls.findIndex((call) => call.body === body);
    if (before >= 0) {
      const circle = calls
        .slice(before)
        .map((call) => call.name)
        .join(" → ");
      return this.#error(
        "recursive-function",
        `Function \`${name}\` calls itself: ${circle}. A function may call others only.`,
        span,
      );
    }
    const operands = expression.arguments.map((operand) => this.#resolve(operand, at));
    if (operands.length !== parameters.length) {
      return this.#wrongCount(
        expression,
        `${howMany(parameters.length, parameters.length)} (${parameters.join(", ")})`,
      );
    }
    const bound = new Map(parameters.map((parameter, k) => [parameter, operands[k]!]));
    return this.#resolve(body, { names: scope, bound, calls });
  }

  #curve(expression: Of<"call">, at: Place): Formula {
    const { name, span } = expression;
    const text = expression.arguments.find((operand) => operand.kind === "text");
    const rest = expression.arguments.filter((operand) => operand !== text);
    const operands = rest.map((operand) => this.#resolve(operand, at));
    if (operands.length < 1) return this.#wrongCount(expression, "x, then the points");
    let [x, ...points] = operands as [Formula, ...Formula[]];
    if (text !== undefined) {
      if (operands.length !== 1) return this.#wrongCount(expression, "2 arguments, x and a file");
      const read = this.scope.table?.(text.text, text.span);
      if (read === undefined && this.scope.table === undefined) {
        return this.#error("no-file-here", `\`${name}\` cannot read a file here: write its points.`, text.span);
      }
      points = (read ?? [NaN, NaN]).map(number);
    }
    const fault = curvePoints(name, points);
    if (fault !== undefined)
      return this.#error("bad-table", fault.message, rest[fault.at + 1]?.span ?? text?.span ?? span);
    return this.#fold(name, [x, ...points], span);
  }

  #fold(name: string, operands: readonly Formula[], span: Span): Formula {
    const formula = fold(name, operands);
    if (isNotFinite(formula) && !this.#written.has(formula)) this.#written.set(formula, span);
    return formula;
  }

  #notFinite(of: Extract<Formula, { kind: "call" }>): void {
    const values = of.arguments.map((operand) => `${constant(operand)}`);
    const symbol = { pow: "**" }[of.name] ?? of.name;
    const computed = /^[a-z]/.test(symbol) ? `${symbol}(${values.join(", ")})` : values.join(` ${symbol} `);
    const span = this.#written.get(of)!;
    const result = Number.isNaN(functionOf(of.name).value(...of.arguments.map((operand) => constant(operand)!)))
      ? "has no value"
      : "is infinite";
    this.#error("not-finite", `\`${textOf(span)}\` is not a finite number: \`${computed}\` ${result}.`, span);
  }

  #unknownName(name: string, span: Span, at: Place): Formula {
    const near = similar(name, [...(at.bound?.keys() ?? []), ...at.names.names(), ...constants.keys(), "time"]);
    const help = functions.has(name)
      ? `\`${name}\` is a function: write \`${name}(…)\`.`
      : near === undefined
        ? `Define it with \`.param ${name}=…\`; the voltage of a node is \`v(${name})\`.`
        : `Did you mean \`${near}\`?`;
    return this.#error("unknown-name", `No parameter or constant is called \`${textOf(span)}\`.`, span, help);
  }

  #unknownFunction({ name, span }: Of<"call">, at: Place): Formula {
    const near = similar(name, [
      ...[...functions.keys()].filter(isCallable),
      ...dynamic.keys(),
      ...random.keys(),
      ...at.names.names(),
    ]);
    const help = near === undefined ? `Define it with \`.func ${name}(x) {…}\`.` : `Did you mean \`${near}\`?`;
    return this.#error("unknown-function", `No function is called \`${spelled(name, span)}\`.`, span, help);
  }

  #wrongCount({ name, arguments: given, span }: Of<"call">, takes: string): Formula {
    return this.#error("argument-count", `\`${spelled(name, span)}\` takes ${takes}, found ${given.length}.`, span);
  }

  #tooMuch(span: Span): Formula {
    if (this.#stopped) return failed;
    this.#stopped = true;
    if (this.#depth >= deepest) {
      const message = `This expression is nested more than ${deepest} levels deep. Split it by \`.param\` or \`.func\`.`;
      return this.#error("expression-too-deep", message, span);
    }
    const message = "Written out, with all functions that it calls, this expression has over 200 000 parts.";
    return this.#error("expression-too-large", message, span, "Let its functions call each other less often.");
  }

  /** Complains, once for a place: a function's body is read at each of its calls. */
  #error(code: string, message: string, span: Span, help?: string): Formula {
    const said = this.complaints.all.some(
      (other) =>
        other.code === code &&
        other.span?.source === span.source &&
        other.span.start === span.start &&
        other.span.end === span.end,
    );
    if (!said) this.complaints.error(code, message, span, help === undefined ? {} : { help });
    return failed;
  }
}

/** Operators stand in the list of functions too, but are not called by name. */
const isCallable = (name: string): boolean => /^[a-z]/.test(name) && name !== "neg";

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

function howMany(min: number, max: number): string {
  const least = `${min} argument${min === 1 ? "" : "s"}`;
  if (min === max) return least;
  return max === Infinity ? `at least ${least}` : `${min} or ${max} arguments`;
}
