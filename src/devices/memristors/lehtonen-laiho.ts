import type { Device } from "../device.js";
import type { Parameter } from "../parameter.js";
import * as laws from "./laws/lehtonen-laiho.js";
import { windowEquations, windowed, windowParameters, windowReference } from "./windowed.js";

const window: Parameter = { ...windowParameters.window, default: 3 };

/** A tunnel junction whose state opens a second, steeper way, and moves by a high odd power of the voltage. */
const law = windowed({
  type: "lehtonen_laiho",
  title: "Nonlinear ion drift (Lehtonen & Laiho)",
  reference:
    "Lehtonen & Laiho, CNN using memristors for neighborhood connections, 12th International Workshop on Cellular " +
    `Nanoscale Networks and their Applications (2010), doi:10.1109/CNNA.2010.5430304; ${windowReference}`,
  equations: [
    "i = x^n·beta·sinh(alpha·v) + chi·(e^(gamma·v) - 1)",
    "dx/dt = a·sgn(v)·|v/(1 V)|^m·f(x),  x in [0, 1]",
    "eta = -1 turns the device round",
    ...windowEquations,
  ],
  parameters: {
    a: { meaning: "rate at 1 V", unit: "1/s", default: 1.1, range: [0, 1e30] },
    m: { meaning: "power of the voltage in the rate", unit: "1", default: 5, range: [1, 31], aliases: ["q"] },
    n: { meaning: "power of the state in the current", unit: "1", default: 5, range: [1, 100] },
    beta: { meaning: "amplitude of the current through the opened way", unit: "A", default: 60e-6, range: [0, 1e9] },
    alpha: { meaning: "its curvature", unit: "1/V", default: 1.4, range: [1e-9, 1e6] },
    chi: { meaning: "amplitude of the current beside it", unit: "A", default: 20e-6, range: [0, 1e9] },
    gamma: { meaning: "its exponent", unit: "1/V", default: 1.3, range: [1e-9, 1e6] },
    ...windowParameters,
    p: { ...windowParameters.p, default: 3 },
    window,
    x0: { meaning: "state at t = 0", unit: "1", default: 0.3, range: [0, 1], aliases: ["xo"] },
  },
  presets: [
    {
      name: "lehtonen_laiho",
      reference: "the values that circulate with the SPICE form of the model of Lehtonen & Laiho (2010)",
      threshold: "none: at 0.1 V the state moves 1e5 times more slowly than at 1 V",
      values: { a: 1.1, m: 5, n: 5, beta: 60e-6, alpha: 1.4, chi: 20e-6, gamma: 1.3, p: 3, window: 3, x0: 0.3 },
    },
  ],
  claims: { pinched: true, passive: true, clamped: true },
  real: { start: "x0", resistances: [], conductances: ["beta", "chi"], thresholds: [], ends: { on: 1, off: 0 } },
  smoothDrift: true,
  currentByState: laws.lehtonenLaihoCurrent,
  currentByLogit: laws.lehtonenLaihoByLogitCurrent,
  byState: laws.lehtonenLaiho,
  byLogit: laws.lehtonenLaihoByLogit,
  compiled: "lehtonenLaiho",
});

/** `kind=lehtonen_laiho`. */
export const lehtonenLaiho = law.open;

/** `kind=lehtonen_laiho` under a window that closes at both walls. */
export const closedLehtonenLaiho: Device = law.closed;
