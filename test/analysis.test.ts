import { describe, expect, test } from "vitest";
import { zeros } from "../src/analysis/crossings.js";
import { Grid } from "../src/analysis/grid.js";
import { Curve, root } from "../src/analysis/interpolation.js";
import { formFactor, loopArea, pinchResidue, refined, wholePeriod } from "../src/analysis/loops.js";
import { shownSignals } from "../src/analysis/output.js";
import { statistic } from "../src/analysis/statistics.js";
import { Traces } from "../src/analysis/traces.js";
import type { AnalysisCard, Signal } from "../src/circuit/circuit.js";
import { elaborate } from "../src/circuit/elaborate.js";
import { simulate } from "../src/index.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Complaints } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";

const span = { source: new Source("test", ""), start: 0, end: 0 };
const signal: Signal = { name: "y", unit: "V", formula: { kind: "input", index: 0 }, inputs: [], span };
const sampled = (of: (t: number) => number, stop: number, points: number) => {
  const t = Float64Array.from({ length: points + 1 }, (_, k) => (k * stop) / points);
  return { t, y: t.map(of) };
};
const measured = (
  what: Parameters<typeof statistic>[0]["what"],
  of: (t: number) => number,
  stop = 1,
  points = 200,
  from?: number,
  to?: number,
) => {
  const { t, y } = sampled(of, stop, points);
  const columns = [
    { name: "time", unit: "s" as const, values: t },
    { name: "y", unit: "V" as const, values: y },
  ];
  return statistic({ kind: "statistic", what, signal, from, to }, new Traces(columns, 1)).value!;
};

describe("statistics of a sampled sine are those of the sine", () => {
  const sine = (t: number) => 3 + 2 * Math.sin(2 * Math.PI * t);
  test("average, RMS, integral", () => {
    expect(measured("avg", sine)).toBeCloseTo(3, 9);
    expect(measured("rms", sine)).toBeCloseTo(Math.sqrt(9 + 2), 7);
    expect(measured("integ", sine, 1, 200, 0, 0.5)).toBeCloseTo(1.5 + 2 / Math.PI, 7);
  });
  test("extremes lie between the points", () => {
    const shifted = (t: number) => sine(t + 0.0013);
    expect(measured("max", shifted)).toBeCloseTo(5, 6);
    expect(measured("min", shifted)).toBeCloseTo(1, 6);
    expect(measured("pp", shifted)).toBeCloseTo(4, 6);
    expect(measured("max_at", shifted)).toBeCloseTo(0.25 - 0.0013, 5);
  });
  test("a corner is not rounded off", () => {
    const triangle = (t: number) => 1 - Math.abs(t - 0.5) * (t < 0.5 ? 1 : 5);
    expect(measured("max", triangle)).toBe(1);
  });
});

describe("crossings", () => {
  test("are where the sine has them, each direction apart", () => {
    const { t, y } = sampled((time) => Math.sin(2 * Math.PI * time), 2, 137);
    expect(zeros(new Curve(t, y), "rise")).toHaveLength(1);
    expect(zeros(new Curve(t, y), "rise")[0]).toBeCloseTo(1, 6);
    const falls = zeros(new Curve(t, y), "fall");
    expect(falls).toHaveLength(2);
    expect(falls[0]).toBeCloseTo(0.5, 6);
    expect(falls[1]).toBeCloseTo(1.5, 6);
  });
  test("a jump crosses at its place", () => {
    expect(zeros(new Curve(Float64Array.of(0, 1, 1, 2), Float64Array.of(-1, -1, 1, 1)), "rise")).toEqual([1]);
  });
  test("touching zero is no crossing", () => {
    expect(zeros(new Curve(Float64Array.of(0, 1, 2), Float64Array.of(1, 0, 1)), "cross")).toEqual([]);
  });
});

test("root finds what bisection would", () => {
  expect(root((t) => Math.cos(t) - t, 0, 1)).toBeCloseTo(0.7390851332151607, 12);
});

test("a curve is exact for cubics and breaks at a jump", () => {
  const cubic = (t: number) => 1 + t - 2 * t ** 2 + t ** 3;
  const { t, y } = sampled(cubic, 2, 7);
  const curve = new Curve(t, y);
  expect(curve.at(0.777)).toBeCloseTo(cubic(0.777), 12);
  expect(curve.slope(0.777)).toBeCloseTo(1 - 4 * 0.777 + 3 * 0.777 ** 2, 5);
  const jump = new Curve(Float64Array.of(0, 1, 1, 2), Float64Array.of(0, 0, 5, 5));
  expect(jump.at(0.999)).toBe(0);
  expect(jump.at(1.001)).toBe(5);
});

