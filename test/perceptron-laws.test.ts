import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Contribution, Device } from "../src/devices/device.js";
import { gated, gatePart } from "../src/devices/perceptrons/gate.js";
import { perceptronDevices } from "../src/devices/perceptrons/index.js";
import { synapsePair } from "../src/devices/perceptrons/synapse-pair.js";

type Values = Record<string, number>;

const valuesOf = ({ parameters }: Device): Values =>
  Object.fromEntries(Object.entries(parameters).map(([name, it]) => [name, it.default ?? 1]));

function load(device: Device, x: Float64Array, values: Values, mode: number): Contribution {
  const rows = device.terminals.length + device.own.length;
  const columns = rows + device.controls;
  const out = {
    q: new Float64Array(rows),
    f: new Float64Array(rows),
    q_x: new Float64Array(rows * columns),
    f_x: new Float64Array(rows * columns),
  };
  device.load(0.3, x, values, out, mode);
  return out;
}

describe("the gate of a weight", () => {
  const [ith, a] = [20, 0.5];
  const gate = gatePart(
    (x) => x[0]!,
    () => [ith, a],
  );
  const at = (current: number) => Float64Array.of(current);
  /** The law as it is written. */
  const law = (current: number): number => {
    const over = Math.abs(current) - ith;
    return over >= 0 && over < a ? Math.sign(current) * over : 0;
  };

  test("is the law, wherever its mode is that of the current", () => {
    fc.assert(
      fc.property(fc.double({ min: -25, max: 25, noNaN: true }), (current) => {
        const mode = gate.initial(at(current), {});
        expect(gated(current, ith, mode)).toBeCloseTo(law(current), 12);
        expect(gate.guard(at(current), {}, mode)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("leaves a mode whose guard has fallen for the one that the current calls for, in one step", () => {
    const currents = fc.double({ min: -25, max: 25, noNaN: true });
    fc.assert(
      fc.property(currents, currents, (before, after) => {
        const mode = gate.initial(at(before), {});
        if (gate.guard(at(after), {}, mode) >= 0) return;
        expect(gate.next(mode, at(after), {})).toBe(gate.initial(at(after), {}));
      }),
    );
  });

  test.each([20, 20.5, -20, -20.5])("goes over at %f A from either side, though rounding sees the near one", (edge) => {
    for (const side of [-1, 1]) {
      const mode = gate.initial(at(edge + 0.1 * side), {});
      expect(gate.next(mode, at(edge + 1e-15 * side), {})).not.toBe(mode);
    }
  });
});

describe.each(perceptronDevices.map((device) => [device.type, device] as const))("%s", (_, device) => {
  const modes = device.modes === undefined ? 1 : 15;
  const values = { ...valuesOf(device), rise: 0.5, freq: 3 };
  const columns = device.terminals.length + device.own.length + device.controls;

  test("states its slopes in every mode", () => {
    for (let mode = 0; mode < modes; mode++) {
      const x = Float64Array.from({ length: columns }, (_, k) => 0.3 + 0.17 * k - 0.02 * mode);
      const here = load(device, x, values, mode);
      for (let column = 0; column < columns; column++) {
        const h = 1e-6;
        const [up, down] = [h, -h].map((d) => load(device, x.with(column, x[column]! + d), values, mode));
        for (let row = 0; row < here.f.length; row++) {
          const slope = (up!.f[row]! - down!.f[row]!) / (2 * h);
          expect(Math.abs(slope - here.f_x[row * columns + column]!), `mode ${mode}, ${row} by ${column}`).toBeLessThan(
            1e-6 * (1 + Math.abs(slope)),
          );
        }
      }
    }
  });

  test("gives back at its terminals what flows in, in every mode", () => {
    for (let mode = 0; mode < modes; mode++) {
      const x = Float64Array.from({ length: columns }, (_, k) => Math.sin(1 + k + mode));
      const { f } = load(device, x, values, mode);
      const sum = f.subarray(0, device.terminals.length).reduce((a, b) => a + b, 0);
      expect(Math.abs(sum)).toBeLessThan(1e-14);
    }
  });
});

test("a pair never gives power", () => {
  const device = synapsePair as Device;
  const voltage = fc.double({ min: -5, max: 5, noNaN: true });
  fc.assert(
    fc.property(voltage, voltage, voltage, fc.double({ min: 1e-6, max: 1e-3, noNaN: true }), (row, plus, minus, g) => {
      const x = Float64Array.of(row, plus, minus, g, 1.001e-3 - g);
      const { f } = load(device, x, valuesOf(device), 0);
      expect(f[0]! * row + f[1]! * plus + f[2]! * minus).toBeGreaterThanOrEqual(-1e-18);
    }),
  );
});
