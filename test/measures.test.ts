import { describe, expect, test } from "vitest";
import { zeros } from "../src/analysis/crossings.js";
import { Curve } from "../src/analysis/interpolation.js";
import { lobeArea } from "../src/analysis/loops.js";
import { simulate } from "../src/index.js";
import { integralUnit, slopeUnit } from "../src/units/calculus.js";

/** What a netlist measures: values by name, and what is said. */
async function measured(text: string) {
  const { measures, diagnostics } = await simulate(text);
  return {
    values: Object.fromEntries(measures.map(({ name, value }) => [name, value])),
    units: Object.fromEntries(measures.map(({ name, unit }) => [name, unit])),
    said: diagnostics.map(({ message }) => message),
  };
}

describe("at a jump a stretch begins after it and ends before it", () => {
  // Edges of 1 V/µs drive −1 A through 1 µF for 1 µs each: a current that jumps at both ends of each edge.
  const deck = (...measures: readonly string[]) =>
    measured(
      `Jumps\nV1 1 0 pulse(0 1 0 1u 1u 1m 2m 2)\nC1 1 0 1u\n.options reltol=1e-6\n.tran 10u 6m\n${measures.map((measure, k) => `.measure tran m${k} ${measure}`).join("\n")}`,
    );

  test.each([
    ["from=0 to=0.5m", -1e-6],
    ["from=0 to=1u", -1e-6],
    ["to=1u", -1e-6],
    ["from=0 to=0.4u", -0.4e-6],
    ["from=0.25u to=1u", -0.75e-6],
    ["from=1u to=1.001m", 0],
    ["from=1.001m to=1.002m", 1e-6],
    ["from=1.5m to=2m", 0],
    ["from=1.5m to=2.0005m", -0.5e-6],
    ["", 0],
  ])("the charge through a capacitor, %s, is −C·ΔV", async (stretch, charge) => {
    const { values } = await deck(`integ i(v1) ${stretch}`);
    // A current that an edge has just begun is known to 4e-4; the wrong side of a jump would cost half of it.
    expect(Math.abs(values["m0"]! - charge)).toBeLessThan(4e-10);
  });

  test("stretches that touch at a jump add up", async () => {
    const { values } = await deck(
      ...["from=0 to=1u", "from=1u to=1.001m", "from=1.001m to=1.0017m", "from=0 to=1.0017m"].map(
        (s) => `integ i(v1) ${s}`,
      ),
    );
    expect(values["m0"]! + values["m1"]! + values["m2"]!).toBeCloseTo(values["m3"]!, 15);
  });

  test("extremes and means see the inner side only", async () => {
    const { values } = await deck(
      "max i(v1) from=0 to=1u",
      "pp i(v1) from=0 to=1u",
      "rms i(v1) from=0 to=1u",
      "avg i(v1) from=0 to=1u",
      "pp i(v1) from=1u to=1.001m",
      "min i(v1) from=1.001m to=1.002m",
      "find i(v1) at=0",
      "find i(v1) at=1u",
    );
    for (const [name, value] of [
      ["m0", -1],
      ["m1", 0],
      ["m2", 1],
      ["m3", -1],
      ["m4", 0],
      ["m5", 1],
      ["m6", 0],
      ["m7", 0],
    ] as const)
      expect(values[name], name).toBeCloseTo(value, 6);
  });
});

test("along a falling sweep the same is measured as along a rising one", async () => {
  const deck = (range: string) =>
    measured(`Direction
V1 1 0 0
B1 0 1 i={v(1)**2}
.dc V1 ${range}
.measure dc found find i(v1) at=3.03
.measure dc slope deriv i(v1) at=3.03
.measure dc area integ i(v1) from=1.03 to=2.51
.measure dc all avg i(v1)
.measure dc top max i(v1) from=1 to=2
.measure dc place when v(1)=2.33`);
  const exact = { found: 3.03 ** 2, slope: 6.06, area: (2.51 ** 3 - 1.03 ** 3) / 3, all: 25 / 3, top: 4, place: 2.33 };
  for (const range of ["0 5 0.1", "5 0 -0.1"]) {
    const { values, units } = await deck(range);
    for (const [name, value] of Object.entries(exact)) expect(values[name], `${name} ${range}`).toBeCloseTo(value, 6);
    expect(units).toMatchObject({ found: "A", slope: "S", area: "W", place: "V" });
  }
});

