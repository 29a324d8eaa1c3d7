import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";
import { LcEquation, lc, lcEntries, lcRates, lcSlopes, lcVacuum } from "../src/quantum/lc-memristor.js";

// What stands beside a register, in a circuit: photonic memristors that nodes shine on, LC circuits that nodes damp.

async function run(netlist: string) {
  const { results, diagnostics } = await simulate(netlist, { pictures: false });
  const columns = new Map(results.at(-1)?.columns.map(({ name, values }) => [name, values]) ?? []);
  return { columns, errors: diagnostics.filter(({ severity }) => severity === "error") };
}

async function columnsOf(netlist: string): Promise<ReadonlyMap<string, Float64Array>> {
  const { columns, errors } = await run(netlist);
  expect(errors).toEqual([]);
  return columns;
}

const last = (values: Float64Array | undefined): number => values![values!.length - 1]!;
const largest = (values: Iterable<number>): number => [...values].reduce((most, it) => Math.max(most, Math.abs(it)), 0);

/** What two runs differ by at the times of the first. */
function differences(one: ReadonlyMap<string, Float64Array>, other: ReadonlyMap<string, Float64Array>): number {
  const time = [...other.get("time")!];
  const rows = [...one.get("time")!].map((t) => time.findIndex((it) => Math.abs(it - t) < 1e-9));
  return largest([...one].flatMap(([name, values]) => [...values].map((v, k) => v - other.get(name)![rows[k]!]!)));
}

const natural = "units=natural omega0=1 vunit=1 iunit=1";
const netlist = (block: string, circuit: string, units = natural) =>
  `a hybrid\n.quantum q ${units}\n${block}\n.endquantum\n${circuit}\n.end\n`;
const idle = "V1 n 0 1\nR1 n 0 1";

