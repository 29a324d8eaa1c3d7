import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";
import type { WavesPicture, XyPicture } from "../src/result/picture.js";

test("a sweep gives back what it has swept: the analyses behind it see the source's own value", async () => {
  const { measures } = await simulate(`Sweep first
V1 a 0 5
R1 a 0 1k
.dc V1 0 1 0.5
.op
.tran 1u 10u
.measure op still find v(a)
.measure tran too avg v(a)`);
  for (const { value } of measures) expect(value).toBeCloseTo(5, 12);
});

describe("an expression without a finite value", () => {
  const deck = (cards: string) => simulate(`No value\nV1 a 0 sin(0 1 1k)\nV2 b 0 0\nR1 a 0 1k\nR2 b 0 1k\n${cards}`);

  test("at some points of an analysis: they are left out, with a warning that names the first", async () => {
    const { results, diagnostics } = await deck(".tran 10u 1m\n.print tran v(a) {v(a)/i(R1)}");
    const [time, voltage, ratio] = results[0]!.columns;
    expect(time!.values[0]).toBe(10e-6);
    expect(time!.values).toHaveLength(voltage!.values.length);
    for (const value of ratio!.values) expect(value).toBeCloseTo(1000, 6);
    expect(results[0]!.ended).toBe("complete");
    expect(diagnostics.map(({ code, severity, message }) => ({ code, severity, message }))).toEqual([
      {
        code: "no-value",
        severity: "warning",
        message: "`{v(a)/i(r1)}` has no finite value at t = 0 s: the point is left out of the result.",
      },
    ]);
  });

  test("at many points in a row: no curve of a picture leads over them, and none breaks at a single one", async () => {
    const cards = ".tran 10u 1.4m\n.print tran {sqrt(v(a))}\n.plot tran v(a) v(b)\n.plot xy v(a) i(R1)";
    const { results, pictures } = await deck(cards);
    const [time, voltage] = results[0]!.columns;
    expect(voltage!.values.every((value) => value >= 0)).toBe(true); // results hold the points alone
    const [waves, xy] = pictures as [WavesPicture, XyPicture];
    for (const y of [...waves.left, ...xy.y]) {
      const gap = y.values.findIndex(Number.isNaN);
      expect(y.values.filter(Number.isNaN)).toHaveLength(1);
      expect(waves.x.values[gap]).toBe(waves.x.values[gap - 1]);
      expect([waves.x.values[gap - 1], waves.x.values[gap + 1]]).toEqual([
        expect.closeTo(0.5e-3, 4),
        expect.closeTo(1e-3, 4),
      ]);
    }
    expect(waves.x.values.filter((_, k) => !Number.isNaN(waves.left[0]!.values[k]!))).toEqual(time!.values);
    const single = await deck(".tran 10u 2.2m 0.1m\n.print tran {v(a)/i(R1)}\n.plot tran v(a)");
    expect((single.pictures[0] as WavesPicture).left[0]!.values.some(Number.isNaN)).toBe(false);
  });

  test("in a sweep the place is the swept value", async () => {
    const { results, diagnostics } = await deck(".dc V2 -1 1 0.5\n.print dc {sqrt(v(b))}");
    expect([...results[0]!.columns[0]!.values]).toEqual([0, 0.5, 1]);
    expect(diagnostics[0]!.message).toMatch(/at v2 = -1 V and one other point/);
  });

  test("at no point at all: the analysis has failed", async () => {
    const { results, diagnostics } = await deck(".op\n.print op v(a) {1/v(b)}");
    expect(results[0]!.ended).toBe("failed");
    expect(diagnostics[0]).toMatchObject({ code: "no-value", severity: "error" });
  });
});