describe("a loop is measured over a whole period that was recorded", () => {
  const deck = (tran: string, what: string) =>
    measured(`Loop
V1 a 0 sin(0 1 1)
YMEMRISTOR m1 a 0 hp x0=0.3
.model hp memristor(kind=linear_drift ron=100 roff=16k uv=10f window=none)
.options reltol=1e-7
.tran ${tran}
.measure tran m ${what}`);

  // A charge-controlled memristor on a sine repeats its loop from the start, so that every whole period is alike.
  test.each(["loop_area m1", "formfactor m1"])("%s does not depend on where recording starts", async (what) => {
    const whole = (await deck("1m 3", what)).values["m"]!;
    for (const tran of ["1m 3 0.5", "1m 3 1.75", "1m 3.4 1.5", "1.3m 3 0.7"]) {
      const { values, said } = await deck(tran, what);
      expect(said).toEqual([]);
      expect(values["m"]! / whole, tran).toBeCloseTo(1, 5);
    }
  });

  test("where none was recorded there is none", async () => {
    for (const [tran, what] of [
      ["1m 1.2 0.5", "loop_area m1"],
      ["1m 0.7", "formfactor m1"],
      ["1m 2.5 0.5", "loop_area m1 period=1"],
      ["1m 2.5", "pinch m1 period=3"],
    ] as const) {
      const { values, said } = await deck(tran, what);
      expect(values["m"]).toBeNull();
      expect(said[0]).toMatch(/whole: recorded is from .* to .*, and a period of the drive is 1 s\.$|no whole period/);
    }
  });
});

describe("figures of a loop that are known", () => {
  // Without a window R² falls with the flux: a film at the same flux has the same resistance on its way there and back.
  const deck = (measures: string) =>
    measured(`Loop
V1 a 0 sin(0 1.2 1)
YMEMRISTOR m1 a 0 hp x0=0.1
.model hp memristor(kind=linear_drift ron=100 roff=16k uv=10f window=none)
.options reltol=1e-7
.tran 1m 2
${measures}`);
  const [k, apart, r0] = [1e4, 15.9e3, 14410];
  const current = (t: number): number =>
    (1.2 * Math.sin(2 * Math.PI * t)) /
    Math.sqrt(r0 ** 2 - (2 * k * apart * 1.2 * (1 - Math.cos(2 * Math.PI * t))) / (2 * Math.PI));
  const n = 4000;
  const half = Array.from({ length: n }, (_, j) => (j + 0.5) / (2 * n));
  const lobe = -half.reduce(
    (sum, t) => sum + (current(t) * 1.2 * 2 * Math.PI * Math.cos(2 * Math.PI * t)) / (2 * n),
    0,
  );

  test("lobes have their areas, and are run through in opposite directions", async () => {
    const { values, units } = await deck(
      ".measure tran up lobe_positive m1\n.measure tran down lobe_negative m1 period=1\n.measure tran both loop_area m1",
    );
    expect(values["up"]! / lobe).toBeCloseTo(1, 5);
    expect(values["down"]! / -lobe).toBeCloseTo(1, 5);
    expect(values["both"]! / (2 * lobe)).toBeCloseTo(1, 5);
    expect(units["up"]).toBe("V·A");
  });

  test("a lobe is signed by its direction: those of a figure of eight cross, those of a kissing loop touch", () => {
    const t = Array.from({ length: 2001 }, (_, j) => (2 * Math.PI * j) / 2000);
    const v = Float64Array.from(t, Math.sin);
    const eight = Float64Array.from(t, (at) => Math.sin(2 * at));
    const kissing = Float64Array.from(t, (at) => Math.sin(2 * at) * Math.sign(Math.sin(at)));
    const of = (i: Float64Array) => [lobeArea(v, i, 1), lobeArea(v, i, -1)].map((area) => area * 0.75);
    expect(of(eight)).toEqual([expect.closeTo(-1, 5), expect.closeTo(1, 5)]);
    expect(of(kissing)).toEqual([expect.closeTo(-1, 5), expect.closeTo(-1, 5)]);
  });
});

