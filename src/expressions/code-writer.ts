import type { Call, Graph } from "./graph.js";
import type { Interpolant } from "./interpolants.js";
import { type Schedule, schedule } from "./schedule.js";

/** Above this many statements a formula is not written out: compiling them would cost more than walking. */
const mostStatements = 50_000;
/** Above this many branches within branches neither. */
const deepestBranch = 100;

/** A slope: a number known now, or the name of a temporary. */
type Partial = number | string;
/** ∂/∂u by the input's index; inputs that do not occur are left out. */
type Partials = ReadonlyMap<number, Partial>;
const none: Partials = new Map();

/**
 * Writes JavaScript for the nodes of a graph: one temporary a node (`v7`), one a slope that is not trivial (`d7_0`:
 * ∂v7/∂u0). Names are made here, functions come from the list, and numbers stand outside, in `k`, so that no text of a
 * netlist can become code, and formulas that differ in numbers alone become the same code. The rules of derivation stand
 * in one file: each is a few lines, and they are read against each other.
 */
export class CodeWriter {
  readonly numbers: number[] = [];
  readonly #numberPlaces = new Map<number, number>();
  readonly curves: Interpolant[] = [];
  readonly #functions = new Map<string, string>();
  #lines: string[] = [];
  #partials = new Map<number, Partials>();
  #wanted: readonly boolean[] = [];
  #plan!: Schedule;

  constructor(readonly graph: Graph) {}