describe("an LC circuit beside a circuit", () => {
  const line = "lc L1 c=1 l=1 rate={0.1*(1-sin(mu))} strength=0.05 q=2";

  // The reference: t, <q>, <phi>, I, and the variances' purity.
  test.each(["odex", "ndf"])("has the moments of the Gaussian closure (%s)", async (method) => {
    const found = await columnsOf(
      netlist(line, `${idle}\n.options method=${method} reltol=1e-8\n.tran 1 20\n.print moment(L1) i(L1)`),
    );
    const time = [...found.get("time")!];
    for (const [t, q, current] of [
      [1, 1.0010379127, 0.0001062938],
      [5, 0.5624235292, 0.2207758234],
      [10, -0.6856903927, -0.1941196258],
      [20, 0.1301789577, undefined],
    ] as const) {
      const row = time.findLastIndex((it) => Math.abs(it - t) < 1e-9);
      expect(Math.abs(found.get("moment(q.l1,q)")![row]! - q)).toBeLessThan(1e-7);
      if (current !== undefined) expect(Math.abs(found.get("i(q.l1)")![row]! - current)).toBeLessThan(1e-7);
    }
    expect(Math.abs(found.get("moment(q.l1,purity)")![time.lastIndexOf(5)]! - 0.9794276)).toBeLessThan(1e-7);
  });

  test("is damped by a node as by a law of time", async () => {
    const print = ".print moment(L1) i(L1) v(L1) rate(L1)";
    const alone = await columnsOf(
      netlist(
        "lc L1 c=2 l=0.5 rate={0.1*(1+0.5*sin(time)*cos(mu))} strength=0.1 q=1 phi=0.5",
        `.qtran 0.5 10\n${print}`,
      ),
    );
    const beside = await columnsOf(
      netlist(
        "lc L1 c=2 l=0.5 rate={0.1*(1+v(n)*cos(mu))} strength=0.1 q=1 phi=0.5",
        `V1 n 0 sin(0 0.5 {1/(2*pi)})\nR1 n 0 1\n.options reltol=1e-8\n.tran 0.5 10\n${print}`,
      ),
    );
    expect(differences(alone, beside)).toBeLessThan(1e-7);
  });

  // Units: ω₀ = 1e6 rad/s, 1 mV, 1 µA. The charge that flows into the capacitor is ∫2γq dt.
  test("gives its current to a node, in amperes", async () => {
    const found = await columnsOf(
      netlist(
        "lc L1 c=1 l=1 rate=0.1 q=2",
        "B1 0 n i={i(q.L1)}\nC1 n 0 1p ic=0\n.options reltol=1e-8\n.tran 0.1u 10u uic\n.print v(n) v(L1) rate(L1)",
        "units=natural omega0=1Meg vunit=1m iunit=1u",
      ),
    );
    // q'' + 2γq' + q = 0 with q(0) = 2, q'(0) = −2γ·2
    const [g, w] = [0.1, Math.sqrt(1 - 0.01)];
    const q = (t: number) => 2 * Math.exp(-g * t) * (Math.cos(w * t) - (g / w) * Math.sin(w * t));
    const flux = (t: number) => (2 / w) * Math.exp(-g * t) * Math.sin(w * t); // φ' = q
    for (const [k, t] of found.get("time")!.entries()) {
      expect(Math.abs(found.get("v(q.l1)")![k]! - 1e-3 * q(1e6 * t))).toBeLessThan(1e-9);
      expect(Math.abs(found.get("v(n)")![k]! - 2 * g * flux(1e6 * t))).toBeLessThan(1e-6);
      expect(found.get("rate(q.l1)")![k]! / 1e5).toBeCloseTo(1, 12);
    }
  });

  test("says when its rate turns negative, and when its diffusion is too small", async () => {
    const at = async (more: string) =>
      run(
        netlist(
          `lc L1 c=1 l=1 rate={0.1*v(n)} q=1 ${more}`,
          "V1 n 0 pwl(0 1 4 -1)\nR1 n 0 1\n.tran 0.1 4\n.print v(L1)",
        ),
      );
    const { columns, errors } = await at("");
    expect(errors.map(({ code }) => code)).toEqual(["negative-rate"]);
    expect(errors[0]!.message).toMatch(/`q\.l1` turns negative at t = 2(\.\d+)? s/);
    expect(last(columns.get("time"))).toBeCloseTo(2, 0);
    const little = await at("diffusion=0.05");
    expect(little.errors.map(({ code }) => code)).toEqual(["diffusion-too-small"]);
  });

  test("its slopes are those of its rates", () => {
    for (const diffusion of [undefined, 0.3]) {
      const of = { capacitance: 2, inductance: 0.7, hbar: 1, strength: 0.2, rate: () => 0.1, diffusion };
      const y = lcVacuum(of, 1.3, -0.4, 0.2).map((value, k) => value + 0.05 * (k + 1));
      const at = (x: Float64Array, gamma: number) => {
        const out = new Float64Array(6);
        lcRates(of, x, gamma, out);
        return out;
      };
      const slope = (column: number) => {
        const h = 1e-6;
        const moved = (by: number) =>
          at(
            y.map((value, k) => (k === column ? value + by : value)),
            0.1,
          );
        const [up, down] = [moved(h), moved(-h)];
        return up.map((value, k) => (value - down[k]!) / (2 * h));
      };
      const [by, byRate] = lcSlopes(of, y, 0.1);
      const wanted = new Map(lcEntries.map((entry, k) => [entry.join(), by[k]!]));
      for (let column = 0; column < 6; column++)
        for (const [row, value] of slope(column).entries())
          expect(wanted.get(`${row},${column}`) ?? 0).toBeCloseTo(value, 7);
      const [up, down] = [at(y, 0.1 + 1e-6), at(y, 0.1 - 1e-6)];
      for (const [row, value] of byRate.entries()) expect(value).toBeCloseTo((up[row]! - down[row]!) / 2e-6, 7);
      const whole = new Float64Array(6);
      new LcEquation({ ...of, diffusion: undefined }).rate(0, y, whole);
      expect(whole[lc.phi]).toBe(y[lc.q]! / 2);
    }
  });
});