describe("loops", () => {
  const n = 20_000;
  const turn = Float64Array.from({ length: n + 1 }, (_, k) => (2 * Math.PI * k) / n);
  // A lemniscate-like pinched loop: v = sin t, i = sin 2t has two lobes of area 4/3 each.
  const v = turn.map(Math.sin);
  const i = turn.map((t) => Math.sin(2 * t));
  test("the lobes' areas are added, not cancelled", () => {
    expect(loopArea(v, i)).toBeCloseTo(8 / 3, 5);
  });
  test("a loop of few points has nearly the area of the curve", () => {
    const few = Float64Array.from({ length: 101 }, (_, k) => (2 * Math.PI * k) / 100);
    const [fineV, fineI] = refined(
      few,
      few.map(Math.sin),
      few.map((t) => Math.sin(2 * t)),
    );
    expect(loopArea(fineV!, fineI!)).toBeCloseTo(8 / 3, 3);
  });
  test("a pinched loop has no residue at zero voltage, an ellipse has", () => {
    expect(pinchResidue(turn, v, i)).toBeLessThan(1e-9);
    expect(
      pinchResidue(
        turn,
        v,
        turn.map((t) => 0.1 * Math.cos(t)),
      ),
    ).toBeCloseTo(0.1, 6);
  });
  test("a line has no form, a circle has form factor 1 of its closed area", () => {
    expect(
      formFactor(
        v,
        v.map((value) => 5 * value),
      ),
    ).toBeLessThan(1e-9);
    expect(formFactor(v, turn.map(Math.cos))).toBeCloseTo(1, 4);
  });
  test("the last whole period is found, and only one that was recorded", () => {
    const from = (start: number, end: number) =>
      Float64Array.from({ length: 352 }, (_, k) => start + (k * (end - start)) / 351);
    expect(wholePeriod(from(0, 3.51), 1, undefined)).toEqual({ from: 2, to: 3 });
    expect(wholePeriod(from(0, 3.51), 1, 1)).toEqual({ from: 0, to: 1 });
    expect(wholePeriod(from(0, 3.51), 1, 9)).toBeUndefined();
    expect(wholePeriod(from(1.5, 3.51), 1, 2)).toBeUndefined();
    expect(wholePeriod(from(1.5, 3.51), 1, undefined)).toEqual({ from: 2, to: 3 });
    expect(wholePeriod(from(0.5, 1.75), 1, undefined)).toEqual({ from: 0.75, to: 1.75 });
    expect(wholePeriod(from(0.5, 1.25), 1, undefined)).toBeUndefined();
    expect(wholePeriod(from(0, 0.75), 1, undefined)).toBeUndefined();
    expect(wholePeriod(from(0, 0.75), Infinity, undefined)).toEqual({ from: 0, to: 0.75 });
  });
});

test("the output grid does not drift and ends at the end", () => {
  const grid = new Grid(0, 1, 0.1);
  const times: number[] = [];
  for (let t = grid.take(2); t !== undefined; t = grid.take(2)) times.push(t);
  expect(times).toHaveLength(11);
  expect(times[3]).toBe(3 * 0.1);
  expect(times[10]).toBe(1);
});

test("a result has the columns that are asked for, in that order, whatever measures and pictures look at", async () => {
  const { results } = await simulate(`Columns
V1 in 0 sin(0 1 1)
R1 in out 1k
R2 out 0 1k
.tran 0.1 1
.print tran v(out) v(in) i(R1)
.measure tran top max v(out)
.measure tran half find i(R2) when v(in)=0.5
.plot tran v(in)`);
  expect(results[0]!.columns.map(({ name }) => name)).toEqual(["time", "v(out)", "v(in)", "i(r1)"]);
  const [, out, drive] = results[0]!.columns;
  for (const [k, value] of out!.values.entries()) expect(value).toBeCloseTo(drive!.values[k]! / 2, 12);
});

