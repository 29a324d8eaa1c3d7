import { device } from "../device.js";
import { between } from "../one-port.js";

/** A linear resistor: i = v / r. */
export const resistor = device({
  type: "resistor",
  title: "Linear resistor",
  reference: "Ohm, Die galvanische Kette, mathematisch bearbeitet, Berlin (1827)",
  equations: ["i = v / r"],
  terminals: ["p", "n"],
  parameters: {
    r: { meaning: "resistance, not 0", unit: "Ω", default: undefined, range: [-1e18, 1e18] },
  },
  own: [],
  controls: 0,
  slopes: { q: [], f: between, fixed: "q and f" },
  smooth: true,
  noise: "thermal",
  load(_t, x, { r }, { f, f_x }) {
    const g = 1 / r;
    const i = g * (x[0]! - x[1]!);
    f[0] = i;
    f[1] = -i;
    f_x[0] = g;
    f_x[1] = -g;
    f_x[2] = -g;
    f_x[3] = g;
  },
});
