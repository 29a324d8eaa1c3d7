import { derivative, integral } from "../devices/behavioural/calculus.js";
import { delayed } from "../devices/behavioural/delay.js";
import type { Device } from "../devices/device.js";
import type { Formula, Program } from "../expressions/formula.js";
import { resolve } from "../expressions/resolve.js";
import type { DynamicName, UserFunction } from "../expressions/scope.js";
import type { Expression } from "../syntax/ast.js";
import type { Span } from "../text/source.js";
import type { Unknown } from "./circuit.js";
import { ConstantScope } from "./constant-scope.js";
import type { Environment } from "./environment.js";
import { Inputs } from "./inputs.js";
import { observableCall, probe, type Reader } from "./probes.js";
import { AskedScope } from "./shared-laws.js";

/** What names mean in an expression of the solution, such as that of a `B` source; some may read more than unknowns. */
export class DeviceScope<Input extends { readonly kind: string } = Unknown> extends ConstantScope {
  override readonly time = true;
  readonly #reader: Reader;

  constructor(
    place: Environment,
    readonly inputs: Inputs<Input | Unknown>,
    /** The name of the device around it, for the names of the unknowns it needs. */
    readonly owner: string,
  ) {
    super(place);
    this.#reader = {
      place,
      input: (unknown) => this.inputs.of(unknown as Unknown),
      unknownsOnly: true,
    };
  }

  override probe(it: Extract<Expression, { kind: "probe" | "setting-of" }>): Formula | undefined {
    return probe(it, this.#reader);
  }

  override call(call: Extract<Expression, { kind: "call" }>): Formula | undefined {
    return observableCall(call, this.#reader) ?? super.call(call) ?? this.#ofBlock(call);
  }

  #ofBlock(call: Extract<Expression, { kind: "call" }>): Formula | undefined {
    const { blocks, complaints } = this.place.elaboration;
    const [first, second] = blocks.answer(call, this.#reader) ?? [];
    if (second === undefined) return first;
    complaints.error("too-many-names", "This is more than one number: name one of them.", call.span);
    return { kind: "number", value: Number.NaN };
  }

  override dynamic(name: DynamicName, inputs: readonly Formula[], span: Span): Formula | undefined {
    if (name === "delay" || name === "absdelay") return this.#delay(inputs[0]!, inputs[1]!, span);
    const initial = inputs[1] ?? { kind: "number", value: 0 };
    if (initial.kind !== "number") {
      const message = `The start value of \`${name}\` must be known before the analysis starts.`;
      this.place.elaboration.complaints.error("signal-in-constant", message, span);
      return undefined;
    }
    if (name === "ddt") return this.#derivative(inputs[0]!, span);
    return this.#hidden(name, inputs[0]!, integral, { initial: initial.value }, span);
  }

  /** A state that stands by its logit y is differentiated as it stands, dx/dt = x(1 − x)·dy/dt: linear in the unknown. */
  #derivative(of: Formula, span: Span): Formula {
    const isLogit = of.kind === "call" && of.name === "logistic";
    const standing = isLogit ? of.arguments[0]! : of;
    const rate = this.#hidden("ddt", standing, derivative, {}, span);
    if (!isLogit) return rate;
    const call = (name: string, ...operands: readonly Formula[]): Formula => ({
      kind: "call",
      name,
      arguments: operands,
    });
    return call("*", of, call("logistic", call("neg", standing)), rate);
  }

  /** What never changes, and what is delayed by nothing, is itself. */
  #delay(quantity: Formula, time: Formula, span: Span): Formula | undefined {
    const { complaints } = this.place.elaboration;
    if (time.kind !== "number") {
      const message = "The time of `delay` must be known before the analysis starts: it cannot follow the solution.";
      complaints.error("signal-in-constant", message, span);
      return undefined;
    }
    if (!(time.value >= 0 && time.value < Infinity)) {
      if (Number.isNaN(time.value)) return undefined;
      const message = `A delay is a time, 0 or longer, but this one is ${time.value} s: nothing looks into the future.`;
      complaints.error("out-of-range", message, span);
      return undefined;
    }
    if (quantity.kind === "number" || time.value === 0) return quantity;
    return this.#hidden("delay", quantity, (law) => delayed(law, time.value), {}, span);
  }

  #lawOf(formula: Formula): Program {
    return this.place.elaboration.programs.compile(formula, this.inputs.all.length);
  }

  /** The own unknown of a device beside the one at hand, which the netlist does not name. */
  #hidden(
    name: DynamicName,
    formula: Formula,
    device: (law: Program) => Device,
    values: Readonly<Record<string, number>>,
    span: Span,
  ): Formula {
    const { network, complaints } = this.place.elaboration;
    const controls = this.inputs.all.filter(isUnknown);
    if (controls.length < this.inputs.all.length) {
      complaints.error("no-derivative", `\`${name}\` cannot act on what a quantum block gives.`, span);
      return { kind: "number", value: Number.NaN };
    }
    const made = { device: device(this.#lawOf(formula)), values, controls, law: { formula, device } };
    const part = network.add(`${this.owner}#${name}${network.count}`, "#", [], span, made);
    return this.inputs.of({ kind: "own", instance: part.index, index: 0 });
  }
}

const isUnknown = (input: { readonly kind: string }): input is Unknown =>
  input.kind !== "record" && input.kind !== "number";

/** A law of the solution, ready to run, and the unknowns that it reads; or a plain number. */
export type SignalLaw =
  | { readonly kind: "number"; readonly value: number }
  | {
      readonly kind: "law";
      readonly law: Program;
      readonly formula: Formula;
      readonly controls: readonly Unknown[];
    };

/** Reads an expression of the solution for a device; NaN after having complained. */
export function signalLaw(
  expression: Expression,
  place: Environment,
  owner: string,
  wrap: (formula: Formula) => Formula = (formula) => formula,
): SignalLaw {
  const { complaints, draws, laws } = place.elaboration;
  const again = new Inputs<Unknown>();
  const known = complaints.failed ? undefined : laws.again(expression, new DeviceScope(place, again, owner));
  if (known !== undefined) return lawOf(wrap(known), again.all, place);
  const inputs = new Inputs<Unknown>();
  const scope = new AskedScope(new DeviceScope(place, inputs, owner));
  const resolved = draws.at(owner, () => resolve(expression, scope, complaints));
  if (!complaints.failed) laws.keep(expression, resolved, scope);
  return lawOf(wrap(resolved), inputs.all, place);
}

/** A formula as a law; a number stays a number. */
export function lawOf(formula: Formula, controls: readonly Unknown[], place: Environment): SignalLaw {
  if (formula.kind === "number") return formula;
  return { kind: "law", law: place.elaboration.programs.compile(formula, controls.length), formula, controls };
}

/** Whether an expression may speak of the solution: then it has to wait until all names are known. */
export function speaksOfSolution(expression: Expression, place: Environment): boolean {
  const seen = new Set<UserFunction>();
  const speaks = (part: Expression): boolean => {
    switch (part.kind) {
      case "number":
      case "imaginary":
      case "text":
        return false;
      case "name":
        return part.name === "time";
      case "probe":
      case "setting-of":
        return true;
      case "unary":
        return speaks(part.operand);
      case "binary":
        return speaks(part.left) || speaks(part.right);
      case "conditional":
        return [part.condition, part.yes, part.no].some(speaks);
      case "call":
        return part.arguments.some(speaks) || calls(part.name);
    }
  };
  const calls = (name: string): boolean => {
    const user = place.function(name);
    if (user === undefined) return solutionCalls.has(name) || place.elaboration.blocks.calls.includes(name);
    if (seen.has(user)) return false;
    seen.add(user);
    return speaks(user.body);
  };
  return speaks(expression);
}

const solutionCalls: ReadonlySet<string> = new Set(["ddt", "idt", "sdt", "delay", "absdelay", "r", "p", "w"]);
