import { expect, test } from "vitest";
import { simulate } from "../src/index.js";

test("every row of a long run stands at its own time, however short the step around it", async () => {
  const deck = `a filter over 300 periods
V1 in 0 sin(0 1 1)
R1 in out 1
C1 out 0 0.1
.save v(in)
.tran 0.01 300
`;
  const { results } = await simulate(deck, { pictures: false });
  const [time, source] = results[0]!.columns.map(({ values }) => values);
  const errors = time!.map((t, k) => Math.abs(source![k]! - Math.sin(2 * Math.PI * t)));
  expect(errors.reduce((largest, error) => Math.max(largest, error))).toBeLessThan(1e-9);
});

test("a long run between corners of its sources tells how far it is", async () => {
  const deck =
    "a device\nV1 a 0 sin(0 1 1)\nR1 a b 100\nYMEMRISTOR m1 b 0 hp\n.model hp memristor(kind=vteam)\n.tran 0.1 10\n";
  const told: number[] = [];
  await simulate(deck, { pictures: false, onProgress: ({ fraction }) => void told.push(fraction) });
  expect(told).toEqual(told.slice().sort((a, b) => a - b));
  expect(told.filter((fraction) => fraction > 0.1 && fraction < 0.9).length).toBeGreaterThan(10);
});
