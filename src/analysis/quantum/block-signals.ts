import type { Circuit, LoopSignals, Signal } from "../../circuit/circuit.js";
import type { QuantumBlock } from "../../circuit/quantum/block.js";
import type { QuantumObservable } from "../../circuit/quantum/observable.js";
import type { Span } from "../../text/source.js";
import type { Unit } from "../../units/unit.js";

/** What a run of a block shows unless the netlist asks for more: voltage and current of each memristor, else populations. */
export function blockSignals(block: QuantumBlock, index: number): readonly Signal[] {
  const ports = blockLoops(block, index).flatMap(({ voltage, current }) => [voltage, current]);
  const photons = block.photonics.flatMap(({ name, span }, photonic) =>
    (["nin", "nout"] as const).map((kind) =>
      signal(`${kind}(${block.name}.${name})`, { kind, photonic }, block, index, span),
    ),
  );
  if (ports.length + photons.length > 0) return [...ports, ...photons];
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

/** The period of what a signal is of: 2π/ω of a quantum memristor's system; undefined of all else. */
export function ownPeriod({ inputs: [input] }: Signal, { blocks }: Circuit): number | undefined {
  if (input?.kind !== "quantum" || !("memristor" in input.of)) return undefined;
  const { memristors, systems } = blocks[input.block]!;
  const { omega } = systems[memristors[input.of.memristor]!.system]!;
  return omega > 0 ? (2 * Math.PI) / omega : undefined;
}

/** Voltage and current of a block's memristors. */
export const blockLoops = (block: QuantumBlock, index: number): readonly LoopSignals[] =>
  block.memristors.map(({ name, span }, memristor) => {
    const device = `${block.name}.${name}`;
    const [volts, amperes]: readonly [Unit, Unit] =
      block.units.system === "si" || block.isInCircuit ? ["V", "A"] : ["1", "1"];
    return {
      device,
      voltage: signal(`v(${device})`, { kind: "voltage", memristor }, block, index, span, volts),
      current: signal(`i(${device})`, { kind: "current", memristor }, block, index, span, amperes),
    };
  });

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
