import type { Circuit, Unknown } from "../circuit/circuit.js";
import { FormulaPrograms } from "../circuit/formula-programs.js";
import {
  addFlowsBy,
  addRows,
  classesOf,
  type DeviceClass,
  evaluateGathered,
  type Member,
  withoutValue,
} from "./classes.js";
import type { CompiledSystem } from "./compiled-system.js";
import { Conditions } from "./conditions.js";
import { Corners } from "./corners.js";
import { delaysOf } from "./delays.js";
import { drivenMemristors } from "./driven-memristors.js";
import { fluctuationsOf } from "./fluctuations.js";
import { joined } from "./guard.js";
import { junctionsOf } from "./junctions.js";
import { LaidDown, linearUnknowns } from "./laid-down.js";
import { isLinearAtRest } from "./linear-at-rest.js";
import { isLinear, type LinearPart, linearPart } from "./linear-part.js";
import { Loader } from "./load.js";
import { DeviceModes } from "./modes.js";
import { blockWatch } from "./quantum/block-watch.js";
import { carriedBy } from "./quantum/carried-device.js";
import { withBlocks } from "./quantum/in-circuit.js";
import { readerOfAll } from "./signal-rows.js";
import { placesReadBy, slopesOf } from "./signals.js";
import { chargesOf, placeStamps } from "./stamps.js";
import { kindsOf, type Numbering, numberUnknowns, placeOf } from "./unknowns.js";
import { Walls } from "./walls.js";

/**
 * A circuit's equations d/dt q(x) + f(t, x) = 0. All that can be found once is found here: the numbers of the unknowns,
 * the classes of devices, the pattern, the slot of every entry. Linear in the size of the circuit.
 */
export function compile(flat: Circuit): CompiledSystem {
  const circuit = withBlocks(flat);
  const numbering = numberUnknowns(circuit);
  const { size, unknowns } = numbering;
  const classes = classesOf(circuit, numbering);
  const members = membersOf(circuit, classes);
  const pattern = placeStamps(size, classes);
  const lower = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  const upper = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  const walls = new Walls(classes, lower, upper);
  const jumps = joined([walls, new DeviceModes(classes), new Conditions(classes)]);
  const corners = new Corners(classes);
  const delays = delaysOf(classes, corners, size);
  const laidDown = new LaidDown(classes);
  const charges = chargesOf(pattern, classes);
  const linear = linearPart(classes.filter(isLinear), pattern, charges);
  const programs = new FormulaPrograms();
  const loaders: Loader[] = [];
  const loading = (some: readonly DeviceClass[], part: LinearPart | null = linear): Loader => {
    const loader = new Loader(some, pattern, charges, part);
    loaders.push(loader);
    return loader;
  };
  const loader = loading(classes);
  const others = classes.filter(({ device }) => device.junction === undefined);
  const rest = others.length === classes.length ? loader.load : loading(others).load;
  return {
    circuit,
    pattern,
    charges,
    unknowns,
    lower,
    upper,
    negligible: negligibleSizes(circuit, numbering),
    kind: kindsOf(circuit, numbering),
    logarithmic: logarithms(circuit, numbering),
    place: (unknown: Unknown) => placeOf(numbering, unknown),
    start: () => startOf(circuit, numbering, members),
    isLinear: classes.every(
      ({ device: { slopes, modes, switching } }) => slopes?.fixed === "q and f" && !modes && !switching,
    ),
    load: loader.load,
    stepRoom: () => loader.stepRoom(),
    junctions: junctionsOf(classes, () => laidDown.mark(size), rest),
    linear: linearUnknowns(size, classes),
    drive: (t, f) => {
      for (const of of classes) if (!isLinear(of)) addAtZero(of, t, f);
    },
    get driven() {
      return rowsOf(classes.filter((of) => !isLinear(of)));
    },
    layDown: (t, x) => laidDown.write(t, x),
    laidDown: () => laidDown.mark(size),
    drivenMemristors: (dynamic) => drivenMemristors({ classes, laidDown, dynamic, lower, upper, size }),
    rowsOfCurrent(rows) {
      const isIn = touching(rows, size);
      const some = classes.filter(isIn);
      if (some.some(isLinear)) return loading(some).load;
      const { load } = loading(some, null);
      return (t, x, out) => {
        for (let k = 0; k < rows.length; k++) out.f[rows[k]!] = 0;
        load(t, x, out);
      };
    },
    nextBreak: delays ? (t) => delays.nextBreak(t) : (t) => corners.next(t),
    lookBack: delays,
    get shortestPeriod() {
      return corners.shortestPeriod;
    },
    get shortestWave() {
      return corners.shortestWave;
    },
    guards: jumps.guards,
    guarded: (k) => circuit.instances[jumps.owner(k)]!,
    guard: (t, x, out) => jumps.guard(t, x, out, 0),
    guardAt: (k, t, x) => jumps.guardAt(k, t, x),
    cross: (k, t, x, before) => jumps.cross(k, t, x, before),
    excuse: (k, t, x) => jumps.excuse(k, t, x),
    settleModes: (t, x) => jumps.settle(t, x),
    linearAtRest: classes.every(isLinearAtRest),
    get smooth() {
      return classes.every(isSmooth);
    },
    override(instance, setting, value) {
      const { of, index } = members[instance]!;
      if (!of.values.has(setting)) throw new Error(`${of.device.type} has no value ${setting}`);
      of.values.set(index, setting, value);
      for (const one of loaders) one.change(of);
      walls.refresh();
      if (isLinear(of)) linear.change();
      corners.forget();
    },
    addFlowsBy: (instance, setting, t, x, f) => addFlowsBy(members[instance]!, setting, t, x, f),
    withoutValue: (t, x) => withoutValue(classes, t, x),
    blockWatch: blockWatch(circuit, numbering),
    carried: circuit.blocks.length === 0 ? [] : circuit.instances.flatMap(({ device }) => carriedBy(device) ?? []),
    currentSlopes: (instance, terminal, x) => slopesOf(members[instance]!, terminal, x),
    fluctuations: (x) => fluctuationsOf(circuit, members, x),
    reader: (signals) => readerOfAll(signals, circuit, numbering, members, programs),
    readBy: (signals) => placesReadBy(signals, numbering, members),
  };
}

