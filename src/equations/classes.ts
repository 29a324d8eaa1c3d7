import type { Circuit, Instance } from "../circuit/circuit.js";
import type { Contribution, Device, Entry } from "../devices/device.js";
import { ClassValues } from "./class-values.js";
import { type Numbering, writePlaces } from "./unknowns.js";

/** The instances of one device, as columns of numbers: what the inner loop runs over. */
export interface DeviceClass {
  readonly device: Device;
  /** Rows and columns of the device's block. */
  readonly rows: number;
  readonly columns: number;
  /** size count: the numbers of the instances in the circuit. */
  readonly instances: Int32Array;
  /** What each is evaluated with; only `override` changes it. */
  readonly values: ClassValues;
  /** size count: the discrete modes. */
  readonly modes: Int32Array;
  /** size count × columns: the place of each local unknown in x, −1 for ground. The first `rows` are rows as well. */
  readonly places: Int32Array;
  readonly charge: Block;
  readonly current: Block;
  /** size count × rows: 1 where the row of a state is replaced by dx/dt = 0. */
  readonly held: Uint8Array;
  /** How many of them. */
  heldCount: number;
  readonly x: Float64Array; // size columns: the unknowns of the instance at hand
  readonly at: Contribution; // its contribution
}

/** The slopes of q or of f: which entries of the local block go where. */
export interface Block {
  /** size m: the place of each entry in the local block, row-major. */
  readonly entries: Int32Array;
  /** size count × m: the slot of each entry in the circuit's matrix, −1 for ground. */
  readonly slots: Int32Array;
}

/** Where an instance stands among the classes. */
export interface Member {
  readonly of: DeviceClass;
  readonly index: number;
}

/** Groups the instances of a circuit by device. */
export function classesOf(circuit: Circuit, numbering: Numbering): DeviceClass[] {
  const groups = new Map<Device, number[]>();
  let last: Device | undefined;
  let group: number[] = [];
  circuit.instances.forEach(({ device }, k) => {
    if (device !== last) {
      group = groups.get(device) ?? [];
      groups.set(device, group);
      last = device;
    }
    group.push(k);
  });
  // What looks back remembers for this system alone.
  return [...groups].map(([device, members]) => classOf(circuit, numbering, device.past?.anew() ?? device, members));
}

function classOf(circuit: Circuit, numbering: Numbering, device: Device, members: readonly number[]): DeviceClass {
  const plain = device.terminals.length + device.own.length;
  const rows = plain + (device.drives ?? 0);
  const columns = plain + device.controls;
  const block = (entries: readonly Entry[] | undefined): Block => {
    const all = entries ? entries.map(([row, column]) => row * columns + column) : [...Array(rows * columns).keys()];
    return { entries: Int32Array.from(all), slots: new Int32Array(members.length * all.length) };
  };
  const hidden = device.pieces?.hidden ?? {};
  const places = new Int32Array(members.length * columns);
  members.forEach((k, index) => {
    writePlaces(numbering, circuit.instances[k]!, k, places, index * columns);
  });
  return {
    device,
    rows,
    columns,
    instances: Int32Array.from(members),
    values: new ClassValues(
      [...new Set([...Object.keys(device.parameters), ...Object.keys(hidden)])],
      hidden,
      members.map((k) => madeOf(circuit.instances[k]!)),
    ),
    modes: new Int32Array(members.length),
    places,
    charge: block(device.slopes?.q),
    current: block(device.slopes?.f),
    held: new Uint8Array(members.length * rows),
    heldCount: 0,
    x: new Float64Array(columns),
    at: {
      q: new Float64Array(rows),
      f: new Float64Array(rows),
      q_x: new Float64Array(rows * columns),
      f_x: new Float64Array(rows * columns),
    },
  };
}

/** The values of an instance: those of its pieces where it is made of real ones. */
const madeOf = ({ device, values, pieces }: Instance): Instance["values"] =>
  device.pieces === undefined || pieces === undefined ? values : device.pieces.made(values, pieces);

/** Takes the unknowns of an instance out of x. */
export function gather({ places, columns, x: local }: DeviceClass, index: number, x: Float64Array): void {
  const from = index * columns;
  for (let k = 0; k < columns; k++) {
    const place = places[from + k]!;
    local[k] = place < 0 ? 0 : x[place]!;
  }
}

/** Evaluates one instance: its contribution stands in `of.at` afterwards. */
export function evaluate(of: DeviceClass, index: number, t: number, x: Float64Array): void {
  gather(of, index, x);
  evaluateGathered(of, index, t);
}

/** The same at the unknowns that stand in `of.x`. */
export function evaluateGathered(of: DeviceClass, index: number, t: number): void {
  clear(of);
  of.device.load(t, of.x, of.values.of(index), of.at, of.modes[index]!);
}

/** Zeroes what is read of a contribution. */
function clear({ at: { q, f, q_x, f_x }, rows, charge, current }: DeviceClass): void {
  for (let k = 0; k < rows; k++) q[k] = f[k] = 0;
  const qs = charge.entries;
  for (let k = 0; k < qs.length; k++) q_x[qs[k]!] = 0;
  const fs = current.entries;
  for (let k = 0; k < fs.length; k++) f_x[fs[k]!] = 0;
}

/** Adds the rows of an instance to those of the circuit. */
export function addRows(
  { places, rows, columns }: DeviceClass,
  index: number,
  from: Float64Array,
  to: Float64Array,
): void {
  const start = index * columns;
  for (let k = 0; k < rows; k++) {
    const place = places[start + k]!;
    if (place >= 0) to[place]! += from[k]!;
  }
}

/** Adds to f by how much the flows of an instance grow at (t, x) where one of its values is larger by 1. */
export function addFlowsBy({ of, index }: Member, name: string, t: number, x: Float64Array, f: Float64Array): void {
  const { device, at, modes, values } = of;
  const given = { ...values.of(index) };
  evaluate(of, index, t, x);
  for (let k = 0; k < of.rows; k++) at.f[k] = -at.f[k]!;
  addRows(of, index, at.f, f);
  clear(of);
  device.load(t, of.x, { ...given, [name]: given[name]! + 1 }, at, modes[index]!);
  addRows(of, index, at.f, f);
}

/** Adds the slopes of an instance to those of the circuit. */
export function addBlock({ entries, slots }: Block, index: number, from: Float64Array, to: Float64Array): void {
  const start = index * entries.length;
  for (let k = 0; k < entries.length; k++) {
    const slot = slots[start + k]!;
    if (slot >= 0) to[slot]! += from[entries[k]!]!;
  }
}

/** The first instance whose contribution or its slopes are not finite at (t, x); undefined if all are. */
export function withoutValue(classes: readonly DeviceClass[], t: number, x: Float64Array): number | undefined {
  for (const of of classes) {
    for (const [index, instance] of of.instances.entries()) {
      evaluate(of, index, t, x);
      const { q, f, q_x, f_x } = of.at;
      if (![q, f, q_x, f_x].every((part) => part.every(Number.isFinite))) return instance;
    }
  }
  return undefined;
}
