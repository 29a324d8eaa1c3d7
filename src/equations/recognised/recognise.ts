import type { Circuit, Instance, Quantity, Signal, TransientCard, Unknown } from "../../circuit/circuit.js";
import { FormulaPrograms } from "../../circuit/formula-programs.js";
import { Inputs } from "../../circuit/inputs.js";
import { type CircuitPart, partOf } from "../../circuit/part-of-circuit.js";
import { changed } from "../../circuit/plain-device.js";
import { capacitorState, closedCapacitorState } from "../../devices/behavioural/calculus.js";
import { behaviouralCurrent } from "../../devices/behavioural/sources.js";
import type { Device } from "../../devices/device.js";
import { withCurrent } from "../../devices/with-current.js";
import { call, type Formula, type Program } from "../../expressions/formula.js";
import { substitute } from "../../expressions/substitute.js";
import { type Branch, branchesOf } from "./branches.js";
import { coordinateOf, isClosed, motionBy, stateBy } from "./closed-window.js";
import { type Meaning, Meanings, type Read, rewritten } from "./meanings.js";
import { chargerOf, type StateNode, stateNodes } from "./states.js";
import { type Lawful, Surroundings } from "./surroundings.js";

/** A circuit in which what subcircuits hold in capacitors are states of devices. */
export interface Recognised {
  readonly circuit: Circuit;
  /** The same signal of the new circuit. */
  signal(signal: Signal): Signal;
}

/**
 * Looks for devices that a deck writes as subcircuits: a state that is held in a capacitor, and a port whose law looks at it
 * (Biolek, Biolek & Biolková, Radioengineering 18, 210 (2009), and nearly all that was published since). The state becomes
 * one of a device, with a size of its own instead of that of voltages; the port becomes one current by one voltage. What
 * the circuit solves is the same, in fewer unknowns: one for each state, and none within a port. Undefined where there is
 * nothing of the kind.
 */
export function recognise(circuit: Circuit, card: TransientCard, signals: readonly Signal[]): Recognised | undefined {
  if (circuit.options.recognise === "no" || circuit.blocks.length > 0) return undefined;
  const around = Surroundings.of(circuit);
  const states = stateNodes(around, card.uic);
  if (states.length === 0) return undefined;
  const nodes = new Set(states.map(({ node }) => node));
  const branches = branchesOf(around, nodes);
  const rewriting = new Rewriting(around, states, branches);
  const part = rewriting.part();
  const canRead = (quantity: Quantity): boolean => rewriting.knows(quantity) || isKept(quantity, part);
  if (!signals.every(({ inputs }) => inputs.every(canRead))) return undefined;
  return { circuit: part.circuit, signal: (signal) => rewriting.signal(signal, part) };
}

/** Writes a circuit anew, in the numbers of the old one. */
class Rewriting {
  readonly #meanings = new Meanings();
  readonly #programs = new FormulaPrograms();
  readonly #stateDevices = new Map<Program, Map<number, Device>>();
  readonly #replaced = new Map<number, Instance>();
  readonly #gone = new Set<number>();
  /** The largest start of the states that one card of a subcircuit holds: their size. */
  readonly #sizes = new Map<object, number>();
  /** The states that stand in the equations by y = ln(x/(1 − x)). */
  readonly #closed = new Set<StateNode>();

  constructor(
    readonly around: Surroundings,
    states: readonly StateNode[],
    branches: readonly Branch[],
  ) {
    for (const state of states) this.#meanState(state);
    for (const branch of branches) this.#meanBranch(branch);
    for (const state of states) this.#replaceState(state);
    for (const branch of branches) this.#replaceBranch(branch);
  }

