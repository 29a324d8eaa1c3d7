import { afterAll, describe, expect, test } from "vitest";
import { fileReader } from "../src/files/read.js";
import { simulate } from "../src/index.js";

// What is hard for an integrator: states that are thrown from wall to wall, edges of a billionth of the run, rates that
// differ by ten orders, diodes in series. All at default options: it ends, says nothing, and the state stays in [0, 1].

interface Drive {
  readonly name: string;
  readonly model: string;
  readonly drive: string;
  readonly run: string;
  /** Steps and refused steps, at most: more would mean that something has begun to creep. */
  readonly most: number;
}

const fast = "pulse(-1 1 0.1 1n 1n 0.2 0.4)";

const drives: readonly Drive[] = [
  {
    name: "Biolek p = 10 into both walls",
    model: "kind=linear_drift window=biolek p=10",
    drive: "sin(0 4 1)",
    run: "5m 3",
    most: 4000,
  },
  {
    name: "Biolek p = 10, fast edges",
    model: "kind=linear_drift window=biolek p=10",
    drive: fast,
    run: "5m 1",
    most: 2000,
  },
  {
    name: "Yakopcic, exponents 1 and 5",
    model: "preset=yakopcic_low",
    drive: "sin(0 0.5 100)",
    run: "50u 20m",
    most: 2000,
  },
  {
    name: "Yakopcic, exponents 50, 5 V",
    model: "preset=yakopcic_low alphap=50 alphan=50",
    drive: "sin(0 5 100)",
    run: "50u 20m",
    most: 4000,
  },
  { name: "Yakopcic, fast edges", model: "preset=yakopcic_high", drive: fast, run: "5m 1", most: 2000 },
  { name: "VTEAM, fast edges", model: "preset=vteam2015", drive: fast, run: "5m 1", most: 2000 },
  {
    name: "VTEAM, Joglekar, fast edges",
    model: "preset=vteam2015 window=joglekar p=2",
    drive: fast,
    run: "5m 1",
    most: 3000,
  },
  {
    name: "VTEAM, Kvatinsky, fast edges",
    model: "preset=vteam2015 window=kvatinsky aoff=2.9n aon=0.1n wc=10p",
    drive: fast,
    run: "5m 1",
    most: 3000,
  },
  {
    name: "TEAM, Kvatinsky",
    model: "preset=team_one_volt window=kvatinsky aoff=9.9n xoff=10n aon=0.1n wc=1.07p",
    drive: "sin(0 5 10)",
    run: "1m 0.3",
    most: 6000,
  },
  {
    name: "Pershin and Di Ventra, fast edges",
    model: "preset=pershin_ngspice vt=0.5",
    drive: fast,
    run: "5m 1",
    most: 2000,
  },
  { name: "Knowm, fast edges", model: "preset=knowm_typical", drive: fast, run: "5m 1", most: 2000 },
  {
    name: "Knowm, 10 ns of its own",
    model: "kind=knowm ron=100 roff=16k von=0.3 voff=0.3",
    drive: "sin(0 1 1)",
    run: "5m 2",
    most: 4000,
  },
  { name: "Lehtonen and Laiho, 5 V", model: "preset=lehtonen_laiho", drive: "sin(0 5 1)", run: "5m 3", most: 6000 },
  {
    name: "PEM, tables, fast edges",
    model: `kind=pem fxpdata="pem-up.dat" fxmdata="pem-down.dat" i1=1m i2=1m g0=1m vp=0.2 vn=-0.2 d1=9 d2=-9 c1=1k c2=-1k`,
    drive: fast,
    run: "5m 1",
    most: 3000,
  },
  {
    name: "PEM, tables, into both walls",
    model: `kind=pem fxpdata="pem-up.dat" fxmdata="pem-down.dat" i1=1m i2=1m g0=1m vp=0.2 vn=-0.2 d1=9 d2=-9 c1=1k c2=-1k`,
    drive: "sin(0 1 10)",
    run: "1m 0.3",
    most: 3000,
  },
  {
    name: "Stanford, fast edges",
    model: "preset=stanford2014 x0=0.5",
    drive: "pulse(-1.3 1.5 0.1 1n 1n 0.2 0.4)",
    run: "5m 1",
    most: 2000,
  },
  {
    name: "Stanford, self-limited reset and runaway set",
    model: "preset=stanford2014",
    drive: "sin(0.15 -1.45 10k)",
    run: "1u 0.3m",
    most: 4000,
  },
  {
    name: "JART, fast edges",
    model: "preset=jart2020",
    drive: "pulse(-1.3 1.5 0.1 1n 1n 0.2 0.4)",
    run: "5m 1",
    most: 6000,
  },
  {
    name: "JART, runaway set and slow reset",
    model: "preset=jart2020",
    drive: "sin(0 -1.5 1)",
    run: "5m 1",
    most: 4000,
  },
  {
    name: "By chance, fast edges",
    model: "preset=stochastic_one_volt tauon=3 tauoff=3",
    drive: fast,
    run: "5m 1",
    most: 2000,
  },
  { name: "Michigan, fast edges", model: "preset=michigan_volatile lambda=4500", drive: fast, run: "5m 1", most: 2000 },
];

const told: string[] = [];
afterAll(() => process.stdout.write(`steps (refused)\n${told.join("\n")}\n`));

describe.each(["alone", "a diode in series"])("%s", (circuit) => {
  test.each(drives.map((it) => [it.name, it] as const))("%s", async (name, { model, drive, run, most }) => {
    const { results, diagnostics } = await simulate(
      `Hard
.model m memristor(${model})
.model d d(is=1e-12 n=1.5)
V1 a 0 ${drive}
${circuit === "alone" ? "R1 a b 1m" : "D1 a b d"}
YMEMRISTOR m1 b 0 m
.print tran x(m1) i(m1)
.tran ${run}
.end`,
      { name: "netlists/memristors/hard.cir", read: fileReader(() => {}) },
    );
    const [{ ended, columns, statistics }] = results as [(typeof results)[number]];
    told.push(`${String(statistics.steps).padStart(6)} (${statistics.rejected}) ${name}, ${circuit}`);
    expect(diagnostics.filter(({ severity }) => severity !== "note").map(({ message }) => message)).toEqual([]);
    expect(ended).toBe("complete");
    const x = columns.find((it) => it.name === "x(m1)")!.values;
    expect(Math.min(...x)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...x)).toBeLessThanOrEqual(1);
    expect(statistics.steps + statistics.rejected).toBeLessThan(most);
  });
});
