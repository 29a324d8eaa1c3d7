import { type DeviceClass, evaluate, evaluateGathered } from "./classes.js";

/** A source that lays down an unknown: its value times this, in an instance of a class. */
export interface LaidDownBy {
  readonly place: number;
  readonly of: DeviceClass;
  readonly index: number;
  readonly sign: number;
  /** The unknown at a time. */
  at(t: number): number;
}

/** An equation of fixed slopes that speaks of one unknown alone, as that of a voltage source with one end at ground. */
interface Equation {
  readonly of: DeviceClass;
  readonly index: number; // of the instance
  readonly row: number; // of the device's block
  readonly column: number;
  readonly place: number; // of the unknown in x
}

/** The unknowns that single equations lay down, whatever the others are. */
export class LaidDown {
  readonly #equations: readonly Equation[];

  constructor(classes: readonly DeviceClass[]) {
    this.#equations = classes
      .filter(({ device, charge }) => device.slopes?.fixed === "q and f" && charge.entries.length === 0)
      .filter(({ device }) => device.own.length > 0)
      .flatMap((of) => [...of.instances.keys()].flatMap((index) => equationsOf(of, index)));
  }

  /** Gives these unknowns of x their values at time t. */
  write(t: number, x: Float64Array): void {
    for (let k = 0; k < this.#equations.length; k++) {
      const { of, index, row, column, place } = this.#equations[k]!;
      evaluate(of, index, t, x);
      const slope = of.at.f_x[row * of.columns + column]!;
      if (slope !== 0) x[place]! -= of.at.f[row]! / slope;
    }
  }

  /** The independent sources among what lays down unknowns. */
  sources(): readonly LaidDownBy[] {
    return this.#equations.flatMap(({ of, index, row, column, place }): LaidDownBy[] => {
      if (of.device.source === undefined) return [];
      const at = (t: number): number => {
        evaluateAtZero(of, index, t);
        return -of.at.f[row]! / of.at.f_x[row * of.columns + column]!;
      };
      at(Number.NEGATIVE_INFINITY);
      const slope = of.at.f_x[row * of.columns + column]!;
      return slope === 0 ? [] : [{ place, of, index, sign: 1 / slope, at }];
    });
  }

  /** size n: 1 for the unknowns that `write` gives their values. */
  mark(size: number): Uint8Array {
    const marked = new Uint8Array(size);
    for (const { of, index, row, column, place } of this.#equations) {
      evaluate(of, index, Number.NEGATIVE_INFINITY, new Float64Array(size));
      if (of.at.f_x[row * of.columns + column] !== 0) marked[place] = 1;
    }
    return marked;
  }
}

/** Evaluates an instance where all unknowns are 0. */
function evaluateAtZero(of: DeviceClass, index: number, t: number): void {
  of.x.fill(0);
  evaluateGathered(of, index, t);
}

/** Looks through the device's own rows: those of its terminals are sums to which others add. */
function equationsOf(of: DeviceClass, index: number): readonly Equation[] {
  const { device, columns, current, places } = of;
  return device.own.flatMap((_, k) => {
    const row = device.terminals.length + k;
    const spokenOf = [...current.entries]
      .filter((entry) => Math.floor(entry / columns) === row)
      .map((entry) => entry % columns)
      .filter((column) => places[index * columns + column]! >= 0);
    const [column] = spokenOf;
    if (column === undefined || spokenOf.length > 1) return [];
    return [{ of, index, row, column, place: places[index * columns + column]! }];
  });
}

/** size n: 1 for unknowns in which f is linear as long as the others stand: that is what every device says that reads them. */
export function linearUnknowns(size: number, classes: readonly DeviceClass[]): Uint8Array {
  const linear = new Uint8Array(size).fill(1);
  for (const { device, columns, current, instances, places } of classes) {
    if (device.slopes?.fixed === "q and f") continue;
    const stated = new Set(device.slopes?.linear);
    for (let index = 0; index < instances.length; index++) {
      for (const entry of current.entries) {
        const place = places[index * columns + (entry % columns)]!;
        if (place >= 0 && !stated.has(entry % columns)) linear[place] = 0;
      }
    }
  }
  return linear;
}
