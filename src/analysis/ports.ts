import type { Instance, LoopSignals } from "../circuit/circuit.js";

/** Voltage and current of a device with two terminals, the instance k. */
export function portSignals({ name, span, terminals }: Instance, k: number): LoopSignals {
  const [p, n] = [terminals[0]!, terminals[1]!];
  const input = (index: number) => ({ kind: "input", index }) as const;
  return {
    device: name,
    voltage: {
      name: `v(${name})`,
      unit: "V",
      formula: { kind: "call", name: "-", arguments: [input(0), input(1)] },
      inputs: [
        { kind: "node", node: p },
        { kind: "node", node: n },
      ],
      span,
    },
    current: {
      name: `i(${name})`,
      unit: "A",
      formula: input(0),
      inputs: [{ kind: "current", instance: k, terminal: 0 }],
      span,
    },
  };
}
