import { bridging, conducting, NodeSets } from "./connections.js";
import type { Network, Part } from "./network.js";
import { nearName } from "./readings.js";

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
  const { nodes, parts } = network;
  const sets = new NodeSets(nodes.length);
  const bridges = parts.filter((part) => !conducting(part, (a, b) => sets.join(a, b)));
  const islands = islandsOf(network, bridges, sets);
  const known = new Set<number>([0]);
  const waiting = new Map(islands);
  for (let found = true; found; ) {
    found = false;
    for (const [set, island] of waiting) {
      if (!settle(island, network, (node) => known.has(sets.of(node)), steady)) continue;
      known.add(set);
      waiting.delete(set);
      found = true;
    }
  }
  for (const island of waiting.values()) complain(island, network);
  return new Set([...waiting.values()].flatMap((island) => island.nodes));
}

function islandsOf({ nodes }: Network, bridges: readonly Part[], sets: NodeSets): Map<number, Island> {
  const islands = new Map<number, Island>();
  for (const node of nodes.keys()) {
    const set = sets.of(node);
    if (set === 0) continue;
    if (!islands.has(set)) islands.set(set, { nodes: [], capacitors: [], drivers: [] });
    islands.get(set)!.nodes.push(node);
  }
  if (islands.size === 0) return islands;
  for (const part of bridges) {
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

/** Holds an island by one of its capacitors, if there is reason to; `isKnown` tells which nodes have a voltage. */
function settle(island: Island, network: Network, isKnown: (node: number) => boolean, steady: boolean): boolean {
  const capacitors = island.capacitors.filter(({ outside }) => isKnown(outside));
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

const mostNamed = 5;

function complain({ nodes, capacitors, drivers }: Island, network: Network): void {
  const { complaints, nodeSpans, nodes: names } = network;
  const shown = nodes
    .slice(0, mostNamed)
    .map((node) => `\`${names[node]}\``)
    .join(", ");
  const list = nodes.length > mostNamed ? `${shown} and ${nodes.length - mostNamed} more` : shown;
  const span = nodeSpans[nodes[0]!];
  const are = nodes.length === 1 ? `Node ${list} has` : `Nodes ${list} have`;
  if (drivers.length > 0 && capacitors.length === 0) {
    const sources = [...new Set(drivers)]
      .slice(0, mostNamed)
      .map(({ name }) => `\`${name}\``)
      .join(", ");
    const message = `${are} no connection but current sources (${sources}): their currents cannot be chosen freely there.`;
    const help = "give the current a way to ground: a resistor beside the source, for example `1G`.";
    complaints.error("current-cut", message, span, { help });
    return;
  }
  const near = similarNode(network, nodes);
  const way = capacitors.length > 0 ? "no direct current passes a capacitor; " : "";
  const help = near
    ? `did you mean node \`${near}\`?`
    : `${way}connect it to ground by a resistor, for example \`1G\`${capacitors.length > 0 ? ", or give the capacitor `ic=`" : ""}.`;
  complaints.error("floating-node", `${are} no path to ground for a direct current.`, span, { help });
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
