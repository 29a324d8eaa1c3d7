import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";

// How long a step of the smooth methods may be: what follows the time is not to fall between two of them. Where that is
// periodic, the period says how long, in a run of one period as in one of hundreds.

const run = async (text: string) => {
  const [result] = (await simulate(`title\n${text}\n`, { pictures: false })).results;
  return { steps: result!.statistics.steps, method: result!.statistics.method, values: result!.columns[1]!.values };
};

const memristor = (tran: string) => `V1 in 0 SIN(0 1.2 1)
YMEMRISTOR m1 in 0 m x0=0.1
.model m memristor(kind=linear_drift window=joglekar p=10 ron=100 roff=16k d=10n uv=10f)
.save i(m1)
${tran}`;

const difference = (a: Float64Array, b: Float64Array): number => {
  const size = b.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k]!)), 0) / size;
};

describe("steps of the smooth methods", () => {
  test("follow a sine of one period in few steps, as exactly as in many", async () => {
    const [few, many] = [await run(memristor(".tran 1m 1")), await run(memristor(".tran 1m 1 0 5m"))];
    expect(few.method).toBe("dop853");
    expect(few.steps).toBeLessThan(30);
    expect(many.steps).toBeGreaterThanOrEqual(200);
    expect(difference(few.values, many.values)).toBeLessThan(1e-6);
  });

  test("are no longer than an eighth of the shortest period, however smooth the answer", async () => {
    const { steps } = await run("V1 a 0 SIN(0 1m 100)\nR1 a b 1k\nC1 b 0 1\n.save v(b)\n.tran 1m 1");
    expect(steps).toBeGreaterThanOrEqual(800);
  });

  for (const [name, source] of [
    ["an expression of the time", "B1 a 0 V=exp(-((time-0.537)/0.01)**2)"],
    ["an exponential pulse beside a sine", "V1 a d EXP(0 1 0.5 10m 0.6 10m)\nV2 d 0 SIN(0 1n 1)"],
  ])
    test(`are no longer than a fiftieth of the run under ${name}`, async () => {
      const text = `${source}\nR1 a b 1k\nC1 b 0 1u\n.save v(b)`;
      const [plain, fine] = [await run(`${text}\n.tran 1m 1`), await run(`${text}\n.tran 1m 1 0 0.5m`)];
      expect(plain.steps).toBeGreaterThanOrEqual(50);
      expect(difference(plain.values, fine.values)).toBeLessThan(1e-3);
    });
});
