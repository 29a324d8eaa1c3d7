import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";

/** The columns of a netlist's last result, by name. */
async function columnsOf(netlist: string): Promise<ReadonlyMap<string, Float64Array>> {
  const { results, diagnostics } = await simulate(netlist);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return new Map(results.at(-1)!.columns.map(({ name, values }) => [name, values]));
}

const last = (values: Float64Array): number => values[values.length - 1]!;
const largest = (values: Iterable<number>): number => Math.max(...[...values].map(Math.abs));

describe("a block in a circuit", () => {
  const pair = (units: string, run: string) => `two coupled qubits
.quantum q units=natural ${units}
qubit a theta={pi/4} phi={pi/5}
qubit b state=+
memristor M1 a gamma0=0.2 omega=1
memristor M2 b rate={0.1*(1+cos(time)**2)} omega=1.3
couple U a b yy g=0.15
gate ry a 0.4
lindblad {sz(b)} rate=0.02
.endquantum
V1 n 0 1
R1 n 0 1
.options reltol=1e-8
${run}
.print v(M1) i(M1) i(M2) ex({sx(a)*sy(b)}) concurrence(a,b) purity() rate(M2)
.end
`;

  test("uncoupled from it evolves as by itself", async () => {
    const alone = await columnsOf(pair("", ".qtran 0.25 10"));
    const beside = await columnsOf(pair("omega0=1 vunit=1 iunit=1", ".tran 0.25 10"));
    for (const [name, values] of alone) {
      const found = beside.get(name)!;
      expect(found.length).toBe(values.length);
      expect(largest(values.map((value, k) => value - found[k]!))).toBeLessThan(1e-7);
    }
  });

  test("counts in its own units: the same numbers, times what each unit is", async () => {
    const one = await columnsOf(pair("omega0=1 vunit=1 iunit=1", ".tran 0.25 10"));
    const other = await columnsOf(pair("omega0=1meg vunit=2 iunit=3m", ".tran 0.25u 10u"));
    expect(last(other.get("v(q.m1)")!)).toBeCloseTo(2 * last(one.get("v(q.m1)")!), 7);
    expect(last(other.get("i(q.m1)")!) / 3e-3).toBeCloseTo(last(one.get("i(q.m1)")!), 7);
    expect(last(other.get("rate(q.m2)")!) / 1e6).toBeCloseTo(last(one.get("rate(q.m2)")!), 7);
  });

  test("its operating point is its state at the start", async () => {
    const { results } = await simulate(pair("omega0=1 vunit=1 iunit=1", ".op\n.tran 1 2"));
    const [op, tran] = results;
    const start = tran!.columns.find(({ name }) => name === "ex({sx(q.a)*sy(q.b)})")!.values[0]!;
    expect(op!.columns.find(({ name }) => name === "ex({sx(q.a)*sy(q.b)})")!.values[0]).toBeCloseTo(start, 12);
  });
});

describe("a node drives a block", () => {
  const decaying = (source: string, options: string, run: string) => `a rate that follows a node
.quantum q units=natural omega0=1 vunit=1 iunit=1
qubit a state=e
memristor M1 a rate={v(g)} omega=1
.endquantum
V1 g 0 ${source}
R1 g 0 1
.options ${options}
.tran ${run}
.print pop(a,e)
.end
`;

  // Of 1 ms in 10 s: the area under the pulse is 1, so that exp(−1) is left.
  test.each(["odex", "ndf"])("through a narrow pulse that is not stepped over (%s)", async (method) => {
    const options = `reltol=1e-6 method=${method}`;
    const found = await columnsOf(decaying("pulse(0 1000 5 10u 10u 0.99m)", options, "1 10"));
    expect(last(found.get("pop(q.a,e)")!) / Math.exp(-1)).toBeCloseTo(1, 4);
  });

  test("with the accuracy that `reltol` asks for", async () => {
    // ∫(0.5 + 0.4 sin t) from 0 to 4; the largest population is 1
    const truth = Math.exp(-(0.5 * 4 + 0.4 * (1 - Math.cos(4))));
    const errorAt = async (reltol: string) => {
      const found = await columnsOf(decaying(`sin(0.5 0.4 {1/(2*pi)})`, `reltol=${reltol} method=ndf`, "0.1 4"));
      const left = found.get("pop(q.a,e)")!;
      return Math.abs(last(left) - truth);
    };
    expect(await errorAt("1e-3")).toBeLessThan(1e-3);
    expect(await errorAt("1e-5")).toBeLessThan(1e-5);
    expect(await errorAt("1e-7")).toBeLessThan(1e-7);
  });

  test("and a rate that turns negative stops the run, and says when", async () => {
    const { results, diagnostics } = await simulate(decaying("sin(0.5 1 {1/(2*pi)})", "reltol=1e-4", "0.01 10"));
    const [problem] = diagnostics.filter(({ severity }) => severity === "error");
    expect(problem?.code).toBe("negative-rate");
    const end = last(results[0]!.columns[0]!.values);
    const truth = Math.PI + Math.asin(0.5); // where 0.5 + sin t turns negative
    expect(end).toBeGreaterThan(truth - 0.02);
    expect(end).toBeLessThan(truth + 1);
  });
});

