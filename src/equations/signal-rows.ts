import type { Circuit, Quantity, Signal, Unknown } from "../circuit/circuit.js";
import type { FormulaPrograms } from "../circuit/formula-programs.js";
import { logistic } from "../expressions/elementary.js";
import { type DeviceClass, evaluateGathered, type Member } from "./classes.js";
import { type Currents, memristorCurrents } from "./memristor-currents.js";
import { type Reader, readerOf } from "./signals.js";
import { type Numbering, placeOf } from "./unknowns.js";

/**
 * Writes the values of several signals at so many points (t, x): `t` has a time for each, `x` the points' values of one unknown
 * after those of the other, and `out` of one signal after those of the other.
 */
export type RowReader = (points: number, t: Float64Array, x: Float64Array, out: Float64Array) => void;

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
  const unknowns: Looked[] = [];
  const currents = new Map<DeviceClass, { readonly index: number; readonly terminal: number; readonly to: number }[]>();
  const logits: Looked[] = [];
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
    } else if (logitIn(signal) !== undefined) logits.push({ place: placeOf(numbering, logitIn(signal)!), to });
    else others.push({ read: readerOf(signal, circuit, numbering, members, programs), to });
  }
  const loops = [...currents].map(([of, all]): Currents => {
    const index = Int32Array.from(all, (one) => one.index);
    return {
      of,
      index,
      terminal: Int32Array.from(all, (one) => one.terminal),
      to: Int32Array.from(all, (one) => one.to),
    };
  });
  const compiled = loops.map((one) => memristorCurrents(one, numbering.size));
  const alone = new Float64Array(numbering.size); // one of several points
  return (count, t, x, out) => {
    for (let k = 0; k < unknowns.length; k++) readUnknown(unknowns[k]!, count, x, out);
    for (let k = 0; k < loops.length; k++) {
      if (compiled[k]?.read(count, x, out) !== true) readCurrents(loops[k]!, count, t, x, out);
    }
    for (let k = 0; k < logits.length; k++) readLogit(logits[k]!, count, x, out);
    for (let point = 0; point < count && others.length > 0; point++) {
      if (count > 1) for (let j = 0; j < alone.length; j++) alone[j] = x[j * count + point]!;
      for (let k = 0; k < others.length; k++)
        out[others[k]!.to * count + point] = others[k]!.read(t[point]!, count > 1 ? alone : x);
    }
  };
}

/** An unknown, by its place in x (−1: ground), that is a signal. */
interface Looked {
  readonly place: number;
  readonly to: number;
}

function readUnknown({ place, to }: Looked, count: number, x: Float64Array, out: Float64Array): void {
  for (let point = 0; point < count; point++) out[to * count + point] = place < 0 ? 0 : x[place * count + point]!;
}

function readLogit({ place, to }: Looked, count: number, x: Float64Array, out: Float64Array): void {
  for (let point = 0; point < count; point++) out[to * count + point] = logistic(x[place * count + point]!);
}

/** The currents at all points of one instance, then of the next: its values are looked up once. */
function readCurrents(
  { of, index, terminal, to }: Currents,
  count: number,
  t: Float64Array,
  x: Float64Array,
  out: Float64Array,
): void {
  const { device, places, columns, x: local, at } = of;
  for (let k = 0; k < index.length; k++) {
    const from = index[k]! * columns;
    const values = of.values.of(index[k]!);
    for (let point = 0; point < count; point++) {
      for (let column = 0; column < columns; column++) {
        const place = places[from + column]!;
        local[column] = place < 0 ? 0 : x[place * count + point]!;
      }
      if (device.currents === undefined) evaluateGathered(of, index[k]!, t[point]!);
      else device.currents(local, values, at.f);
      out[to[k]! * count + point] = at.f[terminal[k]!]!;
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

/** The unknown whose logistic function a signal is: a state that stands by its logit. */
function logitIn({ formula, inputs }: Signal): Unknown | undefined {
  if (formula.kind !== "call" || formula.name !== "logistic") return undefined;
  const [of] = formula.arguments;
  const quantity = of?.kind === "input" ? inputs[of.index] : undefined;
  return quantity?.kind === "own" ? quantity : undefined;
}
