import type { Device } from "../device.js";
import { memristive } from "../memristive.js";
import { memristor } from "../memristor.js";
import type { Values } from "../parameter.js";
import { growth, growthBoth, growthBothSlope } from "./laws/exponentials.js";
import type { MemristorPoint } from "./laws/point.js";

/** The elementary charge over Boltzmann's constant, K/V (exact in the SI of 2019). */
const kelvinsAVolt = 1.602176634e-19 / 1.380649e-23;
/** In which a gap is counted in the enhancement of the field, m. */
const nanometre = 1e-9;

const parameters = {
  i0: { meaning: "amplitude of the current at no gap", unit: "A", default: 1e-3, range: [1e-18, 1e6] },
  g0: { meaning: "gap by which the current falls e-fold", unit: "m", default: 0.25e-9, range: [1e-12, 1e-6] },
  v0: { meaning: "curvature of the current", unit: "V", default: 0.25, range: [1e-3, 1e3] },
  vel0: { meaning: "speed of the gap's end at infinite temperature", unit: "m/s", default: 10, range: [0, 1e12] },
  ea: { meaning: "energy to move a vacancy, in electron volts", unit: "V", default: 0.6, range: [0, 10] },
  a0: { meaning: "distance of a hop", unit: "m", default: 0.25e-9, range: [1e-12, 1e-6] },
  tox: { meaning: "thickness of the oxide", unit: "m", default: 12e-9, range: [1e-10, 1e-6] },
  gamma0: { meaning: "enhancement of the field at no gap, v > 0", unit: "1", default: 16, range: [0, 1e3] },
  gamman: { meaning: "the same for v < 0", unit: "1", default: 16, range: [0, 1e3] },
  beta: { meaning: "how much the enhancement falls with the gap's cube", unit: "1", default: 0.8, range: [0, 1e3] },
  fmin: { meaning: "least field that moves the gap", unit: "V/m", default: 1.4e9, range: [1, 1e12] },
  rth: { meaning: "thermal resistance", unit: "K/W", default: 2.1e3, range: [0, 1e15] },
  temp: { meaning: "temperature around the device", unit: "K", default: 298, range: [1, 1e5], aliases: ["t_ini"] },
  gapmin: { meaning: "least gap", unit: "m", default: 0.2e-9, range: [0, 1e-6], aliases: ["gap_min"] },
  gapmax: { meaning: "greatest gap", unit: "m", default: 1.7e-9, range: [0, 1e-6], aliases: ["gap_max"] },
  eta: { meaning: "polarity: 1 or -1", unit: "1", default: 1, range: [-1, 1] },
  x0: { meaning: "state at t = 0: 0 at the greatest gap, 1 at the least", unit: "1", default: 1, range: [0, 1], aliases: ["xo"] },
} as const; // biome-ignore format: a table

type At = Values<typeof parameters>;

const gapOf = (x: number, { gapmin, gapmax }: At): number => gapmax - (gapmax - gapmin) * x;

/** γ at a state, never below 0, and its slope. Filled and read within one call. */
const field = { gamma: 0, gamma_x: 0 };

function enhance(x: number, u: number, at: At): void {
  const gap = gapOf(x, at) / nanometre;
  field.gamma = Math.max(0, (u < 0 ? at.gamman : at.gamma0) - at.beta * gap ** 3);
  field.gamma_x = field.gamma > 0 ? (3 * at.beta * gap ** 2 * (at.gapmax - at.gapmin)) / nanometre : 0;
}

/** How far the field is above the least one that moves the gap, in parts of that. */
function excess(x: number, u: number, at: At): number {
  enhance(x, u, at);
  return (field.gamma * Math.abs(u)) / (at.tox * at.fmin) - 1;
}

/**
 * The published rate jumps from 0 to its value where the field reaches fmin. A gap that opens lowers its own field, and stays
 * at that place, between the two values: so that there is something between them, the rate rises over this part of fmin.
 */
const ramp = 1e-5;

/** The share of the rate that is left at such an excess, and its slope. Filled and read within one call. */
const share = { s: 1, s_e: 0 };

function shareOf(excess: number): void {
  const u = Math.min(1, Math.max(0, excess / ramp));
  share.s = u * u * (3 - 2 * u);
  share.s_e = (6 * u * (1 - u)) / ramp;
}

