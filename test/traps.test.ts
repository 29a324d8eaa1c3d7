import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { memristors } from "../src/devices/index.js";
import { fileReader } from "../src/files/read.js";
import { simulate } from "../src/index.js";

// What goes wrong in silence in other simulators of memristors, and what holds it off here. Each trap names the file and
// the words of the test that holds it; those without a better place have it below.

const here = "traps.test.ts";

const traps: readonly (readonly [trap: string, file: string, words: string])[] = [
  ["the state's direction under a positive voltage differs by model", here, "a positive voltage moves the state"],
  [
    "a polarity that mirrors only half of the device",
    "linear-drift.test.ts",
    "the other polarity under the other voltage",
  ],
  ["Joglekar's window locks a state that starts at a wall", "cases/memristor-kinds.md", "a window that locks"],
  ["and `rinit=roff` starts it there", here, "a film that starts at roff"],
  [
    "a state near a closed wall loses its digits and sticks",
    "closed-windows.test.ts",
    "the flux law holds under a hard voltage",
  ],
  ["and does not come back with the charge", "closed-windows.test.ts", "has every film back when the flux is"],
  ["Biolek's step with the wrong sign pushes the state through the wall", here, "the step of the wrong sign"],
  [
    "Biolek's state does not come off its wall",
    "linear-drift.test.ts",
    "stops at the wall it is driven into and comes off at once",
  ],
  ["a window at no current jumps", here, "a window that jumps"],
  ["Prodromakis' window with its sign exchanged, a negative base", "linear-drift.test.ts", "prodromakis"],
  ["odd and broken powers of negative bases", here, "powers of negative bases"],
  ["TEAM's positive `ion` moves the state at no current", "cases/memristor-kinds.md", "threshold towards on, negative"],
  ["Kvatinsky's film without a clamp creeps over its ends", "cases/memristor-kinds.md", "clamp=no"],
  [
    "Yakopcic's negative `vn` moves the state at no voltage",
    "cases/memristor-kinds.md",
    "threshold of falling, a positive number",
  ],
  ["Yakopcic's xp = xn = 1 divides by zero", here, "no share of the range left to slow down in"],
  ["PEM's `vn` above 0: its second branch also acts below `vp`", here, "PEM with a falling threshold above 0"],
  ["PEM beyond its tables", "published-forms.test.ts", "PEM"],
  [
    "a limiter that lets a step leave the wall",
    "published-forms.test.ts",
    "a state comes off its wall as its law says",
  ],
  [
    "logistic functions and exponentials overflow",
    "devices.test.ts",
    "gives finite numbers far from anything sensible",
  ],
  ["Knowm's contact carries a current without a voltage", "cases/memristor-kinds.md", "not-pinched"],
  ["Knowm's switch forgets by itself", here, "a metastable switch forgets"],
  ["a threshold that leaks", here, "below its threshold a state does not move by a bit"],
  ["thresholds with steep or broken slopes", "hard-drives.test.ts", "VTEAM, fast edges"],
  ["a window that changes within a thousandth of the range", "hard-drives.test.ts", "wc=1.07p"],
  ["`{2*p}` behind a power pasted as text", "circuit.test.ts", "V(1)^{2*p}"],
  ["`.ic` and `ic=` without `uic` are not heard", here, "a state held by a capacitor starts where it is told"],
  ["hidden states that integrate by `$realtime`", here, "a law that asks for the time step"],
  ["an operating point that moves the states", here, "an operating point leaves the states alone"],
  ["small signals of a state that is not held", "small-signals.test.ts", "memristor"],
  ["negative resistance", "devices.test.ts", "keeps what it claims"],
  ["two current-controlled films in series make the node between them stiff", here, "two films in series"],
  ["a sine that is missed, a pulse that comes late", "late-pulse.test.ts", "pulse"],
  ["drift over a thousand periods that physics does not have", here, "a film is back after a thousand periods"],
  ["endurance that is the drift of the integrator", here, "a million cycles move neither"],
  ["and the drift that it has", here, "Biolek's film drifts as it does"],
];

describe("each trap has its test", () => {
  test.each(traps)("%s", (_, file, words) => {
    expect(readFileSync(new URL(file, import.meta.url), "utf8").split(words).length).toBeGreaterThan(
      file === here ? 2 : 1,
    );
  });
});

const from = { name: "netlists/memristors/trap.cir", read: fileReader(() => {}) };
async function ran(text: string) {
  const { measures, results, diagnostics } = await simulate(`Trap\n${text}`, { pictures: false, ...from });
  const values = Object.fromEntries(measures.map(({ name, value }) => [name, value ?? Number.NaN]));
  return { values, results, said: diagnostics.filter(({ severity }) => severity !== "note") };
}

