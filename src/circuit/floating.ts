import { bridging, conducting, NodeSets, stiff } from "./connections.js";
import type { Network } from "./network.js";
import type { Part } from "./part.js";
import { nearName, written } from "./readings.js";

/** A device that lies between two sets of nodes. */
interface Bridge {
  readonly part: Part;
  /** Its node in the set at hand, and that on the other side. */
  readonly inside: number;
  readonly outside: number;
}

/** Nodes among which direct current can flow, but not to ground. */
interface Island {
  readonly nodes: number[];
  readonly capacitors: Bridge[];
  readonly drivers: Part[];
}

/**
 * Finds the nodes that no direct current reaches. Where a capacitor keeps their voltage and something charges it, or
 * says what it starts from, they are held at that value, with a note; the others are errors. Gives the nodes that are.
 */
export function checkFloating(network: Network, steady: boolean): ReadonlySet<number> {
  const { nodes, count } = network;
  const sets = new NodeSets(nodes.length);
  const bridges: number[] = [];
  const join = (a: number, b: number): unknown => sets.join(a, b);
  for (let k = 0; k < count; k++) if (!conducting(network.look(k), join)) bridges.push(k);
  const islands = islandsOf(network, bridges, sets);
  const firm = new NodeSets(nodes.length);
  if (islands.size > 0)
    for (const part of network.parts) if (part.element !== "l") stiff(part, (a, b) => firm.join(a, b));
  const known = new Set<number>([0]);
  const waiting = new Map(islands);
  for (let found = true; found; ) {
    found = false;
    for (const [set, island] of waiting) {
      if (
        !settle(
          island,
          network,
          (node) => known.has(sets.of(node)),
          (node) => firm.of(node) === 0,
          steady,
        )
      )
        continue;
      known.add(set);
      waiting.delete(set);
      found = true;
    }
  }
  for (const island of joined([...waiting.values()], sets)) complain(island, network);
  return new Set([...waiting.values()].flatMap((island) => island.nodes));
}

function islandsOf(network: Network, bridges: readonly number[], sets: NodeSets): Map<number, Island> {
  const { nodes } = network;
  const islands = new Map<number, Island>();
  for (const node of nodes.keys()) {
    const set = sets.of(node);
    if (set === 0) continue;
    if (!islands.has(set)) islands.set(set, { nodes: [], capacitors: [], drivers: [] });
    islands.get(set)!.nodes.push(node);
  }
  if (islands.size === 0) return islands;
  for (const bridge of bridges) {
    const part = network.part(bridge);
    bridging(part, (a, b, charged) => {
      if (sets.of(a) === sets.of(b)) return;
      for (const [inside, outside] of [
        [a, b],
        [b, a],
      ] as const) {
        const island = islands.get(sets.of(inside));
        if (charged) island?.capacitors.push({ part, inside, outside });
        else island?.drivers.push(part);
      }
    });
  }
  return islands;
}

/**
 * Holds an island by one of its capacitors, if there is reason to; `isKnown` tells which nodes have a voltage,
 * `isFirm` those that a current into them does not move.
 */
function settle(
  island: Island,
  network: Network,
  isKnown: (node: number) => boolean,
  isFirm: (node: number) => boolean,
  steady: boolean,
): boolean {
  // What is driven into the island goes on through the capacitor: the node behind it must be able to take it.
  const reaches = island.drivers.length > 0 && steady ? isFirm : isKnown;
  const capacitors = island.capacitors.filter(({ outside }) => reaches(outside));
  const given = capacitors.find(({ part }) => part.initial !== undefined);
  const start = network.initial.find(({ node }) => island.nodes.includes(node));
  const bridge = given ?? capacitors.find(({ inside }) => inside === start?.node) ?? capacitors[0];
  if (bridge === undefined) return false;
  if (given === undefined && start === undefined && island.drivers.length === 0) return !steady;
  const { part, inside, outside } = bridge;
  const own = part.initial === undefined ? undefined : part.terminals[0] === inside ? part.initial : -part.initial;
  const value = start !== undefined && start.node === inside && outside === 0 ? start.value : (own ?? 0);
  network.held.push({ node: inside, from: outside, value, span: part.span });
  if (steady) noteHeld(network, inside, outside, value, part);
  return true;
}