describe("a port", () => {
  const book = (method: string) => `its energy book
.param w=1 g=0.1
.quantum q units=natural omega0=1 vunit=1 iunit=1
qubit a theta={pi/5} phi={pi/7}
memristor M1 a rate={g} omega={w}
hamiltonian {0.3*sx(a)}
port P1 a node=out op={sy(a)} k=0.3
.endquantum
V1 in 0 sin(0 1 0.2)
R1 in out 2
C1 out 0 2 ic=0.5
* Work of the circuit, and what goes to the bath, Tr H0 D[rho].
B1 w1 0 v={idt(v(out)*i(q.P1))}
B2 w2 0 v={idt(-{g}*({w}*pop(a,e) + 0.15*ex({sx(a)})))}
R1w w1 0 1
R2w w2 0 1
.options reltol=1e-9 method=${method}
.tran 0.5 30 uic
.print v(w1) v(w2) ex({0.5*w*sz(a)+0.3*sx(a)}) i(q.P1) ex({sx(a)}) ex({sz(a)})
.end
`;

  test.each(["odex", "ndf"])("closes its energy book (%s)", async (method) => {
    const found = await columnsOf(book(method));
    const energy = [...found].find(([name]) => name.startsWith("ex({0.5"))![1];
    const [work, lost] = [found.get("v(w1)")!, found.get("v(w2)")!];
    const change = energy.map((value, k) => value - energy[0]! - (work[k]! - work[0]!) - (lost[k]! - lost[0]!));
    expect(largest(work)).toBeGreaterThan(0.05);
    expect(largest(change)).toBeLessThan(1e-9);
    // i = k⟨i[H₀, sy]⟩ = k(ω⟨sx⟩ − 0.6⟨sz⟩), by the algebra of Pauli matrices.
    const [sx, sz] = [found.get("ex({sx(q.a)})")!, found.get("ex({sz(q.a)})")!];
    const current = found.get("i(q.p1)")!;
    expect(largest(current.map((i, k) => i - 0.3 * (sx[k]! - 0.6 * sz[k]!)))).toBeLessThan(1e-12);
  });
});

test("a port in SI units draws kω⟨sx⟩, however small beside the frequencies of its block", async () => {
  const found = await columnsOf(`si
.quantum q units=si
qubit a state=+ omega=1g
port P1 a node=out op={sy(a)} k=1f
.endquantum
R1 out 0 1
C1 out 0 1p
.tran 10p 1n
.print i(q.P1) ex({sx(a)})
.end
`);
  const sx = found.get("ex({sx(q.a)})")!;
  expect(found.get("i(q.p1)")![0]).toBeCloseTo(1e-6, 12);
  expect(largest(found.get("i(q.p1)")!.map((i, k) => i - 1e-6 * sx[k]!))).toBeLessThan(1e-15);
});

// Out of scipy 1.17.1, `solve_ivp(method="DOP853", rtol=1e-12, atol=1e-13)` on x, ⟨sx⟩ and ⟨sy⟩, the node's voltage by
// `brentq` of Kirchhoff's law at each evaluation: dx/dt = k(v/R)(1 − (2x − 1)²⁰), R = 100x + 16000(1 − x), k = uv·ron/d²;
// ⟨sx⟩' = w0(−2⟨sy⟩ − Γ⟨sx⟩/2), ⟨sy⟩' = w0(2⟨sx⟩ − Γ⟨sy⟩/2), Γ = 0.1(1 − sin v); the qubit gives 4 mA·Γ·(−⟨sy⟩/2).
test("a film and a qubit at one node move as another program has them", async () => {
  const found = await columnsOf(readFileSync(new URL("../netlists/quantum/hybrid.cir", import.meta.url), "utf8"));
  const truth = [
    [1.3, 0.8793225645, 0.4646521821, 0.6611006265, 3.037002755e-5],
    [2.7, -0.8560024854, 0.4399100205, 0, 0],
    [5, -0.02267968475, 0.2689368129, -0.1203417556, -2.461416694e-5],
  ];
  for (const [t, ...values] of truth) {
    const row = found.get("time")!.findIndex((time) => Math.abs(time - t!) < 1e-9);
    const names = ["v(out)", "x(film)", "v(q.m1)", "i(q.m1)"];
    const scale = [1, 1, 1, 1e-4];
    for (const [k, name] of names.entries())
      expect(Math.abs(found.get(name)![row]! - values[k]!) / scale[k]!).toBeLessThan(1e-8);
  }
});