test("a positive voltage moves the state, and with it the resistance, in the direction that the manual tells", async () => {
  const models: Readonly<Record<string, readonly [model: string, falls: boolean]>> = {
    linear_drift: ["kind=linear_drift uv=1f", true],
    team: ["preset=team_one_volt", false],
    vteam: ["kind=vteam ron=1k roff=100k voff=1 von=-1 koff=60n kon=-60n alphaoff=1 alphaon=1", false],
    yakopcic: ["preset=yakopcic_one_volt", true],
    pershin: ["preset=pershin_one_volt", false],
    knowm: ["preset=knowm_one_volt", true],
    lehtonen_laiho: ["preset=lehtonen_laiho", true],
    michigan: ["preset=michigan2011", true],
    pem: ['kind=pem fxpdata="pem-up.dat" fxmdata="pem-down.dat" i1=1m i2=1m vp=0.5 vn=-0.5 c1=1 c2=-1 d2=-1', true],
    stanford: ["preset=stanford2014", true],
    jart: ["preset=jart2020", false],
    stochastic: ["preset=stochastic_one_volt", true],
  };
  expect(Object.keys(models).sort()).toEqual(memristors.map(({ type }) => type).sort());
  for (const [kind, [model, falls]] of Object.entries(models)) {
    const x0 = kind === "stochastic" ? 0 : kind === "stanford" ? 0.3 : 0.5;
    const { values, said } = await ran(`.model m memristor(${model})
V1 a 0 1.5
YMEMRISTOR m1 a 0 m x0=${x0}
.tran 10u 10m
.measure tran x find x(m1) at=10m
.measure tran r0 find r(m1) at=0
.measure tran r find r(m1) at=10m`);
    expect(said, kind).toEqual([]);
    expect(values["x"], kind).toBeGreaterThan(x0);
    expect(values["r"]! < values["r0"]!, kind).toBe(falls);
  }
});

test("a film that starts at roff under a closed window is warned of", async () => {
  const { said } = await ran(`.model m memristor(kind=linear_drift ron=100 roff=16k window=joglekar)
V1 a 0 1
YMEMRISTOR m1 a 0 m rinit=16k
.tran 1m 10m`);
  expect(said.map(({ code }) => code)).toEqual(["stuck-state"]);
});

test("the step of the wrong sign in Biolek's window leaves [0, 1], the right one does not", async () => {
  const form = (sign: string) => `.subckt form p n x
.func w(x,i) {1-(x-stp(${sign}i))**4}
Gx 0 x value={1e4*i(Gm)*w(v(x),i(Gm))}
Cx x 0 1 ic=0.5
Gm p n value={v(p,n)/max(100,100*v(x)+16k*(1-v(x)))}
.ends
V1 a 0 sin(0 4 1)
X1 a 0 x form
.tran 1m 1
.measure tran top max v(x)`;
  expect((await ran(form("-"))).values["top"]).toBeLessThan(1 + 1e-3);
  expect((await ran(form(""))).values["top"]).toBeGreaterThan(1.1);
});

test("a window that jumps where the current turns does not let the drift jump", async () => {
  const { values } = await ran(`.model m memristor(kind=linear_drift window=biolek p=2)
V1 a 0 sin(0 1.2 1)
YMEMRISTOR m1 a 0 m x0=0.1
.options reltol=1e-6
.tran 0.1m 1
.measure tran before deriv x(m1) at=0.4999
.measure tran after deriv x(m1) at=0.5001
.measure tran most deriv x(m1) at=0.4`);
  expect(Math.abs(values["before"]! - values["after"]!)).toBeLessThan(0.01 * values["most"]!);
});

test("powers of negative bases keep their sign or their evenness, and nothing is NaN", () => {
  const device = memristors.find(({ type }) => type === "lehtonen_laiho")!;
  const values = Object.fromEntries(Object.entries(device.parameters).map(([name, it]) => [name, it.default!]));
  const rate = (v: number, more: object): number => {
    const out = { q: new Float64Array(3), f: new Float64Array(3), q_x: new Float64Array(9), f_x: new Float64Array(9) };
    device.load(0, Float64Array.of(v, 0, 0.5), { ...values, ...more }, out, 0);
    return -out.f[2]!;
  };
  for (const m of [3, 5, 2.5]) expect(rate(-0.7, { m, window: 0 })).toBe(-rate(0.7, { m, window: 0 }));
  for (const p of [1, 1.5, 2.25]) {
    const joglekar = rate(0.7, { window: 2, p }) / rate(0.7, { window: 0 });
    expect(joglekar).toBe(1); // at the middle the base is 0
    expect(rate(-0.7, { window: 2, p })).toBe(-rate(0.7, { window: 2, p }));
  }
});