  /** Names for the functions that were used. */
  get preamble(): string {
    return [...this.#functions].map(([function_, name]) => `const ${name}=${function_};`).join("");
  }

  /** The body of value(t, u); undefined if it would be too long. */
  value(output: number): string | undefined {
    return this.#body([output], [], () => `return ${this.#operand(output)};`);
  }

  /** The body of load(t, u, out). */
  load(output: number, inputs: number): string | undefined {
    return this.#body([output], wantedSlopes(this.graph, output), () => {
      const partials = this.#partialsOf(output);
      const slopes = Array.from({ length: inputs }, (_, k) => `out[${k + 1}]=${this.#literal(partials.get(k) ?? 0)};`);
      return `out[0]=${this.#operand(output)};${slopes.join("")}`;
    });
  }

  /** The body of guard(t, u, out). */
  guard(outputs: readonly number[]): string | undefined {
    return this.#body(outputs, [], () => {
      const guards = outputs.map((place) => this.#operand(place));
      return guards.map((guard, k) => `out[${k}]=${guard}===${guard}?${guard}:1;`).join("");
    });
  }

  #body(outputs: readonly number[], wanted: readonly boolean[], end: () => string): string | undefined {
    this.#plan = schedule(this.graph, outputs);
    if (this.#plan.depth > deepestBranch) return undefined;
    this.#wanted = wanted;
    this.#partials = new Map();
    this.#lines = [];
    this.#arguments();
    this.#region(0);
    if (this.#lines.length > mostStatements) return undefined;
    return `${this.#lines.join("\n")}\n${end()}`;
  }

  #arguments(): void {
    for (const place of this.#plan.nodes.flat()) {
      const node = this.graph.nodes[place]!;
      if (node.kind === "time") this.#lines.push("if(t===-Infinity)t=0;");
      if (node.kind === "input") this.#lines.push(`const u${node.index}=u[${node.index}];`);
    }
  }

  #region(region: number): void {
    for (const place of this.#plan.nodes[region]!) {
      const node = this.graph.nodes[place]!;
      if (node.kind !== "call" || this.#lines.length > mostStatements) continue;
      if (node.function.name === "if") this.#branches(place, node);
      else this.#call(place, node);
    }
  }

  #call(place: number, node: Call): void {
    this.#lines.push(`const v${place}=${this.#valueOf(node)};`);
    if (!this.#wanted[place]) return;
    const partials = new Map<number, Partial>();
    for (const [input, terms] of this.#terms(place, node)) {
      if (terms.length === 1 && isAtom(terms[0]!)) partials.set(input, terms[0]!);
      else partials.set(input, this.#name(`d${place}_${input}`, this.#sum(terms)));
    }
    this.#partials.set(place, partials);
  }

  #branches(place: number, { operands: [condition, yes, no] }: Call): void {
    const c = this.#operand(condition!);
    const [ifYes, ifNo] = this.#plan.branches.get(place)!;
    const at = this.#lines.push("") - 1;
    const inputs = new Set<number>();
    const branch = (region: number, result: number) => {
      this.#region(region);
      const partials = this.#wanted[place] ? this.#partialsOf(result) : none;
      for (const input of partials.keys()) inputs.add(input);
      this.#lines.push(`v${place}=${this.#operand(result)};`);
      for (const [input, slope] of partials) this.#lines.push(`d${place}_${input}=${this.#literal(slope)};`);
    };
    this.#lines.push(`if(${c}===0){`);
    branch(ifNo, no!);
    this.#lines.push(`}else if(${c}===${c}){`); // no number is not equal to itself: then there is no value
    branch(ifYes, yes!);
    this.#lines.push("}");
    this.#lines[at] = `let ${[`v${place}=NaN`, ...[...inputs].map((input) => `d${place}_${input}=0`)].join()};`;
    this.#partials.set(place, new Map([...inputs].map((input) => [input, `d${place}_${input}`])));
  }

  #valueOf({ function: of, operands, interpolant }: Call): string {
    const x = operands.map((operand) => this.#operand(operand));
    if (interpolant !== undefined) return `${this.#curve(interpolant)}.value(${x[0]})`;
    if (of.name === "+") return this.#sum(x);
    if (of.name === "neg") return `-${x[0]}`;
    if (of.name === "-" || of.name === "*" || of.name === "/") return x.join(of.name);
    return of.code?.(...x) ?? `${this.#function(`value("${of.name}")`)}(${x.join()})`;
  }

  /** ∂/∂u of a call as sums of terms, by input. */
  #terms(place: number, node: Call): Map<number, Partial[]> {
    const terms = new Map<number, Partial[]>();
    for (const [k, operand] of node.operands.entries()) {
      const partials = this.#partialsOf(operand);
      if (partials.size === 0) continue;
      const slope = this.#slope(place, node, k);
      if (slope === undefined) continue;
      const factor = isAtom(slope) ? slope : this.#name(`s${place}_${k}`, `${slope}`);
      for (const [input, partial] of partials) {
        const term = this.#product(factor, partial);
        const before = terms.get(input);
        if (before === undefined) terms.set(input, [term]);
        else before.push(term);
      }
    }
    return terms;
  }

  /** ∂v/∂(operand k); undefined where it is 0 or counted with another operand. */
  #slope(place: number, { function: of, operands, interpolant }: Call, k: number): Partial | undefined {
    const [a, b] = operands as [number, number];
    if (interpolant !== undefined) return `${this.#curve(interpolant)}.slope(${this.#operand(a)})`;
    switch (of.name) {
      case "+":
        return 1;
      case "-":
        return k === 0 ? 1 : -1;
      case "neg":
        return -1;
      case "*":
        if (a === b) return k === 0 ? `2*${this.#operand(a)}` : undefined;
        return this.#factor(k === 0 ? b : a);
      case "/": {
        const divisor = this.#factor(b);
        if (k === 0) return typeof divisor === "number" ? 1 / divisor : `1/${divisor}`;
        return `-v${place}/${this.#literal(divisor)}`;
      }
      default: {
        if (k >= of.slopes.length) return undefined;
        const x = operands.map((operand) => this.#operand(operand));
        return `${this.#function(`slope("${of.name}",${k})`)}(v${place},${x.join()})`;
      }
    }
  }

  #factor(place: number): Partial {
    return this.graph.constant(place) ?? this.#operand(place);
  }

  #product(a: Partial, b: Partial): Partial {
    if (typeof a === "number" && typeof b === "number") return a * b;
    if (a === 1) return b;
    if (b === 1) return a;
    if (a === -1) return this.#negative(b);
    if (b === -1) return this.#negative(a);
    return `${this.#literal(a)}*${this.#literal(b)}`;
  }

  #negative(of: Partial): string {
    const code = this.#literal(of);
    return code.startsWith("-") ? code.slice(1) : `-${code}`;
  }

  #sum(terms: readonly Partial[]): string {
    return terms.map((term) => this.#literal(term)).join("+");
  }

  #partialsOf(place: number): Partials {
    const node = this.graph.nodes[place]!;
    if (node.kind === "input") return new Map([[node.index, 1]]);
    return this.#partials.get(place) ?? none;
  }

  #operand(place: number): string {
    const node = this.graph.nodes[place]!;
    switch (node.kind) {
      case "number":
        return this.#literal(node.value);
      case "time":
        return "t";
      case "input":
        return `u${node.index}`;
      case "call":
        return `v${place}`;
    }
  }

  /** Small integers belong to the law and stand in the code; other numbers are its data. */
  #literal(value: Partial): string {
    if (typeof value === "string") return value;
    if (Number.isInteger(value) && Math.abs(value) <= 16 && !Object.is(value, -0))
      return value < 0 ? `(${value})` : `${value}`;
    const known = this.#numberPlaces.get(value) ?? this.numbers.push(value) - 1;
    this.#numberPlaces.set(value, known);
    return `k[${known}]`;
  }

  #name(name: string, value: string): string {
    this.#lines.push(`const ${name}=${value};`);
    return name;
  }

  #function(found: string): string {
    const known = this.#functions.get(found) ?? `f${this.#functions.size}`;
    this.#functions.set(found, known);
    return known;
  }

  #curve(interpolant: Interpolant): string {
    const known = this.curves.indexOf(interpolant);
    return `c[${known >= 0 ? known : this.curves.push(interpolant) - 1}]`;
  }
}

/** A number, a name, or one with a sign before it: what need not be computed twice. */
const isAtom = (code: Partial): boolean => typeof code === "number" || /^-?[uvds]\d[\d_]*$/.test(code);

/** Which nodes' slopes the slopes of `output` are made of. */
function wantedSlopes({ nodes }: Graph, output: number): readonly boolean[] {
  const varies: boolean[] = [];
  for (const node of nodes) {
    varies.push(node.kind === "input" || (node.kind === "call" && node.operands.some((operand) => varies[operand])));
  }
  const wanted = nodes.map((_, place) => place === output && varies[place]!);
  for (let place = output; place >= 0; place--) {
    const node = nodes[place]!;
    if (!wanted[place] || node.kind !== "call") continue;
    const { name, slopes } = node.function;
    for (const [k, operand] of node.operands.entries()) {
      const passes = name === "+" || (name === "if" ? k > 0 : k < slopes.length);
      if (passes && varies[operand]) wanted[operand] = true;
    }
  }
  return wanted;
}
