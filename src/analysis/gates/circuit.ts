import type { Circuit } from "../../circuit/circuit.js";
import type { Operation, QtranCard, QuantumBlock, When } from "../../circuit/quantum/block.js";
import type { BuiltChannels } from "../../equations/channels/built.js";
import { dynamicsOf } from "../../equations/quantum/dynamics.js";
import { dampingCircuit } from "../../quantum/ancilla.js";
import type { CircuitGate, CircuitPart, QuantumCircuit } from "../../result/quantum-circuit.js";
import { channelGates, couplingGates, forgotten, gateOf } from "./acting.js";
import { channelOnWires } from "./dilation.js";
import { Letters } from "./letters.js";
import { measuredOf } from "./measured.js";
import { preparation } from "./preparation.js";
import { type Wires, wiresOf } from "./wires.js";

/** The run of a block in digital steps. */
export type DigitalCard = QtranCard & { readonly method: "digital"; readonly dt: number };

export const isDigital = (card: QtranCard): card is DigitalCard => card.method === "digital" && card.dt !== undefined;

/**
 * The circuit of a digital run over the times of its steps, as it would be sent to a processor of qubits: per step the free
 * rotation of each qubit, then for each memristor RY(θᵢ) on an environment in |0⟩, controlled by its qubit, and a CNOT
 * back, then what acts behind each step. θᵢ = 2 arccos e^{−ΔK/2}, ΔK = ∫Γ over the step.
 *
 * Y.-M. Guo, F. Albarrán-Arriagada, H. Alaeian, E. Solano and G. Alvarado Barrios, Physical Review Applied 18, 024082
 * (2022), where each step has an environment of its own: one that is reset is the same. Throws `NegativeRate`.
 */
export function quantumCircuit(
  block: QuantumBlock,
  card: DigitalCard,
  { outputs, channels }: { readonly outputs: Circuit["outputs"]; readonly channels: BuiltChannels },
  times: Float64Array,
): QuantumCircuit {
  const wires = wiresOf(block, measuredOf(block, card.block, outputs));
  const letters = new Letters();
  const once = new Map(
    block.operations.flatMap((it) => (it.kind === "coupling" ? [] : [[it, onceGates(it, wires, channels)]])),
  );
  const gatesOf = (it: Once): readonly CircuitGate[] => once.get(it)!;
  const step = (): readonly CircuitGate[] => stepGates(block, wires, card.dt, times, letters, gatesOf);
  step(); // so that all letters are known
  return {
    block: block.name,
    wires: wires.all,
    preparation: preparation(block, wires),
    parts: partsOf(block, gatesOf, times, step()),
    letters: letters.table(),
    dt: card.dt,
    shots: card.shots,
  };
}

function stepGates(
  block: QuantumBlock,
  wires: Wires,
  dt: number,
  times: Float64Array,
  letters: Letters,
  gatesOf: (it: Once) => readonly CircuitGate[],
): readonly CircuitGate[] {
  // exp(−iωΔt·sz/2) is RZ(−ωΔt): sz is −Z.
  const free = block.systems.flatMap(({ omega }, k): readonly CircuitGate[] => {
    if (omega === 0) return [];
    const symbol = letters.of("\\omega", [omega * dt], { sign: "−", behind: "\\Delta t" });
    return [{ name: "rz", wires: [wires.system[k]!], angles: [-omega * dt], symbol }];
  });
  const behindEach = block.operations.flatMap((it) => {
    if (it.kind === "coupling") return couplingGates(it, block, wires, times, letters);
    return it.when.kind === "step" ? gatesOf(it) : [];
  });
  return [...free, ...dampingGates(block, wires, times, letters), ...behindEach];
}

function dampingGates(
  block: QuantumBlock,
  wires: Wires,
  times: Float64Array,
  letters: Letters,
): readonly CircuitGate[] {
  return dynamicsOf(block).dampings.flatMap(({ system, rate }) => {
    const steps = Array.from(times.subarray(1), (t, k) => dampingCircuit(rate.between(times[k]!, t)));
    const angles = steps.map(([turn]) => turn!.angle!);
    const symbol = letters.of("\\theta", angles, { meaning: "2 arccos e^{−½∫Γ dt}" });
    const places = [wires.system[system]!, wires.environment[system]!];
    const gates = steps[0]!.map(({ kind, qubits }): CircuitGate => {
      const on = qubits.map((k) => places[k]!);
      return kind === "cry"
        ? { name: "cry", wires: on, angles, symbol }
        : { name: "cx", wires: on, angles: undefined, symbol: "" };
    });
    return [...gates, forgotten(places[1]!)];
  });
}

/** What acts at once, by itself. */
type Once = Exclude<Operation, { kind: "coupling" }>;

function onceGates(it: Once, wires: Wires, channels: BuiltChannels): readonly CircuitGate[] {
  if (it.kind === "gate") return [gateOf(it, wires)];
  if (it.kind === "mode") return []; // on oscillators, of whose blocks `whyWithoutGates` has told
  if (it.map.kind === "standard") return channelGates(it.map, it.systems[0]!, wires);
  const { channel } = channels.at(it.map.channel)!; // those that cannot be made are errors of the netlist
  const [from, to] = [it.map.from, it.map.to].map((some) => some.map((k) => wires.system[k]!));
  return channelOnWires(it.name, channel, from!, to!);
}

const timeOf = (when: When): number => (when.kind === "at" ? when.time : 0);

/** Steps, and between them what acts once: at the start, or behind the step at whose end its time has come. */
function partsOf(
  block: QuantumBlock,
  gatesOf: (it: Once) => readonly CircuitGate[],
  times: Float64Array,
  step: readonly CircuitGate[],
): readonly CircuitPart[] {
  const steps = times.length - 1;
  const once = new Map<number, CircuitGate[]>();
  const timed = block.operations
    .flatMap((it) => (it.kind === "coupling" || it.when.kind === "step" ? [] : [{ it, time: timeOf(it.when) }]))
    .sort((a, b) => a.time - b.time);
  for (const { it, time } of timed) {
    const behind = times.findIndex((t) => t >= time * (1 - 1e-12));
    if (behind >= 0) once.set(behind, [...(once.get(behind) ?? []), ...gatesOf(it)]);
  }
  const stops = [...new Set([0, ...once.keys(), steps])].sort((a, b) => a - b);
  return stops.flatMap((stop, k): readonly CircuitPart[] => {
    const before = stops[k - 1] ?? stop;
    const gates = once.get(stop);
    return [
      ...(stop > before ? [{ kind: "steps", first: before, count: stop - before, gates: step } as const] : []),
      ...(gates !== undefined ? [{ kind: "once", first: stop, count: 1, gates } as const] : []),
    ];
  });
}
