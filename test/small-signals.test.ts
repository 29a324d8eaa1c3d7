import { describe, expect, test } from "vitest";
import { type Simulation, simulate } from "../src/index.js";

// `.ac` against closed forms, and what is said of signals that are complex.

const run = (text: string): Promise<Simulation> => simulate(`title\n${text}\n`, { pictures: false });

const columnOf = ({ results }: Simulation, name: string): Float64Array => {
  const column = results[0]!.columns.find((it) => it.name === name);
  if (column === undefined) throw new Error(`no column ${name} among ${results[0]!.columns.map((it) => it.name)}`);
  return column.values;
};

const worst = (found: Float64Array, frequencies: Float64Array, truth: (omega: number) => number): number =>
  found.reduce((most, value, k) => Math.max(most, Math.abs(value - truth(2 * Math.PI * frequencies[k]!))), 0);

describe(".ac", () => {
  test("of an RC low-pass is 1/(1 + iωRC)", async () => {
    const found = await run(
      "V1 in 0 ac 1\nR1 in out 1k\nC1 out 0 1u\n.ac dec 10 1 1Meg\n.print ac v(out) vdb(out) vp(out) i(R1)",
    );
    const f = columnOf(found, "frequency");
    expect(f.length).toBe(61);
    const square = (omega: number): number => 1 + (omega * 1e-3) ** 2;
    expect(worst(columnOf(found, "re(v(out))"), f, (omega) => 1 / square(omega))).toBeLessThan(1e-12);
    expect(worst(columnOf(found, "im(v(out))"), f, (omega) => (-omega * 1e-3) / square(omega))).toBeLessThan(1e-12);
    expect(worst(columnOf(found, "vdb(out)"), f, (omega) => -10 * Math.log10(square(omega)))).toBeLessThan(1e-9);
    expect(worst(columnOf(found, "vp(out)"), f, (omega) => -Math.atan(omega * 1e-3))).toBeLessThan(1e-9);
    expect(worst(columnOf(found, "im(i(r1))"), f, (omega) => (omega * 1e-6) / square(omega))).toBeLessThan(1e-12);
  });

  test("of a series resonance has the right magnitude and phase, whatever the amplitude and phase of the source", async () => {
    const found = await run(
      "V1 in 0 dc 3 ac 2 90\nL1 in a 1m\nR1 a out 10\nC1 out 0 100n\n.ac lin 201 10k 20k\n.print ac v(out)",
    );
    const f = columnOf(found, "frequency");
    const h = (omega: number) => ({ re: 1 - omega ** 2 * 1e-10, im: omega * 1e-6 });
    // 2i/(a + ib) = 2(b + ia)/(a² + b²)
    const size = (omega: number): number => h(omega).re ** 2 + h(omega).im ** 2;
    expect(worst(columnOf(found, "re(v(out))"), f, (omega) => (2 * h(omega).im) / size(omega))).toBeLessThan(1e-9);
    expect(worst(columnOf(found, "im(v(out))"), f, (omega) => (2 * h(omega).re) / size(omega))).toBeLessThan(1e-9);
  });

  test("of a diode is its conductance at the operating point, I/(n·VT)", async () => {
    const found = await run(
      "I1 0 a dc 1m ac 1u\nD1 a 0 dm\n.model dm d(is=1e-14 n=1.5)\n.options gmin=0\n.ac lin 1 1 1\n.print ac v(a)",
    );
    const vt = (1.380649e-23 / 1.602176634e-19) * 300.15;
    expect(columnOf(found, "re(v(a))")[0]! / ((1e-6 * 1.5 * vt) / 1e-3)).toBeCloseTo(1, 8);
  });

  test("of a biased memristor is that of its state, which stands still", async () => {
    const found = await run(
      "V1 a 0 dc 1 ac 1\nYMEMRISTOR m1 a 0 hp x0=0.3\n.model hp memristor(kind=linear_drift ron=100 roff=16k window=joglekar p=1)\n.ac dec 1 1m 1k\n.print ac i(m1) x(m1)",
    );
    for (const i of columnOf(found, "re(i(m1))")) expect(i * (0.3 * 100 + 0.7 * 16e3)).toBeCloseTo(1, 12);
    for (const x of columnOf(found, "re(x(m1))")) expect(Math.abs(x)).toBe(0);
  });

  test("of expressions: derivatives, integrals, products with what stands still", async () => {
    const found = await run(
      "V1 a 0 dc 2 ac 1\nR1 a 0 1\nB1 d 0 v={1m*ddt(v(a))}\nB2 e 0 v={idt(v(a)-2)}\nB3 g 0 v={v(a)*v(a)}\nR2 d 0 1\nR3 e 0 1\nR4 g 0 1\n.ac dec 1 1 1k\n.print ac v(d) v(e) v(g) {v(a)*v(a)} {v(d)/v(a)}",
    );
    const f = columnOf(found, "frequency");
    expect(worst(columnOf(found, "im(v(d))"), f, (omega) => 1e-3 * omega)).toBeLessThan(1e-12);
    expect(worst(columnOf(found, "im(v(e))"), f, (omega) => -1 / omega)).toBeLessThan(1e-12);
    expect(worst(columnOf(found, "re(v(g))"), f, () => 4)).toBeLessThan(1e-12);
    expect(worst(columnOf(found, "im(v(d)/v(a))"), f, (omega) => 1e-3 * omega)).toBeLessThan(1e-12);
  });

  test("of a delay is e^(−iωτ), also within a loop and of a sum", async () => {
    const found = await run(
      "V1 a 0 ac 1\nR1 a 0 1\nB1 b 0 v={2*delay(v(a),1m)}\nR2 b 0 1\nB2 c 0 v={v(a)+0.5*delay(v(c),2m)}\nR3 c 0 1\n.ac lin 21 10 1k\n.print ac v(b) v(c)",
    );
    const f = columnOf(found, "frequency");
    expect(worst(columnOf(found, "re(v(b))"), f, (omega) => 2 * Math.cos(omega * 1e-3))).toBeLessThan(1e-12);
    expect(worst(columnOf(found, "im(v(b))"), f, (omega) => -2 * Math.sin(omega * 1e-3))).toBeLessThan(1e-12);
    // 1/(1 − e^(−iωτ)/2)
    const size = (omega: number): number => 1.25 - Math.cos(omega * 2e-3);
    const re = (omega: number): number => (1 - 0.5 * Math.cos(omega * 2e-3)) / size(omega);
    const im = (omega: number): number => (-0.5 * Math.sin(omega * 2e-3)) / size(omega);
    expect(worst(columnOf(found, "re(v(c))"), f, re)).toBeLessThan(1e-12);
    expect(worst(columnOf(found, "im(v(c))"), f, im)).toBeLessThan(1e-12);
  });

  test("knows r(m1), the resistance that a memristor has for small changes", async () => {
    const found = await run(
      "V1 a 0 dc 0.5 ac 1\nR1 a b 1k\nC1 b 0 1n\nYMEMRISTOR m1 b 0 hp x0=0.3\nYMEMRISTOR m2 b 0 yak x0=0.4\n.model hp memristor(kind=linear_drift ron=100 roff=16k window=none)\n.model yak memristor(kind=yakopcic a1=0.17 a2=0.17 b=0.05 vp=9 vn=9)\n.ac dec 3 1k 1Meg\n.print ac r(m1) n(m2:r) mag(r(m1))",
    );
    for (const r of columnOf(found, "re(r(m1))")) expect(r / (0.3 * 100 + 0.7 * 16e3)).toBeCloseTo(1, 9);
    for (const r of columnOf(found, "im(r(m1))")) expect(Math.abs(r)).toBeLessThan(1e-6);
    // i = a·x·sinh(b·v): di/dv = a·x·b·cosh(b·v), nearly a·x·b.
    for (const r of columnOf(found, "re(n(m2:r))")) expect(r * 0.17 * 0.4 * 0.05).toBeCloseTo(1, 3);
  });

  test("is linear: sources add up", async () => {
    const deck = (a: string, b: string): string =>
      `V1 in 0 ac ${a}\nI1 0 x ac ${b}\nR1 in x 1k\nC1 x y 1u\nL1 y 0 10m\nR2 x 0 3k\n.ac dec 5 10 100k\n.print ac v(x)`;
    const [both, first, second] = await Promise.all([deck("2 30", "1m"), deck("2 30", "0"), deck("0", "1m")].map(run));
    for (const name of ["re(v(x))", "im(v(x))"]) {
      const [sum, a, b] = [both!, first!, second!].map((one) => columnOf(one, name)) as [
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      sum.forEach((value, k) => {
        expect(Math.abs(value - a[k]! - b[k]!)).toBeLessThan(1e-12);
      });
    }
  });
});