test("switching at a constant voltage takes its known time and energy", async () => {
  // t = (R0² − R²)/(2k(roff − ron)V), and the charge between two states is their distance over k.
  const { values, units, said } = await measured(`Set
V1 a 0 pwl(0 0 1 0 1 1.5 9 1.5)
YMEMRISTOR m1 a 0 hp x0=0.1
YMEMRISTOR m2 a 0 hp x0=0.1
.model hp memristor(kind=linear_drift ron=100 roff=16k uv=10f window=none)
.options reltol=1e-7
.tran 1m 1.4
.measure tran t1 switch_time m1
.measure tran e1 switch_energy m1
.measure tran t2 switch_time m2 from=1 low=0 high=0.5
.measure tran e2 switch_energy m2 low=0 high=100%
.measure tran end find x(m2) at=1.4
.measure tran none switch_time m1 to=0.9`);
  const end = values["end"]!;
  const r = (x: number) => 100 * x + 16e3 * (1 - x);
  const when = (share: number) => (r(0.1) ** 2 - r(0.1 + share * (end - 0.1)) ** 2) / (2 * 1e4 * 15.9e3 * 1.5);
  expect(values["t1"]! / (when(0.9) - when(0.1))).toBeCloseTo(1, 5);
  expect(values["t2"]! / when(0.5)).toBeCloseTo(1, 5);
  expect(values["e1"]! / ((0.8 * (end - 0.1) * 1.5) / 1e4)).toBeCloseTo(1, 5);
  expect(values["e2"]! / (((end - 0.1) * 1.5) / 1e4)).toBeCloseTo(1, 5);
  expect(units).toMatchObject({ t1: "s", e1: "J" });
  expect(values["none"]).toBeNull();
  expect(said[0]).toContain("the state ends where it began");
});

describe("figures over periods and over runs", () => {
  const film =
    "YMEMRISTOR m1 a 0 hp x0=0.1\n.model hp memristor(kind=linear_drift ron=100 roff=16k uv=10f window=biolek p=2)";

  test("`.plot loop_area` has what the measure finds, period by period", async () => {
    const { pictures, measures } = await simulate(`Loops
V1 a 0 sin(0 1.2 1)
${film}
.tran 1m 3.5
.measure tran a1 loop_area m1 period=1
.measure tran a3 loop_area m1
.plot loop_area m1
`);
    const [picture] = pictures;
    if (picture?.kind !== "waves") throw new Error("no picture");
    expect([...picture.x.values]).toEqual([1, 2, 3]);
    expect(picture.left[0]!.values[0]).toBe(measures[0]!.value);
    expect(picture.left[0]!.values[2]).toBe(measures[1]!.value);
  });

  test("`.plot runs` has the measures of the runs, the draws of a step as curves of their own", async () => {
    const deck = `Runs
.param f=1 a=1
V1 in 0 {a}
R1 in out {unif(1k,0.1)}
R2 out 0 {f*1k}
.step param f list 1 2 4
.step param a list 1 2
.mc 2 seed=1
.op
.measure op y find v(out)
.plot runs y
`;
    const { pictures, runs } = await simulate(deck);
    const [picture] = pictures;
    if (picture?.kind !== "waves") throw new Error("no picture");
    expect([...picture.x.values]).toEqual([1, 2, 4, 1, 2, 4, 1, 2, 4, 1, 2, 4]);
    expect(picture.outer!.map(({ name, values }) => [name, [...values]])).toEqual([
      ["a", [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]],
      ["draw", [1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2]],
    ]);
    const table = new Map(runs!.columns.map(({ name, values }) => [name, values]));
    const row = (a: number, f: number, draw: number) =>
      [...table.get("run")!.keys()].filter((k) => table.get("a")![k] === a && table.get("f")![k] === f)[draw - 1]!;
    expect(picture.left[0]!.values[4]).toBe(table.get("y")![row(1, 2, 2)]);
    expect(picture.left[0]!.values[9]).toBe(table.get("y")![row(2, 1, 2)]);
  });
});

