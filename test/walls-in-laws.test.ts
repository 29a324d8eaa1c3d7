import { expect, test } from "vitest";
import { simulate } from "../src/index.js";

// A published state that its law alone stops at 0, beside a device of walls: both arrive there at times that differ by
// rounding, at the end of a stretch that the other one has ended.

const deck = (amplitude: number) => `Two volatile memristors
.subckt form p n x
.func d(v,x) {4.5*(0.004*sinh(4*v)-x/10)}
.func stop(g,x) {(g>0 && x<1) || (g<0 && x>0) ? g : 0}
Gx 0 x value={stop(d(v(p,n),v(x)),v(x))}
Cx x 0 1 ic=0
Gm p n value={1u*v(p,n)}
.ends
.model m memristor(preset=michigan_volatile)
V1 a 0 sin(0 ${amplitude} 0.5)
YMEMRISTOR m1 a 0 m
X1 a 0 x form
.save x(m1) v(x)
.tran 10m 4
.end`;

// At the last four the state stands at 0 but for rounding, by which its condition goes to and fro.
test.each([...Array.from({ length: 16 }, (_, k) => 1.05 + 0.0125 * k), 1.03211, 1.04076, 1.0788200000000001, 1.09785])(
  "a sine of %f V is followed to its end",
  async (v) => {
    const { results, diagnostics } = await simulate(deck(v), { pictures: false });
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const [, wall, law] = results[0]!.columns;
    const worst = wall!.values.reduce((most, value, k) => Math.max(most, Math.abs(value - law!.values[k]!)), 0);
    expect(worst).toBeLessThan(5e-4);
    expect(law!.values.reduce((a, b) => Math.min(a, b))).toBeGreaterThan(-1e-9);
  },
);
