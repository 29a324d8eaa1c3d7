import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { standardRate } from "../src/quantum/rates.js";
import { readCsv } from "../src/views/read-csv.js";
import { deck, inFolderOfItsOwn, pinched } from "./command-line.js";

// What the command line writes for shots, trajectories and loops, against closed forms and printed tables.

inFolderOfItsOwn();
const T = 2 * Math.PI;

/** Runs a memristor; gives the columns of one of its files by their names. */
async function ran(
  memristor: readonly [gamma0: number, theta: string, phi: string],
  card: string,
  print = "v(M1) i(M1)",
) {
  const [gamma0, theta, phi] = memristor;
  const text = `one
.param T={2*pi}
.quantum q
qubit a theta={${theta}} phi={${phi}}
memristor M1 a gamma0=${gamma0} omega=1
.endquantum
.qtran ${card}
.print ${print}
.end
`;
  const { code, err } = await pinched(["run", deck("d.cir", text), "-o", "out", "--no-plots"]);
  expect(err, err).not.toContain("error");
  expect(code).toBe(0);
  return (name: string) => {
    const columns = new Map(readCsv(readFileSync(`out/d.${name}.csv`, "utf8")).map((it) => [it.name, it.values]));
    return (column: string): Float64Array => columns.get(column)!;
  };
}

/** Runs a netlist that cannot go on; gives what it said, and the rows that it has written all the same. */
async function stopped(lines: string, card: string, print: string) {
  const text = `stopped\n.quantum q\n${lines}\n.endquantum\n.qtran ${card}\n.print ${print}\n.end\n`;
  const { code, out, err } = await pinched(["run", deck("s.cir", text), "-o", "out", "--no-plots"]);
  expect(code).toBe(1);
  const columns = readCsv(readFileSync("out/s.qtran.csv", "utf8")).map(({ values }) => values);
  return { said: `${out}${err}`, columns };
}

describe("a run that cannot go on names the line and the time, and keeps what it has", () => {
  const falling = "qubit a state=+\nqubit b state=e\nmemristor M1 a gamma0=0.1\nmemristor M2 b rate={0.2*cos(time)}";

  test.each([
    ["exact", "0.1 5", falling],
    ["digital", "5 method=digital dt=0.1", falling],
    ["lindblad", "0.1 5", `${falling}\nhamiltonian {0.1*sz(a)*sz(b)}`],
    ["trajectories", "0.1 5 method=trajectories runs=3", falling],
  ])("a rate that turns negative at π/2, %s", async (method, card, lines) => {
    const { said, columns } = await stopped(lines, card, "pop(b,e)");
    expect(said).toContain("The rate of `q.m2` turns negative at t = 1.571:");
    expect(said).toContain("s.cir:6:1");
    expect(columns[0]!.length).toBeGreaterThan(10);
    expect(columns[0]!.at(-1)).toBeLessThan(Math.PI / 2);
    if (method !== "trajectories") {
      expect(said).not.toContain(" 0 steps");
      for (const [row, t] of columns[0]!.entries())
        expect(columns[1]![row]).toBeCloseTo(Math.exp(-0.2 * Math.sin(t)), 8);
    }
  });

  test("light that rises above one photon at t = 5, R having followed it", async () => {
    const { said, columns } = await stopped("photonic P1 nin={0.5+0.1*time} window=0.5", "0.01 10", "reflectivity(P1)");
    expect(said).toContain("`nin` rises above 1 at t = 5,");
    const [time, R] = columns as [Float64Array, Float64Array];
    expect(time.at(-1)).toBeCloseTo(4.99, 1);
    for (const [row, t] of time.entries()) if (t > 0.5) expect(R[row]).toBeCloseTo(0.5 + 0.1 * (t - 0.25), 11);
  });

  test("the rate of an LC circuit, where its memory has made it 0", async () => {
    const { said, columns } = await stopped(
      "lc L1 rate={0.1*(1-1.2*sin(mu))} q=2",
      "0.001 20",
      "moment(L1,mu) rate(L1)",
    );
    expect(said).toContain("The rate of `q.l1` turns negative at t = ");
    const [time, mu] = columns as [Float64Array, Float64Array];
    // µ there is arcsin(1/1.2); µ' = ⟨q⟩ < 2 in the last step of 0.001
    expect(Math.abs(mu.at(-1)! - Math.asin(1 / 1.2))).toBeLessThan(0.002);
    expect(said).toContain(`t = ${time.at(-1)!.toFixed(3).slice(0, 4)}`);
  });
});

