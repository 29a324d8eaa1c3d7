import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";

// Blocks with propagators of their own: too large to stand among the circuit's unknowns, or acting in the middle of a run.

async function columnsOf(netlist: string): Promise<ReadonlyMap<string, Float64Array>> {
  const { results, diagnostics } = await simulate(netlist, { pictures: false });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return new Map(results.at(-1)!.columns.map(({ name, values }) => [name, values]));
}

const last = (values: Float64Array): number => values[values.length - 1]!;
const largest = (values: Iterable<number>): number => [...values].reduce((most, it) => Math.max(most, Math.abs(it)), 0);

describe("a block that is carried beside its circuit", () => {
  // A film, a qubit that its node drives and that feels it, and one that it drives by a port, coupled to the other.
  const shared = (gate: string, options: string) => `shared nodes
.param f=1
V1 in 0 sin(0 1 {f})
R1 in out 1k
C1 out 0 20u
YMEMRISTOR film out 0 hp x0=0.3
.model hp memristor(kind=linear_drift ron=100 roff=16k d=10n uv=10f window=joglekar p=10)
.quantum q units=natural omega0={2*pi*f} vunit=2 iunit=4m
qubit a theta={pi/4} phi={pi/5}
qubit b state=+ omega=1
couple U a b yy g=0.1
memristor M1 a gamma0=0.1 phid={2*v(out)} omega=2
port P1 b node=out op={sy(b)} k=0.2
${gate}
.endquantum
B1 0 out i={i(q.M1)}
.options ${options}
.tran 50m 1.5
.print v(out) i(film) v(q.M1) i(q.M1) i(q.P1) rate(q.M1) purity()
.end
`;

  // A turn by nothing at t = 0.5 is no change of physics, but such a block is carried.
  test.each(["ndf", "odex"])("moves as it does among the unknowns (%s)", async (method) => {
    const packed = await columnsOf(shared("", "method=ndf reltol=1e-7"));
    const carried = await columnsOf(shared("gate rz a 0 at={pi}", `method=${method} reltol=1e-5`));
    // Rows at t = 0.5 stand twice where something acts.
    const time = [...carried.get("time")!];
    for (const [name, values] of packed) {
      const off = [...values].map((value, k) => {
        const t = packed.get("time")![k]!;
        return value - carried.get(name)![time.findIndex((one) => Math.abs(one - t) < 1e-9)]!;
      });
      expect(largest(off) / largest(values)).toBeLessThan(1e-5);
    }
  });

  test("gates act at their times", async () => {
    const found = await columnsOf(`half a turn at t = 2
.quantum q units=natural omega0=1 vunit=1 iunit=1
qubit a state=e
memristor M1 a rate=0.3 omega=1
gate x a at=2
.endquantum
V1 n 0 1
R1 n 0 1
.tran 0.5 5
.print pop(a,e)
.end
`);
    const [time, excited] = [found.get("time")!, found.get("pop(q.a,e)")!];
    const behind = (t: number) => (1 - Math.exp(-0.6)) * Math.exp(-0.3 * (t - 2));
    for (const [k, t] of time.entries()) {
      const isBehind = t > 2 || (t === 2 && time[k - 1] === 2);
      expect(excited[k]! - (isBehind ? behind(t) : Math.exp(-0.3 * t))).toBeCloseTo(0, 9);
    }
    expect(time.filter((t) => t === 2)).toHaveLength(2);
  });

  const five = ["a", "b", "c", "d", "g"];

  // ∫v² of a trapezoid is A²(width + ⅔ edge); 1024 numbers are carried apart.
  test("a pulse of 1 ns in 1 s that drives one of five qubits is not stepped over", async () => {
    const found = await columnsOf(`a narrow pulse
.quantum q units=natural omega0=1 vunit=1 iunit=1
${five.map((name) => `qubit ${name} state=e`).join("\n")}
memristor M1 c rate={900*v(in)**2} omega=1
couple U d g zz g=0.1
.endquantum
V1 in 0 pulse(0 1000 0.5 0.1n 0.1n 1n)
R1 in 0 1k
.options reltol=1e-6
.tran 0 1
.print pop(c,e) pop(a,e)
.end
`);
    expect(last(found.get("pop(q.c,e)")!)).toBeCloseTo(Math.exp(-900e6 * (1e-9 + 0.2e-9 / 3)), 5);
    expect(last(found.get("pop(q.a,e)")!)).toBeCloseTo(1, 9);
  });

  // What a decaying qubit gives into a capacitor: v = ∫e^{−γt}dt/C.
  test("a node that one of five qubits feeds has the voltage of what it gave", async () => {
    const found = await columnsOf(`a capacitor fed by a qubit
.quantum q units=natural omega0=1 vunit=1 iunit=1
${five.map((name) => `qubit ${name} state=e`).join("\n")}
memristor M1 c rate=0.4 omega=1
.endquantum
B1 0 n i={pop(c,e)}
C1 n 0 2
.options reltol=1e-6
.tran 0.5 5 uic
.print v(n)
.end
`);
    const [time, v] = [found.get("time")!, found.get("v(n)")!];
    expect(largest(v.map((value, k) => value + Math.expm1(-0.4 * time[k]!) / 0.8))).toBeLessThan(1e-6);
  });

  test("closes the energy book of a port of twenty levels", async () => {
    const found = await columnsOf(`its energy book
.quantum q units=natural omega0=1 vunit=1 iunit=1
oscillator o levels=20 alpha=1 arg=0.3 omega=1
memristor M1 o rate=0.1 omega=1
port P1 o node=out op={pos(o)} k=0.3
.endquantum
V1 in 0 sin(0 1 0.2)
R1 in out 2
C1 out 0 2 ic=0.5
* Work of the circuit, and what goes to the bath, Tr H0 D[rho] = -rate*<num>.
B1 w1 0 v={idt(v(out)*i(q.P1))}
B2 w2 0 v={idt(-0.1*ex({num(o)}))}
R1w w1 0 1
R2w w2 0 1
.options reltol=1e-9
.tran 0.5 6 uic
.print v(w1) v(w2) ex({num(o)}) top(o)
.end
`);
    const energy = found.get("ex({num(q.o)})")!;
    const [work, lost] = [found.get("v(w1)")!, found.get("v(w2)")!];
    const change = energy.map((value, k) => value - energy[0]! - (work[k]! - work[0]!) - (lost[k]! - lost[0]!));
    expect(largest(work)).toBeGreaterThan(0.05);
    expect(largest(change)).toBeLessThan(1e-9);
  });

  test("does not care in which order blocks stand", async () => {
    const first = `.quantum p units=natural omega0=1 vunit=1 iunit=1
qubit a theta={pi/4}
memristor M1 a rate={0.2*(1+v(n)**2)} omega=1
gate rz a 0.3 at=1
.endquantum`;
    const second = `.quantum q units=natural omega0=1 vunit=1 iunit=1
qubit a state=+ omega=2
lindblad {sz(a)} rate={0.1*(1+v(n))}
port P1 a node=n op={sy(a)} k=0.3
gate h a at=2
.endquantum`;
    const of = async (...blocks: string[]) =>
      columnsOf(`two blocks at a node
${blocks.join("\n")}
V1 in 0 sin(0 1 0.3)
R1 in n 1
C1 n 0 1
B1 0 n i={i(p.M1)}
.options reltol=1e-6
.tran 0.2 4
.print v(n) v(p.M1) i(q.P1)
.end
`);
    const [one, other] = [await of(first, second), await of(second, first)];
    for (const [name, values] of one) {
      const off = values.map((value, k) => value - other.get(name)![k]!);
      expect(largest(off)).toBeLessThan(1e-12 * Math.max(1, largest(values)));
    }
  });
});

