import { memristive } from "../memristive.js";
import { memristor } from "../memristor.js";
import { yakopcic as yakopcicLaw } from "./laws/yakopcic.js";

/** The model of Yakopcic et al., which was fitted to devices of many makers. */
const law = memristor({
  type: "yakopcic",
  title: "Yakopcic's model",
  reference:
    "Yakopcic, Taha, Subramanyam, Pino & Rogers, IEEE Electron Device Lett. 32, 1436 (2011); the same with generalised " +
    "parameters, IEEE Trans. Comput.-Aided Des. 32, 1201 (2013)",
  equations: [
    "i = a1·x·sinh(b·v) for v >= 0,  a2·x·sinh(b·v) for v < 0",
    "dx/dt = eta·g(v)·f(x),  x in [0, 1]",
    "g = ap·(e^v - e^vp) for v > vp,  -an·(e^(-v) - e^vn) for v < -vn,  else 0   (v, vp, vn in volts)",
    "f = exp(-alphap·(x - xp))·(1 - x)/(1 - xp)     where x rises and x >= xp",
    "f = exp(alphan·(x + xn - 1))·x/(1 - xn)        where x falls and x <= 1 - xn",
    "f = 1                                          elsewhere",
  ],
  parameters: {
    a1: { meaning: "amplitude of the current for v >= 0", unit: "A", default: 0.17, range: [0, 1e12] },
    a2: { meaning: "amplitude of the current for v < 0", unit: "A", default: 0.17, range: [0, 1e12] },
    b: { meaning: "curvature of the current", unit: "1/V", default: 0.05, range: [1e-9, 1e6] },
    vp: { meaning: "threshold of rising", unit: "V", default: 0.16, range: [0, 80] },
    vn: { meaning: "threshold of falling, a positive number", unit: "V", default: 0.15, range: [0, 80] },
    ap: { meaning: "rate of rising", unit: "1/s", default: 4e3, range: [0, 1e30] },
    an: { meaning: "rate of falling", unit: "1/s", default: 4e3, range: [0, 1e30] },
    xp: { meaning: "state from which on it rises less", unit: "1", default: 0.3, range: [0, 1] },
    xn: { meaning: "1 - the state from which on it falls less", unit: "1", default: 0.5, range: [0, 1] },
    alphap: { meaning: "how quickly rising dies away", unit: "1", default: 1, range: [0, 1e3] },
    alphan: { meaning: "how quickly falling dies away", unit: "1", default: 5, range: [0, 1e3] },
    eta: { meaning: "1: a positive voltage raises x; -1: it lowers x", unit: "1", default: 1, range: [-1, 1] },
    x0: { meaning: "state at t = 0", unit: "1", default: 0.11, range: [0, 1], aliases: ["xo"] },
  },
  presets: [
    {
      name: "yakopcic_low",
      reference: "the values that circulate with the SPICE form of the model of Yakopcic et al. (2011)",
      threshold: "0.16 V to rise, -0.15 V to fall",
      values: {
        vp: 0.16,
        vn: 0.15,
        ap: 4e3,
        an: 4e3,
        xp: 0.3,
        xn: 0.5,
        alphap: 1,
        alphan: 5,
        a1: 0.17,
        a2: 0.17,
        b: 0.05,
      },
    },
    {
      name: "yakopcic_high",
      reference: "the same with the higher thresholds that circulate beside them",
      threshold: "0.65 V to rise, -0.56 V to fall",
      values: {
        vp: 0.65,
        vn: 0.56,
        ap: 4e3,
        an: 4e3,
        xp: 0.3,
        xn: 0.5,
        alphap: 1,
        alphan: 5,
        a1: 0.17,
        a2: 0.17,
        b: 0.05,
      },
    },
    {
      name: "yakopcic_one_volt",
      reference: "round thresholds made for lessons, of no device that was measured; the rest as yakopcic_low",
      threshold: "1 V to rise, -1 V to fall",
      values: { vp: 1, vn: 1 },
    },
  ],
  claims: { pinched: true, passive: true, clamped: true },
  smooth: () => false,
  real: { start: "x0", resistances: [], conductances: ["a1", "a2"], thresholds: ["vp", "vn"], ends: { on: 1, off: 0 } },
  initial: ({ x0 }) => x0,
  walls: () => [0, 1],
  evaluate: yakopcicLaw,
  compiled: "yakopcic",
});

/** `kind=yakopcic`. */
export const yakopcic = memristive(law);
