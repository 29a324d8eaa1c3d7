import { describe, expect, test, vi } from "vitest";
import { ChannelTree } from "../src/learning/stiefel/channel-tree.js";
import { lineSearches, sufficientOf } from "../src/learning/stiefel/descent.js";
import { type Ensemble, Sweeps, startsOf } from "../src/learning/stiefel/ensemble.js";
import type { Group } from "../src/learning/stiefel/group.js";
import { groupsOf } from "../src/learning/stiefel/groups.js";
import { LaneTreeGroup } from "../src/learning/stiefel/lane-tree-group.js";
import { retractionOf } from "../src/learning/stiefel/retraction.js";
import { singleChannel } from "../src/learning/stiefel/single.js";
import { type CostKind, costKinds } from "../src/learning/stiefel/table-cost.js";
import { TangentSpace } from "../src/learning/stiefel/tangent.js";
import type { Trainable } from "../src/learning/stiefel/trainable.js";
import type { Branch, Tree } from "../src/learning/stiefel/tree.js";
import { type Columns, columnsOf, departure, inner } from "../src/numerics/linear/columns.js";
import { Random } from "../src/numerics/random.js";
import { type Channel, emptyChannel } from "../src/quantum/channel.js";
import { composed, sideBySide } from "../src/quantum/channel-products.js";
import { scoresOf } from "./group-scores.js";

// Trees of channels, each trained while the others are held, against the one channel that they are together.

const parity = (bits: number): readonly number[] =>
  Array.from({ length: 2 ** bits }, (_, k) => k.toString(2).replaceAll("0", "").length % 2);

const nodeOf = (kraus: number, ...takes: readonly Branch[]) => ({ part: { input: 4, output: 2, kraus }, takes });

function chain(bits: number, kraus: number): Tree {
  const nodes = [nodeOf(kraus, { wire: 0 }, { wire: 1 })];
  for (let wire = 2; wire < bits; wire++) nodes.push(nodeOf(kraus, { node: wire - 2 }, { wire }));
  return { nodes, wires: Array(bits).fill(2) };
}

const balanced = (kraus: number): Tree => ({
  nodes: [
    nodeOf(kraus, { wire: 0 }, { wire: 1 }),
    nodeOf(kraus, { wire: 2 }, { wire: 3 }),
    nodeOf(kraus, { node: 0 }, { node: 1 }),
  ],
  wires: [2, 2, 2, 2],
});

/** Three levels into two, with a bit, into three: not only bits. */
const uneven: Tree = {
  nodes: [
    { part: { input: 6, output: 2, kraus: 4 }, takes: [{ wire: 0 }, { wire: 1 }] },
    { part: { input: 4, output: 3, kraus: 2 }, takes: [{ wire: 2 }, { node: 0 }] },
  ],
  wires: [3, 2, 2],
};
const unevenTruth = [0, 2, 1, 1, 0, 2, 2, 0, 1, 0, 1, 2];

const trees: readonly (readonly [string, Tree, readonly number[]])[] = [
  ["a chain of three bits", chain(3, 2), parity(3)],
  ["a balanced tree of four bits", balanced(3), parity(4)],
];

const started = (trainable: Trainable, seed: number, runs = 1, t0 = 1) => {
  const ensemble: Ensemble = {
    trainable,
    options: { t0, retraction: "qr", step: "warm" },
    runs,
    keys: ["tree", seed],
  };
  return { ensemble, realisations: startsOf(ensemble), sweeps: new Sweeps(ensemble) };
};

/** A point as a channel by its Kraus operators. */
function channelAt({ rows, count, re, im }: Columns, output: number): Channel {
  const kraus = rows / output;
  const channel = emptyChannel(count, output, kraus);
  for (let a = 0; a < kraus; a++) {
    for (let o = 0; o < output; o++) {
      for (let k = 0; k < count; k++) {
        channel.re[(a * output + o) * count + k] = re[k * rows + o * kraus + a]!;
        channel.im[(a * output + o) * count + k] = im[k * rows + o * kraus + a]!;
      }
    }
  }
  return channel;
}

const identity = (dimension: number): Channel => {
  const channel = emptyChannel(dimension, dimension, 1);
  for (let i = 0; i < dimension; i++) channel.re[i * dimension + i] = 1;
  return channel;
};

/** The one channel that a tree is, whose wires stand in the order of its branches. */
function wholeOf({ nodes, wires }: Tree, points: readonly Columns[], node = nodes.length - 1): Channel {
  const { part, takes } = nodes[node]!;
  const given = takes.map((branch) =>
    "wire" in branch ? identity(wires[branch.wire]!) : wholeOf({ nodes, wires }, points, branch.node),
  );
  return composed(channelAt(points[node]!, part.output), given.reduce(sideBySide));
}

