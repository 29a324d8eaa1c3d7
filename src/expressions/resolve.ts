import type { Expression } from "../syntax/ast.js";
import type { Complaints } from "../text/diagnostic.js";
import type { Span } from "../text/source.js";
import { constants } from "./constants.js";
import { curvePoints } from "./curve-points.js";
import {
  badTable,
  type Caller,
  caretInLtspice,
  type Fault,
  Faults,
  howMany,
  imaginaryNumber,
  noFileHere,
  noFrequency,
  noTimeHere,
  notFinite,
  recursive,
  textInExpression,
  tooDeep,
  tooGreat,
  tooLarge,
  unknownFunction,
  unknownName,
  wrongCount,
} from "./faults.js";
import { alwaysEvaluated, fold, isNotFinite } from "./fold.js";
import { type Formula, number } from "./formula.js";
import { functions, isCallable } from "./functions.js";
import { Meaning } from "./meaning.js";
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

type Call = Extract<Formula, { kind: "call" }>;
type Of<Kind extends Expression["kind"]> = Extract<Expression, { kind: Kind }>;

/** Where the text stands that is being read: in the expression itself, or in the body of a function it calls. */
interface Place {
  readonly names: Names;
  /** The parameters of the function, and what each is in this call; none in the expression itself. */
  readonly parameters: readonly string[];
  readonly bound: readonly Formula[];
  /** The calls around it, outermost first. */
  readonly calls: readonly (Caller & { readonly body: Expression })[];
}

/** Deeper nesting would overflow the stack; nobody writes it by hand. */
const deepest = 400;
/** Functions that call functions twice each can write out more than any memory holds. */
const mostParts = 200_000;

const failed = number(NaN);
const none: readonly never[] = [];

/** Resolves one expression. */
class Resolver {
  #depth = 0;
  #parts = 0;
  /** Whether it was complained that the expression is too deep or too large. */
  #stopped = false;
  /** Where the calls stand that gave no finite number. */
  #written: Map<Formula, { readonly span: Span; readonly at: Place }> | undefined;
  readonly #faults: Faults;
  readonly #meaning: Meaning;

  constructor(
    readonly scope: Scope,
    complaints: Complaints,
  ) {
    this.#faults = new Faults(complaints);
    this.#meaning = new Meaning(scope);
  }

  whole(expression: Expression): Formula {
    const formula = this.#resolve(expression, { names: this.scope, parameters: none, bound: none, calls: none });
    const written = this.#written;
    if (written === undefined) return formula;
    const faults = [...alwaysEvaluated(formula)].filter((part) => written.has(part));
    for (const fault of faults) {
      const { span, at } = written.get(fault)!;
      this.#faults.add(notFinite(fault as Call, span, at.calls));
    }
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
        if (Math.abs(expression.value) === Infinity) return this.#fail(tooGreat(expression.span));
        return number(expression.value);
      case "name":
        return this.#name(expression, at);
      case "unary": {
        const operand = this.#resolve(expression.operand, at);
        if (expression.operator === "+") return operand;
        const of = expression.operator === "-" ? operand : this.#meaning.truth(operand, expression.operand.span);
        return this.#fold(expression.operator === "-" ? "neg" : "!", [of], expression.span, at);
      }
      case "binary":
        return this.#binary(expression, at);
      case "conditional": {
        const parts = [expression.condition, expression.yes, expression.no].map((part) => this.#resolve(part, at));
        parts[0] = this.#meaning.truth(parts[0]!, expression.condition.span);
        return this.#fold("if", parts, expression.span, at);
      }
      case "call":
        return this.#call(expression, at);
      case "probe":
      case "setting-of":
        return this.scope.probe(expression) ?? failed;
      case "imaginary":
        return this.#fail(imaginaryNumber(expression.value, expression.span));
      case "text":
        return this.#fail(textInExpression(expression.span));
    }
  }

