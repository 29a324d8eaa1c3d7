import { device } from "../device.js";
import { logicLevel } from "./reading.js";

// x: in, out, clk, ref, io, h. Modes: 0 while the clock is low, 1 while it is high.
const [input, out, clk, ref, io, h, columns] = [0, 1, 2, 3, 4, 5, 6];

/** `YHOLD`: takes the voltage of `in` at each rising edge of `clk`, as it was right before, and holds it at `out`. */
export const hold = device({
  type: "hold",
  title: "Sample and hold",
  reference: "Horowitz & Hill, The Art of Electronics, 3rd ed., Cambridge (2015); here ideal",
  equations: ["v(out) = v(in) right before v(clk) last rose through 0.5 V; x0 before"],
  terminals: ["in", "out", "clk", "ref"],
  parameters: { x0: { meaning: "output before the first edge", unit: "V", default: 0, range: [-1e30, 1e30] } },
  own: [
    { name: "i", meaning: "current into the output", unit: "A", role: "branch", initial: () => 0, negligible: 1e-12 },
    { name: "h", meaning: "the sample", unit: "V", role: "state", initial: ({ x0 }) => x0, negligible: 1e-9 },
  ],
  controls: 0,
  slopes: {
    q: [[h, h]],
    f: [
      [out, io],
      [ref, io],
      [io, out],
      [io, h],
    ],
    fixed: "q",
  },
  modes: {
    initial: (x) => (x[clk]! > logicLevel ? 1 : 0),
    guard: (x, _values, mode) => (mode === 1 ? x[clk]! - logicLevel : logicLevel - x[clk]!),
    next: (mode) => 1 - mode,
    enter(_t, x, before, _values, mode) {
      if (mode === 1) x[h] = before[input]!;
    },
  },
  smooth: false,
  load(_t, x, _values, { q, f, q_x, f_x }) {
    f[out] = x[io]!;
    f[ref] = -x[io]!;
    f_x[out * columns + io] = 1;
    f_x[ref * columns + io] = -1;
    f[io] = x[out]! - x[h]!;
    f_x[io * columns + out] = 1;
    f_x[io * columns + h] = -1;
    q[h] = x[h]!;
    q_x[h * columns + h] = 1;
  },
});
