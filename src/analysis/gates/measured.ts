import type { Circuit, Signal } from "../../circuit/circuit.js";
import type { QuantumBlock } from "../../circuit/quantum/block.js";
import type { QuantumObservable } from "../../circuit/quantum/observable.js";
import type { CircuitWire } from "../../result/quantum-circuit.js";

type Axes = CircuitWire["measured"];

/**
 * What of each qubit is measured: the axes of what the netlist asks to see; where that says nothing of it ⟨sy⟩ of a
 * memristor, which is its voltage and, by I = ΓV, its current, and else the population.
 */
export function measuredOf(block: QuantumBlock, index: number, { columns, plots }: Circuit["outputs"]): Axes[] {
  const signals = [
    ...columns.flatMap((card) => card.signals),
    ...plots.flatMap((card): readonly Signal[] => {
      if (card.kind === "iv") return card.devices.flatMap(({ voltage, current }) => [voltage, current]);
      return card.kind === "waves" ? [...card.signals, ...card.right] : [];
    }),
  ];
  const asked = signals.flatMap(({ inputs }) =>
    inputs.flatMap((it) => (it.kind === "quantum" && it.block === index ? axesOf(it.of, block) : [])),
  );
  return block.systems.map((_, k) => {
    const own = (["x", "y", "z"] as const).filter((axis) => asked.some((it) => it.system === k && it.axis === axis));
    if (own.length > 0) return own;
    return block.memristors.some(({ system }) => system === k) ? ["y"] : ["z"];
  });
}

interface Asked {
  readonly system: number;
  readonly axis: Axes[number];
}

function axesOf(of: QuantumObservable, { memristors }: QuantumBlock): readonly Asked[] {
  switch (of.kind) {
    case "voltage":
    case "current":
      return [{ system: memristors[of.memristor]!.system, axis: "y" }];
    case "bloch":
      return [{ system: of.system, axis: of.axis }];
    case "population":
      return [{ system: of.system, axis: "z" }];
    default:
      return [];
  }
}