/** Σ_k (1 − p_T(k))², from Kraus operators alone. */
function costOf({ input, output, count, re, im }: Channel, truth: readonly number[]): number {
  let cost = 0;
  for (let k = 0; k < input; k++) {
    let right = 0;
    for (let a = 0; a < count; a++) {
      const at = (a * output + truth[k]!) * input + k;
      right += re[at]! ** 2 + im[at]! ** 2;
    }
    cost += (1 - right) ** 2;
  }
  return cost;
}

describe.each(trees)("%s", (_, tree, truth) => {
  test("costs what the one channel costs that it is", () => {
    const { realisations, ensemble } = started(new ChannelTree(tree, truth, "square"), 1, 3);
    for (const { points } of realisations) {
      ensemble.trainable.begin(points);
      const expected = costOf(wholeOf(tree, points), truth);
      expect(ensemble.trainable.cost()).toBeCloseTo(expected, 12);
      for (let part = 0; part < points.length; part++)
        expect(ensemble.trainable.costOf(part).at(points[part]!)).toBeCloseTo(expected, 12);
    }
  });

  test.each(["square", "linear"] as const)("each node's gradient obeys Taylor's theorem, %s", (kind) => {
    const { realisations, ensemble } = started(new ChannelTree(tree, truth, kind), 2);
    const { points } = realisations[0]!;
    for (let part = 0; part < points.length; part++) {
      ensemble.trainable.begin(points);
      const cost = ensemble.trainable.costOf(part);
      const S = points[part]!;
      const [xi, G, Y] = [0, 1, 2].map(() => columnsOf(S.rows, S.count)) as [Columns, Columns, Columns];
      const random = new Random("direction", part);
      for (let k = 0; k < xi.re.length; k++) {
        xi.re[k] = random.normal();
        xi.im[k] = random.normal();
      }
      new TangentSpace(S.count).project(S, xi, xi);
      const f = cost.gradient(S, G);
      const rest = (t: number): number => {
        retractionOf("qr", S.rows, S.count).retract(S, t, xi, Y);
        return Math.abs(cost.at(Y) - f - t * inner(G, xi));
      };
      expect(Math.log10(rest(1e-3) / rest(1e-4))).toBeCloseTo(2, 0);
    }
  });

  test("sweeps never raise the cost, keep S†S = 1, and tell the cost that is", () => {
    const { realisations, sweeps } = started(new ChannelTree(tree, truth, "square"), 3, 4);
    for (const realisation of realisations) {
      let before = sweeps.look(realisation).cost;
      for (let k = 0; k < 25; k++) {
        const { cost } = sweeps.advance(realisation);
        expect(cost).toBeLessThanOrEqual(before + 1e-15);
        before = cost;
      }
      expect(before).toBeCloseTo(costOf(wholeOf(tree, realisation.points), truth), 12);
      for (const point of realisation.points) expect(departure(point)).toBeLessThan(1e-12);
    }
  });
});

test("levels need not be bits, nor inputs stand in order", () => {
  const { realisations, ensemble } = started(new ChannelTree(uneven, unevenTruth, "square"), 4);
  const { points } = realisations[0]!;
  ensemble.trainable.begin(points);
  // The tree takes wire 2 first, then 0 and 1: rows of the table are counted by wires.
  const whole = wholeOf(uneven, points);
  const turned = Array.from({ length: 12 }, (_, k) => unevenTruth[(k % 6) * 2 + Math.floor(k / 6)]!);
  expect(ensemble.trainable.cost()).toBeCloseTo(costOf(whole, turned), 12);
});

test("a tree of one channel learns as the channel itself does", () => {
  const one = started(new ChannelTree(chain(2, 8), [0, 1, 1, 0], "square"), 5);
  const other = started(singleChannel({ outputs: 2, kraus: 8, truth: [0, 1, 1, 0], kind: "square" }), 5);
  for (let k = 0; k < 10; k++) {
    const [a, b] = [one.sweeps.advance(one.realisations[0]!), other.sweeps.advance(other.realisations[0]!)];
    expect(Math.abs(a.cost - b.cost)).toBeLessThan(1e-10);
    expect(a.right).toBe(b.right);
  }
});

describe.each([
  ["chain of 2", chain(2, 8), 2, 1, 3],
  ["chain of 3", chain(3, 2), 3, 1, 4],
  ["chain of 4", chain(4, 2), 4, 10, 6],
  ["balanced tree of 4", balanced(8), 4, 10, 7],
] as const)("parity by a %s", (_, tree, bits, t0, bar) => {
  test("is learned from every start, from half of them within its bar of sweeps", () => {
    const { realisations, sweeps } = started(new ChannelTree(tree, parity(bits), "square"), 6, 20, t0);
    const needed = realisations.map((realisation) => {
      for (let k = 1; k <= 60; k++) if (sweeps.advance(realisation).cost < 1e-3 * 2 ** bits) return k;
      return Number.POSITIVE_INFINITY;
    });
    needed.sort((a, b) => a - b);
    expect(needed.at(-1)).toBeLessThanOrEqual(60);
    expect(needed[9]).toBeLessThanOrEqual(bar);
  });
});

