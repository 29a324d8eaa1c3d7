import { describe, expect, test, vi } from "vitest";
import { lineSearches } from "../src/learning/stiefel/descent.js";
import { type Ensemble, Sweeps, startsOf } from "../src/learning/stiefel/ensemble.js";
import { groupsOf } from "../src/learning/stiefel/groups.js";
import { LaneGroup } from "../src/learning/stiefel/lane-group.js";
import { singleChannel } from "../src/learning/stiefel/single.js";
import { type Table, TableCost } from "../src/learning/stiefel/table-cost.js";
import { type Columns, departure } from "../src/numerics/linear/columns.js";
import { scoresOf } from "./group-scores.js";

// Realisations side by side, against each by itself.

const tables: readonly (readonly [string, Table])[] = [
  ["XOR, eight Kraus operators for four inputs", { outputs: 2, kraus: 8, truth: [0, 1, 1, 0], kind: "square" }],
  ["XOR, linear", { outputs: 2, kraus: 8, truth: [0, 1, 1, 0], kind: "linear" }],
  ["AND, out of reach", { outputs: 2, kraus: 2, truth: [0, 0, 0, 1], kind: "square" }],
  ["three outputs, five operators for three inputs", { outputs: 3, kraus: 5, truth: [1, 2, 1], kind: "square" }],
  ["a half adder, one operator", { outputs: 4, kraus: 1, truth: [0, 1, 1, 2], kind: "square" }],
];

const ensembleOf = (table: Table, step: Ensemble["options"]["step"], runs: number, t0 = 1): Ensemble => ({
  trainable: singleChannel(table),
  options: { t0, retraction: "qr", step },
  runs,
  keys: ["lanes"],
});

/** As many realisations as fit into no whole number of groups. */
const runs = 67;

describe.each(tables)("%s", (_, table) => {
  const cost = new TableCost(table);

  test("starts are those of realisations by themselves", () => {
    const ensemble = ensembleOf(table, "backtrack", runs);
    const alone = startsOf(ensemble).map(({ points }) => points[0]!);
    const together = groupsOf(ensemble).flatMap((group) => pointsIn(group as LaneGroup));
    expect(together.length).toBe(runs);
    for (const [run, S] of together.entries()) {
      const off = S.re.map((value, k) => Math.hypot(value - alone[run]!.re[k]!, S.im[k]! - alone[run]!.im[k]!));
      expect(Math.max(...off)).toBeLessThan(1e-14);
    }
  });

  test.each(lineSearches.flatMap((step) => [1, 64].map((t0) => [step, t0] as const)))(
    "%s from t0 = %d: S†S stays 1, costs never rise, are those of the points, and those of each by itself",
    (step, t0) => {
      const ensemble = ensembleOf(table, step, runs, t0);
      const sweeps = new Sweeps(ensemble);
      const alone = startsOf(ensemble);
      const groups = groupsOf(ensemble);
      expect(groups.every((group) => group instanceof LaneGroup)).toBe(true);
      let { cost: before } = scoresOf(groups);
      for (let k = 0; k < 12; k++) {
        for (const group of groups) group.advance(() => false);
        const { cost: after, right } = scoresOf(groups);
        for (const [run, f] of after.entries()) {
          expect(f).toBeLessThanOrEqual(before[run]!);
          const { cost: other, right: share } = sweeps.advance(alone[run]!);
          // Two ways that part by rounding part further where a minimum is flat: early steps must agree.
          if (k >= 3) continue;
          expect(Math.abs(f - other)).toBeLessThan(1e-9);
          expect(right[run]).toBeCloseTo(share, 12);
        }
        before = after;
      }
      const points = groups.flatMap((group) => pointsIn(group as LaneGroup));
      for (const [run, S] of points.entries()) {
        expect(departure(S)).toBeLessThan(1e-12);
        expect(Math.abs(cost.at(S) - before[run]!)).toBeLessThan(1e-14);
      }
    },
  );
});

const pointsIn = (group: LaneGroup): readonly Columns[] =>
  Array.from({ length: group.runs }, (_, run) => group.points(run)[0]!);

test("what one realisation does depends on no other, and what rests stays", () => {
  const [, table] = tables[0]!;
  const many = groupsOf(ensembleOf(table, "warm", runs));
  const few = groupsOf(ensembleOf(table, "warm", 3));
  for (let k = 0; k < 8; k++) {
    many[0]!.advance((run) => run % 2 === 1 && k >= 4);
    few[0]!.advance((run) => run % 2 === 1 && k >= 4);
  }
  for (let run = 0; run < 3; run++) expect(many[0]!.numbers(run)).toEqual(few[0]!.numbers(run));
  const resting = many[0]!.numbers(1);
  many[0]!.advance((run) => run === 1);
  expect(many[0]!.numbers(1)).toEqual(resting);
});

test.each(tables)("kernels compute the same to the last bit compiled and as they are written: %s", (_, table) => {
  const went = (): readonly (readonly number[])[] => {
    const groups = groupsOf(ensembleOf(table, "cg", 9, 64));
    for (let k = 0; k < 6; k++) for (const group of groups) group.advance((run) => run === 4);
    return groups.flatMap((group) => Array.from({ length: group.runs }, (_, run) => group.numbers(run)));
  };
  const compiled = went();
  vi.stubGlobal("WebAssembly", undefined);
  expect(went()).toEqual(compiled);
  vi.unstubAllGlobals();
});