test("start values round a loop of capacitors that do not add up are told of, those that do are kept", async () => {
  const loop = (ic: number) =>
    `t\nV1 in 0 10\nR1 in a 1k\nC1 a b 1u ic=2\nC2 b c 1u ic=1\nC3 a c 1u ic=${ic}\nR2 c 0 1k\nR3 b 0 1k\n.tran 1u 1u\n`;
  const wrong = await simulate(loop(4));
  expect(wrong.diagnostics.map(({ code }) => code)).toEqual(["contradictory-start"]);
  expect(wrong.results[0]!.ended).toBe("failed");
  const { results } = await simulate(loop(3));
  const at = (name: string) => results[0]!.columns.find((column) => column.name === name)!.values[0]!;
  // (a − 10) + (a − 2) + (a − 3) = 0
  expect([at("v(a)"), at("v(b)"), at("v(c)")].map((v) => v.toFixed(6))).toEqual(["5.000000", "3.000000", "2.000000"]);
});

test("of a result that would be too large, source currents and the ports of memristors are kept, with a note", () => {
  const source = new Source(
    "ladder",
    "t\nV1 n0 0 1\n.for i=1 to 250\nR{i} n{i-1} n{i} 1k\n.endfor\nYMEMRISTOR m1 n250 0 hp\n" +
      ".model hp memristor(preset=hp2008)\n.dc V1 0 1 1",
  );
  const { circuit } = elaborate(parseNetlist(source, { main: true }, new Complaints()));
  const shown = (points: number) => shownSignals(circuit, circuit.analyses[0] as AnalysisCard, points); // of 252 signals
  const names = (points: number) => shown(points).signals.map(({ name }) => name);
  expect(names(1e5)).toEqual(["i(v1)", "v(m1)", "i(m1)"]);
  expect(names(1e7)).toEqual(["i(v1)"]);
  expect(shown(1e5).diagnostics).toMatchObject([{ severity: "note", code: "many-values" }]);
  expect(shown(1e5).diagnostics[0]!.help).toContain(".save");
  expect(shown(7e4).diagnostics).toEqual([]);
  expect(names(7e4)).toHaveLength(252);
});

test("a map has each cell's value at its row and column, at a time, at the end and at the operating point", async () => {
  // A ramp of 1 V/s over conductances of 10·row + column siemens: the current of a cell at time t is t·(10 row + column).
  const { pictures, diagnostics } = await simulate(`Map
V1 a 0 pwl(0 0 2 2)
.for i = 1 to 2
.for j = 1 to 3
R{i}_{j} a 0 {1/(10*i+j)}
.endfor
.endfor
.op
.tran 0.1 2
.plot map i(r*_*) at=0.55
.plot map i(r*_*)
.plot map op i(r*_*)
.plot map i(r1_1) i(r2_3)`);
  expect(diagnostics).toEqual([]);
  const maps = pictures.flatMap((picture) => (picture.kind === "map" ? [picture] : []));
  expect(maps.map(({ name, at }) => [name, at?.values[0]])).toEqual([
    ["map-1", undefined],
    ["map-2", 0.55],
    ["map-3", 2],
    ["map-4", 2],
  ]);
  const of = (k: number) => Array.from(maps[k]!.cells.values, (value) => Math.round(value * 1e9) / 1e9);
  expect(of(0)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(of(1)).toEqual([11, 12, 13, 21, 22, 23].map((g) => Math.round(0.55 * g * 1e9) / 1e9));
  expect(of(2)).toEqual([22, 24, 26, 42, 44, 46]);
  expect(of(3)).toEqual([22, Number.NaN, Number.NaN, 46]);
  expect(maps[3]!.columns).toEqual([1, 3]);
});

const switched = (hysteresis: string) => `A capacitor and the switch that empties it
V1 in 0 1
R1 in c 1k
C1 c 0 1u
S1 c 0 c 0 sw
.model sw sw(ron=1 roff=1g vt=0.5 vh=${hysteresis})
.tran 10u 5m uic
.end
`;

test("a switch without hysteresis that goes to and fro, a little time between, is named instead of followed for ever", async () => {
  const { results, diagnostics } = await simulate(switched("0"), { pictures: false });
  expect(results[0]!.ended).toBe("failed");
  expect(diagnostics.map(({ code, message }) => `${code}: ${message}`).join()).toMatch(
    /chattering: A condition of `s1` goes to and fro without end at t = 0.00069314/,
  );
});

test("a run whose every step ends in an event can be stopped", async () => {
  const running = simulate(switched("1u"), { pictures: false, signal: AbortSignal.timeout(300) });
  expect((await running).results[0]!.ended).toBe("interrupted");
});
