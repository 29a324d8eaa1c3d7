import { type KernelSet, type Room, roomWith } from "../numerics/kernel-room.js";
import type { DeviceClass } from "./classes.js";
import { bringValues, differing, isCompiled } from "./memristor-loop.js";
import { stepFields } from "./memristor-steps.wasm.js";
import { pointsAtOnce, type StepKernels, stepKernels } from "./step-kernels.js";

/** Fewer points are sooner read one by one. */
const fewestPoints = 16;

/** Currents of instances of one device: `index[k]` among them, into terminal `terminal[k]`, are signal `to[k]`. */
export interface Currents {
  readonly of: DeviceClass;
  readonly index: Int32Array;
  readonly terminal: Int32Array;
  readonly to: Int32Array;
}

/** Where currents of instances of a device are read in compiled code; undefined where its law is not compiled. */
export function memristorCurrents(currents: Currents, size: number): MemristorCurrents | undefined {
  const kernels = isCompiled(currents.of) ? stepKernels(currents.of.device.compiled!.law) : undefined;
  return kernels && new MemristorCurrents(kernels, currents, size);
}

/** Currents of memristors at many points, in compiled code. */
class MemristorCurrents {
  #changes = -1; // of the values that were brought
  #furnished: { readonly arrays: Arrays; readonly kernels: StepKernels } | undefined;

  /** @param size unknowns of a point */
  constructor(
    readonly set: KernelSet<StepKernels>,
    readonly currents: Currents,
    readonly size: number,
  ) {}

  /** Writes the currents at so many points, as a `RowReader` does; false where the host has no compiled code, or it is not worth its while. */
  read(count: number, x: Float64Array, out: Float64Array): boolean {
    if (count < fewestPoints || count > pointsAtOnce(this.size)) return false;
    this.#furnished ??= roomWith(this.set, 0, (room) => arraysIn(room, this.currents, this.size));
    const { arrays, kernels } = this.#furnished;
    const kernel = kernels["memristorCurrents"];
    if (kernel === undefined || !this.#bring(arrays)) return false;
    const { places, which, columns, values, at, signs } = arrays;
    const looked = signs.length;
    arrays.x.set(x.subarray(0, count * this.size));
    kernel(...[looked, count, places, which.length, which, columns, values, at, signs, arrays.x, arrays.out]);
    for (let k = 0; k < looked; k++)
      out.set(arrays.out.subarray(k * count, (k + 1) * count), this.currents.to[k]! * count);
    return true;
  }

  /** Brings the values of those that are looked at, as they are now. */
  #bring(arrays: Arrays): boolean {
    const { of, index } = this.currents;
    if (this.#changes === of.values.changes) return true;
    if (!bringValues(of, arrays.all, stepFields)) return false;
    arrays.values.set(arrays.all.values);
    for (let d = 0; d < arrays.which.length; d++) {
      const column = arrays.all.columns.subarray(d * of.instances.length);
      for (let k = 0; k < index.length; k++) arrays.columns[d * index.length + k] = column[index[k]!]!;
    }
    arrays.which.set(arrays.all.which);
    this.#changes = of.values.changes;
    return true;
  }
}

type Arrays = ReturnType<typeof arraysIn>;

function arraysIn(room: Room, { of, index, terminal }: Currents, size: number) {
  const differ = differing(of.values, stepFields).length;
  return {
    places: room.ints(Int32Array.from([...index].flatMap((at) => [0, 1, 2].map((k) => of.places[3 * at + k]!)))),
    which: room.ints(differ),
    columns: room.doubles(differ * index.length),
    values: room.doubles(stepFields.length),
    at: room.doubles(stepFields.length),
    signs: room.doubles(Float64Array.from(terminal, (k) => (k === 0 ? 1 : -1))),
    x: room.doubles(pointsAtOnce(size) * size),
    out: room.doubles(pointsAtOnce(size) * index.length),
    // Of the whole class.
    all: {
      which: new Int32Array(differ),
      columns: new Float64Array(differ * of.instances.length),
      values: new Float64Array(stepFields.length),
    },
  };
}
