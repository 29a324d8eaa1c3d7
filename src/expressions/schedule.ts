import type { Graph } from "./graph.js";

/**
 * Where each node of a graph is computed. The main line is region 0; each branch of an `if` is a region of its own, so
 * that what only an untaken branch needs is never computed. A node used in several regions is computed in the innermost
 * one that holds them all.
 */
export interface Schedule {
  /** nodes[r]: the nodes of region r, operands first; places in the graph. */
  readonly nodes: readonly (readonly number[])[];
  /** branches[k]: the regions of the `if` at place k. */
  readonly branches: ReadonlyMap<number, readonly [yes: number, no: number]>;
  /** The greatest number of regions within each other. */
  readonly depth: number;
}

/** Plans the computation of `outputs`; what they do not need is left out. */
export function schedule({ nodes }: Graph, outputs: readonly number[]): Schedule {
  const regions = new Regions();
  const home = new Int32Array(nodes.length).fill(-1);
  const use = (node: number, region: number) => {
    home[node] = home[node] === -1 ? region : regions.common(home[node]!, region);
  };
  for (const output of outputs) use(output, 0);
  const branches = new Map<number, readonly [number, number]>();
  // Users stand behind their operands: when a node's turn comes, all its users have theirs.
  for (let k = nodes.length - 1; k >= 0; k--) {
    const node = nodes[k]!;
    const region = home[k]!;
    if (region === -1 || node.kind !== "call") continue;
    if (node.function.name === "if") {
      const [condition, yes, no] = node.operands as [number, number, number];
      const within = [regions.open(region), regions.open(region)] as const;
      branches.set(k, within);
      use(condition, region);
      use(yes, within[0]);
      use(no, within[1]);
    } else {
      for (const operand of node.operands) use(operand, region);
    }
  }
  const placed: number[][] = Array.from({ length: regions.size }, () => []);
  for (let k = 0; k < nodes.length; k++) if (home[k]! >= 0) placed[home[k]!]!.push(k);
  return { nodes: placed, branches, depth: regions.greatestDepth };
}

/** A tree of regions; 0 is its root. */
class Regions {
  readonly #parent: number[] = [0];
  readonly #depth: number[] = [0];

  get size(): number {
    return this.#parent.length;
  }

  get greatestDepth(): number {
    return this.#depth.reduce((a, b) => Math.max(a, b));
  }

  open(parent: number): number {
    this.#depth.push(this.#depth[parent]! + 1);
    return this.#parent.push(parent) - 1;
  }

  /** The innermost region that holds both. */
  common(a: number, b: number): number {
    while (a !== b) {
      if (this.#depth[a]! >= this.#depth[b]!) a = this.#parent[a]!;
      else b = this.#parent[b]!;
    }
    return a;
  }
}