test("a slope is exact for cubics also at a point of the grid, and has a unit of its own", async () => {
  const { values, units } = await measured(`Slopes
V1 a 0 pwl(0 0 1 1)
R1 a 0 1
B1 b 0 v={v(a)**3}
C1 b 0 1
.tran 0.1 1
.measure tran cubic deriv v(b) at=0.5
.measure tran charge deriv {v(b)*1} at=0.25
.measure tran current deriv i(R1) when v(a)=0.3
.measure tran pure deriv {v(a)/v(a)} at=0.5
.measure tran sum param={cubic*2}`);
  expect(values["cubic"]).toBeCloseTo(0.75, 9);
  expect(values["current"]).toBeCloseTo(1, 6);
  expect(units).toMatchObject({ cubic: "V/s", current: "A/s", pure: "1/s" });
});

test("units of slopes and integrals undo each other, and have the names that people know", () => {
  expect([slopeUnit("C", "s"), slopeUnit("A", "V"), slopeUnit("V", "V"), slopeUnit("Ω", "s")]).toEqual([
    "A",
    "S",
    "1",
    "Ω/s",
  ]);
  expect([integralUnit("A", "s"), integralUnit("V", "s"), integralUnit("1", "s"), integralUnit("S", "V")]).toEqual([
    "C",
    "Wb",
    "s",
    "A",
  ]);
});

test("a subcircuit with two terminals has a voltage, a current and a loop as a device has", async () => {
  const { values, units, said } = await measured(`A cell and its port
V1 in 0 sin(0 1 1)
X1 in mid cell
Rs mid 0 10
.subckt cell a b
YMEMRISTOR m1 a m hp x0=0.3
R1 m b 100
R2 b a 1k
C1 a b 1n
Xin a b inner
.ends
.subckt inner a b
Rq a b 10k
E1 e 0 a b 2
Re e 0 1k
.ends
.model hp memristor(kind=linear_drift ron=100 roff=16k uv=10f)
.tran 1m 2
.plot iv X1
.measure tran apart max {abs(i(X1)+i(V1))+abs(i(X1)-i(Rs))+abs(v(X1)-v(in,mid))+abs(n(x1:p)-v(in,mid)*i(Rs))}
.measure tran most max i(X1)
.measure tran port loop_area X1
.measure tran cell loop_area x1.m1`);
  expect(said).toEqual([]);
  expect(values["apart"]).toBeLessThan(1e-6 * values["most"]!);
  expect(units["most"]).toBe("A");
  expect(values["port"]).toBeGreaterThan(0);
});

describe("where a signal has no value, a measure passes over it", () => {
  // A current by differences has none at a step without neighbours: here, at the first and the last of 31 steps of 0.1.
  const deck = (...measures: readonly string[]) =>
    measured(`Gaps
.quantum q
qubit a state=+
memristor M1 a gamma0=0.1
.endquantum
.qtran 3 method=digital dt=0.1 current=rotating_central
${measures.map((measure, k) => `.measure qtran m${k} ${measure}`).join("\n")}`);

  test("means and integrals are of the stretches that have one", async () => {
    const one = "{i(M1)*0+1}";
    const { values, said } = await deck(
      ...[`integ ${one}`, `avg ${one}`, `rms ${one}`, `integ ${one} from=0 to=1.05`, `integ ${one} from=0.15`],
      `avg {i(M1)*0+time}`,
    );
    for (const [k, truth] of [2.8, 1, 1, 0.95, 2.75, 1.5].entries()) expect(values[`m${k}`]).toBeCloseTo(truth, 12);
    expect(said).toEqual([]);
  });

  test("extremes are of the points that have one", async () => {
    const { values } = await deck("max {i(M1)*0+time}", "min {i(M1)*0+time}", "min_at {i(M1)*0+time}");
    expect([values["m0"], values["m1"], values["m2"]]).toEqual([2.9, 0.1, 0.1].map((t) => expect.closeTo(t, 12)));
  });

  test("a signal without any value is found nowhere", async () => {
    const { values, said } = await deck("max formfactor(M1)", "avg formfactor(M1)");
    expect(values).toEqual({ m0: null, m1: null });
    expect(said).toHaveLength(2);
  });

  test("a change of sign over a gap is at no known place, and the first value is no change of sign", () => {
    const places = (...y: number[]) => zeros(new Curve(Float64Array.from(y.keys()), Float64Array.from(y), 0), "cross");
    expect(places(-1, Number.NaN, 1, 2)).toEqual([]);
    expect(places(Number.NaN, 1, 2, 3)).toEqual([]);
    expect(places(Number.NaN, 1, Number.NaN, -1, 1)).toEqual([3.5]);
  });
});
