import { device } from "../device.js";
import { branch, branchCurrent } from "../one-port.js";

/** A linear inductor with its current as unknown: d/dt(l · i) = v. */
export const inductor = device({
  type: "inductor",
  title: "Linear inductor",
  reference: "Ho, Ruehli & Brennan, IEEE Trans. Circuits Syst. 22, 504 (1975)",
  equations: ["flux = l·i", "v = d(flux)/dt"],
  terminals: ["p", "n"],
  parameters: {
    l: { meaning: "inductance", unit: "H", default: undefined, range: [-1e6, 1e6] },
  },
  own: [branchCurrent],
  controls: 0,
  slopes: { q: [[2, 2]], f: branch, fixed: "q and f" },
  smooth: true,
  load(_t, x, { l }, { q, f, q_x, f_x }) {
    const i = x[2]!;
    f[0] = i;
    f[1] = -i;
    f[2] = x[1]! - x[0]!;
    f_x[2] = 1; // p by i
    f_x[5] = -1; // n by i
    f_x[6] = -1;
    f_x[7] = 1;
    q[2] = l * i;
    q_x[8] = l;
  },
});
