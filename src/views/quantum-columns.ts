import type { CircuitGate } from "../result/quantum-circuit.js";

/** Gates that stand above one another: no two of them meet on a wire, or cross. */
export type GateColumn = readonly CircuitGate[];

/** Each gate as far to the left as those before it let it; what a line between two wires crosses is taken too. */
export function columnsOf(gates: readonly CircuitGate[], wires: number): readonly GateColumn[] {
  const columns: CircuitGate[][] = [];
  const free = Array<number>(wires).fill(0);
  for (const gate of gates) {
    const [first, last] = spanOf(gate);
    const crossed = Array.from({ length: last - first + 1 }, (_, k) => first + k);
    const at = crossed.reduce((most, wire) => Math.max(most, free[wire]!), 0);
    columns[at] = [...(columns[at] ?? []), gate];
    for (const wire of crossed) free[wire] = at + 1;
  }
  return columns;
}

/** The first and the last wire that a gate touches or crosses. */
export const spanOf = ({ wires }: CircuitGate): readonly [number, number] => [Math.min(...wires), Math.max(...wires)];
