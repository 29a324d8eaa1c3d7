import type { Part } from "./network.js";

/** How a device ties its nodes together, read off the places where its slopes can differ from zero. */
export interface Ties {
  /** Pairs of nodes with a path for direct current between them. */
  readonly conducting: readonly (readonly [number, number])[];
  /** Pairs of nodes whose voltage the device lays down, for direct current: sources, and inductors. */
  readonly stiff: readonly (readonly [number, number])[];
  /** Pairs of nodes that only a charge lies between. */
  readonly charged: readonly (readonly [number, number])[];
  /** Pairs of nodes between which it drives a current whatever their voltage. */
  readonly driving: readonly (readonly [number, number])[];
}

/** The ties of a device whose place in the circuit is known. */
export function tiesOf(part: Part): Ties {
  const { terminals } = part;
  const device = part.device!;
  const nodeOf = (column: number): number | undefined => {
    if (column < terminals.length) return terminals[column];
    const control = part.controls[column - terminals.length - device.own.length];
    return control?.kind === "node" ? control.node : undefined;
  };
  const entries = device.slopes ?? everything(terminals.length + device.own.length, device.controls);
  const carrying = currentTerminals(part);
  const conducting: [number, number][] = [];
  for (const [row, column] of entries.f) {
    const node = nodeOf(column);
    if (!carrying.includes(row) || node === undefined || node === terminals[row]) continue;
    if (carrying.some((k) => terminals[k] === node)) conducting.push([terminals[row]!, node]);
  }
  const branches = device.own.flatMap(({ role }, k) => (role === "branch" ? [terminals.length + k] : []));
  const stiff: [number, number][] = [];
  for (const branch of branches) {
    const [a, b] = carrying.filter((row) => entries.f.some(([r, c]) => r === row && c === branch));
    if (a === undefined || b === undefined) continue;
    const pair: [number, number] = [terminals[a]!, terminals[b]!];
    conducting.push(pair);
    if (!readsCurrent(part, branch, entries.f)) stiff.push(pair);
  }
  const charged = entries.q.some(([row]) => row < terminals.length) && conducting.length === 0 ? pairs(part, carrying) : [];
  const driving = conducting.length === 0 && charged.length === 0 ? pairs(part, carrying) : [];
  return { conducting, stiff, charged, driving };
}

/** The rows of the terminals that a current flows through; the others only look. */
function currentTerminals({ terminals, device }: Part): readonly number[] {
  const looking = device!.terminals[2] === "cp";
  return terminals.map((_, k) => k).filter((k) => !looking || k < 2);
}

function pairs({ terminals }: Part, carrying: readonly number[]): readonly (readonly [number, number])[] {
  const [first, ...rest] = carrying;
  return rest.map((k) => [terminals[first!]!, terminals[k]!] as const);
}

/**
 * Whether the equation of a branch speaks of a current, its own or another's: then it is no ideal source. (Where that
 * current does not flow in the loop at hand, the operating point will tell.)
 */
function readsCurrent(part: Part, branch: number, f: readonly (readonly [number, number])[]): boolean {
  const first = part.terminals.length + part.device!.own.length;
  return f.some(([row, column]) => {
    if (row !== branch) return false;
    return column === branch || part.controls[column - first]?.kind === "own";
  });
}

function everything(rows: number, controls: number) {
  const all = Array.from({ length: rows * (rows + controls) }, (_, k): [number, number] => [
    Math.floor(k / (rows + controls)),
    k % (rows + controls),
  ]);
  return { q: all, f: all };
}

/** Sets of nodes that grow together. */
export class NodeSets {
  readonly #parent: Int32Array; // size nodes: towards the set's first member

  constructor(nodes: number) {
    this.#parent = Int32Array.from({ length: nodes }, (_, k) => k);
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
