import type { Instance, TransientCard } from "../circuit/circuit.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import { type Hold, operatingPoint, type PointCost, type PointFound } from "./operating-point.js";

/** The time of the operating point before a transient, s: a source that jumps at 0 has not jumped yet. */
const justBefore = -Number.MIN_VALUE;

/**
 * Where a transient starts: the operating point with the sources as they are at t = 0 and with everything held that the
 * netlist gives an initial value (`.ic`, `ic=`); with `uic` those values alone, and nothing is solved.
 */
export function initialPoint(system: CompiledSystem, card: TransientCard, cost: PointCost): PointFound {
  const given = givenVoltages(system);
  const x = system.start();
  for (const [place, value] of given) x[place] = value;
  system.settleModes(0, x);
  if (card.uic) return { outcome: "found", x };
  const guess = system.start();
  for (const { node, value } of system.circuit.guesses) guess[system.place({ kind: "node", node })] = value;
  for (const [place, value] of given) guess[place] = value;
  return operatingPoint(system, card.span, cost, guess, given, justBefore);
}

/**
 * The unknowns whose start the netlist gives: nodes of `.ic`, currents of inductors, and nodes that a capacitor with
 * `ic=` ties to a node that is known already.
 */
function givenVoltages(system: CompiledSystem): readonly Hold[] {
  const { circuit } = system;
  const voltage = new Map<number, number>([[0, 0]]);
  for (const { node, value } of circuit.initial) voltage.set(node, value);
  const charged = circuit.instances.filter(({ element, initial }) => element === "c" && initial !== undefined);
  while (charged.some((capacitor) => spread(capacitor, voltage)));
  const currents = circuit.instances.flatMap((instance, k) => currentOf(system, instance, k));
  voltage.delete(0);
  return [...[...voltage].map(([node, value]) => [system.place({ kind: "node", node }), value] as const), ...currents];
}

/** Finds one terminal's voltage from the other's; true if something new became known. */
function spread({ terminals, initial }: Instance, voltage: Map<number, number>): boolean {
  const [p, n] = [terminals[0]!, terminals[1]!];
  const [vp, vn] = [voltage.get(p), voltage.get(n)];
  if ((vp === undefined) === (vn === undefined)) return false;
  if (vp === undefined) voltage.set(p, vn! + initial!);
  else voltage.set(n, vp - initial!);
  return true;
}

function currentOf(system: CompiledSystem, { element, initial }: Instance, instance: number): readonly Hold[] {
  if (element !== "l" || initial === undefined) return [];
  return [[system.place({ kind: "own", instance, index: 0 }), initial]];
}
