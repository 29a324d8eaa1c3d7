import type { Circuit, Instance } from "../../circuit/circuit.js";
import type { Device } from "../../devices/device.js";
import { capacitor } from "../../devices/linear/capacitor.js";
import { resistor } from "../../devices/linear/resistor.js";
import { isShort } from "../../expressions/substitute.js";

/** A terminal of an instance. */
export interface Touch {
  readonly instance: number;
  readonly terminal: number;
}

/** An instance by an expression that can be written anew. */
export type Lawful = Instance & { readonly law: NonNullable<Instance["law"]> };

/** A circuit as it is seen from its nodes. */
export class Surroundings {
  /** size nodes + 1: where the touches of each node begin. */
  readonly #first: Int32Array;
  /** Of each touch, by nodes, in the order of the circuit. */
  readonly #instances: Int32Array;
  readonly #terminals: Int32Array;
  /** The voltages that nodes start with by `.ic`, and those that only capacitors know. */
  readonly #starts = new Map<number, number>();
  readonly #guessed: ReadonlySet<number>;
  /** Nodes that devices look at which cannot be written anew. */
  readonly #readWithoutLaw = new Set<number>();

  /** Those of a circuit: what notes look for before a run, the run looks for again. */
  static of(circuit: Circuit): Surroundings {
    const known = Surroundings.#known.get(circuit) ?? new Surroundings(circuit);
    Surroundings.#known.set(circuit, known);
    return known;
  }

  static readonly #known = new WeakMap<Circuit, Surroundings>();

  private constructor(readonly circuit: Circuit) {
    const { nodes, instances } = circuit;
    const first = new Int32Array(nodes.length + 1);
    for (const { terminals, law, controls } of instances) {
      for (const node of terminals) first[node + 1]!++;
      if (law !== undefined) continue;
      for (const read of controls) if (read.kind === "node") this.#readWithoutLaw.add(read.node);
    }
    for (let node = 0; node < nodes.length; node++) first[node + 1]! += first[node]!;
    const next = first.slice();
    this.#first = first;
    this.#instances = new Int32Array(first[nodes.length]!);
    this.#terminals = new Int32Array(first[nodes.length]!);
    for (let instance = 0; instance < instances.length; instance++) {
      const { terminals } = instances[instance]!;
      for (let terminal = 0; terminal < terminals.length; terminal++) {
        const at = next[terminals[terminal]!]!++;
        this.#instances[at] = instance;
        this.#terminals[at] = terminal;
      }
    }
    for (const { node, value, from } of circuit.held) if (from === 0) this.#starts.set(node, value);
    for (const { node, value } of circuit.initial) this.#starts.set(node, value);
    this.#guessed = new Set([...circuit.guesses, ...circuit.held].map(({ node }) => node));
  }

  /** How many terminals are at a node. */
  count(node: number): number {
    return this.#first[node + 1]! - this.#first[node]!;
  }

  at(node: number): readonly Touch[] {
    const from = this.#first[node]!;
    return Array.from({ length: this.count(node) }, (_, k) => ({
      instance: this.#instances[from + k]!,
      terminal: this.#terminals[from + k]!,
    }));
  }

  /** The nodes that capacitors touch, in their order; ground is none. */
  capacitive(): readonly number[] {
    const found = new Set<number>();
    for (const it of this.circuit.instances) if (isCapacitor(it)) for (const node of it.terminals) found.add(node);
    found.delete(0);
    return [...found].sort((a, b) => a - b);
  }

  instance(k: number): Instance {
    return this.circuit.instances[k]!;
  }

  /** The voltage that a node starts with; undefined where nothing says it. */
  startOf(node: number): number | undefined {
    return this.#starts.get(node);
  }

  /** Whether a device looks at a node that cannot be written anew. */
  isReadWithoutLaw(node: number): boolean {
    return this.#readWithoutLaw.has(node);
  }

  /** Whether the deck says anything about the voltage of a node. */
  isGiven(node: number): boolean {
    return this.#starts.has(node) || this.#guessed.has(node);
  }
}

export const isCapacitor = ({ device, values }: Instance): boolean => device === capacitor && values["c"]! > 0;

/** With a current that somebody reads it is one too. */
export const isResistor = ({ device, values }: Instance): boolean =>
  device.type === resistor.type && device.terminals.length === 2 && values["r"] !== undefined && values["r"] !== 0;

/** A current source by an expression. */
export const isCurrent = (it: Instance): it is Lawful => isLawful(it) && it.device.type === "bsource_i";

/** A voltage source by an expression. */
export const isVoltage = (it: Instance): it is Lawful => isLawful(it) && it.device.type === "bsource_v";

/** Laws that look back at the past, or are larger than any model, are left alone. */
function isLawful({ law, device }: Instance): boolean {
  if (law === undefined || device.past !== undefined) return false;
  const known = short.get(device);
  if (known !== undefined) return known;
  const found = isShort(law.formula);
  short.set(device, found);
  return found;
}

/** By devices, since those of one device have equal laws. */
const short = new WeakMap<Device, boolean>();
