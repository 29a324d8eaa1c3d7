import type { RowsAt } from "../numerics/integrator.js";
import type { CompiledSteps, Course, StepTable } from "../numerics/integrators/compiled-steps.js";
import { type Room, roomWith } from "../numerics/kernel-room.js";
import { toleranceArrays } from "../numerics/step-control.js";
import type { DeviceClass } from "./classes.js";
import type { LaidDown, LaidDownBy } from "./laid-down.js";
import { bringValues, differing, isCompiled } from "./memristor-loop.js";
import { stepFields } from "./memristor-steps.wasm.js";
import { pointsAtOnce, type StepKernels, stepKernels } from "./step-kernels.js";

/** Doubles that are kept of steps, and the most of them. */
const most = { doubles: 32768, steps: 1024 };
/** Numbers by which the module knows a source. */
const shape = 9;
/** Stages of a step, and terms of all sums of its table, at most. */
const table = { stages: 16, sums: 24, terms: 256 };

/** Where memristors and their sources stand in a circuit. */
interface Surroundings {
  readonly classes: readonly DeviceClass[];
  readonly laidDown: LaidDown;
  readonly dynamic: Int32Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly size: number;
}

/**
 * Steps for memristors of one kind whose voltages sources lay down, each a sine or straight between its corners: nothing is
 * solved for, and a state's rate is its law's. Undefined where it is not so, or where the host has no compiled code.
 */
export function drivenMemristors({
  classes,
  laidDown,
  dynamic,
  ...around
}: Surroundings): DrivenMemristors | undefined {
  const of = classes.find(
    ({ device, instances }) => device.compiled !== undefined && instances.length === dynamic.length,
  );
  if (of === undefined || !isCompiled(of) || !dynamic.every((place, k) => of.places[3 * k + 2] === place))
    return undefined;
  const sources = laidDown.sources().filter(({ of: { device } }) => device.source!.isSine || device.source!.isStraight);
  const known = new Map(sources.map(({ place }, j) => [place, j]));
  const ports = [...dynamic.keys()].flatMap((k) => [of.places[3 * k]!, of.places[3 * k + 1]!]);
  if (!ports.every((place) => place < 0 || known.has(place))) return undefined;
  const furnished = furnish(
    of,
    sources,
    ports.map((place) => known.get(place) ?? -1),
    dynamic,
    around,
  );
  return furnished && new DrivenMemristors(of, sources, furnished);
}

type Arrays = ReturnType<typeof arraysIn>;

function arraysIn(room: Room, of: DeviceClass, sources: readonly LaidDownBy[], n: number, around: Around) {
  const count = of.instances.length;
  const differ = differing(of.values, stepFields).length;
  const steps = Math.min(most.steps, Math.ceil(most.doubles / (2 + 8 * count)));
  return {
    steps,
    course: room.doubles(stepFields.length),
    devices: {
      differing: differ,
      which: room.ints(differ),
      columns: room.doubles(differ * count),
      values: room.doubles(stepFields.length),
      at: room.doubles(stepFields.length),
      ports: room.ints(around.ports),
      isHeld: room.ints(count),
      lower: room.doubles(around.lower),
      upper: room.doubles(around.upper),
    },
    sources: {
      sources: sources.length,
      shapes: room.doubles(shape * sources.length),
      voltage: room.doubles(sources.length),
    },
    table: {
      nodes: room.doubles(table.stages),
      first: room.ints(table.sums),
      stage: room.ints(table.terms),
      factor: room.doubles(table.terms),
    },
    solution: {
      ...{ y: room.doubles(count), trial: room.doubles(count), error: room.doubles(count) },
      ...{ rates: room.doubles(table.stages * count), slopes: room.doubles(table.stages * count) },
      ...{ largest: room.doubles(count), grown: room.doubles(count), mostGrown: room.doubles(count) },
    },
    tolerance: toleranceArrays(room, count),
    kept: room.doubles(steps * (2 + 8 * count)),
    places: room.ints(around.places),
    times: room.doubles(pointsAtOnce(n)),
    rows: room.doubles(pointsAtOnce(n) * n),
  };
}

