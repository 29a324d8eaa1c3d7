import type { Formula } from "../expressions/formula.js";
import type { DynamicName, RandomName, Scope, UserFunction } from "../expressions/scope.js";
import type { Expression } from "../syntax/ast.js";
import type { Span } from "../text/source.js";

type Probe = Extract<Expression, { kind: "probe" | "setting-of" }>;

/** A question that an expression asked of the place where it stands, and the answer. */
type Asked =
  | { readonly of: "name"; readonly name: string; readonly span: Span; readonly answer: Formula | undefined }
  | { readonly of: "function"; readonly name: string }
  | { readonly of: "probe"; readonly probe: Probe; readonly answer: Formula | undefined };

/**
 * What expressions came to. That of a subcircuit is read at thousands of places, and mostly becomes the same formula:
 * it does wherever all that it asks is answered alike, inputs by their numbers. Asking is quick; resolving is not.
 */
export class SharedLaws {
  readonly #known = new WeakMap<Expression, { readonly formula: Formula; readonly asked: readonly Asked[] }>();

  /** The formula of an expression that has been resolved where all answers were those of `scope`; its inputs are then met. */
  again(expression: Expression, scope: Scope): Formula | undefined {
    const known = this.#known.get(expression);
    return known?.asked.every((question) => isAlike(question, scope)) ? known.formula : undefined;
  }

  keep(expression: Expression, formula: Formula, { asked }: AskedScope): void {
    if (asked !== undefined) this.#known.set(expression, { formula, asked });
  }
}

function isAlike(question: Asked, scope: Scope): boolean {
  switch (question.of) {
    case "name":
      return equal(scope.name(question.name, question.span), question.answer);
    case "function":
      return scope.function(question.name) === undefined;
    case "probe":
      return equal(scope.probe(question.probe), question.answer);
  }
}

function equal(a: Formula | undefined, b: Formula | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  if (a.kind === "number") return b.kind === "number" && Object.is(a.value, b.value);
  if (a.kind === "input") return b.kind === "input" && a.index === b.index;
  if (a.kind === "time" || b.kind !== "call") return a.kind === b.kind;
  return (
    a.name === b.name &&
    a.arguments.length === b.arguments.length &&
    a.arguments.every((argument, k) => equal(argument, b.arguments[k]))
  );
}

/** A scope that notes what it is asked. */
export class AskedScope implements Scope {
  /** Undefined where an answer is no plain value: of a user's function, of what draws, remembers or reads a file. */
  asked: Asked[] | undefined = [];

  constructor(private readonly scope: Scope) {}

  get habits(): Scope["habits"] {
    return this.scope.habits;
  }

  get time(): boolean {
    return this.scope.time;
  }

  names(): Iterable<string> {
    return this.scope.names();
  }

  name(name: string, span: Span): Formula | undefined {
    const answer = this.scope.name(name, span);
    this.asked?.push({ of: "name", name, span, answer });
    return answer;
  }

  function(name: string): UserFunction | undefined {
    const answer = this.scope.function(name);
    if (answer === undefined) this.asked?.push({ of: "function", name });
    else this.asked = undefined;
    return answer;
  }

  probe(probe: Probe): Formula | undefined {
    const answer = this.scope.probe(probe);
    this.asked?.push({ of: "probe", probe, answer });
    return answer;
  }

  call(call: Extract<Expression, { kind: "call" }>): Formula | undefined {
    this.asked = undefined;
    return this.scope.call(call);
  }

  dynamic(name: DynamicName, inputs: readonly Formula[], span: Span): Formula | undefined {
    this.asked = undefined;
    return this.scope.dynamic(name, inputs, span);
  }

  random(name: RandomName, inputs: readonly Formula[], span: Span, lot: boolean): Formula | undefined {
    this.asked = undefined;
    return this.scope.random(name, inputs, span, lot);
  }

  // Whoever is told of places has been told of those of this text.
  constant(name: string, span: Span): void {
    this.scope.constant?.(name, span);
  }

  met(...trap: Parameters<NonNullable<Scope["met"]>>): void {
    this.scope.met?.(...trap);
  }

  table(file: string, span: Span): readonly number[] | undefined {
    this.asked = undefined;
    return this.scope.table?.(file, span);
  }
}
