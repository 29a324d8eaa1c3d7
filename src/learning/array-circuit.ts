import type { Instance, Unknown } from "../circuit/circuit.js";
import { changed } from "../circuit/plain-device.js";
import type { Device } from "../devices/device.js";
import { currentControlledCurrent, voltageControlledVoltage } from "../devices/sources/controlled.js";
import type { Span } from "../text/source.js";
import type { PairArray } from "./arrays.js";
import { ownUnknown, pulseSource } from "./at-rest.js";
import type { ReadCircuit } from "./read-circuit.js";
import type { PulseCard, Turn, WriteCircuit } from "./write-circuit.js";

// How a memristor of an array is written. While a pulse lasts, rows and columns hang on write drivers, at the places of
// what drives and takes them when they are read:
//
//     the selected row at V, all other rows at 0 V;   the selected column at 0 V, all other columns at V/2
//
// and V is what makes the selected column carry the pulse: i(column) = sgn(s)·(|s| + ith). So without resistance of lines
// the selected memristor gets the pulse exactly, whatever its neighbours are, since the others of its column lie between
// 0 V and 0 V. The others of its row lie at V/2, those in other rows and columns at −V/2: they carry I·g/2g_selected,
// which is below their threshold where no conductance is twice the selected one, times ith/(|s| + ith).
//
// Columns at V/2 are best: at κV, the others of the row see (1 − κ)V and the rest −κV. With all other lines at V/2, as in
// memories, the selected column would carry a current of other rows; with open columns nearly all of V would lie across
// the others of the row. Resistance of lines makes all of this inexact, and it comes out by itself by how much.

/** The circuit in which an array's memristors are written, one at a time. */
export function arrayCircuitOf(
  array: PairArray,
  { circuit, weights }: ReadCircuit,
  { span, timing }: PulseCard,
): WriteCircuit {
  const nodes = ["0", "#v"];
  const height = 1; // the node that carries V
  const numbers = new Map<number, number>([[0, 0]]);
  const at = (node: number): number => {
    const known = numbers.get(node) ?? nodes.push(circuit.nodes[node]!) - 1;
    numbers.set(node, known);
    return known;
  };
  const instances: Instance[] = array.instances.map((k) => {
    const it = circuit.instances[k]!;
    return changed(it, { terminals: it.terminals.map(at) });
  });
  const add = (instance: Instance): number => instances.push(instance) - 1;
  const share = (node: number, gain: number): number =>
    add(controlled("e", voltageControlledVoltage as Device, [at(node), 0, height, 0], gain, span));
  const rows = new Map(array.rows.map((node) => [node, share(node, 0)] as const));
  const columns = new Map(
    array.columns.map((node) => {
      const holds = share(node, 0.5);
      const current = ownUnknown(instances[holds]!, holds, "i");
      const senses = add(controlled("f", currentControlledCurrent as Device, [height, 0], 0, span, [current]));
      return [node, { holds, senses }] as const;
    }),
  );
  const source = add(pulseSource({ name: "#pulse", terminals: [0, height], span }, timing.rise));
  const aims = new Map(
    array.weights.map((index) => {
      const { row, column } = array.endsOf(index);
      const { holds, senses } = columns.get(column)!;
      return [index, [turn(rows.get(row)!, 1, 0), turn(holds, 0, 0.5), turn(senses, 1, 0)]] as const;
    }),
  );
  const kept = array.weights.map((index) => {
    const { instance: whole, state, unit } = weights[index]!;
    const instance = array.instances.indexOf(whole);
    return { index, instance, state: { ...state, instance } as Unknown, unit };
  });
  const rest = { initial: [], guesses: [], held: [] };
  return { circuit: { ...circuit, ...rest, nodes, instances }, source, weights: kept, aims };
}

const turn = (instance: number, on: number, off: number): Turn => ({ instance, setting: "gain", on, off });

const controlled = (
  element: string,
  device: Device,
  terminals: readonly number[],
  gain: number,
  span: Span,
  controls: readonly Unknown[] = [],
): Instance => ({ name: `#${element}${terminals[0]}`, element, device, terminals, controls, values: { gain }, span });