interface Around {
  readonly ports: Int32Array;
  readonly places: Int32Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

function furnish(
  of: DeviceClass,
  sources: readonly LaidDownBy[],
  ports: readonly number[],
  dynamic: Int32Array,
  { lower, upper, size }: Pick<Surroundings, "lower" | "upper" | "size">,
) {
  const around = {
    ports: Int32Array.from(ports),
    places: Int32Array.from([...dynamic, ...sources.map(({ place }) => place)]),
    lower: Float64Array.from(dynamic, (place) => lower[place]!),
    upper: Float64Array.from(dynamic, (place) => upper[place]!),
  };
  const kernels = stepKernels(of.device.compiled!.law);
  if (kernels === undefined) return undefined;
  const furnished = roomWith(kernels, 0, (room) => arraysIn(room, of, sources, size, around));
  return furnished.memory && furnished;
}

/** The steps of some memristors, in compiled code. */
export class DrivenMemristors implements CompiledSteps, RowsAt {
  readonly room: number;
  readonly most: number;
  readonly #of: DeviceClass;
  readonly #sources: readonly LaidDownBy[];
  readonly #arrays: Arrays;
  readonly #kernels: StepKernels;
  readonly #steps: (most: number) => number;

  constructor(
    of: DeviceClass,
    sources: readonly LaidDownBy[],
    { arrays, kernels }: { readonly arrays: Arrays; readonly kernels: StepKernels },
  ) {
    this.#of = of;
    this.#sources = sources;
    this.#arrays = arrays;
    this.#kernels = kernels;
    this.room = arrays.steps;
    this.most = arrays.times.length;
    const { course, devices, table, solution, kept, tolerance } = arrays;
    const tolerated = { ...tolerance, floor: tolerance.conceded };
    const steps = kernels["memristorSteps"]!;
    const count = of.instances.length;
    this.#steps = (wanted) => steps(count, wanted, course, devices, arrays.sources, table, solution, tolerated, kept);
  }

  get tolerance() {
    return this.#arrays.tolerance;
  }

  get y(): Float64Array {
    return this.#arrays.solution.y;
  }

  get rate(): Float64Array {
    return this.#arrays.solution.rates.subarray(0, this.y.length);
  }

  get largest(): Float64Array {
    return this.#arrays.solution.largest;
  }

  get grown(): Float64Array {
    return this.#arrays.solution.grown;
  }

  get mostGrown(): Float64Array {
    return this.#arrays.solution.mostGrown;
  }

  begin(columns: StepTable, course: Course): void {
    const { table, devices } = this.#arrays;
    for (const name of ["nodes", "first", "stage", "factor"] as const) table[name].set(columns[name]);
    for (const [name, value] of Object.entries(course)) this.#arrays.course[stepFields.indexOf(name)] = value;
    if (!bringValues(this.#of, devices, stepFields)) throw new Error("Memristors differ in more values than before.");
    for (let k = 0; k < devices.isHeld.length; k++) devices.isHeld[k] = this.#of.held[3 * k + 2]!;
    for (const [j, source] of this.#sources.entries()) this.#shape(source, shape * j, course);
  }

  /** A sine by its values; what is straight by its value at the beginning of the stretch and its slope. */
  #shape({ of, index, sign, at }: LaidDownBy, to: number, { first, last }: Course): void {
    const { shapes } = this.#arrays.sources;
    const { vo, va, freq, td, theta, phase, count } = of.values.of(index) as Readonly<Record<string, number>>;
    if (of.device.source!.isSine) shapes.set([sign, 1, vo!, va!, freq!, td!, theta!, phase!, count!], to);
    else shapes.set([1, 0, at(first), last > first ? (at(last) - at(first)) / (last - first) : 0, first], to);
  }

  take(name: keyof Course): number {
    return this.#arrays.course[stepFields.indexOf(name)]!;
  }

  go(wanted: number): number {
    return this.#steps(wanted);
  }

  get from(): number {
    return this.#arrays.kept[this.#last]!;
  }

  get length(): number {
    return this.#arrays.kept[this.#last + 1]!;
  }

  /** Where the last step stands among those that are kept. */
  get #last(): number {
    return (this.take("kept") - 1) * (2 + 8 * this.y.length);
  }

  interpolate(t: number, out: Float64Array): void {
    this.#arrays.times[0] = t;
    const row = this.#rows(1);
    for (let k = 0; k < out.length; k++) out[k] = row[this.#arrays.places[k]!]!;
  }

  holds(places: Int32Array): boolean {
    return places.every((place) => place < 0 || this.#arrays.places.includes(place));
  }

  at(times: Float64Array, count: number): Float64Array {
    this.#arrays.times.set(times.subarray(0, count));
    return this.#rows(count);
  }

  #rows(count: number): Float64Array {
    const { times, course, devices, sources, kept, places, rows } = this.#arrays;
    const steps = this.take("kept");
    this.#kernels["memristorPoints"]!(
      ...[devices.isHeld.length, count, times, steps, course, sources, kept, places, rows],
    );
    return rows;
  }
}