describe("loops", () => {
  test.each([
    [[0.2, "pi/8", "pi/5"], 0.124970853753, 2.112775961424e-3 + 1.523981927943e-3, 0.604724770608, 0.231893305964],
    [[0.02, "pi/8", "pi/5"], 0.014653476364, 5.300025831604e-4 + 5.131414740439e-4, 0.945816186256, 0.252073030742],
    [[0.4, "pi/4", "pi/5"], 0.181906868323, 3.074352702382e-3 + 1.587541913638e-3, 0.567494437988, 0.17936607601],
    [[0.02, "pi/4", "0"], 0.018883434814, 1.348822853345e-3 + 1.307656906665e-3, 1.329589849673, 0.316695024161],
  ] as const)("of %j are the printed ones", async (memristor, raw, area, perimeter, scaled) => {
    const of = (await ran(memristor, "{T/600} {20*T}"))("loops");
    const relative = (column: string, truth: number) => Math.abs(of(`${column}(q.m1)`)[0]! / truth - 1);
    expect(relative("formfactor_raw", raw)).toBeLessThan(1e-4);
    expect(relative("formfactor", scaled)).toBeLessThan(1e-4);
    expect(relative("area", area)).toBeLessThan(1e-4);
    expect(relative("perimeter", perimeter)).toBeLessThan(1e-4);
    const five = of("formfactor_raw(q.m1)").slice(0, 5);
    expect((Math.max(...five) - Math.min(...five)) / five[0]!).toBeLessThan(1e-9);
    expect(Math.max(...of("pinch(q.m1)").slice(0, 5))).toBeLessThan(1e-12);
    expect(Math.max(...of("ohm(q.m1)").slice(0, 5))).toBeLessThan(1e-14);
  });

  test.each([
    [30, -8.4e-3],
    [60, -2.3e-3],
    [120, -5.7e-4],
    [300, -9.2e-5],
  ])("with %d points a period are polygons: F errs by %f", async (points, error) => {
    const of = (await ran([0.4, "pi/4", "pi/5"], `{T/${points}} {3*T}`))("loops");
    expect(of("formfactor_raw(q.m1)")[0]! / 0.181906868323 - 1).toBeCloseTo(error, points < 100 ? 4 : 5);
  });

  test("are signals from their end on", async () => {
    const of = (await ran([0.4, "pi/4", "pi/5"], "{T/60} {4*T}", "formfactor(M1)"))("qtran");
    const F = of("formfactor(q.m1)");
    of("time").forEach((t, k) => {
      expect(Number.isNaN(F[k]!)).toBe(t < 1.4 * T - 1e-9);
    });
  });
});

describe("current by differences", () => {
  test.each([
    ["central", [0.076, 0.099, 0.658]],
    ["forward", [0.79, 1.02, 6.7]],
    ["rotating_backward", [0.102, 0.074, 0.055]],
    ["rotating_central", [0.0072, 0.0053, 0.004]],
  ] as const)("%s errs as the table says", async (how, printed) => {
    for (const [k, gamma0] of [0.4, 0.2, 0.02].entries()) {
      const theta = gamma0 === 0.4 ? "pi/4" : "pi/8";
      const card = `{20*T} method=digital steps_per_period=30 current=${how}`;
      const of = (await ran([gamma0, theta, "pi/5"], card, "v(M1) i(M1) rate(M1)"))("qtran");
      const truth = of("v(q.m1)").map((v, row) => v * of("rate(q.m1)")[row]!);
      const errors = of("i(q.m1)").map((i, row) => (Number.isNaN(i) ? 0 : Math.abs(i - truth[row]!)));
      const largest = Math.max(...truth.map(Math.abs));
      expect(Math.max(...errors) / largest / printed[k]!).toBeGreaterThan(0.97);
      expect(Math.max(...errors) / largest / printed[k]!).toBeLessThan(1.03);
    }
  });
});

