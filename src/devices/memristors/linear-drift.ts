import type { Device } from "../device.js";
import { memristive } from "../memristive.js";
import { memristor } from "../memristor.js";
import {
  closesAtBoth,
  evaluateInner,
  evaluateWindow,
  type InnerPoint,
  isSmooth,
  type WindowPoint,
  windows,
} from "./windows.js";

// Filled and read within one call.
const window: WindowPoint = { f: 0, f_x: 0 };
const inner: InnerPoint = { g: 0, g_s: 0 };

/** The HP memristor: an oxide film whose doped part x = w/D grows with the charge that passed. */
const law = memristor({
  type: "linear_drift",
  title: "Linear ion drift (HP)",
  reference:
    "Strukov, Snider, Stewart & Williams, Nature 453, 80 (2008); windows: Joglekar & Wolf, Eur. J. Phys. 30, 661 " +
    "(2009); Biolek, Biolek & Biolková, Radioengineering 18, 210 (2009); Prodromakis et al., IEEE Trans. Electron " +
    "Devices 58, 3099 (2011); Zha, Huang & Liu (2016)",
  equations: [
    "v = (ron·x + roff·(1 - x))·i",
    "dx/dt = eta·k·i·f(x),  k = uv·ron/d²,  x in [0, 1]",
    "none: f = 1",
    "strukov: f = x·(1 - x)",
    "joglekar: f = 1 - |2x - 1|^(2p)",
    "biolek: f = 1 - |x - s|^(2p),  s = 1 where eta·i < 0, else 0",
    "prodromakis: f = j·(1 - ((x - 1/2)² + 3/4)^p)",
    "zha: f = j·(1 - ((x - s)²/4 + 3/4)^p)",
    "strukov, joglekar, prodromakis: f = x·(1 - x)·g(x), solved by dy/dt = eta·k·i·g, y = ln(x/(1 - x)):",
    "a wall is never reached, and a film comes back from its neighbourhood when the charge does",
  ],
  parameters: {
    ron: { meaning: "resistance when fully doped", unit: "Ω", default: 100, range: [1e-6, 1e15] },
    roff: { meaning: "resistance when undoped", unit: "Ω", default: 16e3, range: [1e-6, 1e15] },
    d: { meaning: "thickness of the film", unit: "m", default: 10e-9, range: [1e-12, 1] },
    uv: { meaning: "mobility of the dopants", unit: "m²/(V·s)", default: 1e-14, range: [0, 1], aliases: ["mu", "mv"] },
    p: { meaning: "exponent of the window", unit: "1", default: 1, range: [1e-3, 1e4] },
    j: { meaning: "scale of the window (prodromakis, zha)", unit: "1", default: 1, range: [1e-12, 1e12] },
    eta: { meaning: "polarity: 1 or -1", unit: "1", default: 1, range: [-1, 1] },
    window: {
      meaning: "window function",
      unit: "1",
      default: 0,
      range: [0, windows.length - 1],
      words: windows,
    },
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
  claims: { pinched: true, passive: true, clamped: true },
  smooth: (values) => isSmooth(values["window"]!),
  real: { start: "x0", resistances: ["ron", "roff"], thresholds: [], ends: { on: 1, off: 0 } },
  initial: ({ x0 }) => x0,
  walls: () => [0, 1],
  // At a wall itself, where such a window is 0, there is no logit: a state that starts there stays, as its x says. What
  // is forgotten leaves the upper wall by itself.
  suited: ({ window, x0, retention }) =>
    closesAtBoth(window!) && x0! > 0 && x0! < 1 && !retention ? closedDrift : undefined,

  evaluate(x, v, values, out) {
    const { ron, roff, d, uv } = values;
    const inside = Math.min(1, Math.max(0, x));
    const r = ron * inside + roff * (1 - inside);
    const i = v / r;
    out.i = i;
    out.i_v = 1 / r;
    out.i_x = inside === x ? (i * (roff - ron)) / r : 0;

    const k = (values.eta * uv * ron) / (d * d); // 1/C
    evaluateWindow(values.window, x, values.eta * i, values.p, values.j, window);
    out.rate = k * i * window.f;
    out.rate_v = k * out.i_v * window.f;
    out.rate_x = k * (out.i_x * window.f + i * window.f_x);
  },
});

/** The logit of an end, for pieces that stand there: so large that x is the end itself to every digit. */
const atEnd = 1e3;

const { suited: _suited, ...shared } = law;

/** The same under a window that closes at both walls, for states that start between them: it says dy/dt. */
const closed = memristor({
  ...shared,
  type: "linear_drift_closed",
  coordinate: "logit",
  initial: ({ x0 }) => Math.min(atEnd, Math.max(-atEnd, Math.log(x0 / (1 - x0)))),

  evaluate(y, v, values, out) {
    const { ron, roff, d, uv } = values;
    const e = Math.exp(-Math.abs(y));
    const larger = 1 / (1 + e);
    const smaller = e * larger;
    const s = smaller * larger; // x(1 − x), which is dx/dy
    const x = y < 0 ? smaller : larger;
    const rest = y < 0 ? larger : smaller;
    const r = ron * x + roff * rest;
    const i = v / r;
    out.i = i;
    out.i_v = 1 / r;
    out.i_x = (i * (roff - ron) * s) / r;

    const k = (values.eta * uv * ron) / (d * d); // 1/C
    evaluateInner(values.window, s, values.p, values.j, inner);
    out.rate = k * i * inner.g;
    out.rate_v = k * out.i_v * inner.g;
    out.rate_x = k * (out.i_x * inner.g + i * inner.g_s * s * (rest - x));
  },
});

/** `kind=linear_drift`. */
export const linearDrift = memristive(law);

/** `kind=linear_drift` where no wall can be reached. */
export const closedDrift: Device = memristive(closed);