/** A filament that grows and dissolves: what is left of its way through the oxide is a gap that electrons tunnel through. */
const law = memristor({
  type: "stanford",
  title: "Gap of a filament, with its heat (Stanford RRAM, also told as Stanford-PKU)",
  reference:
    "Jiang & Wong, Stanford University Resistive-Switching Random Access Memory (RRAM) Verilog-A Model 1.0.0, nanoHUB (2014), " +
    "doi:10.4231/D37H1DN48; Jiang, Wu, Yu, Yang, Song, Karim, Guan & Wong, IEEE Trans. Electron Devices 63, 1884 (2016). " +
    "The equations of the standard model (model_switch = 0), not its noise, which is drawn anew at each time step",
  equations: [
    "i = i0·e^(-gap/g0)·sinh(v/v0),  gap = gapmax - (gapmax - gapmin)·x",
    "dgap/dt = -vel0·e^(-ea/kT)·sinh(gamma·(a0/tox)·v/kT),  x in [0, 1]   (kT in electron volts)",
    "gamma = gamma0 - beta·(gap/1 nm)^3, with gamman for v < 0;  0 where gamma·|v|/tox < fmin (rising over 1e-5 of it)",
    "T = temp + rth·v·i",
    "eta = -1 turns the device round",
  ],
  parameters,
  presets: [
    {
      name: "stanford2014",
      reference: "the standing values of the authors' Verilog-A model 1.0.0 (2014)",
      threshold: "1.05 V where the gap is least, 1.39 V where it is greatest, either way",
      values: { i0: 1e-3, g0: 0.25e-9, v0: 0.25, vel0: 10, ea: 0.6, beta: 0.8, gamma0: 16, fmin: 1.4e9, rth: 2.1e3 },
    },
  ],
  claims: { pinched: true, passive: true, clamped: true },
  smooth: () => false,
  real: { start: "x0", resistances: [], conductances: ["i0"], thresholds: ["fmin"], ends: { on: 1, off: 0 } },
  remarks: ({ gapmin, gapmax }) =>
    gapmin! < gapmax!
      ? []
      : [
          {
            severity: "error",
            code: "parameter-range",
            message: `has \`gapmin\` = ${gapmin} m, which is not below \`gapmax\` = ${gapmax} m.`,
            help: "let `gapmax` be above `gapmin`.",
          },
        ],
  initial: ({ x0 }) => x0,
  walls: () => [0, 1],

  evaluate(x, v, values, out) {
    const { i0, g0, v0, eta, gapmin, gapmax } = values;
    const inside = Math.min(1, Math.max(0, x));
    const tunnel = i0 * Math.exp(-gapOf(inside, values) / g0);
    out.i = tunnel * growthBoth(v / v0);
    out.i_v = (tunnel / v0) * growthBothSlope(v / v0);
    out.i_x = inside === x ? (out.i * (gapmax - gapmin)) / g0 : 0;
    const u = eta * v;
    const over = excess(inside, u, values);
    if (over <= 0) {
      out.rate = out.rate_x = out.rate_v = 0;
      return;
    }
    hop(u, values, v, out);
    if (over < ramp) begin(over, u, values, out);
    if (inside !== x) out.rate_x = 0;
  },
});

/** The rate under γ, with the heat of the current. */
function hop(
  u: number,
  { vel0, ea, a0, tox, rth, temp, eta, gapmin, gapmax }: At,
  v: number,
  out: MemristorPoint,
): void {
  const kelvin = temp + rth * v * out.i;
  const kelvin_v = rth * (out.i + v * out.i_v);
  const kelvin_x = rth * v * out.i_x;
  const barrier = kelvinsAVolt * ea;
  const pull = kelvinsAVolt * (a0 / tox) * u; // times γ, over T
  const argument = (field.gamma * pull) / kelvin;
  const scale = (vel0 / (gapmax - gapmin)) * growth(-barrier / kelvin);
  const [both, slope] = [growthBoth(argument), growthBothSlope(argument)];
  // By the temperature: of the barrier, and of the argument.
  const byKelvin = (scale * (barrier * both - argument * kelvin * slope)) / kelvin ** 2;
  out.rate = scale * both;
  out.rate_v = byKelvin * kelvin_v + (scale * slope * field.gamma * kelvinsAVolt * (a0 / tox) * eta) / kelvin;
  out.rate_x = byKelvin * kelvin_x + (scale * slope * field.gamma_x * pull) / kelvin;
}

/** Just above the least field: a share of the rate. */
function begin(over: number, u: number, { tox, fmin, eta }: At, out: MemristorPoint): void {
  shareOf(over);
  out.rate_x = out.rate_x * share.s + (out.rate * share.s_e * field.gamma_x * Math.abs(u)) / (tox * fmin);
  out.rate_v = out.rate_v * share.s + (out.rate * share.s_e * field.gamma * Math.sign(u) * eta) / (tox * fmin);
  out.rate *= share.s;
}

const bare = memristive(law);

/** `kind=stanford`. Its rate jumps where the field reaches the least one: that is located. */
export const stanford: Device<typeof bare.parameters> = {
  ...bare,
  switching: {
    count: 1,
    guard(_t, x, values, out) {
      out[0] = excess(Math.min(1, Math.max(0, x[2]!)), values.eta * (x[0]! - x[1]!), values);
    },
  },
  observables: [
    ...(bare.observables ?? []),
    { name: "gap", meaning: "gap of the filament", unit: "m", of: (x, values) => gapOf(x[2]!, values) },
    {
      name: "t",
      meaning: "temperature of the filament",
      unit: "K",
      of: (x, values) => {
        const v = x[0]! - x[1]!;
        return (
          values.temp +
          values.rth * v * values.i0 * Math.exp(-gapOf(x[2]!, values) / values.g0) * Math.sinh(v / values.v0)
        );
      },
    },
  ],
};