describe("a photonic memristor beside a circuit", () => {
  // R(t) = ½ − ½ (sin u/u) cos(2πt/Tosc − u) once a window has passed, u = πT/Tosc
  const periodic = (t: number, T: number) => {
    const u = Math.PI * T;
    return 0.5 - ((0.5 * Math.sin(u)) / u) * Math.cos(2 * Math.PI * t - u);
  };

  test.each([0.371, 0.5, 1, 3])("sees a node's light over a window of %d periods", async (T) => {
    const found = await columnsOf(
      netlist(
        `photonic P1 nin={v(n)} window=${T}\nion P2 nin={sin(pi*time)**2} window=${T} history=periodic`,
        `B1 n 0 v={sin(pi*time)**2}\nR1 n 0 1\nB2 0 m i={nout(P1)}\nR2 m 0 1
.options reltol=1e-6\n.tran 0.05 6\n.print reflectivity(P1) nout(P1) v(m) reflectivity(P2) angle(P2)`,
      ),
    );
    const of = (name: string) => found.get(name)!;
    for (const [k, t] of of("time").entries()) {
      const R = periodic(t, T);
      expect(Math.abs(of("reflectivity(q.p2)")[k]! - R)).toBeLessThan(1e-6);
      expect(Math.abs(Math.sin(of("angle(q.p2)")[k]! / 2) ** 2 - R)).toBeLessThan(1e-6);
      if (t > T) expect(Math.abs(of("reflectivity(q.p1)")[k]! - R)).toBeLessThan(1e-6);
      expect(Math.abs(of("v(m)")[k]! - of("nout(q.p1)")[k]!)).toBeLessThan(1e-8);
      if (t > T) expect(Math.abs(of("v(m)")[k]! - (1 - R) * Math.sin(Math.PI * t) ** 2)).toBeLessThan(1e-6);
    }
  });

  test("a sharp edge of its light bends R there and one window later", async () => {
    const found = await columnsOf(
      netlist(
        "photonic P1 nin={v(n)} window=0.7",
        "V1 n 0 pulse(0.5 1 1 0 0 10 100)\nR1 n 0 1\n.tran 0.1 3\n.print reflectivity(P1)",
      ),
    );
    const time = [...found.get("time")!];
    const R = found.get("reflectivity(q.p1)")!;
    const ramp = (t: number) => 0.5 + (0.5 * Math.min(0.7, Math.max(0, t - 1))) / 0.7;
    for (const [k, t] of time.entries()) expect(Math.abs(R[k]! - ramp(t))).toBeLessThan(1e-12);
    expect(time.some((t) => Math.abs(t - 1.7) < 1e-12)).toBe(true);
  });

  // A qubit that a node turns: H = (v/2)·sx from |g>, so that n_in = sin²(vt/2).
  const driven = (qubits: string, run: string, v: string) =>
    netlist(
      `qubit a\n${qubits}\nhamiltonian {${v}/2*sx(a)}\nphotonic P1 mode=a window=1.5`,
      `V1 n 0 2\nR1 n 0 1\nB2 0 m i={nout(P1)}\nR2 m 0 1\n${run}`,
    );
  const print = ".print nin(P1) nout(P1) reflectivity(P1) pop(a,e) purity() ex({sx(a)})";

  test("takes in the photons of a mode, which all else sees behind it", async () => {
    const beside = await columnsOf(driven("", `.options reltol=1e-8\n.tran 0.25 6\n${print}`, "v(n)"));
    const alone = await columnsOf(
      netlist("qubit a\nhamiltonian {sx(a)}\nphotonic P1 mode=a window=1.5", `.qtran 0.25 6\n${print}`),
    );
    expect(differences(alone, beside)).toBeLessThan(1e-7);
    for (const [k, t] of beside.get("time")!.entries())
      expect(Math.abs(beside.get("nin(q.p1)")![k]! - Math.sin(t) ** 2)).toBeLessThan(1e-7);
  });

  test("takes in those of one of five qubits that are carried apart", async () => {
    const more = ["b", "c", "d", "g"].map((name) => `qubit ${name}`).join("\n");
    const small = await columnsOf(driven("", ".tran 0.5 3\n.print nin(P1) nout(P1)", "v(n)"));
    const large = await columnsOf(driven(more, ".tran 0.5 3\n.print nin(P1) nout(P1)", "v(n)"));
    expect(differences(small, large)).toBeLessThan(1e-4);
  });

  test("says when its light is none", async () => {
    const { columns, errors } = await run(
      netlist("photonic P1 nin={v(n)} window=1", "V1 n 0 pwl(0 0 4 2)\nR1 n 0 1\n.tran 0.1 4\n.print nout(P1)"),
    );
    expect(errors.map(({ code }) => code)).toEqual(["parameter-range"]);
    expect(errors[0]!.message).toMatch(/`nin` rises above 1 at t = 2(\.\d+)? s/);
    expect(last(columns.get("time"))).toBeLessThan(2.2);
  });

  // What leaves one beam splitter damps a qubit in the same block, ∫n_out dt of a constant n_in: R → n_in.
  test("its light can damp a memristor of its block", async () => {
    const found = await columnsOf(
      netlist(
        "qubit a state=e\nphotonic P1 nin=0.8 window=0.5\nmemristor M1 a rate={nout(P1)} omega=1",
        `${idle}\n.options reltol=1e-7\n.tran 0.5 3\n.print pop(a,e) rate(M1)`,
      ),
    );
    // n_out = 0.8·(0.5 − 0.6t) for t < 0.5, then 0.16
    const K = (t: number) => 0.8 * (0.5 * Math.min(t, 0.5) - 0.3 * Math.min(t, 0.5) ** 2) + 0.16 * Math.max(0, t - 0.5);
    for (const [k, t] of found.get("time")!.entries())
      expect(Math.abs(found.get("pop(q.a,e)")![k]! - Math.exp(-K(t)))).toBeLessThan(1e-6);
  });
});
