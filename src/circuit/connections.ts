import type { Device } from "../devices/device.js";
import type { Looked } from "./network.js";
import type { Part } from "./part.js";

/** Two terminals of a device, by their numbers. */
type Pair = readonly [number, number];

/** How a device ties its terminals together, read off the places where its slopes can differ from zero. */
interface Shape {
  /** Pairs of terminals with a path for direct current between them. */
  readonly conducting: readonly Pair[];
  /** Pairs whose current is an own unknown, and whether the device's own equation for it speaks of no current. */
  readonly branches: readonly { readonly pair: Pair; readonly row: number; readonly stiff: boolean }[];
  /** Currents that follow from controls: where a control is a terminal's own node, the device conducts. */
  readonly controlled: readonly { readonly row: number; readonly control: number }[];
  /** The same for controls that are terminals which only look. */
  readonly looking: readonly Pair[];
  /** Equations of branches that follow from controls: where a control is a current, they lay no voltage down. */
  readonly branchControls: readonly { readonly row: number; readonly control: number }[];
  /** There is nothing but conducting pairs. */
  readonly isPlain: boolean;
  /** All pairs of terminals that a current flows between. */
  readonly ports: readonly Pair[];
  readonly charged: boolean;
}

const shapes = new WeakMap<Device, Shape>();

function shapeOf(device: Device): Shape {
  const known = shapes.get(device);
  if (known !== undefined) return known;
  const made = makeShape(device);
  shapes.set(device, made);
  return made;
}

function makeShape(device: Device): Shape {
  const terminals = device.terminals.length;
  const plain = terminals + device.own.length;
  const { q, f } = device.slopes ?? everything(plain, device.controls);
  // A terminal that others depend on and that has no current of its own only looks, as `cp` and `cn` do.
  const rows = new Set([...q, ...f].map(([row]) => row));
  const looks = (k: number): boolean => !rows.has(k) && f.some(([, column]) => column === k);
  const carrying = Array.from({ length: terminals }, (_, k) => k).filter((k) => !looks(k));
  const carries = (row: number): boolean => carrying.includes(row);
  // A row that says of its unknown only what it is the slope of: 0 for direct current.
  const isRate = (row: number): boolean => q.some(([r]) => r === row) && f.every(([r, c]) => r !== row || c === row);
  const flowsBy = (row: number): boolean => isRate(row) && f.some(([r, c]) => carries(r) && c === row);
  const charging = device.own.some((_, k) => flowsBy(terminals + k)); // then whatever else it reads only scales that
  const branches = device.own.flatMap(({ role }, k) => {
    const row = terminals + k;
    const [a, b] = f.filter(([r, c]) => carries(r) && c === row).map(([r]) => r);
    if (role !== "branch" || a === undefined || b === undefined || isRate(row)) return [];
    return [{ pair: [a, b] as const, row, stiff: !f.some(([r, c]) => r === row && c === row) }];
  });
  const rest = carrying.slice(1).map((k) => [carrying[0]!, k] as const);
  const pairs = f.filter(([row, column]) => carries(row) && carries(column) && row !== column);
  const controlled = f.flatMap(([row, column]) =>
    carries(row) && column >= plain && !charging ? [{ row, control: column - plain }] : [],
  );
  const looking = f.filter(([row, column]) => carries(row) && !carries(column) && column < terminals);
  return {
    conducting: pairs.filter(([a, b], k) => !pairs.slice(0, k).some(([c, d]) => a === d && b === c)),
    branches,
    controlled,
    looking,
    isPlain: branches.length + controlled.length + looking.length === 0,
    branchControls: f.flatMap(([row, column]) =>
      row >= terminals && column >= plain ? [{ row, control: column - plain }] : [],
    ),
    ports: rest,
    charged: charging || q.some(([row]) => carries(row)),
  };
}

function everything(rows: number, controls: number) {
  const columns = rows + controls;
  const all = Array.from({ length: rows * columns }, (_, k): Pair => [Math.floor(k / columns), k % columns]);
  return { q: all, f: all };
}

type Visit = (a: number, b: number) => unknown;

/** Whether a device may lay down the voltage between two of its nodes. */
export const laysDown = (device: Device): boolean => shapeOf(device).branches.some((it) => it.stiff);

/** Visits the pairs of nodes that a direct current can flow between; tells whether there are any. */
export function conducting({ device, terminals, controls }: Looked, visit: Visit): boolean {
  const shape = shapeOf(device!);
  let any = shape.conducting.length > 0 || shape.branches.length > 0;
  for (let k = 0; k < shape.conducting.length; k++) {
    const pair = shape.conducting[k]!;
    visit(terminals[pair[0]]!, terminals[pair[1]]!);
  }
  if (shape.isPlain) return any;
  for (const { pair } of shape.branches) visit(terminals[pair[0]]!, terminals[pair[1]]!);
  // `G1 a 0 value={v(a)/1k}` is a resistor: what it carries depends on its own voltage.
  const look = (row: number, node: number): void => {
    if (node === terminals[row] || !shape.ports.some((port) => port.some((k) => terminals[k] === node))) return;
    visit(terminals[row]!, node);
    any = true;
  };
  for (const [row, column] of shape.looking) look(row, terminals[column]!);
  for (const { row, control } of shape.controlled) {
    const by = controls[control];
    if (by?.kind === "node") look(row, by.node);
  }
  return any;
}

/** Visits the pairs of nodes whose voltage a device lays down for direct current: sources, and inductors. */
export function stiff({ device, terminals, controls }: Part, visit: Visit): void {
  const { branches, branchControls } = shapeOf(device!);
  for (const { pair, row, stiff } of branches) {
    // One whose voltage follows from a current may be a resistance. Where it is none, the operating point will tell.
    const byCurrent = branchControls.some((it) => it.row === row && controls[it.control]?.kind === "own");
    if (stiff && !byCurrent) visit(terminals[pair[0]]!, terminals[pair[1]]!);
  }
}

/** Visits the pairs of nodes between which a device that does not conduct has a charge (true) or drives a current. */
export function bridging(part: Part, visit: (a: number, b: number, charged: boolean) => void): void {
  const { ports, charged } = shapeOf(part.device!);
  for (const [a, b] of ports) visit(part.terminals[a]!, part.terminals[b]!, charged);
}

/** Sets of nodes that grow together. */
export class NodeSets {
  readonly #parent: Int32Array; // size nodes: towards the set's first member

  constructor(nodes: number) {
    this.#parent = new Int32Array(nodes);
    for (let k = 0; k < nodes; k++) this.#parent[k] = k;
  }

  /** The member that stands for the set of a node. */
  of(node: number): number {
    let at = node;
    while (this.#parent[at] !== at) {
      this.#parent[at] = this.#parent[this.#parent[at]!]!;
      at = this.#parent[at]!;
    }
    return at;
  }

  /** Joins two sets; false if they are one already. */
  join(a: number, b: number): boolean {
    const [p, q] = [this.of(a), this.of(b)];
    if (p === q) return false;
    // The smaller number stands for both, so that ground always stands for its own set.
    this.#parent[Math.max(p, q)] = Math.min(p, q);
    return true;
  }
}
