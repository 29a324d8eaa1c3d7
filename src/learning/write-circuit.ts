import type { Circuit, Instance } from "../circuit/circuit.js";
import { changed } from "../circuit/plain-device.js";
import type { TrainCard } from "../circuit/training/cards.js";
import { isFilm } from "../devices/perceptrons/activations.js";
import { neuronKind } from "../devices/perceptrons/recognise.js";
import { hasPort, isCell, ownUnknown, pulseSource, voltage, withPort } from "./at-rest.js";
import type { Network } from "./network.js";
import type { KeptWeight, ReadCircuit } from "./read-circuit.js";
import { endsOf } from "./write-ends.js";

/** What a pulse for the weights of a chain drives. */
export interface WriteCircuit {
  readonly circuit: Circuit;
  /** The source of the pulse. */
  readonly source: number;
  /** All weights in it, by their numbers in the network. */
  readonly weights: readonly (KeptWeight & { readonly index: number })[];
  /** What turns a pulse to one of several weights: settings that are `on` for it, and `off` for others. */
  readonly aims?: ReadonlyMap<number, readonly Turn[]>; // by the weight's number
}

/** A value of an instance that is turned. */
export interface Turn {
  readonly instance: number;
  readonly setting: string;
  readonly on: number;
  readonly off: number;
}

/** What of a training its pulses go by. */
export type PulseCard = Pick<TrainCard, "span" | "timing">;

/**
 * The circuit of a chain of weights while it is written: all inputs are at 0 V. Where ports touch nothing that reading
 * uses, and what their devices sense does not move, it is the devices between the ends of the chain alone; else it is
 * all of what is read. A weight without a port of its own lies on a port of the training's, apart from all else.
 *
 * @throws NetlistError where a pulse has no two ends to go in and out by
 */
export function writeCircuitOf(
  chain: readonly number[],
  network: Network,
  read: ReadCircuit,
  card: PulseCard,
): WriteCircuit {
  const members = [...new Set(chain.map((index) => read.weights[index]!.instance))];
  const bench = new Bench(read, card);
  const [first] = members;
  if (members.length === 1 && !hasPort(read.circuit.instances[first!]!)) {
    const p = bench.node("#p");
    bench.addCell(first!, p, 0, () => 0);
    return bench.done([0, p], network);
  }
  const devices = members.map((instance) => read.circuit.instances[instance]!);
  const [start, end] = endsOf(devices);
  const net = netOf(members, read);
  const levels = net && levelsOf(net.cells, read);
  if (net === undefined || levels === undefined) return wholeCircuit([end, start], read, card);
  const level = (node: number): number => bench.level(levels.get(node) ?? 0, node);
  for (const instance of net.cells) {
    const [p, q] = read.circuit.instances[instance]!.terminals as readonly [number, number];
    bench.addCell(instance, bench.at(p), bench.at(q), level);
  }
  for (const instance of net.others) bench.add(instance);
  return bench.done([bench.at(end), bench.at(start)], network);
}

/** What hangs together with ports; undefined where that touches what reading uses, or is driven from elsewhere. */
function netOf(members: readonly number[], { circuit }: ReadCircuit) {
  const nodes = new Set<number>();
  const cells = new Set<number>();
  const others = new Set<number>();
  const grow = (list: readonly number[]): void => {
    for (const node of list) if (node !== 0) nodes.add(node);
  };
  for (const member of members) grow(circuit.instances[member]!.terminals.slice(0, 2));
  for (let before = -1; before !== nodes.size + cells.size + others.size; ) {
    before = nodes.size + cells.size + others.size;
    for (const [k, instance] of circuit.instances.entries()) {
      const { terminals, controls } = instance;
      if (!terminals.some((node) => nodes.has(node))) continue;
      const ports = isCell(instance) ? terminals.slice(0, hasPort(instance) ? 2 : 0) : terminals;
      const rest = isCell(instance) ? terminals.slice(ports.length) : [];
      if (controls.length > 0 || rest.some((node) => nodes.has(node))) return undefined;
      (isCell(instance) ? cells : others).add(k);
      grow(ports);
    }
  }
  return { cells: [...cells], others: [...others] };
}

