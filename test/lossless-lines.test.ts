import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { elaborate } from "../src/circuit/elaborate.js";
import { compile } from "../src/equations/compile.js";
import { reduceLinear } from "../src/equations/reduce-linear.js";
import { simulate } from "../src/index.js";
import { linearization } from "../src/numerics/system.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Complaints } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";

const cells = 40;
const mode = 7;

/** A line without losses and with open ends, in one of its modes: v_k = cos(πm(k − ½)/N) cos ωt, ω = 2/√(LC) sin(πm/2N). */
const ringing = (more: string): string => `a line that rings
${Array.from({ length: cells }, (_, k) => `C${k} n${k} 0 1p ic=${Math.cos((Math.PI * mode * (k + 0.5)) / cells)}`).join("\n")}
${Array.from({ length: cells - 1 }, (_, k) => `L${k} n${k} n${k + 1} 2.5n ic=0`).join("\n")}
.save v(n0) v(n11)
.options ${more}
.tran 0.1n 20n uic
.end`;

const omega = (2 / Math.sqrt(2.5e-9 * 1e-12)) * Math.sin((Math.PI * mode) / (2 * cells));

describe("a line without losses", () => {
  test.each([1e-2, 1e-3, 1e-4])("rings for twenty periods as its mode does, reltol=%s", async (reltol) => {
    const { results } = await simulate(ringing(`reltol=${reltol}`));
    const { columns, statistics } = results[0]!;
    expect(statistics.method).toBe("ndf, then dop853");
    const [t, ...voltages] = columns.map(({ values }) => values as Float64Array);
    for (const [n, cell] of [0, 11].entries()) {
      const amplitude = Math.cos((Math.PI * mode * (cell + 0.5)) / cells);
      const error = voltages[n]!.reduce(
        (most, v, k) => Math.max(most, Math.abs(v - amplitude * Math.cos(omega * t![k]!))),
        0,
      );
      expect(error).toBeLessThan(reltol);
    }
  });

  test("what is stiff stays with the implicit method", async () => {
    const stiff = `stiff
V1 n0 0 SIN(0 1 1k)
${Array.from({ length: 100 }, (_, k) => `R${k} n${k} n${k + 1} 1\nC${k} n${k + 1} 0 1n`).join("\n")}
.save v(n100)
.tran 1u 2m
.end`;
    const { results } = await simulate(stiff);
    expect(results[0]!.statistics.method).toBe("ndf");
  });
});

/** Resistors, inductors, capacitors and sources between few nodes, all of which have a resistor and a capacitor. */
const circuits = fc
  .array(
    fc.record({
      kind: fc.constantFrom("R", "L", "C", "V", "I"),
      from: fc.integer({ min: 1, max: 6 }),
      to: fc.integer({ min: 0, max: 6 }),
      value: fc.double({ min: 0.5, max: 2, noNaN: true }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) =>
    parts.flatMap(({ kind, from, to, value }, k) => {
      if (kind === "V") return [`V${k} s${k} 0 SIN(0 ${value} 1)`, `RV${k} s${k} n${from} ${value}`];
      if (kind === "I") return [`I${k} n${from} 0 SIN(0 ${value} 1)`];
      const other = to === 0 ? "0" : `n${to}`;
      if (kind === "L") return [`L${k} n${from} l${k} ${value}`, `RL${k} l${k} ${other} 1`]; // loops of inductors alone are refused
      return from === to ? [] : [`${kind}${k} n${from} ${other} ${value}`];
    }),
  );

test("rates of a linear circuit obey its equations: C dx/dt + f(t, x) = 0", () => {
  fc.assert(
    fc.property(circuits, fc.double({ min: 0, max: 3, noNaN: true }), (cards, t) => {
      const ground = [1, 2, 3, 4, 5, 6].flatMap((n) => [`RG${n} n${n} 0 1`, n > 3 ? "" : `CG${n} n${n} 0 1`]);
      const text = ["any", ...ground, ...cards, ".tran 0.1 1", ".end"].join("\n");
      const source = new Source("any.cir", text);
      const complaints = new Complaints();
      const netlist = parseNetlist(source, { main: true }, complaints);
      const system = compile(elaborate(netlist, { source, found: complaints.all }).circuit);
      const reduced = reduceLinear(system);
      if (reduced === undefined) return;
      const y = Float64Array.from({ length: reduced.explicit.size }, (_, k) => Math.sin(k + 1));
      const rate = new Float64Array(y.length);
      expect(reduced.explicit.rate(t, y, rate)).toBe(true);
      const n = system.pattern.size;
      const x = new Float64Array(n);
      expect(reduced.expand(t, y, x)).toBe(true);
      expect([...reduced.states(x)]).toEqual([...y]);
      const slope = new Float64Array(n); // dx/dt of what is dynamic; what is algebraic has no charge
      const numbers = reduced.states(Float64Array.from({ length: n }, (_, j) => j));
      numbers.forEach((j, k) => {
        slope[j] = rate[k]!;
      });
      const at = linearization(system);
      system.load(t, x, at);
      const { columnStart, row } = system.pattern;
      const left = at.f.slice();
      for (let j = 0; j < n; j++) {
        for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) left[row[e]!]! += at.C[e]! * slope[j]!;
      }
      for (const value of left) expect(Math.abs(value)).toBeLessThan(1e-10);
    }),
    { seed: 1, numRuns: 200 },
  );
});