/** Four branches of which three are channels of unlike shapes, on inputs that stand in no order. */
const bushy: Tree = {
  nodes: [
    nodeOf(2, { wire: 3 }, { wire: 0 }),
    nodeOf(3, { wire: 1 }, { wire: 2 }),
    { part: { input: 4, output: 3, kraus: 2 }, takes: [{ wire: 4 }, { wire: 5 }] },
    { part: { input: 24, output: 2, kraus: 12 }, takes: [{ node: 0 }, { wire: 6 }, { node: 2 }, { node: 1 }] },
  ],
  wires: Array(7).fill(2),
};

/** The first channel stays what it is. */
const held = (): Tree => {
  const [first, ...others] = chain(4, 2).nodes;
  const point = startsOf(started(new ChannelTree(chain(2, 2), parity(2), "square"), 7).ensemble)[0]!.points[0]!;
  return { nodes: [{ ...first!, held: point }, ...others], wires: Array(4).fill(2) };
};

describe.each([
  ...trees,
  ["inputs that are no bits", uneven, unevenTruth],
  ["products of three channels", bushy, parity(7)],
  ["a chain whose first channel is held", held(), parity(4)],
] as readonly (readonly [string, Tree, readonly number[]])[])("side by side, %s", (_, tree, truth) => {
  const ensembleOf = (kind: CostKind, step: Ensemble["options"]["step"], runs: number): Ensemble => ({
    trainable: new ChannelTree(tree, truth, kind),
    options: { t0: 1, retraction: "qr", step, enough: sufficientOf(step, kind) },
    runs,
    keys: ["lanes"],
  });
  const each = <Found>(groups: readonly Group[], of: (group: Group, run: number) => Found): Found[] =>
    groups.flatMap((group) => Array.from({ length: group.runs }, (_, run) => of(group, run)));

  test.each(lineSearches.flatMap((step) => costKinds.map((kind) => [step, kind] as const)))(
    "%s, %s: as each realisation by itself, never up, and on the manifold",
    (step, kind) => {
      const ensemble = ensembleOf(kind, step, 5);
      const groups = groupsOf(ensemble);
      expect(groups.every((group) => group instanceof LaneTreeGroup)).toBe(true);
      const [sweeps, alone] = [new Sweeps(ensemble), startsOf(ensemble)];
      let { cost: before } = scoresOf(groups);
      for (const [run, realisation] of alone.entries())
        expect(sweeps.look(realisation).cost).toBeCloseTo(before[run]!, 12);
      for (let k = 0; k < 6; k++) {
        for (const group of groups) group.advance(() => false);
        const { cost: after, right: rights } = scoresOf(groups);
        for (const [run, realisation] of alone.entries()) {
          expect(after[run]).toBeLessThanOrEqual(before[run]! + 1e-13);
          const { cost, right } = sweeps.advance(realisation);
          // Two ways that part by rounding part further later: early steps must agree.
          if (k >= 3) continue;
          expect(Math.abs(after[run]! - cost)).toBeLessThan(1e-9);
          expect(rights[run]).toBeCloseTo(right, 12);
        }
        before = after;
      }
      for (const points of each(groups, (group, run) => group.points(run)))
        for (const point of points) expect(departure(point)).toBeLessThan(1e-12);
    },
  );

  test("kernels compute the same to the last bit compiled and as they are written, whatever rests, and however many there are", () => {
    const went = (runs: number): readonly (readonly number[])[] => {
      const groups = groupsOf(ensembleOf("square", "cg", runs));
      for (let k = 0; k < 4; k++) for (const group of groups) group.advance((run) => run === 1 && k > 1);
      return each(groups, (group, run) => group.numbers(run));
    };
    const compiled = went(3);
    vi.stubGlobal("WebAssembly", undefined);
    expect(went(3)).toEqual(compiled);
    vi.unstubAllGlobals();
    expect(went(2)).toEqual(compiled.slice(0, 2));
  });

  test("goes on with the same bits from its numbers", () => {
    const [one, other] = [groupsOf(ensembleOf("square", "warm", 2)), groupsOf(ensembleOf("square", "warm", 2))];
    for (const group of one) group.advance(() => false);
    for (const run of [0, 1]) other[0]!.resume(run, one[0]!.numbers(run));
    for (const group of [...one, ...other]) group.advance(() => false);
    expect(other[0]!.numbers(1)).toEqual(one[0]!.numbers(1));
    expect(scoresOf(other).cost).toEqual(scoresOf(one).cost);
  });
});
