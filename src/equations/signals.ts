import type { Circuit, Quantity, Signal } from "../circuit/circuit.js";
import type { FormulaPrograms } from "../circuit/formula-programs.js";
import { evaluate, gather, type Member } from "./classes.js";
import { blockReader } from "./quantum/block-reader.js";
import { type Numbering, placeOf } from "./unknowns.js";

/** A number that can be read off a solution. */
export type Reader = (t: number, x: Float64Array) => number;

/** A signal as a function of (t, x). `members` tells where each instance stands. */
export function readerOf(
  signal: Signal,
  circuit: Circuit,
  numbering: Numbering,
  members: readonly Member[],
  programs: FormulaPrograms,
): Reader {
  const { formula, inputs } = signal;
  const readers = inputs.map((quantity) => quantityReader(quantity, circuit, numbering, members));
  if (formula.kind === "input") return readers[formula.index]!;
  const program = programs.compile(formula, readers.length);
  const u = new Float64Array(readers.length);
  return (t, x) => {
    for (let k = 0; k < readers.length; k++) u[k] = readers[k]!(t, x);
    return program.value(t, u);
  };
}

function quantityReader(
  quantity: Quantity,
  circuit: Circuit,
  numbering: Numbering,
  members: readonly Member[],
): Reader {
  switch (quantity.kind) {
    case "node":
    case "own":
    case "block": {
      const place = placeOf(numbering, quantity);
      return place < 0 ? () => 0 : (_t, x) => x[place]!;
    }
    case "current": {
      const { of, index } = members[quantity.instance]!;
      return (t, x) => {
        evaluate(of, index, t, x);
        return of.at.f[quantity.terminal]!;
      };
    }
    case "noise":
      return () => Number.NaN; // of `.noise` alone, which reads it itself
    case "quantum":
      return blockReader(quantity.of, quantity.block, circuit, numbering);
    case "observable": {
      const { device, name } = circuit.instances[quantity.instance]!;
      const observable = device.observables?.find((one) => one.name === quantity.name);
      if (observable === undefined) throw new Error(`${name} has no observable ${quantity.name}`);
      const { of, index } = members[quantity.instance]!;
      return (t, x) => {
        gather(of, index, x);
        return observable.of(of.x, of.values.of(index), t);
      };
    }
  }
}

/** The places in x that signals look at; undefined where one looks at a quantum block, which may be any. */
export function placesReadBy(
  signals: readonly Signal[],
  numbering: Numbering,
  members: readonly Member[],
): Int32Array | undefined {
  const read = new Set<number>();
  for (const quantity of signals.flatMap(({ inputs }) => inputs)) {
    const places = placesOf(quantity, numbering, members);
    if (places === undefined) return undefined;
    for (const place of places) if (place >= 0) read.add(place);
  }
  return Int32Array.from(read).sort();
}

function placesOf(quantity: Quantity, numbering: Numbering, members: readonly Member[]): Iterable<number> | undefined {
  switch (quantity.kind) {
    case "node":
    case "own":
    case "block":
      return [placeOf(numbering, quantity)];
    case "current":
    case "observable": {
      const { of, index } = members[quantity.instance]!;
      return of.places.subarray(index * of.columns, (index + 1) * of.columns);
    }
    case "noise":
      return [];
    case "quantum":
      return undefined;
  }
}

/** How the current into a terminal follows the unknowns about x, nothing moving. */
export function slopesOf({ of, index }: Member, terminal: number, x: Float64Array) {
  evaluate(of, index, -Infinity, x);
  const { columns, places, at } = of;
  const entries = [...of.current.entries].filter((entry) => Math.floor(entry / columns) === terminal);
  return entries.map((entry) => ({ place: places[index * columns + (entry % columns)]!, slope: at.f_x[entry]! }));
}
