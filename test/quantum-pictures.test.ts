import { expect, test } from "vitest";
import { simulate } from "../src/index.js";
import type { Picture } from "../src/result/picture.js";
import { shownEvents } from "../src/views/event-marks.js";

const T = 2 * Math.PI;
const pair = `t
.quantum pair
qubit a theta={pi/4}
qubit b theta={pi/4}
memristor M1 a gamma0=0.02 omega=1
memristor M2 b gamma0=0.02 omega=1
couple U1 a b yy delta=0.014
.endquantum
.qtran {9*2*pi} method=digital steps_per_period=30
.print concurrence(a,b)
`;

const drawn = async (cards: string): Promise<readonly Picture[]> =>
  (await simulate(`${pair}${cards}\n.end\n`)).pictures;
const one = async <Kind extends Picture["kind"]>(kind: Kind, card: string) => {
  const [picture] = await drawn(card);
  if (picture?.kind !== kind) throw new Error(`a picture of ${picture?.kind}`);
  return picture as Extract<Picture, { kind: Kind }>;
};

test("entanglement dies at 7.067 T and is born at 8.033 T, as in the paper's figure", async () => {
  const { events = [] } = await one("waves", ".plot qtran concurrence(a,b) mark=events");
  expect(events.map(({ kind }) => kind)).toEqual(["death", "birth"]);
  expect(Math.abs(events[0]!.at / T - 7.067)).toBeLessThan(0.02);
  expect(Math.abs(events[1]!.at / T - 8.033)).toBeLessThan(0.02);
});

test("settings of a density matrix hold in any order", async () => {
  for (const card of [".plot map rho at=3 parts=polar", ".plot map rho parts=polar at=3"]) {
    const { parts, at } = await one("rho", card);
    expect([parts, at?.values[0]]).toEqual(["polar", 3]);
  }
});

test("of events too near to be told apart the first and the last are drawn, and all others", () => {
  expect(shownEvents([0, 100, 105, 110, 115, 200, 205])).toEqual([0, 1, 4, 5, 6]);
  expect(shownEvents([])).toEqual([]);
});

test("loops of later periods know their numbers", async () => {
  const { firstPeriod, time } = await one("loop", ".plot iv M1 periods=8..9");
  expect(firstPeriod).toBe(8);
  expect(time.values[0]! / T).toBeCloseTo(7, 9);
});

test("a density matrix is Hermitian with trace 1, a part of it the partial trace", async () => {
  const [whole, part] = (await drawn(".plot map rho at=3\n.plot map rho(b) at=3")).filter((it) => it.kind === "rho");
  expect(whole!.basis).toEqual(["ee", "eg", "ge", "gg"]);
  expect([0, 5, 10, 15].reduce((sum, k) => sum + whole!.re[k]!, 0)).toBeCloseTo(1, 9);
  for (const [i, j] of [[0, 1], [1, 3], [0, 3]] as const) expect(whole!.im[4 * i + j]).toBe(-whole!.im[4 * j + i]!);
  expect(part!.re[1]).toBeCloseTo(whole!.re[1]! + whole!.re[11]!, 9);
  expect(part!.im[1]).toBeCloseTo(whole!.im[1]! + whole!.im[11]!, 9);
}); // biome-ignore format: a place a pair

test("a sphere shows the free rotation and decay", async () => {
  const { paths, time } = await one("bloch", ".plot bloch a");
  const [{ x, y, z, period }] = paths as [(typeof paths)[0]];
  expect(period).toBeCloseTo(T, 12);
  expect([x[0], y[0], z[0]]).toEqual([expect.closeTo(1, 12), expect.closeTo(0, 12), expect.closeTo(0, 12)]);
  expect(time.values).toHaveLength(x.length);
});

test("a circuit has a wire for each qubit and each environment, one frame of steps, and its meters", async () => {
  const { circuit } = await one("circuit", ".plot circuit\n.print v(M1) bloch(b)");
  expect(circuit.wires.map(({ name, role }) => `${role} ${name}`)).toEqual([
    ...["environment a", "system a", "system b", "environment b"],
  ]);
  expect(circuit.wires.map(({ measured }) => measured.join(""))).toEqual(["", "y", "xyz", ""]);
  expect(circuit.parts.map(({ kind, count }) => [kind, count])).toEqual([["steps", 270]]);
  expect(circuit.parts[0]!.gates.map(({ name }) => name).sort()).toEqual(
    ["rz", "rz", "cry", "cx", "reset", "cry", "cx", "reset", "ryy"].sort(),
  );
});
