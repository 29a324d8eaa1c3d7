import { device } from "../device.js";
import { between, columnsOf } from "../one-port.js";

/** A conductance and its slope by the control. */
interface Point {
  g: number;
  g_u: number;
}

/**
 * The conductance of a switch without hysteresis, between off and on a smooth path of its logarithm:
 *
 *     w = (u − off)/(on − off) in [0, 1],     ln g = ln goff + (ln gon − ln goff)·w²·(3 − 2w)
 *
 * The cubic is that of PSpice and Xyce, whose manuals write it about the middle of the interval.
 */
function conduct(u: number, on: number, off: number, ron: number, roff: number, at: Point): void {
  const w = Math.min(1, Math.max(0, (u - off) / (on - off)));
  const ratio = Math.log(roff / ron);
  at.g = Math.exp(ratio * w * w * (3 - 2 * w)) / roff;
  at.g_u = (at.g * ratio * 6 * w * (1 - w)) / (on - off);
}

const at: Point = { g: 0, g_u: 0 }; // filled and read within one call

const reference = "Keiter et al., Xyce Parallel Electronic Simulator Reference Guide, Sandia (2013)";
const equations = ["i = v·g(u)", "ln g: cubic from 1/roff at off to 1/ron at on, level slopes at both ends"];

const resistances = {
  ron: { meaning: "resistance when on", unit: "Ω", default: 1, range: [1e-12, 1e18] },
  roff: { meaning: "resistance when off", unit: "Ω", default: 1e6, range: [1e-12, 1e18] },
} as const;

/** `sw` with `von` and `voff`, as Xyce and PSpice have it: v(cp,cn) leads from roff to ron on a smooth path. */
export const smoothVoltageSwitch = device({
  type: "sw_smooth",
  title: "Smooth switch controlled by a voltage",
  reference,
  equations,
  terminals: ["p", "n", "cp", "cn"],
  parameters: {
    von: { meaning: "control at which it is on", unit: "V", default: 1, range: [-1e12, 1e12], aliases: ["on"] },
    voff: { meaning: "control at which it is off", unit: "V", default: 0, range: [-1e12, 1e12], aliases: ["off"] },
    ...resistances,
  },
  own: [],
  controls: 0,
  slopes: { q: [], f: [...between, ...columnsOf([2, 3])], fixed: "q" },
  noise: "thermal",
  smooth: false, // its second slope jumps where it is off and where it is on
  load(_t, x, { von, voff, ron, roff }, { f, f_x }) {
    conduct(x[2]! - x[3]!, von, voff, ron, roff, at);
    const v = x[0]! - x[1]!;
    f[0] = at.g * v;
    f[1] = -f[0]!;
    f_x[0] = at.g;
    f_x[1] = -at.g;
    f_x[2] = at.g_u * v;
    f_x[3] = -f_x[2]!;
    for (let k = 0; k < 4; k++) f_x[4 + k] = -f_x[k]!;
  },
});

/** `csw` with `ion` and `ioff`: the same, driven by a current. */
export const smoothCurrentSwitch = device({
  type: "csw_smooth",
  title: "Smooth switch controlled by a current",
  reference,
  equations,
  terminals: ["p", "n"],
  parameters: {
    ion: { meaning: "control at which it is on", unit: "A", default: 1e-3, range: [-1e12, 1e12], aliases: ["on"] },
    ioff: { meaning: "control at which it is off", unit: "A", default: 0, range: [-1e12, 1e12], aliases: ["off"] },
    ...resistances,
  },
  own: [],
  controls: 1,
  slopes: { q: [], f: [...between, ...columnsOf([2])], fixed: "q" },
  noise: "thermal",
  smooth: false,
  load(_t, x, { ion, ioff, ron, roff }, { f, f_x }) {
    conduct(x[2]!, ion, ioff, ron, roff, at);
    const v = x[0]! - x[1]!;
    f[0] = at.g * v;
    f[1] = -f[0]!;
    f_x[0] = at.g;
    f_x[1] = -at.g;
    f_x[2] = at.g_u * v;
    for (let k = 0; k < 3; k++) f_x[3 + k] = -f_x[k]!;
  },
});
