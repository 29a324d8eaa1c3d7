import type { QuantumBlock } from "../../circuit/quantum/block.js";
import type { CircuitWire } from "../../result/quantum-circuit.js";

/** The wires of a block's circuit, and where they are. */
export interface Wires {
  readonly all: readonly CircuitWire[];
  /** Of each system, by its place in the block. */
  readonly system: readonly number[];
  /** Of each system's environment; undefined where it has none. */
  readonly environment: readonly (number | undefined)[];
}

/** One system above its environment, two between theirs, more above all of theirs: couplings then meet neighbours. */
export function wiresOf(block: QuantumBlock, measured: readonly CircuitWire["measured"][]): Wires {
  const systems: readonly number[] = [...block.systems.keys()];
  const open = systems.filter((k) => needsEnvironment(block, k));
  const above: readonly number[] = systems.length === 2 ? open.filter((k) => k === 0) : [];
  const order = [
    ...above.map((k) => ({ role: "environment", k }) as const),
    ...systems.map((k) => ({ role: "system", k }) as const),
    ...open.filter((k) => !above.includes(k)).map((k) => ({ role: "environment", k }) as const),
  ];
  const placeOf = (role: CircuitWire["role"], k: number) => order.findIndex((it) => it.role === role && it.k === k);
  return {
    all: order.map(({ role, k }) => ({
      name: block.systems[k]!.name,
      role,
      state: role === "environment" ? "|0\\rangle" : stateOf(block, k),
      measured: role === "system" ? (measured[k] ?? []) : [],
    })),
    system: systems.map((k) => placeOf("system", k)),
    environment: systems.map((k) => (open.includes(k) ? placeOf("environment", k) : undefined)),
  };
}

/** How far from 1 the length of a pure state's vector may be. */
const rounding = 1e-12;

/** Whether a qubit's own state is mixed; joint states are kets here. */
export const isMixed = ({ systems, joint }: QuantumBlock, k: number): boolean => {
  const system = systems[k]!;
  if (system.kind !== "qubit" || joint.some((it) => it.systems.includes(k))) return false;
  return system.state.angles === undefined && Math.hypot(...system.state.bloch) < 1 - rounding;
};

const needsEnvironment = (block: QuantumBlock, k: number): boolean =>
  block.memristors.some(({ system }) => system === k) ||
  block.operations.some((it) => it.kind === "channel" && it.map.kind === "standard" && it.systems.includes(k)) ||
  isMixed(block, k);

/** What a ket is called: one that systems share after all of them. */
function stateOf(block: QuantumBlock, k: number): string {
  const { systems, joint } = block;
  const shared = joint.find((it) => it.systems.includes(k));
  const names = (shared?.systems ?? [k]).map((it) => systems[it]!.name).join(",");
  return isMixed(block, k) ? `\\rho_{${names}}` : `|\\psi_{${names}}\\rangle`;
}