describe("shots", () => {
  const card = "{2*T} method=digital steps_per_period=30 shots=5000 runs=400 seed=1";

  test("scatter as the binomial says, about the right mean, and I is the rate times V shot by shot", async () => {
    const of = (await ran([0.4, "pi/4", "pi/5"], card, "v(M1) i(M1) rate(M1)"))("qtran");
    const K = (t: number) => standardRate(0.4, 1).between(0, t);
    let ratio = 0;
    const time = of("time");
    time.forEach((t, row) => {
      const sy = Math.exp(-K(t) / 2) * Math.sin(t + Math.PI / 5);
      const sd = (Math.SQRT1_2 / 2) * Math.sqrt((1 - sy ** 2) / 5000);
      ratio += of("v(q.m1).sd")[row]! / sd / time.length;
      expect(Math.abs(of("v(q.m1)")[row]! + (Math.SQRT1_2 / 2) * sy)).toBeLessThan((4 * sd) / Math.sqrt(400));
      const rate = of("rate(q.m1)")[row]!;
      expect(Math.abs(of("i(q.m1).sd")[row]! - rate * of("v(q.m1).sd")[row]!)).toBeLessThan(1e-15);
    });
    expect(ratio).toBeGreaterThan(0.95);
    expect(ratio).toBeLessThan(1.05);
  });

  test("of differences are noise: 0.034, seventeen times that of the identity", async () => {
    const of = (await ran([0.4, "pi/4", "pi/5"], `${card} current=central`))("qtran");
    const sd = of("i(q.m1).sd").filter((value) => !Number.isNaN(value));
    const mean = sd.reduce((sum, value) => sum + value, 0) / sd.length;
    expect(mean / 0.0338).toBeGreaterThan(0.95);
    expect(mean / 0.0338).toBeLessThan(1.05);
  });
});

describe("trajectories", () => {
  test("jump at times that follow cos²a(1 − e^−K), and their mean is the closed form within its error", async () => {
    const runs = 600;
    const found = await ran([0.4, "pi/4", "pi/5"], `{T/10} {2*T} method=trajectories runs=${runs} seed=3 reltol=1e-6`);
    const K = (t: number) => standardRate(0.4, 1).between(0, t);
    const times = found("qtran.jumps")("time").slice().sort();
    let apart = 0;
    times.forEach((t, k) => {
      const law = (1 - Math.exp(-K(t))) / 2;
      apart = Math.max(apart, Math.abs((k + 1) / runs - law), Math.abs(k / runs - law));
    });
    expect(apart).toBeLessThan(1.63 / Math.sqrt(runs)); // Kolmogorov and Smirnov's 1 % point
    const of = found("qtran");
    of("time").forEach((t, row) => {
      const V = (-Math.SQRT1_2 / 2) * Math.exp(-K(t) / 2) * Math.sin(t + Math.PI / 5);
      expect(Math.abs(of("v(q.m1)")[row]! - V)).toBeLessThan(4 * of("v(q.m1).se")[row]! + 1e-6);
    });
  });
});

test("a Hamiltonian that is diagonal, so that nothing is left to move in its own frame", async () => {
  const text = `diagonal
.quantum q
qubit a state=+
qubit b state=+
hamiltonian {0.7*sz(a)*sz(b)}
.endquantum
.qtran 0.5 5
.print qtran ex({sx(a)}) ex({sz(a)})
.end
`;
  const { code, err } = await pinched(["run", deck("d.cir", text), "-o", "out", "--no-plots"]);
  expect(code, err).toBe(0);
  const [t, x, z] = readCsv(readFileSync("out/d.qtran.csv", "utf8")).map(({ values }) => values);
  for (const [k, time] of t!.entries()) {
    expect(Math.abs(x![k]! - Math.cos(1.4 * time))).toBeLessThan(1e-9);
    expect(Math.abs(z![k]!)).toBeLessThan(1e-12);
  }
});

test.each(["", "method=trajectories runs=2"])(
  "a gate within a run is a jump, both sides of which are told (%s)",
  async (method) => {
    const text = `t
.quantum q
qubit a theta=0.4 omega=1
gate x a at=0.3
gate z a at=0.3
gate y a at=2
.endquantum
.qtran 0.5 2 ${method}
.print ex({sz(a)})
.end
`;
    expect((await pinched(["run", deck("d.cir", text), "-o", "out", "--no-plots"])).code).toBe(0);
    const [time, z] = readCsv(readFileSync("out/d.qtran.csv", "utf8")).map((it) => it.values) as [
      Float64Array,
      Float64Array,
    ];
    expect([...time]).toEqual([0, 0.3, 0.3, 0.5, 1, 1.5, 2, 2]);
    const c = Math.cos(0.8);
    for (const [k, sign] of [1, 1, -1, -1, -1, -1, -1, 1].entries()) expect(z[k]).toBeCloseTo(sign * c, 12);
  },
);
