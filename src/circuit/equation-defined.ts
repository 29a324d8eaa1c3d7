import type { Device } from "../devices/device.js";
import { type BoundLaw, type Definition, equationDefined, type FromValues } from "../devices/equation-defined.js";
import type { DeviceDefinition, Equation, Expression } from "../syntax/ast.js";
import { similar } from "../text/similar.js";
import type { Span } from "../text/source.js";
import { type Card, numberOf, written } from "./card.js";
import { type Defined, Environment } from "./environment.js";
import { type Branch, EquationScope, type Vocabulary } from "./equation-scope.js";
import { nameOf, textOf } from "./words.js";

/** A `.device` made ready: its equations compiled, its conditions on parameters as functions. */
interface Made {
  readonly device: Device;
  readonly checks: readonly { readonly holds: FromValues; readonly message: string; readonly span: Span }[];
}

const made = new WeakMap<Defined<"device">, Made | undefined>();

/** Puts a use of a `.device` into the circuit: `X1 a b hp ron=200`. */
export function addEquationDefined(card: Card, defined: Defined<"device">, terminals: readonly number[]): void {
  if (!made.has(defined)) made.set(defined, make(defined));
  const it = made.get(defined);
  const values = valuesOf(card, defined);
  card.end();
  if (it === undefined) return;
  const element = `y${it.device.type}`;
  card.add(element, terminals, { device: it.device, values });
  for (const { holds, message, span } of it.checks) {
    const value = holds(values);
    if (value !== 0 || Number.isNaN(value)) continue;
    card.error("device-check", `\`${card.shown}\`: ${message}`, card.span, [span, "the condition that does not hold"]);
  }
  for (const [k, own] of it.device.own.entries())
    checkStart(card, defined, own.initial(values), own.walls?.(values), k);
}

/** A state starts between its walls. */
function checkStart(
  card: Card,
  { definition }: Defined<"device">,
  start: number,
  walls: readonly [number, number] | undefined,
  k: number,
): void {
  if (walls === undefined) return;
  const [min, max] = walls;
  const state = definition.states[k]!;
  if (min > max) {
    card.error(
      "walls",
      `The walls of \`${state.name}\` of \`${card.shown}\` are ${min} and ${max}: min must not be above max.`,
    );
  } else if (start < min || start > max) {
    const message = `\`${state.name}\` of \`${card.shown}\` starts at ${start}, but must lie between ${min} and ${max}.`;
    card.error("parameter-range", message, card.span, [state.initial.span, "its start"]);
  }
}

/** The parameters of one use: what the card gives, else the defaults, which may speak of each other. */
function valuesOf(card: Card, { definition, place }: Defined<"device">): Readonly<Record<string, number>> {
  const inside = new Environment(card.elaboration, { around: place });
  const known = new Map(definition.parameters.map((parameter) => [parameter.name.toLowerCase(), parameter]));
  const names = [...known.keys()];
  for (const [name, setting] of [...card.settings]) {
    card.setting(name);
    if (known.has(name)) {
      const value = numberOf(setting.value, card.place, `a number behind \`${written(setting.name.span)}=\``);
      inside.set(name, value, setting.span);
      known.delete(name);
      continue;
    }
    const near = similar(name, names);
    const list = names.map((it) => `\`${it}\``).join(", ");
    const help = near
      ? `did you mean \`${near}\`?`
      : names.length > 0
        ? `it takes ${list}.`
        : "it takes no parameters.";
    const message = `Device \`${textOf(definition.name, place)}\` has no parameter \`${name}\`.`;
    card.error("unknown-parameter", message, setting.span, [definition.name.span, "it is defined here"], help);
  }
  for (const parameter of known.values()) inside.defineParameter(parameter);
  return Object.fromEntries(names.map((name) => [name, inside.parameter(name) ?? Number.NaN]));
}

function make(defined: Defined<"device">): Made | undefined {
  const { definition, place } = defined;
  const before = place.elaboration.complaints.errors;
  const maker = new DeviceMaker(definition, place);
  const parts = maker.definition();
  const checks = definition.checks.map(({ condition, message, span }) => ({
    holds: maker.fromValues(condition),
    message,
    span,
  }));
  return place.elaboration.complaints.errors > before ? undefined : { device: equationDefined(parts), checks };
}

/** Reads one `.device` block. */
class DeviceMaker {
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
      const near = similar(name, this.#words.states);
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
      const near = similar(claim, known);
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
