import type { Device } from "../device.js";
import * as laws from "./laws/linear-drift.js";
import { windowEquations, windowed, windowParameters, windowReference } from "./windowed.js";

/** The HP memristor: an oxide film whose doped part x = w/D grows with the charge that passed. */
const film = windowed({
  type: "linear_drift",
  title: "Linear ion drift (HP)",
  reference: `Strukov, Snider, Stewart & Williams, Nature 453, 80 (2008); ${windowReference}`,
  equations: ["v = (ron·x + roff·(1 - x))·i", "dx/dt = eta·k·i·f(x),  k = uv·ron/d²,  x in [0, 1]", ...windowEquations],
  parameters: {
    ron: { meaning: "resistance when fully doped", unit: "Ω", default: 100, range: [1e-6, 1e15] },
    roff: { meaning: "resistance when undoped", unit: "Ω", default: 16e3, range: [1e-6, 1e15] },
    d: { meaning: "thickness of the film", unit: "m", default: 10e-9, range: [1e-12, 1] },
    uv: { meaning: "mobility of the dopants", unit: "m²/(V·s)", default: 1e-14, range: [0, 1], aliases: ["mu", "mv"] },
    ...windowParameters,
    x0: { meaning: "doped fraction at t = 0", unit: "1", default: 0.1, range: [0, 1], aliases: ["xo"] },
  },
  presets: [
    {
      name: "hp2008",
      reference: "Strukov, Snider, Stewart & Williams, Nature 453, 80 (2008), the values of its figure 2",
      threshold: "none",
      values: { ron: 100, roff: 16e3, d: 10e-9, uv: 1e-14 },
    },
  ],
  claims: { pinched: true, ohmic: true, passive: true, clamped: true },
  real: { start: "x0", resistances: ["ron", "roff"], thresholds: [], ends: { on: 1, off: 0 } },
  stateAt: (r, { ron, roff }) => (roff! - r) / (roff! - ron!),
  smoothDrift: true,
  currentByState: laws.linearDriftCurrent,
  currentByLogit: laws.linearDriftByLogitCurrent,
  byState: laws.linearDrift,
  byLogit: laws.linearDriftByLogit,
  compiled: "linearDrift",
});

/** `kind=linear_drift`. */
export const linearDrift = film.open;

/** `kind=linear_drift` where no wall can be reached. */
export const closedDrift: Device = film.closed;
