import type { BoundLaw, Definition, FromValues } from "../devices/equation-defined.js";
import type { DeviceDefinition, Equation, Expression } from "../syntax/ast.js";
import type { Span } from "../text/source.js";
import type { Environment } from "./environment.js";
import { type Branch, EquationScope, type Vocabulary } from "./equation-scope.js";
import { nearName, written } from "./readings.js";
import { nameOf, textOf } from "./words.js";

/** Reads one `.device` block. */
export class DeviceBlock {
  readonly #words: Vocabulary;
  readonly #rates = new Map<string, Expression>();

  constructor(
    readonly block: DeviceDefinition,
    readonly place: Environment,
  ) {
    const branches: Branch[] = [];
    this.#words = {
      place,
      terminals: block.terminals.map((word) => nameOf(word, place)),
      parameters: block.parameters.map(({ name }) => name.toLowerCase()),
      states: block.states.map(({ name }) => name.toLowerCase()),
      branches,
    };
    this.#checkNames();
    for (const equation of block.equations) this.#sort(equation, branches);
  }

  #error(code: string, message: string, span: Span, help?: string): void {
    this.place.elaboration.complaints.error(code, message, span, { ...(help !== undefined && { help }) });
  }

  #checkNames(): void {
    const { terminals, parameters, states } = this.#words;
    const spans = [
      ...this.block.parameters.map(({ nameSpan }) => nameSpan),
      ...this.block.states.map(({ nameSpan }) => nameSpan),
    ];
    for (const [k, name] of [...parameters, ...states].entries()) {
      if (["v", "i", "time"].includes(name)) {
        this.#error(
          "reserved-name",
          `\`${name}\` has a meaning of its own in a device: give it another name.`,
          spans[k]!,
        );
      }
      if ([...parameters, ...states].indexOf(name) < k)
        this.#error("duplicate-name", `\`${name}\` is defined twice in this device.`, spans[k]!);
    }
    for (const [k, name] of terminals.entries()) {
      if (terminals.indexOf(name) < k) {
        this.#error("duplicate-name", `This device has two terminals \`${name}\`.`, this.block.terminals[k]!.span);
      }
    }
    if (terminals.length < 2)
      this.#error("missing-node", "A device needs two terminals at least.", this.block.name.span);
  }

  /** Which quantity an equation gives: the rate of a state, the voltage or the current of a branch. */
  #sort(equation: Equation, branches: Branch[]): void {
    const { left } = equation;
    if (left.kind === "call" && left.name === "ddt") {
      this.#addRate(equation, left.arguments[0]);
      return;
    }
    const quantity = left.kind === "name" ? left.name : left.kind === "probe" ? left.quantity : "";
    if (quantity !== "v" && quantity !== "i") {
      const help = "write `.eq ddt(x)={…}`, `.eq i={…}` or `.eq v={…}`, or `.eq i(a,b)={…}` between two terminals.";
      this.#error("bad-equation", `No equation for \`${written(left.span)}\` can stand here.`, left.span, help);
      return;
    }
    const ends = this.#ends(left);
    if (ends === undefined) return;
    const [p, n] = ends;
    if (branches.some((branch) => (branch.p === p && branch.n === n) || (branch.p === n && branch.n === p))) {
      this.#error("duplicate-equation", "This branch has an equation already.", equation.span);
      return;
    }
    const { terminals } = this.#words;
    const name = terminals.length === 2 ? "i" : `i_${terminals[p]}_${terminals[n]}`;
    branches.push({ name, p, n, gives: quantity === "v" ? "voltage" : "current", equation });
  }

  #addRate({ right, left }: Equation, state: Expression | undefined): void {
    const name = state?.kind === "name" ? state.name : "";
    if (!this.#words.states.includes(name)) {
      const near = nearName(name, this.#words.states);
      const help = near ? `did you mean \`${near}\`?` : `declare it: \`.state ${name || "x"}={0}\`.`;
      this.#error("unknown-state", `\`${written(left.span)}\` speaks of no state of this device.`, left.span, help);
      return;
    }
    if (this.#rates.has(name))
      this.#error("duplicate-equation", `\`ddt(${name})\` has an equation already.`, left.span);
    else this.#rates.set(name, right);
  }

  #ends(left: Expression): readonly [number, number] | undefined {
    const { terminals } = this.#words;
    if (left.kind === "name") {
      if (terminals.length === 2) return [0, 1];
      const [a, b] = terminals;
      this.#error(
        "which-branch",
        `This device has ${terminals.length} terminals: say which, \`${left.name}(${a},${b})\`.`,
        left.span,
      );
      return undefined;
    }
    if (left.kind !== "probe") return undefined;
    const places = left.names.map((word) => {
      const index = terminals.indexOf(nameOf(word, this.place));
      if (index < 0)
        this.#error("unknown-terminal", `\`${nameOf(word, this.place)}\` is no terminal of this device.`, word.span);
      return index;
    });
    if (places.length !== 2) this.#error("which-branch", "A branch lies between two terminals: `i(a,b)`.", left.span);
    return places.length === 2 && places.every((at) => at >= 0) ? (places as [number, number]) : undefined;
  }

  /** Everything about the device but its place in a circuit. */
  definition(): Definition {
    const { block, place } = this;
    const { terminals, parameters, branches } = this.#words;
    if (branches.length === 0) {
      this.#error("missing-equation", "This device has no law: write `.eq i={…}` or `.eq v={…}`.", block.name.span);
    }
    return {
      type: nameOf(block.name, place),
      title: `Device \`${textOf(block.name, place)}\``,
      reference: `${block.span.source.name}, .device ${textOf(block.name, place)}`,
      equations: block.equations.map(({ span }) => written(span)),
      terminals,
      parameters: Object.fromEntries(
        parameters.map((name) => [
          name,
          {
            meaning: `parameter of ${textOf(block.name, place)}`,
            unit: "1",
            default: undefined,
            range: [-Infinity, Infinity],
          },
        ]),
      ),
      states: block.states.map((state) => this.#state(state)),
      branches: branches.map((branch) => ({ ...branch, law: this.#law(branch.equation.right, branch) })),
      outputs: block.outputs.map(({ name, value }) => ({ name: name.toLowerCase(), unit: "1", law: this.#law(value) })),
      events: block.events.map(({ condition }) => this.#law(condition)),
      claims: this.#claims(),
    };
  }

  #state({ name, nameSpan, initial, min, max }: DeviceDefinition["states"][number]): Definition["states"][number] {
    const rate = this.#rates.get(name.toLowerCase());
    if (rate === undefined) {
      this.#error(
        "missing-equation",
        `The state \`${name}\` has no equation: write \`.eq ddt(${name})={…}\`.`,
        nameSpan,
      );
    }
    return {
      name: name.toLowerCase(),
      initial: this.fromValues(initial),
      ...(min && { min: this.fromValues(min) }),
      ...(max && { max: this.fromValues(max) }),
      rate: this.#law(rate ?? initial),
    };
  }

  #law(expression: Expression, of?: Branch): BoundLaw {
    const scope = new EquationScope(this.#words, true);
    const formula = scope.formula(expression, of);
    return { law: this.place.elaboration.programs.compile(formula, scope.reads.length), reads: scope.reads };
  }

  /** A number that follows from the parameters alone. */
  fromValues(expression: Expression): FromValues {
    const scope = new EquationScope(this.#words, false);
    const formula = scope.formula(expression);
    const law = this.place.elaboration.programs.compile(formula, scope.reads.length);
    const names = scope.reads.map((read) => (read.kind === "parameter" ? read.name : ""));
    return (values) =>
      law.value(
        Number.NEGATIVE_INFINITY,
        Float64Array.from(names, (name) => values[name]!),
      );
  }

  #claims(): Definition["claims"] {
    const known = ["pinched", "passive", "clamped"];
    const claims = this.block.claims.map((word) => nameOf(word, this.place));
    for (const [k, claim] of claims.entries()) {
      if (known.includes(claim)) continue;
      const near = nearName(claim, known);
      const help = near
        ? `did you mean \`${near}\`?`
        : `a device can claim ${known.map((it) => `\`${it}\``).join(", ")}.`;
      this.#error(
        "unknown-claim",
        `\`${claim}\` is nothing that a device can claim.`,
        this.block.claims[k]!.span,
        help,
      );
    }
    return {
      pinched: claims.includes("pinched"),
      passive: claims.includes("passive"),
      clamped: claims.includes("clamped"),
    };
  }
}
