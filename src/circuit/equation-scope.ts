import type { Read } from "../devices/equation-defined.js";
import type { Formula } from "../expressions/formula.js";
import { resolve } from "../expressions/resolve.js";
import type { DynamicName } from "../expressions/scope.js";
import type { Equation, Expression } from "../syntax/ast.js";
import type { Span } from "../text/source.js";
import { ConstantScope } from "./constant-scope.js";
import type { Environment } from "./environment.js";
import { nameOf } from "./words.js";

/** A branch of a `.device`: between which terminals, and what its `.eq` says. */
export interface Branch {
  readonly name: string;
  readonly p: number;
  readonly n: number;
  readonly gives: "current" | "voltage";
  readonly equation: Equation;
}

/** What the laws of a `.device` may speak of. */
export interface Vocabulary {
  readonly place: Environment;
  readonly terminals: readonly string[];
  readonly parameters: readonly string[];
  readonly states: readonly string[];
  readonly branches: readonly Branch[];
}

/** What names mean in a law of a `.device`: its parameters, states, voltages and currents. */
export class EquationScope extends ConstantScope {
  override readonly time: boolean;
  /** What the inputs of the formula are, in order. */
  readonly reads: Read[] = [];
  /** Branches whose laws are being written into this one. */
  readonly #within: Branch[] = [];

  constructor(
    readonly words: Vocabulary,
    /** False where only parameters may stand: in start values, walls and checks. */
    readonly solution: boolean,
  ) {
    super(words.place);
    this.time = solution;
  }

  #input(read: Read): Formula {
    const same = (it: Read) => JSON.stringify(it) === JSON.stringify(read);
    const known = this.reads.findIndex(same);
    if (known >= 0) return { kind: "input", index: known };
    this.reads.push(read);
    return { kind: "input", index: this.reads.length - 1 };
  }

  override name(name: string, span: Span): Formula | undefined {
    if (this.words.parameters.includes(name)) return this.#input({ kind: "parameter", name });
    if (!this.solution) return super.name(name, span);
    const state = this.words.states.indexOf(name);
    if (state >= 0) return this.#input({ kind: "state", index: state });
    if (this.words.terminals.length === 2) {
      if (name === "v") return this.#voltage(0, 1);
      if (name === "i") return this.#current(0, 1, span) ?? { kind: "number", value: Number.NaN };
    }
    return super.name(name, span);
  }

  override *names(): Iterable<string> {
    yield* this.words.parameters;
    yield* this.words.states;
    yield* super.names();
  }

  override probe(it: Extract<Expression, { kind: "probe" | "setting-of" }>): Formula | undefined {
    if (!this.solution) return super.probe(it);
    const { complaints } = this.place.elaboration;
    const two = it.kind === "probe" && (it.quantity === "v" || it.quantity === "i") && it.names.length === 2;
    if (!two) {
      const message = "A device knows only its own terminals: write `v(a,b)` or `i(a,b)` between two of them.";
      complaints.error("not-of-this-device", message, it.span);
      return undefined;
    }
    const [a, b] = it.names.map((word) => {
      const index = this.words.terminals.indexOf(nameOf(word, this.place));
      if (index < 0) {
        const list = this.words.terminals.join(", ");
        complaints.error(
          "unknown-terminal",
          `\`${nameOf(word, this.place)}\` is no terminal of this device (${list}).`,
          word.span,
        );
      }
      return index;
    }) as [number, number];
    if (a < 0 || b < 0) return undefined;
    return it.quantity === "v" ? this.#voltage(a, b) : this.#current(a, b, it.span);
  }

  override dynamic(name: DynamicName, _inputs: readonly Formula[], span: Span): Formula | undefined {
    const message = `\`${name}\` cannot stand here: make a state of it, \`.state y={0}\` with \`.eq ddt(y)={…}\`.`;
    this.place.elaboration.complaints.error("dynamic-in-device", message, span);
    return undefined;
  }

  #voltage(a: number, b: number): Formula {
    const [p, n] = [a, b].map((index) => this.#input({ kind: "terminal", index })) as [Formula, Formula];
    return { kind: "call", name: "-", arguments: [p, n] };
  }

  #current(a: number, b: number, span: Span): Formula | undefined {
    const { branches } = this.words;
    const { complaints } = this.place.elaboration;
    const index = branches.findIndex(({ p, n }) => (p === a && n === b) || (p === b && n === a));
    const branch = branches[index];
    if (branch === undefined) {
      const [p, n] = [a, b].map((k) => this.words.terminals[k]);
      complaints.error(
        "unknown-branch",
        `This device has no branch from \`${p}\` to \`${n}\`: no \`.eq\` says what flows there.`,
        span,
      );
      return undefined;
    }
    const sign = (formula: Formula): Formula =>
      branch.p === a ? formula : { kind: "call", name: "neg", arguments: [formula] };
    if (branch.gives === "voltage") return sign(this.#input({ kind: "current", index }));
    if (this.#within.includes(branch)) {
      const message = "This current is given by itself: say what it is by the voltage, or give `v` by the current.";
      complaints.error("implicit-law", message, span);
      return undefined;
    }
    this.#within.push(branch);
    const formula = resolve(branch.equation.right, this, complaints);
    this.#within.pop();
    return sign(formula);
  }

  /** The formula of an expression, its inputs in `reads`. */
  formula(expression: Expression, of?: Branch): Formula {
    if (of !== undefined && of.gives === "current") this.#within.push(of);
    const formula = resolve(expression, this, this.place.elaboration.complaints);
    this.#within.length = 0;
    return formula;
  }
}