test("Yakopcic with no share of the range left to slow down in goes at full rate to its wall", async () => {
  const { values, said } = await ran(`.model m memristor(kind=yakopcic vp=0.1 vn=0.1 ap=1 an=1 xp=1 xn=1)
V1 a 0 1
YMEMRISTOR m1 a 0 m x0=0.1
.tran 1m 1
.measure tran x find x(m1) at=0.3
.measure tran end find x(m1) at=1`);
  expect(said).toEqual([]);
  expect(values["x"]! / (0.1 + 0.3 * (Math.E - Math.exp(0.1)))).toBeCloseTo(1, 5);
  expect(values["end"]).toBe(1);
});

test("PEM with a falling threshold above 0 has its second branch below the rising one", async () => {
  // v = 0.4 lies below vp = 0.7 and below vn = 1: G = e^(d2(v − vn)) − 1, with the constant and the table of v >= 0.
  const { values } = await ran(
    `.model m memristor(kind=pem fxpdata="one.dat" fxmdata="one.dat" i1=1m i2=1m vp=0.7 vn=1 d1=2 d2=3 c1=-0.5 c2=9)
V1 a 0 0.4
YMEMRISTOR m1 a 0 m x0=0.5
.tran 1m 0.5
.measure tran x find x(m1) at=0.5`.replaceAll("one.dat", "pem-up.dat"),
  );
  const G = Math.exp(3 * (0.4 - 1)) - 1;
  expect(values["x"]).toBeGreaterThan(0.5);
  const slope = (values["x"]! - 0.5) / 0.5 / (-0.5 * G);
  expect(slope).toBeGreaterThan(0.2); // between the table's values at 0.5 and beyond
  expect(slope).toBeLessThan(0.6);
});

test("a metastable switch forgets without a voltage at its known rate", async () => {
  // (2/tau)/(1 + e^(von/VT)) where von = voff.
  const { values } = await ran(`.model m memristor(kind=knowm von=0.1 voff=0.1 tau=1m)
V1 a 0 0
YMEMRISTOR m1 a 0 m x0=0.9
.options reltol=1e-6
.tran 0.1m 50m
.measure tran x find x(m1) at=50m`);
  const vt = (1.380649e-23 * 300.15) / 1.602176634e-19;
  const rate = 2 / 1e-3 / (1 + Math.exp(0.1 / vt));
  expect((values["x"]! - 0.5) / (0.4 * Math.exp(-rate * 50e-3))).toBeCloseTo(1, 4);
});

test.each([
  ["team", "preset=team_one_volt", 0.3],
  ["vteam", "preset=vteam_one_volt", 0.9],
  ["yakopcic", "preset=yakopcic_low", 0.14],
  ["pershin", "preset=pershin_one_volt", 0.9],
  ["pem", 'kind=pem fxpdata="pem-up.dat" fxmdata="pem-down.dat" vp=0.6 vn=-0.6', 0.55],
  ["stanford", "preset=stanford2014", 1],
])("below its threshold a state does not move by a bit: %s", async (_, model, v) => {
  const { values } = await ran(`.model m memristor(${model})
V1 a 0 sin(0 ${v} 100)
YMEMRISTOR m1 a 0 m x0=0.37
.tran 0.1m 50m
.measure tran low min x(m1)
.measure tran high max x(m1)`);
  expect([values["low"], values["high"]]).toEqual([0.37, 0.37]);
});

test("a state held by a capacitor starts where it is told, with and without `uic`", async () => {
  for (const uic of ["", " uic"]) {
    for (const told of ["Cx x 0 1 ic=0.3", "Cx x 0 1\n.ic v(x)=0.3"]) {
      const { values } = await ran(`.subckt form p n
Gx 0 x value={1e3*i(Gm)*(1-v(x))}
${told}
Rx x 0 1G
Gm p n value={v(p,n)/(1k+9k*(1-v(x)))}
.ends
V1 a 0 sin(0 1 1)
X1 a 0 form
.tran 1m 0.1${uic}
.measure tran x find v(x1.x) at=0`);
      expect(values["x"]).toBeCloseTo(0.3, 9);
    }
  }
});

