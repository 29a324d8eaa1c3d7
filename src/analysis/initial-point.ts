import type { Instance, TransientCard } from "../circuit/circuit.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import { type Charged, chargedTies } from "./initial-charges.js";
import { type Hold, operatingPoint, type PointCost, type PointFound } from "./operating-point.js";

/** The time of the operating point before a transient, s: a source that jumps at 0 has not jumped yet. */
const justBefore = -Number.MIN_VALUE;

/**
 * Where a transient starts: the operating point with the sources as they are at t = 0 and with everything held that the
 * netlist gives an initial value (`.ic`, `ic=`); with `uic` those values alone, and nothing is solved.
 */
export function initialPoint(system: CompiledSystem, card: TransientCard, cost: PointCost): PointFound {
  const charged = system.circuit.instances.filter(isCharged);
  const voltages = givenVoltages(system, charged);
  const given = [...nodesOf(system, voltages), ...givenCurrents(system)];
  const free = charged.filter(({ terminals }) => terminals.every((node) => !voltages.has(node)));
  const ties = chargedTies(system, free);
  if ("severity" in ties) return { outcome: "failed", problem: ties };
  const x = system.start();
  for (const [place, value] of given) x[place] = value;
  // From the root outward: each is known by the one before.
  for (const { place, from, value } of ties) x[place] = x[from]! + value;
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
function givenVoltages({ circuit }: CompiledSystem, charged: readonly Charged[]): ReadonlyMap<number, number> {
  const voltage = new Map<number, number>([[0, 0]]);
  for (const { node, value } of circuit.initial) voltage.set(node, value);
  while (charged.some((capacitor) => spread(capacitor, voltage)));
  return voltage;
}

/** Finds one terminal's voltage from the other's; true if something new became known. */
function spread({ terminals, initial }: Charged, voltage: Map<number, number>): boolean {
  const [p, n] = [terminals[0]!, terminals[1]!];
  const [vp, vn] = [voltage.get(p), voltage.get(n)];
  if ((vp === undefined) === (vn === undefined)) return false;
  if (vp === undefined) voltage.set(p, vn! + initial);
  else voltage.set(n, vp - initial);
  return true;
}

const nodesOf = (system: CompiledSystem, voltages: ReadonlyMap<number, number>): readonly Hold[] =>
  [...voltages].flatMap(([node, value]) => (node === 0 ? [] : [[system.place({ kind: "node", node }), value]]));

/** The currents of inductors. */
const givenCurrents = (system: CompiledSystem): readonly Hold[] =>
  system.circuit.instances.flatMap(({ element, initial }, instance) =>
    element !== "l" || initial === undefined
      ? []
      : [[system.place({ kind: "own", instance, index: 0 }), initial] as const],
  );
