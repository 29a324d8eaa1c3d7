import type { Circuit, LoopSignals, Signal } from "../../circuit/circuit.js";
import type { QuantumBlock } from "../../circuit/quantum/block.js";
import type { QuantumObservable } from "../../circuit/quantum/observable.js";
import type { Span } from "../../text/source.js";
import type { Unit } from "../../units/unit.js";

/** What a run of a block shows unless the netlist asks for more: voltage and current of each memristor, else populations. */
export function blockSignals(block: QuantumBlock, index: number): readonly Signal[] {
  const loops = blockLoops(block, index).flatMap(({ voltage, current }) => [voltage, current]);
  if (loops.length > 0) return loops;
  return block.systems.map(({ name, kind, span }, system) => {
    const level = kind === "qubit" ? 0 : 1;
    return signal(
      `pop(${block.name}.${name},${kind === "qubit" ? "e" : level})`,
      { kind: "population", system, level },
      block,
      index,
      span,
    );
  });
}

/**
 * The period of what a signal is of: 2π/ω of a quantum memristor's system, of a qubit on its sphere, or an LC circuit;
 * undefined of all else. In s beside a circuit.
 */
export function ownPeriod({ inputs: [input] }: Signal, { blocks }: Circuit): number | undefined {
  if (input?.kind !== "quantum") return undefined;
  const { memristors, systems, circuits, units, isInCircuit } = blocks[input.block]!;
  if (input.of.kind === "moment") {
    const { capacitance, inductance } = circuits[input.of.circuit]!;
    return 2 * Math.PI * Math.sqrt(capacitance * inductance);
  }
  if (!("memristor" in input.of || input.of.kind === "bloch")) return undefined;
  const { omega } = systems["memristor" in input.of ? memristors[input.of.memristor]!.system : input.of.system]!;
  const clock = isInCircuit ? (units.omega0 ?? 1) : 1;
  return omega > 0 ? (2 * Math.PI) / (omega * clock) : undefined;
}

/** The loops of a block's memristors: current over voltage, photons out over photons in. */
export function blockLoops(block: QuantumBlock, index: number): readonly LoopSignals[] {
  const [volts, amperes]: readonly [Unit, Unit] =
    block.units.system === "si" || block.isInCircuit ? ["V", "A"] : ["1", "1"];
  const electric = (
    { name, span }: { readonly name: string; readonly span: Span },
    voltage: QuantumObservable,
    current: QuantumObservable,
  ): LoopSignals => {
    const device = `${block.name}.${name}`;
    return {
      device,
      voltage: signal(`v(${device})`, voltage, block, index, span, volts),
      current: signal(`i(${device})`, current, block, index, span, amperes),
    };
  };
  return [
    ...block.memristors.map((it, memristor) =>
      electric(it, { kind: "voltage", memristor }, { kind: "current", memristor }),
    ),
    ...block.circuits.map((it, circuit) =>
      electric(it, { kind: "moment", circuit, of: "v" }, { kind: "moment", circuit, of: "i" }),
    ),
    ...block.photonics.map(({ name, span }, photonic) => {
      const device = `${block.name}.${name}`;
      return {
        device,
        voltage: signal(`nin(${device})`, { kind: "nin", photonic }, block, index, span),
        current: signal(`nout(${device})`, { kind: "nout", photonic }, block, index, span),
      };
    }),
  ];
}

const signal = (
  name: string,
  of: QuantumObservable,
  block: QuantumBlock,
  index: number,
  span: Span,
  unit: Unit = "1",
): Signal => ({
  name,
  unit,
  formula: { kind: "input", index: 0 },
  inputs: [{ kind: "quantum", block: index, of, unit, isInCircuit: block.isInCircuit }],
  span,
});