test("a law that asks for the time step is refused", async () => {
  const deck = "t\nB1 a 0 i={v(a)*($realtime-1)}\nR1 a 0 1\n.tran 1m 1\n";
  await expect(simulate(deck)).rejects.toThrow();
});

test("an operating point leaves the states alone, whatever the voltage", async () => {
  const { values } = await ran(`.model m memristor(kind=linear_drift ron=100 roff=16k)
V1 a 0 5
YMEMRISTOR m1 a 0 m x0=0.3
.op
.measure op x find x(m1)
.measure op r find r(m1)`);
  expect(values["x"]).toBe(0.3);
  expect(values["r"]).toBeCloseTo(100 * 0.3 + 16e3 * 0.7, 6);
});

test("two films in series are one of twice the length, through their walls and back", async () => {
  const { values, said } = await ran(`.model m memristor(kind=linear_drift ron=100 roff=16k uv=10f window=biolek p=10)
.model twice memristor(kind=linear_drift ron=200 roff=32k uv=5f window=biolek p=10)
V1 a 0 sin(0 6 1)
YMEMRISTOR m1 a b m x0=0.3
YMEMRISTOR m2 b 0 m x0=0.3
YMEMRISTOR m3 a 0 twice x0=0.3
.tran 1m 2
.measure tran top max i(m3)
.measure tran high max x(m1)
.measure tran apart max {abs(i(m1)-i(m3))}`);
  expect(said).toEqual([]);
  expect(values["high"]).toBeGreaterThan(0.99);
  expect(values["apart"]).toBeLessThan(5e-4 * values["top"]!);
});

describe("over many periods", () => {
  const deck = (
    window: string,
    periods: number,
  ) => `.model m memristor(kind=linear_drift ron=100 roff=16k d=10n uv=10f ${window})
V1 a 0 sin(0 1.2 1)
YMEMRISTOR m1 a 0 m x0=0.1
.tran ${periods} ${periods}
.measure tran x find x(m1) at=${periods}`;

  test("a film is back after a thousand periods, at default options", async () => {
    expect(Math.abs((await ran(deck("window=joglekar p=10", 1000))).values["x"]! - 0.1)).toBeLessThan(1e-5);
  });

  test("Biolek's film drifts as it does by its physics", async () => {
    for (const [periods, x] of [
      [1, 0.1760746532],
      [2, 0.2256943136],
      [3, 0.2577637799],
    ] as const)
      expect((await ran(deck("window=biolek p=2", periods))).values["x"]! / x).toBeCloseTo(1, 4);
  });

  // A cycle that is the one before to its digits is not integrated a million times: the run is to end where it would have.
  test("a million cycles move neither a film that comes back nor one that goes from wall to wall", async () => {
    const { results, said } =
      await ran(`.model hp memristor(kind=linear_drift ron=100 roff=16k uv=10f window=joglekar p=10)
.model th memristor(kind=vteam ron=1k roff=100k voff=1 von=-1 koff=60u kon=-60u alphaoff=1 alphaon=1 x0=0.5)
V1 a 0 sin(0 1.2 1)
V2 b 0 pulse(-1.4 1.4 0 1m 1m 0.499 1)
YMEMRISTOR m1 a 0 hp x0=0.1
YMEMRISTOR m2 b 0 th
.print tran x(m1) x(m2)
.tran 1000 1e6`);
    expect(said).toEqual([]);
    const [time, film, walls] = results[0]!.columns.map(({ values }) => values) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    expect([time.length, time.at(-1)]).toEqual([1001, 1e6]);
    expect(Math.max(...film.map((x) => Math.abs(x - 0.1)))).toBeLessThan(1e-6);
    expect(Math.max(...walls.subarray(1))).toBe(0);
  });

  test.each([
    ["a pulse of another source", "V2 b a pwl(0 0 150.1 0 150.2 1 150.4 1 150.5 0)"],
    ["a law of the time", "B2 b a v={if(time>150.1 && time<150.4, 1, 0)}"],
  ])("cycles are not taken for alike where %s comes among them", async (_, card) => {
    const { results } = await ran(`.model hp memristor(kind=linear_drift ron=100 roff=16k uv=10f window=joglekar p=1)
V1 a 0 sin(0 1 1)
${card}
YMEMRISTOR m1 b 0 hp x0=0.1
.print tran x(m1)
.tran 1 200`);
    const [time, x] = results[0]!.columns.map(({ values }) => values) as [Float64Array, Float64Array];
    const at = (when: number): number => x[time.indexOf(when)]!;
    expect(Math.abs(at(150) - 0.1)).toBeLessThan(1e-5);
    expect(at(160)).toBeGreaterThan(0.105);
  });
});
