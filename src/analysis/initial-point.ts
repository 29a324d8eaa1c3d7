import type { Instance, TransientCard } from "../circuit/circuit.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import type { Span } from "../text/source.js";
import { type Charged, chargedTies } from "./initial-charges.js";
import { type Hold, operatingPoint, type PointCost, type PointFound } from "./operating-point.js";
import type { Tie } from "./static-system.js";

/** The time of the operating point before a transient, s: a source that jumps at 0 has not jumped yet. */
const justBefore = -Number.MIN_VALUE;

/**
 * Where a transient starts: the operating point with the sources as they are at t = 0 and with everything held that the
 * netlist gives an initial value (`.ic`, `ic=`); with `uic` those values alone, and nothing is solved.
 */
export function initialPoint(system: CompiledSystem, card: TransientCard, cost: PointCost): PointFound {
  const kept = keptVoltages(system, system.circuit.initial);
  if ("severity" in kept) return { outcome: "failed", problem: kept };
  const { ties } = kept;
  const given = [...kept.holds, ...givenCurrents(system)];
  const x = startAt(system, given, ties);
  system.settleModes(0, x);
  if (card.uic) return { outcome: "found", x };
  const guess = system.start();
  for (const { node, value } of system.circuit.guesses) guess[system.place({ kind: "node", node })] = value;
  for (const [place, value] of given) guess[place] = value;
  return operatingPoint(system, card.span, cost, guess, given, justBefore, ties);
}

/**
 * Whether the circuit was at rest before its start, so that what was before is a solution of its own. With `uic`
 * nothing was solved for; and start values hold charges that would move: no derivative (`ddt()`) is 0 there.
 */
export const startsAtRest = ({ circuit }: CompiledSystem, { uic }: TransientCard): boolean =>
  !uic && circuit.initial.length === 0 && circuit.instances.every(({ initial }) => initial === undefined);

const isCharged = (instance: Instance): instance is Charged =>
  instance.element === "c" && instance.initial !== undefined;

/** The voltages of `.ic`, and of nodes that a capacitor with `ic=` ties to a node that is known already. */
function givenVoltages(
  nodes: CompiledSystem["circuit"]["initial"],
  charged: readonly Charged[],
): ReadonlyMap<number, number> {
  const voltage = new Map<number, number>([[0, 0]]);
  for (const { node, value } of nodes) voltage.set(node, value);
  const first = firstAt(charged);
  for (let k = 0; k < charged.length; ) {
    const found = spread(charged[k]!, voltage);
    // Of those before it only such can follow now that are at the node that became known.
    k = found === undefined ? k + 1 : Math.min(k + 1, first.get(found)!);
  }
  return voltage;
}

/** The first capacitor at each node, by number. */
function firstAt(charged: readonly Charged[]): ReadonlyMap<number, number> {
  const first = new Map<number, number>();
  for (const [k, { terminals }] of charged.entries())
    for (const node of terminals) if (!first.has(node)) first.set(node, k);
  return first;
}

/** Finds one terminal's voltage from the other's; gives the node that became known. */
function spread({ terminals, initial }: Charged, voltage: Map<number, number>): number | undefined {
  const [p, n] = [terminals[0]!, terminals[1]!];
  const [vp, vn] = [voltage.get(p), voltage.get(n)];
  if ((vp === undefined) === (vn === undefined)) return undefined;
  voltage.set(vp === undefined ? p : n, vp === undefined ? vn! + initial : vp - initial);
  return vp === undefined ? p : n;
}

const nodesOf = (system: CompiledSystem, voltages: ReadonlyMap<number, number>): readonly Hold[] =>
  [...voltages].flatMap(([node, value]) => (node === 0 ? [] : [[system.place({ kind: "node", node }), value]]));

/** The operating point of `.op`: nothing moves, and every capacitor with `ic=` keeps the voltage that it starts with. */
export function pointAtRest(system: CompiledSystem, span: Span, cost: PointCost): PointFound {
  const kept = keptVoltages(system, []);
  if ("severity" in kept) return { outcome: "failed", problem: kept };
  system.settleModes(-Infinity, startAt(system, kept.holds, kept.ties));
  return operatingPoint(system, span, cost, undefined, kept.holds, -Infinity, kept.ties);
}

/** What capacitors with `ic=` say, where the voltages of some nodes are given beside: nodes held, and nodes tied. */
function keptVoltages(system: CompiledSystem, nodes: CompiledSystem["circuit"]["initial"]) {
  const charged = system.circuit.instances.filter(isCharged);
  const voltages = givenVoltages(nodes, charged);
  const free = charged.filter(({ terminals }) => terminals.every((node) => !voltages.has(node)));
  const ties = chargedTies(system, free);
  return "severity" in ties ? ties : { holds: nodesOf(system, voltages), ties };
}

/** The start of the unknowns, with what is given. */
function startAt(system: CompiledSystem, given: readonly Hold[], ties: readonly Tie[]): Float64Array {
  const x = system.start();
  for (const [place, value] of given) x[place] = value;
  // From the root outward: each is known by the one before.
  for (const { place, from, value } of ties) x[place] = x[from]! + value;
  return x;
}

/** The currents of inductors. */
const givenCurrents = (system: CompiledSystem): readonly Hold[] =>
  system.circuit.instances.flatMap(({ element, initial }, instance) =>
    element !== "l" || initial === undefined
      ? []
      : [[system.place({ kind: "own", instance, index: 0 }), initial] as const],
  );
