import { memristive } from "../memristive.js";
import { memristor } from "../memristor.js";
import { pershin as pershinLaw } from "./laws/pershin.js";

/** A resistance that a voltage moves, quickly above a threshold. */
const law = memristor({
  type: "pershin",
  title: "Threshold in voltage, linear beyond it (Pershin & Di Ventra)",
  reference: "Pershin & Di Ventra, Radioengineering 22, 485 (2013), arXiv:1204.2600",
  equations: [
    "i = v/R,  R = ron + (roff - ron)·x,  x in [0, 1]",
    "dR/dt = beta·v + (alpha - beta)·(|v + vt| - |v - vt|)/2, between ron and roff",
    "that is alpha·v for |v| <= vt, and beta·(|v| - vt) + alpha·vt with the sign of v beyond",
    "eta = -1 turns the device round",
  ],
  parameters: {
    ron: { meaning: "least resistance", unit: "Ω", default: 10, range: [1e-6, 1e15], aliases: ["rmin"] },
    roff: { meaning: "greatest resistance", unit: "Ω", default: 10e3, range: [1e-6, 1e15], aliases: ["rmax"] },
    alpha: { meaning: "rate below the threshold", unit: "Ω/(V·s)", default: 0, range: [0, 1e30] },
    beta: { meaning: "rate beyond the threshold", unit: "Ω/(V·s)", default: 1, range: [0, 1e30] },
    vt: { meaning: "threshold", unit: "V", default: 0, range: [0, 1e12] },
    eta: { meaning: "polarity: 1 or -1", unit: "1", default: 1, range: [-1, 1] },
    x0: {
      meaning: "(R - ron)/(roff - ron) at t = 0",
      unit: "1",
      default: 6990 / 9990,
      range: [0, 1],
      aliases: ["xo"],
    },
  },
  presets: [
    {
      name: "pershin_ngspice",
      reference: "the example of a memristor with threshold that comes with ngspice, after Pershin & Di Ventra (2013)",
      threshold: "1.6 V either way",
      values: { ron: 1e3, roff: 10e3, alpha: 0, beta: 2e12, vt: 1.6, x0: 6 / 9 },
    },
    {
      name: "pershin_one_volt",
      reference: "round numbers made for lessons, of no device that was measured: at 2 V it switches in 10 ms",
      threshold: "1 V either way",
      values: { ron: 1e3, roff: 11e3, alpha: 0, beta: 1e6, vt: 1, x0: 0.5 },
    },
  ],
  claims: { pinched: true, ohmic: true, passive: true, clamped: true },
  smooth: ({ alpha, beta }) => alpha === beta,
  real: { start: "x0", resistances: ["ron", "roff"], thresholds: ["vt"], ends: { on: 0, off: 1 } },
  stateAt: (r, { ron, roff }) => (r - ron!) / (roff! - ron!),
  initial: ({ x0 }) => x0,
  walls: () => [0, 1],
  evaluate: pershinLaw,
  compiled: "pershin",
});

/** `kind=pershin`. */
export const pershin = memristive(law);
