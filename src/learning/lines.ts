import type { Circuit, Instance } from "../circuit/circuit.js";
import { synapseKind } from "../devices/perceptrons/recognise.js";
import type { Edge, Grid } from "./grid.js";

/** Where lines end: nodes that something holds at a voltage. */
export interface LineEnds {
  /** The unit of a node that drives rows, and the volts of its value of 1. */
  source(node: number): Grid["sources"][number] | undefined;
  /** The neuron whose input a node is, u of 1 A into it, and the resistance behind it. */
  sink(node: number): (Grid["sinks"][number] & { readonly rin: number }) | undefined;
}

/** Which node each place of a weight is between. */
export interface PlacedMemristor {
  readonly weight: number | undefined;
  readonly a: number; // node
  readonly b: number; // node
  readonly conductance: number; // S of a weight of 1
}

/** Whether an instance is a resistor, of which lines are made. */
export const isLine = ({ element, device }: Instance): boolean => element === "r" && device.type === "resistor";

/** The nodes that resistors alone lead to from a node, up to `stops`, which are not passed. */
export function alongLines(circuit: Circuit, from: number, stops: ReadonlySet<number>): ReadonlySet<number> {
  const found = new Set([from]);
  if (stops.has(from)) return found;
  const at = neighbours(circuit);
  const waiting = [from];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const other of at.get(node) ?? []) {
      if (found.has(other)) continue;
      found.add(other);
      if (other !== 0 && !stops.has(other)) waiting.push(other);
    }
  }
  return found;
}

const known = new WeakMap<Circuit, ReadonlyMap<number, readonly number[]>>();

function neighbours(circuit: Circuit): ReadonlyMap<number, readonly number[]> {
  const before = known.get(circuit);
  if (before !== undefined) return before;
  const at = new Map<number, number[]>();
  const add = (node: number, other: number) => at.set(node, [...(at.get(node) ?? []), other]);
  for (const instance of circuit.instances) {
    if (!isLine(instance)) continue;
    const [a, b] = instance.terminals as [number, number];
    add(a, b);
    add(b, a);
  }
  known.set(circuit, at);
  return at;
}

/** What a training cannot take for lines. */
export interface Stranger {
  readonly instance: Instance;
  readonly node: number;
}

/**
 * The grids that some memristors and the resistors about them are: each hangs together by nodes that nothing holds. A
 * memristor between a driven node and an input at 0 V needs none.
 */
export function gridsOf(
  circuit: Circuit,
  memristors: readonly PlacedMemristor[],
  ends: LineEnds,
): { readonly grids: readonly Grid[]; readonly strangers: readonly Stranger[] } {
  const isHeld = (node: number): boolean => node === 0 || ends.source(node) !== undefined || ends.sink(node)?.rin === 0;
  const resistors = circuit.instances.filter(isLine).map(({ terminals, values }) => {
    const [a, b] = terminals as [number, number];
    return { weight: undefined, a, b, conductance: 1 / values["r"]! };
  });
  const all: readonly Edge[] = [...memristors, ...resistors];
  // What carries no weight is in a grid only where it loads the lines of what does.
  const used = memristors.filter(({ weight }) => weight !== undefined);
  const nodes = new Set(used.flatMap(({ a, b }) => [a, b]).filter((node) => !isHeld(node)));
  const grids: Grid[] = [];
  const strangers: Stranger[] = [];
  const done = new Set<number>();
  for (const node of nodes) {
    if (done.has(node)) continue;
    const island = islandOf(node, all, isHeld);
    for (const it of island) done.add(it);
    grids.push(gridOf([...island], all, ends));
    for (const stranger of strangersAt(circuit, island)) strangers.push(stranger);
  }
  return { grids, strangers };
}

/** The nodes that hang together with one that nothing holds. */
function islandOf(start: number, edges: readonly Edge[], isHeld: (node: number) => boolean): ReadonlySet<number> {
  const at = new Map<number, number[]>();
  for (const { a, b } of edges) {
    if (isHeld(a) || isHeld(b)) continue;
    at.set(a, [...(at.get(a) ?? []), b]);
    at.set(b, [...(at.get(b) ?? []), a]);
  }
  const island = new Set([start]);
  for (const node of island) for (const other of at.get(node) ?? []) island.add(other); // a set grows as it is walked
  return island;
}

function gridOf(island: readonly number[], all: readonly Edge[], ends: LineEnds): Grid {
  const inside = new Map(island.map((node, k) => [node, k] as const));
  const edges = all.filter(({ a, b }) => inside.has(a) || inside.has(b));
  const outer = [...new Set(edges.flatMap(({ a, b }) => [a, b]).filter((node) => !inside.has(node)))];
  const sourceNodes = outer.filter((node) => ends.source(node) !== undefined);
  const sinkNodes = outer.filter((node) => ends.source(node) === undefined);
  const held = [...sourceNodes, ...sinkNodes];
  const places = new Map([...inside, ...held.map((node, k) => [node, island.length + k] as const)]);
  const sinks = sinkNodes.map((node) => ends.sink(node) ?? { neuron: 0, gain: 0 });
  const resisting = island.flatMap((node) => {
    const sink = ends.sink(node);
    return sink === undefined ? [] : [{ node, ...sink }];
  });
  return {
    nodes: island.length,
    sources: sourceNodes.map((node) => ends.source(node)!),
    sinks: [...sinks, ...resisting].map(({ neuron, gain }) => ({ neuron, gain })),
    edges: [
      ...edges.map(({ a, b, weight, conductance }) => ({ a: places.get(a)!, b: places.get(b)!, weight, conductance })),
      ...resisting.map(({ node, rin }, k) => ({
        a: inside.get(node)!,
        b: island.length + held.length + k,
        weight: undefined,
        conductance: 1 / rin,
      })),
    ],
  };
}

/** Whatever else stands at the nodes of a grid, and may carry a current there. */
function strangersAt({ instances }: Circuit, island: ReadonlySet<number>): readonly Stranger[] {
  return instances.flatMap((instance) => {
    const { device, terminals } = instance;
    if (isLine(instance) || synapseKind(device)?.kind === "pair") return [];
    const node = terminals.find((it, k) => island.has(it) && !/^(pre|in|minus)$/.test(device.terminals[k]!));
    return node === undefined ? [] : [{ instance, node }];
  });
}
