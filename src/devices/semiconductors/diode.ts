import { type Device, device } from "../device.js";
import { between } from "../one-port.js";
import { evaluateJunction, type JunctionPoint, junctionParameters } from "./junction.js";

const shared = {
  reference:
    "Shockley, Bell Syst. Tech. J. 28, 435 (1949); charges and temperature: Nagel, SPICE2: A computer program to " +
    "simulate semiconductor circuits, UCB/ERL M520, Berkeley (1975)",
  equations: [
    "i = is·(exp(v/(n·Vt)) - 1) - ibv·exp(-(v + bv)/(n·Vt)) + gmin·v,  v behind rs",
    "q = tt·is·(exp(v/(n·Vt)) - 1) + integral of cjo/(1 - v/vj)^m, a straight line from v = vj/2 on",
  ],
  terminals: ["a", "k"],
  parameters: junctionParameters,
  controls: 0,
  smooth: true,
} as const;

/** A junction diode without series resistance (rs is not looked at). */
export const diode = device({
  ...shared,
  type: "d",
  title: "Junction diode",
  own: [],
  slopes: { q: between, f: between },
  load(_t, x, values, { q, f, q_x, f_x }) {
    evaluateJunction(x[0]! - x[1]!, values, at);
    f[0] = at.i;
    f[1] = -at.i;
    f_x[0] = at.g;
    f_x[1] = -at.g;
    f_x[2] = -at.g;
    f_x[3] = at.g;
    q[0] = at.q;
    q[1] = -at.q;
    q_x[0] = at.c;
    q_x[1] = -at.c;
    q_x[2] = -at.c;
    q_x[3] = at.c;
  },
});

/** A junction diode whose junction lies behind a series resistance rs > 0, at an inner node of its own. */
export const resistiveDiode = device({
  ...shared,
  type: "d_rs",
  title: "Junction diode with series resistance",
  own: [
    {
      name: "v",
      meaning: "voltage of the inner node between rs and the junction",
      unit: "V",
      role: "branch",
      initial: () => 0,
      negligible: 1e-6,
    },
  ],
  slopes: {
    q: [
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ],
    f: [
      [0, 0],
      [0, 2],
      [1, 1],
      [1, 2],
      [2, 0],
      [2, 1],
      [2, 2],
    ],
  },
  load(_t, x, values, { q, f, q_x, f_x }) {
    const g = 1 / values.rs;
    const i = g * (x[0]! - x[2]!);
    evaluateJunction(x[2]! - x[1]!, values, at);
    f[0] = i;
    f[1] = -at.i;
    f[2] = at.i - i;
    f_x[0] = g;
    f_x[2] = -g;
    f_x[4] = at.g;
    f_x[5] = -at.g;
    f_x[6] = -g;
    f_x[7] = -at.g;
    f_x[8] = at.g + g;
    q[1] = -at.q;
    q[2] = at.q;
    q_x[4] = at.c;
    q_x[5] = -at.c;
    q_x[7] = -at.c;
    q_x[8] = at.c;
  },
});

const at: JunctionPoint = { i: 0, g: 0, q: 0, c: 0 }; // filled and read within one call

/** The diode for given values: with or without an inner node. */
export const diodeFor = (values: { readonly rs: number }): Device => (values.rs > 0 ? resistiveDiode : diode);