// L = cos(t)·sx + sin(t)·sy at rate γ, all else at rest: in the frame that turns with L's axis x' = y, y' = −x − 2γy, and z
// decays at 2γ.
describe("a jump whose operator turns", () => {
  const [g, theta, phi] = [0.1, 0.5, 0.3];
  const deck = (angle: string, run: string) => `a turning axis
.quantum q units=natural omega0=1 vunit=1 iunit=1
qubit a theta=${theta} phi=${phi}
lindblad {cos(${angle})*sx(a)+sin(${angle})*sy(a)} rate=${g}
.endquantum
V1 n 0 1
R1 n 0 1
.options reltol=1e-7
${run}
.print ex({sx(a)}) ex({sy(a)}) ex({sz(a)})
.end
`;
  const truth = (t: number): readonly number[] => {
    const [x, y] = [Math.sin(2 * theta) * Math.cos(phi), Math.sin(2 * theta) * Math.sin(phi)];
    const w = Math.sqrt(1 - g * g);
    const [e, c, s] = [Math.exp(-g * t), Math.cos(w * t), Math.sin(w * t) / w];
    const [X, Y] = [e * (x * c + (g * x + y) * s), e * (y * c - (g * y + x) * s)];
    const z = Math.cos(2 * theta) * Math.exp(-2 * g * t);
    return [X * Math.cos(t) - Y * Math.sin(t), X * Math.sin(t) + Y * Math.cos(t), z];
  };

  test.each([
    ["by itself", "time", ".qtran 1 5"],
    ["in a circuit, with time", "time", ".tran 1 5"],
    ["in a circuit, with a node", "time*v(n)", ".tran 1 5"],
  ])("%s", async (_where, angle, run) => {
    const found = await columnsOf(deck(angle, run));
    const [time, ...axes] = ["time", "ex({sx(q.a)})", "ex({sy(q.a)})", "ex({sz(q.a)})"].map((name) => found.get(name)!);
    for (const [k, axis] of axes.entries())
      expect(largest(axis.map((value, j) => value - truth(time![j]!)[k]!))).toBeLessThan(1e-7);
  });

  test("by trajectories, within five of their standard errors", async () => {
    const found = await columnsOf(deck("time", ".qtran 1 5 method=trajectories runs=400 seed=1"));
    const [z, error] = [found.get("ex({sz(q.a)})")!, found.get("ex({sz(q.a)}).se")];
    expect(Math.abs(last(z) - truth(5)[2]!)).toBeLessThan(error ? 5 * last(error) : 0.2);
  });
});

test("a coupling of the rotating frame acts beside a circuit as by itself", async () => {
  const deck = (g: string, circuit: string) => `two qubits
.quantum q units=natural omega0=1 vunit=1 iunit=1
qubit a theta={pi/4} phi={pi/5}
qubit b state=+
memristor M1 a gamma0=0.2 omega=1
memristor M2 b gamma0=0.1 omega=1.3
couple U a b yy g=${g} frame=rotating
.endquantum
V1 n 0 1
R1 n 0 1
.options reltol=1e-7
${circuit}
.print v(M1) i(M1) i(M2) concurrence(a,b)
.end
`;
  const alone = await columnsOf(deck("0.15", ".qtran 0.5 10"));
  const beside = await columnsOf(deck("{0.15*v(n)}", "B1 0 m i={i(q.M1)}\nR2 m 0 1\n.tran 0.5 10"));
  for (const [name, values] of alone)
    expect(largest(values.map((value, k) => value - beside.get(name)![k]!))).toBeLessThan(1e-7);
});