  #name({ name, span }: Of<"name">, at: Place): Formula {
    const k = at.parameters.indexOf(name);
    const found = k >= 0 ? at.bound[k] : at.names.name(name, span);
    if (found !== undefined) return found;
    if (name === "time") return this.scope.time ? { kind: "time" } : this.#fail(noTimeHere(span));
    if (name === "freq") return this.#fail(noFrequency(span));
    const value = constants.get(name);
    if (value === undefined)
      return this.#fail(
        unknownName(name, span, () => [...at.parameters, ...at.names.names()], this.#faults.complaints),
      );
    this.scope.constant?.(name, span);
    return number(value);
  }

  /** Sums and products of many terms lean to the left: they are followed in a loop, not on the stack. */
  #binary(expression: Of<"binary">, at: Place): Formula {
    const chain: Of<"binary">[] = [];
    let first: Expression = expression;
    for (; first.kind === "binary"; first = first.left) chain.push(first);
    let formula = this.#resolve(first, at);
    for (const { operator, left, right, span } of chain.reverse()) {
      if (operator === "^" && !this.scope.habits.caretIsPower) {
        formula = this.#fail(caretInLtspice(span));
        continue;
      }
      const operands = this.#meaning.operands(operator, formula, this.#resolve(right, at), { left, right, span });
      formula = this.#fold(operator, operands, span, at);
    }
    return formula;
  }

  #call(expression: Of<"call">, at: Place): Formula {
    const { name, span } = expression;
    const user = at.names.function(name);
    if (user !== undefined) return this.#userCall(expression, user, at);
    const [only] = expression.arguments;
    if (name === "par" && only !== undefined && expression.arguments.length === 1) return this.#resolve(only, at); // HSPICE's braces
    const of = isCallable(name) ? functions.get(name) : undefined;
    if (of?.interpolant !== undefined) return this.#curve(expression, at);
    const isRandom = random.has(name) && !(name === "limit" && expression.arguments.length === 3);
    const count = isRandom ? random.get(name) : (dynamic.get(name) ?? of?.arguments);
    if (count === undefined)
      return this.scope.call(expression) ?? this.#fail(unknownFunction(expression, at.names.names()));
    const operands = expression.arguments.map((operand) => this.#resolve(operand, at));
    if (operands.length < count[0] || operands.length > count[1]) {
      return this.#fail(wrongCount(expression, name === "limit" ? "2 or 3 arguments" : howMany(...count)));
    }
    if (isRandom) return this.scope.random(name as RandomName, operands, span, expression.lot ?? false) ?? failed;
    if (of === undefined) return this.scope.dynamic(name as DynamicName, operands, span) ?? failed;
    const meant = this.#meaning.call(of.name, operands, expression);
    return this.#fold(meant.name, meant.operands, span, at);
  }

  #userCall(expression: Of<"call">, { parameters, body, scope }: UserFunction, at: Place): Formula {
    const { name, span } = expression;
    const calls = [...at.calls, { name, body, span }];
    const before = at.calls.findIndex((call) => call.body === body);
    if (before >= 0) return this.#fail(recursive(calls.slice(before), span));
    const operands = expression.arguments.map((operand) => this.#resolve(operand, at));
    const takes = parameters.length;
    if (operands.length !== takes) {
      return this.#fail(wrongCount(expression, `${howMany(takes, takes)} (${parameters.join(", ")})`));
    }
    return this.#resolve(body, { names: scope, parameters, bound: operands, calls });
  }

  #curve(expression: Of<"call">, at: Place): Formula {
    const { name, span } = expression;
    const text = expression.arguments.find((operand) => operand.kind === "text");
    const rest = expression.arguments.filter((operand) => operand !== text);
    const operands = rest.map((operand) => this.#resolve(operand, at));
    const [x, ...written] = operands;
    if (x === undefined || (text !== undefined && written.length > 0)) {
      return this.#fail(wrongCount(expression, "x, then its points or a file"));
    }
    const points = text === undefined ? written : this.#pointsOf(name, text);
    const fault = curvePoints(name, points);
    if (fault !== undefined) return this.#fail(badTable(fault.message, rest[fault.at + 1]?.span ?? text?.span ?? span));
    return this.#fold(name, [x, ...points], span, at);
  }

  #pointsOf(name: string, { text, span }: Of<"text">): readonly Formula[] {
    if (this.scope.table === undefined) this.#fail(noFileHere(name, span));
    return (this.scope.table?.(text, span) ?? [NaN, NaN]).map(number);
  }

  #fold(name: string, operands: readonly Formula[], span: Span, at: Place): Formula {
    const formula = fold(name, operands);
    if (isNotFinite(formula) && !this.#written?.has(formula)) (this.#written ??= new Map()).set(formula, { span, at });
    return formula;
  }

  #fail(fault: Fault): Formula {
    this.#faults.add(fault);
    return failed;
  }

  #tooMuch(span: Span): Formula {
    if (this.#stopped) return failed;
    this.#stopped = true;
    return this.#fail(this.#depth >= deepest ? tooDeep(deepest, span) : tooLarge(mostParts, span));
  }
}