/** The voltages that cells sense while nothing is put in; undefined where they follow from weights. */
function levelsOf(cells: readonly number[], { circuit, inputs }: ReadCircuit) {
  const levels = new Map<number, number>([[0, 0]]);
  for (const [k, instance] of circuit.instances.entries()) {
    const { element, terminals, values, device } = instance;
    const [p, n] = terminals as readonly [number, number];
    if (element === "v" && n === 0 && "dc" in values) levels.set(p, inputs.includes(k) ? 0 : values["dc"]!);
    const kind = neuronKind(device);
    // The node of a film is silent until it is read.
    if (kind !== undefined && isFilm(kind.activation)) levels.set(terminals[device.terminals.indexOf("out")]!, 0);
  }
  const sensed = cells.flatMap((cell) => sensedBy(circuit.instances[cell]!));
  return sensed.every((node) => levels.has(node)) ? levels : undefined;
}

const isSensing = (terminal: string): boolean => terminal === "pre" || /^x\d+$/.test(terminal);

const sensedBy = ({ device, terminals }: Instance): readonly number[] =>
  terminals.filter((_, k) => isSensing(device.terminals[k]!));

function wholeCircuit(
  terminals: readonly number[],
  { circuit, weights }: ReadCircuit,
  { span, timing }: PulseCard,
): WriteCircuit {
  const source = pulseSource({ name: "#pulse", terminals, span }, timing.rise);
  return {
    circuit: { ...circuit, instances: [...circuit.instances, source] },
    source: circuit.instances.length,
    weights: weights.map((it, index) => ({ index, ...it })),
  };
}

/** A circuit that is put together of devices of another one. */
class Bench {
  readonly #nodes = ["0"];
  readonly #instances: Instance[] = [];
  readonly #nodeOf = new Map<number, number>([[0, 0]]);
  readonly #levels = new Map<number, number>([[0, 0]]);
  /** The number in the whole of each instance. */
  readonly #from: number[] = [];

  constructor(
    readonly read: ReadCircuit,
    readonly card: PulseCard,
  ) {}

  node(name: string): number {
    return this.#nodes.push(name) - 1;
  }

  /** The node that stands for one of the whole. */
  at(node: number): number {
    const known = this.#nodeOf.get(node) ?? this.node(this.read.circuit.nodes[node]!);
    this.#nodeOf.set(node, known);
    return known;
  }

  /** A node that is kept at a voltage, instead of one of the whole. */
  level(volts: number, node: number): number {
    if (volts === 0) return 0;
    const known = this.#levels.get(volts) ?? this.node(this.read.circuit.nodes[node]!);
    if (!this.#levels.has(volts)) {
      this.#instances.push(voltage({ name: `#v${known}`, terminals: [known, 0], span: this.card.span }, volts));
      this.#from.push(-1);
    }
    this.#levels.set(volts, known);
    return known;
  }

  add(instance: number): void {
    const it = this.read.circuit.instances[instance]!;
    this.#instances.push(changed(it, { terminals: it.terminals.map((node) => this.at(node)) }));
    this.#from.push(instance);
  }

  /** A cell between p and q, which senses what `level` says and whose outputs lead nowhere. */
  addCell(instance: number, p: number, q: number, level: (node: number) => number): void {
    const cell = withPort(this.read.circuit.instances[instance]!, p, q);
    const own = this.read.circuit.instances[instance]!.terminals;
    const shift = cell.terminals.length - own.length;
    const terminals = cell.device.terminals.map((name, k) => {
      if (k < 2) return k === 0 ? p : q;
      if (isSensing(name)) return level(own[k - shift]!);
      return name === "post" || name === "ref" ? 0 : this.node(`${cell.name}.${name}`);
    });
    this.#instances.push({ ...cell, terminals });
    this.#from.push(instance);
  }

  /** With the source of the pulses between two of its nodes. */
  done(terminals: readonly number[], { weights }: Network): WriteCircuit {
    const { span, timing } = this.card;
    const source = this.#instances.push(pulseSource({ name: "#pulse", terminals, span }, timing.rise)) - 1;
    const { circuit, weights: places } = this.read;
    const own = weights.flatMap((_, index) => {
      const place = places[index]!;
      const instance = this.#from.indexOf(place.instance);
      if (instance < 0 || place.state.kind !== "own") return [];
      const { name } = circuit.instances[place.instance]!.device.own[place.state.index]!;
      const state = ownUnknown(this.#instances[instance]!, instance, name);
      return [{ index, instance, state, unit: place.unit }];
    });
    const rest = { initial: [], guesses: [], held: [] };
    return { circuit: { ...circuit, ...rest, nodes: this.#nodes, instances: this.#instances }, source, weights: own };
  }
}
