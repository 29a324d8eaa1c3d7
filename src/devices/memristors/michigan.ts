import { memristive } from "../memristive.js";
import { memristor } from "../memristor.js";
import { growth, growthBoth, growthBothSlope, growthSlope } from "./laws/exponentials.js";

/** An oxide between a Schottky contact (x = 0) and a tunnel contact (x = 1); what diffuses away is forgotten. */
const law = memristor({
  type: "michigan",
  title: "Drift and diffusion: a volatile oxide memristor (University of Michigan)",
  reference:
    "Chang, Jo, Kim, Sheridan, Gaba & Lu, Appl. Phys. A 102, 857 (2011), with the drift in the form of its public SPICE " +
    "model, lambda·eta1·sinh(eta2·v)",
  equations: [
    "i = (1 - x)·alpha·(1 - e^(-beta·v)) + x·gamma·sinh(delta·v)",
    "dx/dt = lambda·(eta1·sinh(eta2·v) - drift_bit·x/tau),  x in [xmin, xmax]",
    "drift_bit = 1: the state is forgotten with the time constant tau/lambda",
    "eta = -1 turns the device round",
  ],
  parameters: {
    alpha: { meaning: "amplitude of the current where x = 0", unit: "A", default: 0.5e-6, range: [0, 1e9] },
    beta: { meaning: "its exponent", unit: "1/V", default: 0.5, range: [1e-9, 1e6] },
    gamma: { meaning: "amplitude of the current where x = 1", unit: "A", default: 4e-6, range: [0, 1e9] },
    delta: { meaning: "its curvature", unit: "1/V", default: 2, range: [1e-9, 1e6] },
    lambda: { meaning: "scale of the rate", unit: "1", default: 4.5, range: [0, 1e30] },
    eta1: { meaning: "amplitude of the drift", unit: "1/s", default: 4e-3, range: [0, 1e30] },
    eta2: { meaning: "its curvature", unit: "1/V", default: 4, range: [1e-9, 1e6] },
    tau: { meaning: "time of diffusion", unit: "s", default: 10, range: [1e-18, 1e30] },
    drift_bit: { meaning: "1: what diffuses is forgotten; 0: nothing is", unit: "1", default: 0, range: [0, 1] },
    xmin: { meaning: "least state", unit: "1", default: 0, range: [0, 1] },
    xmax: { meaning: "greatest state", unit: "1", default: 1, range: [0, 1] },
    eta: { meaning: "polarity: 1 or -1", unit: "1", default: 1, range: [-1, 1] },
    x0: { meaning: "state at t = 0", unit: "1", default: 0, range: [0, 1], aliases: ["xo"] },
  },
  presets: [
    {
      name: "michigan2011",
      reference:
        "the values that circulate with the SPICE form of the model of Chang et al. (2011); it keeps its state",
      threshold: "none: the drift grows as sinh(4 v/V), 23 times as fast at 1 V as at 0.25 V",
      values: {
        alpha: 0.5e-6,
        beta: 0.5,
        gamma: 4e-6,
        delta: 2,
        lambda: 4.5,
        eta1: 4e-3,
        eta2: 4,
        tau: 10,
        drift_bit: 0,
      },
    },
    {
      name: "michigan_volatile",
      reference: "the same with diffusion, as in the forgetting that Chang et al. (2011) describe",
      threshold: "none; it forgets within tau/lambda = 2.2 s",
      values: {
        alpha: 0.5e-6,
        beta: 0.5,
        gamma: 4e-6,
        delta: 2,
        lambda: 4.5,
        eta1: 4e-3,
        eta2: 4,
        tau: 10,
        drift_bit: 1,
      },
    },
  ],
  claims: { pinched: true, passive: true, clamped: true },
  smooth: () => true,
  real: { start: "x0", resistances: [], conductances: ["alpha", "gamma"], thresholds: [], ends: { on: 1, off: 0 } },
  remarks: ({ xmin, xmax, x0 }) =>
    xmin! < xmax! && x0! >= xmin! && x0! <= xmax!
      ? []
      : [
          {
            severity: "error",
            code: "parameter-range",
            message: `starts at \`x0\` = ${x0}, which is not between \`xmin\` = ${xmin} and \`xmax\` = ${xmax}.`,
            help: "let `xmin` be below `xmax`, and `x0` between them.",
          },
        ],
  initial: ({ x0 }) => x0,
  walls: ({ xmin, xmax }) => [xmin, xmax],

  evaluate(x, v, values, out) {
    const { alpha, beta, gamma, delta, eta, xmin, xmax } = values;
    const u = eta * v;
    const inside = Math.min(xmax, Math.max(xmin, x));
    const contact = alpha * (Math.abs(beta * u) < 1 ? -Math.expm1(-beta * u) : 1 - growth(-beta * u));
    const tunnel = gamma * growthBoth(delta * u);
    out.i = eta * ((1 - inside) * contact + inside * tunnel);
    out.i_v =
      (1 - inside) * alpha * beta * growthSlope(-beta * u) + inside * gamma * delta * growthBothSlope(delta * u);
    out.i_x = inside === x ? eta * (tunnel - contact) : 0;

    const { lambda, eta1, eta2, tau, drift_bit } = values;
    out.rate = lambda * (eta1 * growthBoth(eta2 * u) - (drift_bit * x) / tau);
    out.rate_v = eta * lambda * eta1 * eta2 * growthBothSlope(eta2 * u);
    out.rate_x = (-lambda * drift_bit) / tau;
  },
});

/** `kind=michigan`. */
export const michigan = memristive(law);
