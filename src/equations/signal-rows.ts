import type { Circuit, Quantity, Signal } from "../circuit/circuit.js";
import type { FormulaPrograms } from "../circuit/formula-programs.js";
import { type DeviceClass, evaluateGathered, type Member } from "./classes.js";
import { type Reader, readerOf } from "./signals.js";
import { type Numbering, placeOf } from "./unknowns.js";

/**
 * Writes the values of several signals at points (t, x): `t` has a time for each row, `x` the unknowns and `out` the signals
 * row by row.
 */
export type RowReader = (rows: number, t: Float64Array, x: Float64Array, out: Float64Array) => void;

/** Currents of instances of one device: `index[k]` among them, into terminal `terminal[k]`, are value `to[k]` of a row. */
interface Currents {
  readonly of: DeviceClass;
  readonly index: Int32Array;
  readonly terminal: Int32Array;
  readonly to: Int32Array;
}

/**
 * Signals as `readerOf` has them, all of them at once: unknowns in one loop, currents of devices by one loop for each kind.
 * Of a thousand lanes each has a signal.
 */
export function readerOfAll(
  signals: readonly Signal[],
  circuit: Circuit,
  numbering: Numbering,
  members: readonly Member[],
  programs: FormulaPrograms,
): RowReader {
  const unknowns: { readonly place: number; readonly to: number }[] = [];
  const currents = new Map<DeviceClass, { readonly index: number; readonly terminal: number; readonly to: number }[]>();
  const others: { readonly read: Reader; readonly to: number }[] = [];
  for (const [to, signal] of signals.entries()) {
    const quantity = plainly(signal);
    if (quantity?.kind === "node" || quantity?.kind === "own" || quantity?.kind === "block")
      unknowns.push({ place: placeOf(numbering, quantity), to });
    else if (quantity?.kind === "current") {
      const { of, index } = members[quantity.instance]!;
      const known = currents.get(of) ?? [];
      currents.set(of, known);
      known.push({ index, terminal: quantity.terminal, to });
    } else others.push({ read: readerOf(signal, circuit, numbering, members, programs), to });
  }
  const places = Int32Array.from(unknowns, ({ place }) => place);
  const rows = Int32Array.from(unknowns, ({ to }) => to);
  const loops = [...currents].map(([of, all]) => ({
    of,
    index: Int32Array.from(all, ({ index }) => index),
    terminal: Int32Array.from(all, ({ terminal }) => terminal),
    to: Int32Array.from(all, ({ to }) => to),
  }));
  const [size, width] = [numbering.size, signals.length];
  return (count, t, x, out) => {
    for (let row = 0; row < count; row++) {
      for (let k = 0; k < places.length; k++)
        out[row * width + rows[k]!] = places[k]! < 0 ? 0 : x[row * size + places[k]!]!;
    }
    for (let k = 0; k < loops.length; k++) readCurrents(loops[k]!, count, t, x, out, size, width);
    for (let row = 0; row < count && others.length > 0; row++) {
      const at = count === 1 ? x : x.subarray(row * size, (row + 1) * size);
      for (let k = 0; k < others.length; k++) out[row * width + others[k]!.to] = others[k]!.read(t[row]!, at);
    }
  };
}

/** The currents at all points of one instance, then of the next: its values are looked up once. */
function readCurrents(
  { of, index, terminal, to }: Currents,
  count: number,
  t: Float64Array,
  x: Float64Array,
  out: Float64Array,
  size: number,
  width: number,
): void {
  const { device, places, columns, x: local, at } = of;
  for (let k = 0; k < index.length; k++) {
    const from = index[k]! * columns;
    const values = of.values.of(index[k]!);
    for (let row = 0; row < count; row++) {
      for (let column = 0; column < columns; column++) {
        const place = places[from + column]!;
        local[column] = place < 0 ? 0 : x[row * size + place]!;
      }
      if (device.currents === undefined) evaluateGathered(of, index[k]!, t[row]!);
      else device.currents(local, values, at.f);
      out[row * width + to[k]!] = at.f[terminal[k]!]!;
    }
  }
}

/** Readers one after the other, for one point at a time. */
export function oneByOne(readers: readonly Reader[]): RowReader {
  return (_one, t, x, out) => {
    for (let k = 0; k < readers.length; k++) out[k] = readers[k]!(t[0]!, x);
  };
}

/** The quantity that a signal is, if it is no expression of some. */
const plainly = ({ formula, inputs }: Signal): Quantity | undefined =>
  formula.kind === "input" ? inputs[formula.index] : undefined;
