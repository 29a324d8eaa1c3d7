import { laysDown, NodeSets, stiff } from "./connections.js";
import { checkCouplings } from "./couplings.js";
import { checkFloating } from "./floating.js";
import { checkIdleLines } from "./idle-lines.js";
import type { Network } from "./network.js";
import type { Part } from "./part.js";
import { checkWriteChains, isWritten } from "./write-chains.js";

/**
 * Complains of circuits whose equations cannot have one solution: nodes without a path to ground, cut sets of current
 * sources, loops of voltage sources; warns of what has no effect, or one that cannot be meant. `steady` says that a state without change is sought: there inductors are shorts
 * and capacitors open; a transient from given values asks for less. Laws of quantum blocks read nodes as controls do.
 */
export function checkCircuit(network: Network, steady: boolean, readByBlocks: readonly number[]): void {
  const floating = checkFloating(network, steady);
  checkLoops(network, steady);
  checkCouplings(network);
  checkConnections(network, floating, readByBlocks);
  checkWriteChains(network);
  checkIdleLines(network);
}

/** A loop in which every voltage is laid down has no current of its own, or none at all. */
function checkLoops(network: Network, steady: boolean): void {
  const { nodes, complaints } = network;
  const sets = new NodeSets(nodes.length);
  const edges: Edge[] = [];
  const look = (part: Part): void =>
    stiff(part, (a, b) => {
      if (sets.join(a, b)) edges.push({ a, b, part });
      else complainOfLoop([...pathBetween(a, b, edges), part], complaints);
    });
  const laying = network.kinds.such(laysDown);
  for (const part of laying) if (part.element !== "l") look(part);
  // For a direct current an inductor is a short.
  if (steady) for (const part of laying) if (part.element === "l") look(part);
}

interface Edge {
  readonly a: number;
  readonly b: number;
  readonly part: Part;
}

/** The devices on the way from one node to another. */
function pathBetween(from: number, to: number, edges: readonly Edge[]): readonly Part[] {
  const came = new Map<number, Edge | undefined>([[from, undefined]]);
  const waiting = [from];
  for (let node = waiting.shift(); node !== undefined && !came.has(to); node = waiting.shift()) {
    for (const edge of edges) {
      const next = edge.a === node ? edge.b : edge.b === node ? edge.a : node;
      if (came.has(next)) continue;
      came.set(next, edge);
      waiting.push(next);
    }
  }
  const path: Part[] = [];
  for (let node = to, edge = came.get(to); edge !== undefined; edge = came.get(node)) {
    path.push(edge.part);
    node = edge.a === node ? edge.b : edge.a;
  }
  return path;
}

/** More names than this are not read. */
const mostNamed = 6;

function complainOfLoop(loop: readonly Part[], complaints: Network["complaints"]): void {
  const last = loop.at(-1)!;
  const list = `${loop
    .slice(0, mostNamed)
    .map(({ shown }) => `\`${shown}\``)
    .join(", ")}${loop.length > mostNamed ? " …" : ""}`;
  const notes = loop
    .slice(0, -1)
    .slice(0, mostNamed)
    .map(({ shown, span }) => ({ message: `\`${shown}\` is part of the loop`, span }));
  const onlyInductors = loop.every(({ element }) => element === "l");
  if (loop.length === 1) {
    const message = `Both ends of \`${last.shown}\` are at one node, so its current is not determined.`;
    complaints.error("voltage-loop", message, last.span);
  } else if (onlyInductors) {
    const message = `The inductors ${list} form a loop: how its direct current divides is not determined.`;
    complaints.error("inductor-loop", message, last.span, {
      notes,
      help: "give one of them a small resistance in series.",
    });
  } else {
    const inductive = loop.some(({ element }) => element === "l") ? " (an inductor is a short for direct current)" : "";
    const message = `${list} form a loop in which every voltage is laid down${inductive}: their current is not determined.`;
    complaints.error("voltage-loop", message, last.span, {
      notes,
      help: "take one out, or put a small resistance into the loop.",
    });
  }
}

/** A node that only one terminal is at carries no current: perhaps its name is misspelt. */
function checkConnections(network: Network, floating: ReadonlySet<number>, readByBlocks: readonly number[]): void {
  const { nodes, complaints } = network;
  const count = new Int32Array(nodes.length);
  for (const node of readByBlocks) count[node]!++;
  // Where a chain of write ports begins, a training drives it; a buffered output is there to be looked at.
  const special = new Set([...network.kinds.devices].filter((it) => isWritten(it) || it.terminals.includes("out")));
  for (let part = 0; part < network.count; part++) {
    const { terminals, controls, device } = network.look(part);
    for (let k = 0; k < terminals.length; k++) count[terminals[k]!]!++;
    if (special.size > 0 && device !== undefined && special.has(device)) {
      if (isWritten(device)) count[terminals[0]!]!++;
      const out = device.terminals.indexOf("out");
      if (out >= 0) count[terminals[out]!]!++;
    }
    for (let k = 0; k < controls.length; k++) {
      const control = controls[k]!;
      if (control.kind === "node") count[control.node]!++;
    }
  }
  for (let node = 1; node < nodes.length; node++) {
    if (count[node] !== 1 || floating.has(node)) continue;
    const name = nodes[node]!;
    const local = name.slice(name.lastIndexOf(".") + 1);
    complaints.warning(
      "single-connection",
      `Only one terminal is connected to node \`${local}\`.`,
      network.nodeSpan(node),
    );
  }
}
