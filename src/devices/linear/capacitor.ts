import { device } from "../device.js";
import { between } from "../one-port.js";

/** A linear capacitor: q = c · v. */
export const capacitor = device({
  type: "capacitor",
  title: "Linear capacitor",
  reference: "Ho, Ruehli & Brennan, IEEE Trans. Circuits Syst. 22, 504 (1975)",
  equations: ["q = c·v", "i = dq/dt"],
  terminals: ["p", "n"],
  parameters: {
    c: { meaning: "capacitance", unit: "F", default: undefined, range: [-1e6, 1e6] },
  },
  own: [],
  controls: 0,
  slopes: { q: between, f: [], fixed: "q and f" },
  smooth: true,
  load(_t, x, { c }, { q, q_x }) {
    const charge = c * (x[0]! - x[1]!);
    q[0] = charge;
    q[1] = -charge;
    q_x[0] = c;
    q_x[1] = -c;
    q_x[2] = -c;
    q_x[3] = c;
  },
});
