import { type Device, device, type Modes } from "../device.js";
import type { Parameter } from "../parameter.js";
import { logicLevel } from "./reading.js";

const parameters = {
  k: { meaning: "output voltage of a charge of 1 C", unit: "1", default: 1, range: [-1e30, 1e30] },
} as const satisfies Readonly<Record<string, Parameter>>;

// x: in, out, ref, [reset,] i, io, y.
const cleared = 1;

function makeIntegrator(reset: boolean): Device<typeof parameters> {
  const [i, io, y] = reset ? [4, 5, 6] : [3, 4, 5];
  const columns = y + 1;
  const line = (x: Float64Array): number => x[3]! - logicLevel;
  const modes: Modes<typeof parameters> = {
    initial: (x) => (line(x) > 0 ? cleared : 0),
    guard: (x, _values, mode) => (mode === cleared ? line(x) : -line(x)),
    next: (mode) => 1 - mode,
    enter(_t, x, _before, _values, mode) {
      if (mode === cleared) x[y] = 0;
    },
  };
  return device({
    type: reset ? "integrator_reset" : "integrator",
    title: "Integrator of a current",
    reference: "Horowitz & Hill, The Art of Electronics, 3rd ed., Cambridge (2015); here ideal",
    equations: ["v(in) = 0;  dv(out)/dt = k·i(in)", ...(reset ? ["v(out) = 0 while v(reset) > 0.5 V"] : [])],
    terminals: ["in", "out", "ref", ...(reset ? ["reset"] : [])],
    parameters,
    own: [
      { name: "i", meaning: "current into the input", unit: "A", role: "branch", initial: () => 0, negligible: 1e-12 },
      {
        name: "io",
        meaning: "current into the output",
        unit: "A",
        role: "branch",
        initial: () => 0,
        negligible: 1e-12,
      },
      {
        name: "y",
        meaning: "integral: the output voltage",
        unit: "V",
        role: "state",
        initial: () => 0,
        negligible: 1e-9,
      },
    ],
    controls: 0,
    slopes: {
      q: [[y, y]],
      f: [
        [0, i],
        [1, io],
        [2, i],
        [2, io],
        [i, 0],
        [io, 1],
        [io, y],
        [y, i],
      ],
      fixed: "q",
    },
    ...(reset && { modes }),
    smooth: !reset,
    load(_t, x, { k }, { q, f, q_x, f_x }, mode) {
      f[0] = x[i]!;
      f[1] = x[io]!;
      f[2] = -x[i]! - x[io]!;
      f_x[i] = 1;
      f_x[columns + io] = 1;
      f_x[2 * columns + i] = -1;
      f_x[2 * columns + io] = -1;
      f[i] = x[0]!;
      f_x[i * columns] = 1;
      f[io] = x[1]! - x[y]!;
      f_x[io * columns + 1] = 1;
      f_x[io * columns + y] = -1;
      q[y] = x[y]!;
      q_x[y * columns + y] = 1;
      if (mode === cleared) return;
      f[y] = -k * x[i]!;
      f_x[y * columns + i] = -k;
    },
  });
}

/** `YINTEGRATOR`: v(out) = k·∫i(in)dt, with a virtual ground at its input. */
export const integrator = makeIntegrator(false);

/** The same with a line that clears it. */
export const integratorWithReset = makeIntegrator(true);