/** Adds the flows of a class where all unknowns are 0. */
function addAtZero(of: DeviceClass, t: number, f: Float64Array): void {
  of.x.fill(0);
  for (let index = 0; index < of.instances.length; index++) {
    evaluateGathered(of, index, t);
    addRows(of, index, of.at.f, f);
  }
}

/** The rows of the circuit that these classes have a part in, ascending. */
function rowsOf(classes: readonly DeviceClass[]): Int32Array {
  const found = new Set<number>();
  for (const { instances, rows, columns, places } of classes) {
    for (let index = 0; index < instances.length; index++) {
      for (let row = 0; row < rows; row++) found.add(places[index * columns + row]!);
    }
  }
  found.delete(-1);
  return Int32Array.from(found).sort();
}

function membersOf({ instances }: Circuit, classes: readonly DeviceClass[]): readonly Member[] {
  const members = new Array<Member>(instances.length);
  for (const of of classes) {
    for (let index = 0; index < of.instances.length; index++) members[of.instances[index]!] = { of, index };
  }
  return members;
}

/** Whether a class adds to one of these rows. */
function touching(rows: Int32Array, size: number): (of: DeviceClass) => boolean {
  const marked = new Uint8Array(size);
  for (const row of rows) marked[row] = 1;
  return ({ places, rows: own, columns }) => places.some((place, k) => k % columns < own && marked[place] === 1);
}

function isSmooth({ device: { smooth }, instances, values }: DeviceClass): boolean {
  return typeof smooth === "boolean" ? smooth : instances.every((_, index) => smooth(values.of(index)));
}

function startOf(
  { instances }: Circuit,
  { size, firstOwn, owning }: Numbering,
  members: readonly Member[],
): Float64Array {
  const x = new Float64Array(size);
  for (const k of owning) {
    const { own: unknowns } = instances[k]!.device;
    for (let j = 0; j < unknowns.length; j++) {
      const own = unknowns[j]!;
      const { of, index } = members[k]!;
      if (own.role === "state") x[firstOwn[k]! + j] = own.initial(of.values.of(index));
    }
  }
  return x;
}

/** Voltages by `vntol`, currents by `abstol`, all else by what its device says. */
function negligibleSizes(
  { instances, options }: Circuit,
  { size, unknowns, firstOwn, owning }: Numbering,
): Float64Array {
  const negligible = new Float64Array(size).fill(options.vntol);
  for (const k of owning) {
    const { own } = instances[k]!.device;
    for (let j = 0; j < own.length; j++) negligible[firstOwn[k]! + j] = own[j]!.negligible;
  }
  for (let k = 0; k < unknowns.length; k++) {
    const { unit, role } = unknowns[k]!;
    if (role === "branch" && unit === "A") negligible[k] = options.abstol;
    if (role === "branch" && unit === "V") negligible[k] = options.vntol;
  }
  return negligible;
}

/** size n: 1 for states that stand in the equations by their logit. */
function logarithms({ instances }: Circuit, { size, firstOwn, owning }: Numbering): Uint8Array {
  const marked = new Uint8Array(size);
  for (const k of owning) {
    const { own } = instances[k]!.device;
    for (let j = 0; j < own.length; j++) if (own[j]!.coordinate === "logit") marked[firstOwn[k]! + j] = 1;
  }
  return marked;
}
