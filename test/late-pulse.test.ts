import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";

// A pulse of 1000 V with edges of 1 µs at t = 500 s: the last digit of the time is 0.1 ps there, in which its edge rises by 0.1 mV.

async function columnsOf(netlist: string): Promise<ReadonlyMap<string, Float64Array>> {
  const { results, diagnostics } = await simulate(netlist);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return new Map(results.at(-1)!.columns.map(({ name, values }) => [name, values]));
}

describe.each(["ndf", "gear", "trap"])("late in a run, %s", (method) => {
  test.each([
    ["1u", 1e-3],
    ["1n", 1e-6],
  ])("charges a capacitor of %s through 1 kOhm over a steep edge", async (capacitor, tau) => {
    const found = await columnsOf(`a late pulse
V1 in 0 pulse(0 1000 500 1u 1u 1m 2000)
R1 in out 1k
C1 out 0 ${capacitor}
.options method=${method} reltol=1e-4
.tran 0.1m 500.002 499.999
.print v(out)
.end
`);
    const [time, out] = [found.get("time")!, found.get("v(out)")!];
    // Ramps of ±1 V/ns from four corners: each adds slope·(s − τ(1 − e^{−s/τ})).
    const ramp = (s: number) => (s <= 0 ? 0 : 1e9 * (s - tau * -Math.expm1(-s / tau)));
    const truth = (t: number) => ramp(t) - ramp(t - 1e-6) - ramp(t - 1.001e-3) + ramp(t - 1.002e-3);
    let [largest, worst] = [0, 0];
    for (const [k, t] of time.entries()) {
      largest = Math.max(largest, Math.abs(truth(t - 500)));
      worst = Math.max(worst, Math.abs(out[k]! - truth(t - 500)));
    }
    expect(largest).toBeGreaterThan(500);
    expect(worst).toBeLessThan(0.1); // 1e-4 of what the pulse is
  });
});

// Of a qubit that decays at Γ = a + b·v², exp(−∫Γ) is left; a trapezoid of height A has ∫v² = A²(width + ⅔ edge).
test.each([
  ["a pulse of 1 us at 500 s", "pulse(0 1000 500 1u 1u 1u 2000)", "0 1000", 1e6 * (1e-6 + 2e-6 / 3), 1000, 0.5],
  ["a pulse of 1 ns in the middle of 1 s", "pulse(0 1000 0.5 0.1n 0.1n 1n)", "0 1", 1e6 * (1e-9 + 0.2e-9 / 3), 1, 900],
])("%s that drives a decay is not stepped over", async (_what, source, run, area, stop, b) => {
  for (const method of ["auto", "ndf"]) {
    const found = await columnsOf(`a late pulse and a qubit
.quantum q units=natural omega0=1 vunit=1 iunit=1
qubit a state=e
memristor M1 a rate={1e-4+${b}*v(in)**2} omega=0.02
.endquantum
V1 in 0 ${source}
R1 in 0 1k
.options reltol=1e-5 method=${method}
.tran ${run}
.print pop(a,e)
.end
`);
    const left = found.get("pop(q.a,e)")!;
    expect(left[left.length - 1]! / Math.exp(-1e-4 * stop - b * area)).toBeCloseTo(1, 3);
  }
});
