import { afterEach, expect, test, vi } from "vitest";
import { elaborate } from "../src/circuit/elaborate.js";
import { compile } from "../src/equations/compile.js";
import { linearization } from "../src/numerics/system.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Complaints } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";

afterEach(() => void vi.unstubAllGlobals());

/** Diodes with and without charge and series resistance, one of them larger. */
const text = `junctions
V1 a 0 1
.model d D(is=1e-14)
.model c D(is=1e-13 rs=2 cjo=1p tt=1n)
D1 a b d
D2 b 0 c
D3 b c d area=3
R1 c 0 1k
.tran 1u 1m
.end`;

function systemOf() {
  const source = new Source("junctions.cir", text);
  const complaints = new Complaints();
  const netlist = parseNetlist(source, { main: true }, complaints);
  return compile(elaborate(netlist, { source, found: complaints.all }).circuit);
}

/** What is loaded at x with junctions at voltages, and the voltages that x has. */
function led(shift: number) {
  const system = systemOf();
  const junctions = system.junctions!;
  const x = Float64Array.from({ length: system.pattern.size }, (_, k) => 0.3 + 0.2 * Math.sin(k + 1));
  const voltage = new Float64Array(junctions.count);
  junctions.take(x, voltage);
  const at = linearization(system);
  junctions.load(
    0,
    x,
    voltage.map((v, k) => v + shift * (k + 1)),
    at,
  );
  const whole = linearization(system);
  system.load(0, x, whole);
  return { at, whole };
}

test("junctions that have arrived are loaded as they are", () => {
  const { at, whole } = led(0);
  for (const part of ["q", "f", "C", "G"] as const) {
    at[part].forEach((value, k) => {
      expect(Math.abs(value - whole[part][k]!)).toBeLessThanOrEqual(1e-12 * Math.abs(whole[part][k]!));
    });
  }
});

test("junctions on their way are continued along their tangents: f differs by the second order of what is left", () => {
  const difference = (shift: number): number => {
    const { at, whole } = led(shift);
    return Math.max(...at.f.map((value, k) => Math.abs(value - whole.f[k]!)));
  };
  expect(difference(1e-4) / difference(5e-5)).toBeGreaterThan(3.9);
  expect(difference(1e-4) / difference(5e-5)).toBeLessThan(4.1);
});

test.each([0, 0.05, -0.2])("to the last bit the same where code from text is forbidden: %s", (shift) => {
  const written = led(shift).at;
  vi.stubGlobal("Function", function forbidden() {
    throw new EvalError("no code from text here");
  });
  expect(led(shift).at).toEqual(written);
});
