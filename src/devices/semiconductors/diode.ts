import { type Device, device, type NoiseCurrent, type Slopes } from "../device.js";
import { thermalNoise } from "../noise.js";
import { between } from "../one-port.js";
import {
  areaOf,
  evaluateJunction,
  type JunctionPoint,
  type JunctionValues,
  junctionNoise,
  junctionParameters,
  kneeOf,
} from "./junction.js";

const shared = {
  reference:
    "Shockley, Bell Syst. Tech. J. 28, 435 (1949); charges and temperature: Nagel, SPICE2: A computer program to " +
    "simulate semiconductor circuits, UCB/ERL M520, Berkeley (1975)",
  equations: [
    "i = is·(exp(v/(n·Vt)) - 1) - ibv·exp(-(v + bv)/(n·Vt)) + gmin·v,  v behind rs; is times area, ibv not",
    "q = tt·is·(exp(v/(n·Vt)) - 1) + integral of cjo/(1 - v/vj)^m, a straight line from v = vj/2 on",
  ],
  terminals: ["a", "k"],
  parameters: junctionParameters,
  controls: 0,
  // Its slopes are continuous, but its knee is narrow: a few hundredths of a volt, next to any signal a corner.
  smooth: false,
} as const;

/** Thermal noise of rs and shot noise of the junction, whose anode is at the given row. */
const shot = (anode: number): NoiseCurrent<typeof junctionParameters> => ({
  rows: [
    [anode, 1],
    [1, -1],
  ],
  density: (x, values) => junctionNoise(x[anode]! - x[1]!, values),
});
const seriesNoise: NoiseCurrent<typeof junctionParameters> = {
  rows: [
    [0, 1],
    [2, -1],
  ],
  density: (_x, values) => thermalNoise(values.temp, 1 / seriesResistance(values)),
};

const at: JunctionPoint = { i: 0, g: 0, q: 0, c: 0 }; // filled and read within one call

/** A diode that is its junction alone, with charge or without. */
const bare = (type: string, title: string, slopes: Slopes) =>
  device({
    ...shared,
    type,
    title,
    own: [],
    noise: [shot(0)],
    junction: { plus: 0, minus: 1, knee: kneeOf },
    slopes,
    load(_t, x, values, { q, f, q_x, f_x }) {
      evaluateJunction(x[0]! - x[1]!, values, at);
      setBetween(f, f_x, at.i, at.g);
      if (slopes.q.length > 0) setBetween(q, q_x, at.q, at.c);
    },
  });

/** A flow from a to k, and its slope by v(a,k). */
function setBetween(row: Float64Array, block: Float64Array, flow: number, slope: number): void {
  row[0] = flow;
  row[1] = -flow;
  block[0] = slope;
  block[1] = -slope;
  block[2] = -slope;
  block[3] = slope;
}

/** A diode whose junction lies behind rs, at an inner node of its own, with charge or without. */
const resistive = (type: string, title: string, charge: Slopes["q"]) =>
  device({
    ...shared,
    type,
    title,
    noise: [seriesNoise, shot(2)],
    junction: { plus: 2, minus: 1, knee: kneeOf },
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
      q: charge,
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
      const g = 1 / seriesResistance(values);
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
      if (charge.length === 0) return;
      q[1] = -at.q;
      q[2] = at.q;
      q_x[4] = at.c;
      q_x[5] = -at.c;
      q_x[7] = -at.c;
      q_x[8] = at.c;
    },
  });

const seriesResistance = (values: JunctionValues): number => values.rs / areaOf(values);

/** A junction diode without charge or series resistance (neither cjo, tt nor rs are looked at). */
export const diode = bare("d", "Junction diode without charge", { q: [], f: between });

/** A junction diode with charge. */
export const chargedDiode = bare("d_c", "Junction diode with charge", { q: between, f: between });

/** A junction diode with a series resistance rs > 0, without charge. */
export const resistiveDiode = resistive("d_rs", "Junction diode with series resistance", []);

/** A junction diode with a series resistance rs > 0 and charge. */
export const resistiveChargedDiode = resistive("d_rs_c", "Junction diode with series resistance and charge", [
  [1, 1],
  [1, 2],
  [2, 1],
  [2, 2],
]);

/** The diode that looks at just those of the given values that are not zero. */
export function diodeFor({ rs, cjo, tt }: { readonly rs: number; readonly cjo: number; readonly tt: number }): Device {
  const charged = cjo > 0 || tt > 0;
  if (rs > 0) return charged ? resistiveChargedDiode : resistiveDiode;
  return charged ? chargedDiode : diode;
}
