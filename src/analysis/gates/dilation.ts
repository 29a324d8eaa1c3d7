import { columnsOf } from "../../numerics/linear/columns.js";
import type { Channel } from "../../quantum/channel.js";
import { minimalForm } from "../../quantum/choi.js";
import type { CircuitGate } from "../../result/quantum-circuit.js";
import { forgotten } from "./acting.js";
import { isometryGates } from "./isometry.js";

/**
 * A channel on qubits as gates: V|i⟩ = Σ_a K_a|i⟩ ⊗ |a⟩ is a part of a unitary, and who forgets the qubits of |a⟩ is left with
 * Σ K_a ρ K_a† (W. Stinespring, Proceedings of the American Mathematical Society 6, 211, 1955). |a⟩ stands where the channel takes
 * and does not give, and on spare qubits where that is not enough.
 *
 * @param from, to wires, the first the slow part
 */
export function channelOnWires(
  name: string,
  channel: Channel,
  from: readonly number[],
  to: readonly number[],
): readonly CircuitGate[] {
  const { count, output, input, re, im } = minimalForm(channel);
  const lost = to.filter((wire) => !from.includes(wire));
  const emptied = from.filter((wire) => !to.includes(wire));
  const wires = [...from, ...lost];
  const spare = Math.max(0, Math.ceil(Math.log2(count)) - emptied.length);
  const qubits = wires.length + spare;
  const places = (some: readonly number[]): readonly number[] => some.map((wire) => wires.indexOf(wire));
  const beside = [...places(emptied), ...Array.from({ length: spare }, (_, k) => wires.length + k)];
  const V = columnsOf(2 ** qubits, input);
  for (let a = 0; a < count; a++) {
    for (let o = 0; o < output; o++) {
      const row = spread(o, places(to), qubits) + spread(a, beside, qubits);
      for (let i = 0; i < input; i++) {
        const [at, entry] = [i * V.rows + row, (a * output + o) * input + i];
        V.re[at] = re[entry]!;
        V.im[at] = im[entry]!;
      }
    }
  }
  const starts = Array.from({ length: input }, (_, i) => spread(i, places(from), qubits));
  const gates = isometryGates(V, starts, qubits);
  const box: CircuitGate = { name: "channel", wires, angles: undefined, symbol: name, channel: { name, spare, gates } };
  return [...lost.map(forgotten), box, ...emptied.map(forgotten)];
}

/** The index of all qubits, the first the slow part, when some have the bits of a number and the others are 0. */
const spread = (number: number, places: readonly number[], qubits: number): number =>
  places.reduce((index, place, k) => index + (((number >> (places.length - 1 - k)) & 1) << (qubits - 1 - place)), 0);
