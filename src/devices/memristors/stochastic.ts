import { type Device, device } from "../device.js";
import { between } from "../one-port.js";
import type { Piece } from "../piece.js";
import { chance } from "./chance.js";
import { growth, growthSlope } from "./laws/exponentials.js";

// x: p, n, then the state x, 0 or 1, and h, the probability to have switched as ∫rate dt since it last did. It switches
// where h comes to a number drawn from the exponential distribution: then the waiting time has the rate that the voltage
// gave it all along. The mode counts how often it has switched.
const [state, hazard, columns] = [2, 3, 4];

/** A binary cell that switches at random, the sooner the higher the voltage: a jump process between two resistances. */
export const stochastic: Device = device({
  type: "stochastic",
  title: "Switches at random between two resistances",
  reference:
    "Dowling, Slipko & Pershin, Chaos, Solitons & Fractals 142, 110385 (2021), arXiv:2003.11011; " +
    "such waiting times were measured by Jo, Kim & Lu, Nano Lett. 9, 496 (2009)",
  equations: [
    "i = v/roff while x = 0,  v/ron while x = 1",
    "from 0 to 1 with the rate (e^(v/von) - 1)/tauon for v > 0,  from 1 to 0 with (e^(-v/voff) - 1)/tauoff for v < 0",
    "(the paper has no -1, so that its rates jump at 0 V, by what they are there)",
    "h: the rate's integral since it last switched; it switches where h comes to -ln(U), U uniform",
    "U is drawn from .options seed, seed, the device's name and how often it has switched: nothing else",
    "eta = -1 turns the device round",
  ],
  terminals: ["p", "n"],
  parameters: {
    ron: { meaning: "resistance at x = 1", unit: "Ω", default: 1e3, range: [1e-6, 1e15] },
    roff: { meaning: "resistance at x = 0", unit: "Ω", default: 100e3, range: [1e-6, 1e15] },
    von: {
      meaning: "voltage by which the rate to switch on grows e-fold",
      unit: "V",
      default: 0.05,
      range: [1e-6, 1e6],
    },
    voff: { meaning: "the same for switching off", unit: "V", default: 0.05, range: [1e-6, 1e6] },
    tauon: { meaning: "mean time to switch on, taken back to 0 V", unit: "s", default: 3e5, range: [1e-18, 1e30] },
    tauoff: { meaning: "mean time to switch off, taken back to 0 V", unit: "s", default: 3e5, range: [1e-18, 1e30] },
    seed: { meaning: "for other draws with the same seed of the run", unit: "1", default: 0, range: [0, 4294967295] },
    eta: { meaning: "polarity: 1 or -1", unit: "1", default: 1, range: [-1, 1] },
    x0: { meaning: "state at t = 0: 0 or 1", unit: "1", default: 0, range: [0, 1], aliases: ["xo"] },
  },
  presets: [
    {
      name: "stochastic_one_volt",
      reference: "round numbers made for lessons, of no device that was measured: 0.6 ms on the average at 1 V",
      threshold: "none; at 1 V it waits 0.6 ms, at 0.8 V 34 ms, at 0.5 V 14 s on the average",
      values: { von: 0.05, voff: 0.05, tauon: 3e5, tauoff: 3e5 },
    },
  ],
  own: [
    { name: "x", meaning: "0 off, 1 on", unit: "1", role: "state", initial: ({ x0 }) => x0, negligible: 1e-6 },
    {
      name: "h",
      meaning: "the rate's integral since it last switched",
      unit: "1",
      role: "state",
      inner: true,
      initial: () => 0,
      negligible: 1e-6,
    },
  ],
  controls: 0,
  noise: "thermal",
  claims: { pinched: true, passive: true },
  smooth: false,
  stateAt: (r, { ron, roff }) => (1 / r - 1 / roff!) / (1 / ron! - 1 / roff!),
  remarks: ({ x0 }) =>
    x0 === 0 || x0 === 1
      ? []
      : [
          {
            severity: "error",
            code: "parameter-range",
            message: `starts at x = ${x0}, but is either off or on.`,
            help: "let `x0` be 0 or 1, `rinit` roff or ron.",
          },
        ],
  slopes: {
    q: [
      [state, state],
      [hazard, hazard],
    ],
    f: [...between, [0, state], [1, state], [hazard, 0], [hazard, 1]],
    fixed: "q",
  },
  observables: [
    { name: "r", meaning: "resistance v/i", unit: "Ω", of: (x, at) => (x[state]! > 0.5 ? at.ron : at.roff) },
    {
      name: "p",
      meaning: "power taken",
      unit: "W",
      of: (x, at) => (x[0]! - x[1]!) ** 2 / (x[state]! > 0.5 ? at.ron : at.roff),
    },
  ],
  pieces: {
    cells: [""],
    thresholds: false,
    random: true,
    hidden: { stuck: 0, stream: 0 },
    made(values, [piece]) {
      const { gain, stuck, stream = 0 } = piece as Piece;
      const own: Record<string, number> = { ...values, stream };
      for (const name of ["ron", "roff"]) own[name]! /= gain;
      if (stuck !== undefined) Object.assign(own, { x0: stuck === "on" ? 1 : 0, stuck: 1 });
      return own;
    },
  },
  modes: {
    initial: () => 0,
    guard: (x, values, mode) => waitOf(values, mode) - x[hazard]!,
    next: (mode) => mode + 1,
    enter(_t, x) {
      x[state] = x[state]! > 0.5 ? 0 : 1;
      x[hazard] = 0;
    },
  },

  load(_t, x, values, { q, f, q_x, f_x }) {
    const { ron, roff, von, voff, tauon, tauoff, eta } = values;
    const v = x[0]! - x[1]!;
    const inside = Math.min(1, Math.max(0, x[state]!));
    const g = inside / ron + (1 - inside) / roff;
    f[0] = g * v;
    f[1] = -f[0];
    f_x[0] = g;
    f_x[1] = -g;
    f_x[columns] = -g;
    f_x[columns + 1] = g;
    f_x[state] = inside === x[state] ? v * (1 / ron - 1 / roff) : 0;
    f_x[columns + state] = -f_x[state]!;

    q[state] = x[state]!;
    q_x[state * columns + state] = 1;
    q[hazard] = x[hazard]!;
    q_x[hazard * columns + hazard] = 1;
    const isOn = x[state]! > 0.5;
    const u = isOn ? -eta * v : eta * v;
    if (u <= 0 || (values as Readonly<Record<string, number>>)["stuck"]) return;
    const [scale, tau] = isOn ? [voff, tauoff] : [von, tauon];
    f[hazard] = -(u < scale ? Math.expm1(u / scale) : growth(u / scale) - 1) / tau;
    const slope = (growthSlope(u / scale) / (scale * tau)) * (isOn ? -eta : eta);
    f_x[hazard * columns] = -slope;
    f_x[hazard * columns + 1] = slope;
  },
});

/** How much of h a device waits for before it switches for the n-th time. */
const waitOf = (values: Readonly<Record<string, number>>, n: number): number =>
  -Math.log(chance(values["stream"] ?? 0, values["seed"] ?? 0, n));
