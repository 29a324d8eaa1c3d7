import type { Formula } from "./formula.js";
import { type Algebra, functionOf, type PureFunction } from "./functions.js";
import type { Interpolant } from "./interpolants.js";

/** A formula's nodes, each once: operands stand before those who use them, equal calls are one node. */
export type Node =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "time" }
  | { readonly kind: "input"; readonly index: number }
  | Call;

export interface Call {
  readonly kind: "call";
  readonly function: PureFunction;
  /** Places of its operands in the graph. */
  readonly operands: readonly number[];
  /** For a curve through points: the curve; its operand is x alone. */
  readonly interpolant?: Interpolant;
}

/** Powers up to this one are written as products: `pow` costs as much as forty multiplications. */
const greatestProduct = 64;

/** Builds a graph from the operands up, and simplifies what can be simplified without a change of value. */
export class Graph implements Algebra<number> {
  readonly nodes: Node[] = [];
  readonly #places = new Map<string, number>();
  readonly #curves = new Map<Interpolant, number>();

  readonly number = (value: number): number =>
    this.#place(`#${Object.is(value, -0) ? "-0" : value}`, () => ({ kind: "number", value }));

  readonly call = (name: string, operands: readonly number[]): number => {
    const of = functionOf(name);
    return this.#simpler(of.name, operands) ?? this.#folded(of, operands) ?? this.#call(of, operands);
  };

  /** The place of a formula's root. The formula may be deep: its nodes wait in a list, not on the call stack. */
  add(root: Formula): number {
    const places = new Map<Formula, number>();
    const waiting: Formula[] = [root];
    while (waiting.length > 0) {
      const formula = waiting[waiting.length - 1]!;
      const missing = placedOperands(formula).filter((operand) => !places.has(operand));
      if (missing.length > 0) {
        waiting.push(...missing);
        continue;
      }
      waiting.pop();
      if (!places.has(formula)) places.set(formula, this.#add(formula, places));
    }
    return places.get(root)!;
  }

  #add(formula: Formula, places: ReadonlyMap<Formula, number>): number {
    switch (formula.kind) {
      case "number":
        return this.number(formula.value);
      case "time":
        return this.#place("t", () => formula);
      case "input":
        return this.#place(`u${formula.index}`, () => formula);
      case "call": {
        const operands = placedOperands(formula).map((operand) => places.get(operand)!);
        const interpolant = interpolantOf(formula);
        if (interpolant === undefined) return this.call(formula.name, operands);
        const x = this.constant(operands[0]!);
        return x === undefined
          ? this.#call(functionOf(formula.name), operands, interpolant)
          : this.number(interpolant.value(x));
      }
    }
  }

  constant(place: number): number | undefined {
    const node = this.nodes[place]!;
    return node.kind === "number" ? node.value : undefined;
  }

  #call(of: PureFunction, operands: readonly number[], interpolant?: Interpolant): number {
    const curve = interpolant === undefined ? "" : `@${this.#curve(interpolant)}`;
    const key = `${of.name}${curve}(${operands.join()})`;
    return this.#place(key, () => ({ kind: "call", function: of, operands, ...(interpolant && { interpolant }) }));
  }

  #curve(interpolant: Interpolant): number {
    const known = this.#curves.get(interpolant) ?? this.#curves.size;
    this.#curves.set(interpolant, known);
    return known;
  }

  #place(key: string, make: () => Node): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.nodes.length);
    return this.nodes.push(make()) - 1;
  }

  #folded(of: PureFunction, operands: readonly number[]): number | undefined {
    const values = operands.map((operand) => this.constant(operand));
    return values.every((value) => value !== undefined) ? this.number(of.value(...values)) : undefined;
  }

  #simpler(name: string, operands: readonly number[]): number | undefined {
    const [a, b, c] = operands as [number, number, number];
    const is = (place: number, value: number) => this.constant(place) === value;
    switch (name) {
      case "+": {
        const terms = operands.filter((operand) => !is(operand, 0));
        if (terms.length < 2) return terms[0] ?? this.number(0);
        return terms.length < operands.length ? this.call("+", terms) : undefined;
      }
      case "*":
      case "min":
      case "max":
        if (operands.length === 1) return a;
        if (operands.length > 2) return operands.reduce((left, right) => this.call(name, [left, right]));
        return name === "*" ? this.#product(a, b) : undefined;
      case "-":
        return is(b, 0) ? a : undefined;
      case "/":
        return is(b, 1) ? a : undefined;
      case "pow":
        return this.#power(a, this.constant(b));
      case "if": {
        const condition = this.constant(a);
        if (condition === undefined || Number.isNaN(condition)) return undefined;
        return condition === 0 ? c : b;
      }
      default:
        return undefined;
    }
  }

  #product(a: number, b: number): number | undefined {
    const value = this.constant(a);
    if (value === undefined) return this.constant(b) === undefined ? undefined : this.call("*", [b, a]);
    return value === 1 ? b : value === -1 ? this.call("neg", [b]) : undefined;
  }

  /** An integer power by repeated squaring; the root for the exponent ½. */
  #power(base: number, exponent: number | undefined): number | undefined {
    if (exponent === 0.5) return this.call("sqrt", [base]);
    if (exponent === undefined || !Number.isInteger(exponent) || Math.abs(exponent) > greatestProduct) return undefined;
    if (exponent < 0) return this.call("/", [this.number(1), this.#power(base, -exponent)!]);
    if (exponent === 0) return this.number(1);
    if (exponent === 1) return base;
    const half = this.#power(base, exponent >> 1)!;
    const square = this.call("*", [half, half]);
    return exponent % 2 === 0 ? square : this.call("*", [square, base]);
  }
}

/** The arguments that are nodes of their own: all but the points of a curve. */
function placedOperands(formula: Formula): readonly Formula[] {
  if (formula.kind !== "call") return [];
  return functionOf(formula.name).interpolant === undefined ? formula.arguments : formula.arguments.slice(0, 1);
}

const interpolants = new WeakMap<Formula, Interpolant>();

/** The curve of a call of `table` or `spline`, made once for each call; undefined for other functions. */
export function interpolantOf(formula: Extract<Formula, { kind: "call" }>): Interpolant | undefined {
  const make = functionOf(formula.name).interpolant;
  if (make === undefined) return undefined;
  const known = interpolants.get(formula) ?? make(formula.arguments.slice(1).map(pointOf));
  interpolants.set(formula, known);
  return known;
}

function pointOf(formula: Formula): number {
  if (formula.kind !== "number") throw new Error("The points of a curve must be numbers.");
  return formula.value;
}
