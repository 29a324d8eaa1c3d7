import type { Circuit, Held, Instance, NodeValue, Quantity, Signal, Unknown } from "./circuit.js";
import { changed } from "./plain-device.js";

/** Several circuits as one, of which none knows of the others. */
export interface SideBySide {
  readonly circuit: Circuit;
  /** A signal of circuit k as one of the whole. */
  signal(k: number, signal: Signal): Signal;
  /** Of which circuit a node of the whole is; of the first, if it is of all. */
  ofNode(node: number): number;
  ofInstance(instance: number): number;
}

/**
 * Puts circuits of one shape side by side: the same devices between the same nodes, with values of their own. They share
 * ground and the options of the first, and sources that lay down a node for all of them alike, where nobody asks for
 * their current (`signals`: what is asked of each circuit). Undefined where something reaches beyond a circuit: a quantum
 * block, a channel, a device of pieces that are drawn.
 */
export function sideBySide(
  circuits: readonly Circuit[],
  signals: readonly (readonly Signal[])[],
): SideBySide | undefined {
  const [first] = circuits;
  if (first === undefined || isEntangled(first)) return undefined;
  const shared = sharedSources(circuits, signals);
  const nodes = new Places(
    first.nodes.length,
    new Set([0, ...[...shared].map((k) => first.instances[k]!.terminals[0]!)]),
  );
  const instances = new Places(first.instances.length, shared);
  const placed = <Value extends NodeValue>(k: number, own: Value): Value => ({ ...own, node: nodes.of(k, own.node) });
  const quantity = <Of extends Quantity>(k: number, own: Of): Of =>
    own.kind === "node"
      ? { ...own, node: nodes.of(k, own.node) }
      : "instance" in own && own.instance !== undefined
        ? { ...own, instance: instances.of(k, own.instance) }
        : own;
  const instance = (k: number, own: Instance): Instance =>
    changed(own, {
      terminals: own.terminals.map((it) => nodes.of(k, it)),
      controls: own.controls.map((it): Unknown => quantity(k, it)),
    });
  const lists = <Part>(of: (circuit: Circuit, k: number) => readonly Part[]): Part[] => circuits.flatMap(of);
  return {
    circuit: {
      ...first,
      nodes: nodes.laid(circuits.map((it) => it.nodes)),
      instances: instances.laid(circuits.map((it, k) => it.instances.map((own) => instance(k, own)))),
      initial: lists((it, k) => it.initial.map((own) => placed(k, own))),
      guesses: lists((it, k) => it.guesses.map((own) => placed(k, own))),
      held: lists((it, k) => it.held.map((own): Held => ({ ...placed(k, own), from: nodes.of(k, own.from) }))),
    },
    signal: (k, own) => ({ ...own, inputs: own.inputs.map((it) => quantity(k, it)) }),
    ofNode: (node) => nodes.owner(node),
    ofInstance: (at) => instances.owner(at),
  };
}

/** The numbers of things that stand side by side, behind those that all have in common. */
class Places {
  readonly #place: Int32Array; // size count: among the common ones, or among those of one's own
  readonly #own: number;

  constructor(
    count: number,
    readonly common: ReadonlySet<number>,
  ) {
    this.#own = count - common.size;
    this.#place = new Int32Array(count);
    let [own, shared] = [0, 0];
    for (let k = 0; k < count; k++) this.#place[k] = common.has(k) ? shared++ : own++;
  }

  of(circuit: number, own: number): number {
    const place = this.#place[own]!;
    return this.common.has(own) ? place : this.common.size + circuit * this.#own + place;
  }

  owner(place: number): number {
    return place < this.common.size ? 0 : Math.floor((place - this.common.size) / this.#own);
  }

  /** The things themselves in the order of their places. */
  laid<Thing>(all: readonly (readonly Thing[])[]): readonly Thing[] {
    const common = all[0]!.filter((_, k) => this.common.has(k));
    return [...common, ...all.flatMap((things) => things.filter((_, k) => !this.common.has(k)))];
  }
}

/** Voltage sources from a node to ground that are alike in all circuits, and whose currents nobody looks at. */
function sharedSources(circuits: readonly Circuit[], signals: readonly (readonly Signal[])[]): ReadonlySet<number> {
  const [first] = circuits as [Circuit];
  const looked = new Set(
    [...signals.flat().flatMap(({ inputs }) => inputs), ...first.instances.flatMap(({ controls }) => controls)].flatMap(
      (it) => ("instance" in it && it.instance !== undefined ? [it.instance] : []),
    ),
  );
  const given = new Set([...first.initial, ...first.guesses, ...first.held].map(({ node }) => node));
  const nodes = new Set<number>();
  const found = first.instances.flatMap(({ element, terminals }, k) => {
    const [node, ground] = terminals as [number, number];
    const isAlone = element === "v" && terminals.length === 2 && ground === 0 && node > 0;
    if (!isAlone || looked.has(k) || given.has(node) || nodes.has(node)) return [];
    if (!circuits.every((it) => haveSameValues(first.instances[k]!, it.instances[k]!))) return [];
    nodes.add(node);
    return [k];
  });
  return new Set(found);
}

/** Whether instances of one device have the same values. */
export const haveSameValues = ({ values: a }: Instance, { values: b }: Instance): boolean =>
  a === b || Object.keys(a).every((name) => Object.is(a[name], b[name]));

const isEntangled = ({ blocks, channels, instances }: Circuit): boolean =>
  blocks.length > 0 || channels.length > 0 || instances.some(({ pieces }) => pieces !== undefined);

/** Whether two circuits differ in values alone. */
export function isOfShape(a: Circuit, b: Circuit): boolean {
  return (
    hasSameOptions(a.options, b.options) &&
    b.nodes.length === a.nodes.length &&
    isSame(a.held.map(placesOf), b.held.map(placesOf)) &&
    isSame(a.initial.map(placesOf), b.initial.map(placesOf)) &&
    isSame(a.guesses.map(placesOf), b.guesses.map(placesOf)) &&
    b.instances.length === a.instances.length &&
    a.instances.every((one, k) => isAlike(one, b.instances[k]!))
  );
}

const hasSameOptions = (a: Circuit["options"], b: Circuit["options"]): boolean =>
  (Object.keys(a) as (keyof typeof a)[]).every((name) => name === "seed" || a[name] === b[name]);

const placesOf = ({ node, from }: NodeValue & { readonly from?: number }) => [node, from ?? -1];

const isAlike = (a: Instance, b: Instance): boolean =>
  a.device === b.device &&
  b.pieces === undefined &&
  (a.initial === undefined) === (b.initial === undefined) &&
  isSame(a.terminals, b.terminals) &&
  isSame(a.controls, b.controls);

/** Lists of numbers, or of plain objects of them. */
function isSame(a: readonly (number | object)[], b: readonly (number | object)[]): boolean {
  return a.length === b.length && a.every((one, k) => one === b[k] || JSON.stringify(one) === JSON.stringify(b[k]));
}