function noteHeld({ nodes, complaints }: Network, inside: number, outside: number, value: number, part: Part): void {
  const local = (node: number): string => nodes[node]!.slice(nodes[node]!.lastIndexOf(".") + 1);
  const what = outside === 0 ? `\`v(${local(inside)})\`` : `\`v(${local(inside)},${local(outside)})\``;
  const message = `No direct current reaches node \`${local(inside)}\`: in operating points ${what} is held at ${value} V, where its capacitor starts.`;
  complaints.note("held-node", message, part.span);
}

/** Islands that hang together by capacitors and sources are one cause for one complaint. */
function joined(islands: readonly Island[], sets: NodeSets): readonly Island[] {
  const owner = new Map(islands.flatMap((island) => island.nodes.map((node) => [sets.of(node), island] as const)));
  const groups = new Map<Island, Island>();
  for (const island of islands) {
    if (groups.has(island)) continue;
    const group: Island = { nodes: [], capacitors: [], drivers: [] };
    const waiting = [island];
    groups.set(island, group);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const node of next.nodes) group.nodes.push(node);
      for (const part of next.capacitors) group.capacitors.push(part);
      for (const part of next.drivers) group.drivers.push(part);
      for (const { outside } of next.capacitors) {
        const other = owner.get(sets.of(outside));
        if (other === undefined || groups.has(other)) continue;
        groups.set(other, group);
        waiting.push(other);
      }
    }
  }
  return [...new Set(groups.values())];
}

const mostNamed = 5;

function complain({ nodes, capacitors, drivers }: Island, network: Network): void {
  const { complaints } = network;
  const shown = nodes
    .slice(0, mostNamed)
    .map((node) => `\`${nodeAsWritten(network, node)}\``)
    .join(", ");
  const list = nodes.length > mostNamed ? `${shown} and ${nodes.length - mostNamed} more` : shown;
  const span = network.nodeSpan(nodes[0]!);
  const are = nodes.length === 1 ? `Node ${list} has` : `Nodes ${list} have`;
  const driven = drivers.length > 0 && capacitors.length > 0;
  if (drivers.length > 0 && capacitors.length === 0) {
    const sources = [...new Set(drivers)]
      .slice(0, mostNamed)
      .map(({ shown }) => `\`${shown}\``)
      .join(", ");
    const message = `${are} no connection but current sources (${sources}): their currents cannot be chosen freely there.`;
    const help = "give the current a way to ground: a resistor beside the source, for example `1G`.";
    complaints.error("current-cut", message, span, { help });
    return;
  }
  const near = similarNode(network, nodes);
  const way = capacitors.length > 0 ? "no direct current passes a capacitor; " : "";
  const start =
    capacitors.some(({ outside }) => !nodes.includes(outside)) && !driven ? ", or give the capacitor `ic=`" : "";
  const help = near
    ? `did you mean node \`${near}\`?`
    : `${way}connect ${nodes.length === 1 ? "it" : "them"} to ground by a resistor, for example \`1G\`${start}.`;
  complaints.error("floating-node", `${are} no path to ground for a direct current.`, span, { help });
}

/** The name of a node as the user wrote it; within a subcircuit its whole path. */
function nodeAsWritten(network: Network, node: number): string {
  const span = network.nodeSpan(node);
  const text = span ? written(span) : "";
  return text.toLowerCase() === network.nodes[node] ? text : network.nodes[node]!;
}

/** A node that a misspelt one may have been meant to be. */
function similarNode({ nodes: names }: Network, [only, second]: readonly number[]): string | undefined {
  const name = names[only!]!;
  if (second !== undefined || name.length < 3) return undefined;
  return nearName(
    name,
    names.filter((other) => other !== name && other.length > 2),
  );
}