  #meanState(state: StateNode): void {
    const { node, source, capacitor, resistors } = state;
    const { span } = this.around.instance(source);
    this.#sizes.set(span, Math.max(this.#sizes.get(span) ?? 0, Math.abs(state.initial)));
    const own: Unknown = { kind: "own", instance: source, index: 0 };
    if (isClosed(state, this.around) && !this.around.isReadWithoutLaw(node)) this.#closed.add(state);
    const isLogit = this.#closed.has(state);
    const held = (read: Read): Formula => (isLogit ? stateBy(read(own)) : read(own));
    const says = isLogit ? "logit" : "state";
    this.#meanings.mean({ kind: "node", node }, { says, reads: [own], write: held });
    const { law, controls } = chargerOf(state, this.around);
    const charging = (read: Read): Formula => rewritten(law.formula, controls, read);
    const ofLaw = `law ${this.#meanings.numberOf(law.formula)}`;
    this.#meanings.mean(
      { kind: "current", instance: source, terminal: 0 },
      { says: ofLaw, reads: controls, write: charging },
    );
    this.#meanings.mean(
      { kind: "current", instance: source, terminal: 1 },
      { says: `-${ofLaw}`, reads: controls, write: (read) => call("neg", charging(read)) },
    );
    this.#gone.add(capacitor);
    for (const resistor of resistors) {
      const { values, terminals } = this.around.instance(resistor);
      const r = { kind: "number", value: terminals[0] === node ? values["r"]! : -values["r"]! } as const;
      const through = (sign: string, write: Meaning["write"]): Meaning => ({
        says: `${sign}${says}/${r.value}`,
        reads: [own],
        write,
      });
      this.#meanings.mean(
        { kind: "current", instance: resistor, terminal: 0 },
        through("", (read) => call("/", held(read), r)),
      );
      this.#meanings.mean(
        { kind: "current", instance: resistor, terminal: 1 },
        through("-", (read) => call("/", call("neg", held(read)), r)),
      );
      this.#gone.add(resistor);
    }
  }

  #meanBranch({ current, reads, known, series, minus }: Branch): void {
    const number = this.#meanings.numberOf(current);
    const all = [...reads, { kind: "node", node: minus } as const];
    for (const [k, [of, is]] of known.entries()) {
      const write = (read: Read): Formula =>
        is(rewritten(current, reads, read), (node) => read({ kind: "node", node }));
      this.#meanings.mean(of, { says: `branch ${number} ${k}`, reads: all, write });
    }
    if (series !== undefined) this.#gone.add(series);
  }

  #replaceState(state: StateNode): void {
    const isLogit = this.#closed.has(state);
    const charger = chargerOf(state, this.around);
    const own: Quantity = { kind: "own", instance: state.source, index: 0 };
    const beside = `${isLogit ? "motion" : "rate"} ${state.numbers}`;
    const { formula, controls } = this.#meanings.lawOf(
      charger.law.formula,
      beside,
      [own, ...charger.controls],
      (put) => (isLogit ? this.#motion(state, put) : this.#rate(state, put)),
    );
    const { span } = this.around.instance(state.source);
    const law = this.#programs.compile(formula, controls.length);
    const device = isLogit ? closedCapacitorState(law) : this.#stateDevice(law, this.#sizes.get(span)!);
    const { name, element, span: at } = this.around.instance(state.capacitor);
    const values = { initial: isLogit ? coordinateOf(state.initial) : state.initial };
    this.#replaced.set(state.source, { name, element, device, values, terminals: [], controls, span: at });
  }

  /** dx/dt */
  #rate(state: StateNode, put: Read): Formula {
    const { law, controls } = chargerOf(state, this.around);
    const own: Quantity = { kind: "own", instance: state.source, index: 0 };
    return state.rate(this.#meanings.rewritten(law.formula, controls, put), put(own));
  }

  /** dy/dt of y = ln(x/(1 − x)) */
  #motion(state: StateNode, put: Read): Formula {
    const { law, controls } = chargerOf(state, this.around);
    const { x, divided, leaking } = motionBy(put({ kind: "own", instance: state.source, index: 0 }));
    const rate = substitute(law.formula, (k) =>
      isNode(controls[k]!, state.node) ? x : this.#meanings.read(controls[k]!, put),
    );
    return state.rate(divided(rate), leaking);
  }

  /** By law and size one device. */
  #stateDevice(law: Program, size: number): Device {
    const negligible = size === 0 ? smallestState : relativeToState * size;
    const known = this.#stateDevices.get(law)?.get(negligible);
    if (known !== undefined) return known;
    const made = capacitorState(law, negligible);
    this.#stateDevices.set(law, (this.#stateDevices.get(law) ?? new Map()).set(negligible, made));
    return made;
  }

  #replaceBranch({ source, plus, minus, current, reads }: Branch): void {
    const { name, span } = this.around.instance(source);
    const { formula, controls } = this.#meanings.lawOf(current, "branch", reads, (put) =>
      this.#meanings.rewritten(current, reads, put),
    );
    const law = this.#programs.compile(formula, controls.length);
    const device = behaviouralCurrent(law);
    this.#replaced.set(source, { name, element: "g", device, values: {}, terminals: [plus, minus], controls, span });
  }

  /** The new circuit. */
  part(): CircuitPart {
    const { circuit } = this.around;
    const instances = circuit.instances.map((it, k) => this.#replaced.get(k) ?? this.#reading(it));
    return partOf(
      { ...circuit, instances },
      instances.map((_, k) => !this.#gone.has(k)),
    );
  }

  /** The same instance, which reads what there is now. */
  #reading(it: Instance): Instance {
    if (!it.controls.some((control) => this.knows(control))) return it;
    // Only states are read by those who cannot be written anew: each is an unknown still.
    if (it.law === undefined) return changed(it, { controls: it.controls.map((control) => this.#unknown(control)) });
    const { law, controls: reads, device } = it as Lawful;
    const write = (put: Read): Formula => this.#meanings.rewritten(law.formula, reads, put);
    const { formula, controls } = this.#meanings.lawOf(law.formula, "reader", reads, write);
    const made = law.device(this.#programs.compile(formula, controls.length));
    return changed(it, { device: device.own.length > made.own.length ? withCurrent(made) : made, controls });
  }

  #unknown(control: Unknown): Unknown {
    let found: Quantity = control;
    this.#meanings.read(control, (quantity) => {
      found = quantity;
      return { kind: "number", value: 0 };
    });
    return found as Unknown;
  }

  /** Whether a quantity is told by others now. */
  knows(quantity: Quantity): boolean {
    return this.#meanings.knows(quantity);
  }

  signal(signal: Signal, part: CircuitPart): Signal {
    const inputs = new Inputs<Quantity>();
    const put: Read = (quantity) => inputs.of(renumbered(quantity, part));
    const formula = this.#meanings.rewritten(signal.formula, signal.inputs, put);
    return { ...signal, formula, inputs: inputs.all };
  }
}

/** Differences of a state below this part of where it starts do not matter; and of one that starts at 0. */
const relativeToState = 1e-6;
const smallestState = 1e-12;

const isNode = (quantity: Quantity, node: number): boolean => quantity.kind === "node" && quantity.node === node;

function isKept(quantity: Quantity, { nodeOf, instanceOf }: CircuitPart): boolean {
  if (quantity.kind === "node") return nodeOf[quantity.node]! >= 0;
  return "instance" in quantity ? instanceOf[quantity.instance]! >= 0 : true;
}

function renumbered(quantity: Quantity, { nodeOf, instanceOf }: CircuitPart): Quantity {
  if (quantity.kind === "node") return { ...quantity, node: nodeOf[quantity.node]! };
  return "instance" in quantity ? { ...quantity, instance: instanceOf[quantity.instance]! } : quantity;
}
