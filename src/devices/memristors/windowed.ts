import type { Device } from "../device.js";
import { memristive } from "../memristive.js";
import type { Memristor, MemristorPoint } from "../memristor.js";
import type { Parameter, ParameterTable, Values } from "../parameter.js";
import {
  closesAtBoth,
  evaluateInner,
  evaluateWindow,
  type InnerPoint,
  isSmooth,
  type WindowPoint,
  windows,
} from "./windows.js";

/** What every device with a window can be given. */
export const windowParameters = {
  p: { meaning: "exponent of the window", unit: "1", default: 1, range: [1e-3, 1e4] },
  j: { meaning: "scale of the window (prodromakis, zha)", unit: "1", default: 1, range: [1e-12, 1e12] },
  eta: { meaning: "polarity: 1 or -1", unit: "1", default: 1, range: [-1, 1] },
  window: { meaning: "window function", unit: "1", default: 0, range: [0, windows.length - 1], words: windows },
} as const satisfies ParameterTable;

/** The windows as text, f by x and the exponent p. */
export const windowEquations = [
  "none: f = 1",
  "strukov: f = x·(1 - x)",
  "joglekar: f = 1 - |2x - 1|^(2p)",
  "biolek: f = 1 - |x - s|^(2p),  s = 1 where x falls, else 0",
  "prodromakis: f = j·(1 - ((x - 1/2)² + 3/4)^p)",
  "zha: f = j·(1 - ((x - s)²/4 + 3/4)^p)",
  "strukov, joglekar, prodromakis: f = x·(1 - x)·g(x), solved by dy/dt = (dx/dt)/(x·(1 - x)), y = ln(x/(1 - x)):",
  "a wall is never reached, and the state comes back from its neighbourhood",
] as const;

export const windowReference =
  "windows: Joglekar & Wolf, Eur. J. Phys. 30, 661 (2009); Biolek, Biolek & Biolková, Radioengineering 18, 210 (2009); " +
  "Prodromakis et al., IEEE Trans. Electron Devices 58, 3099 (2011); Zha, Huang & Liu (2016)";

/** A table with the parameters that a window needs. */
type WindowedTable = ParameterTable & {
  readonly [Name in keyof typeof windowParameters | "x0"]: Parameter;
};

/** The drift of a state in the middle of its range, and its slope by what drives it. */
export interface Drift {
  g: number;
  g_u: number;
}

/**
 * A memristive one-port whose state is slowed near the ends of its range by one of the windows f:
 *
 *     i     = η·I(x, η·v)
 *     dx/dt = g(η·u)·f(x),      u = v or i, x in [0, 1]
 */
export interface WindowedLaw<Table extends WindowedTable>
  extends Omit<Memristor<Table>, "initial" | "walls" | "coordinate" | "suited" | "evaluate" | "smooth"> {
  readonly driver: "current" | "voltage";
  /** Whether g has continuous slopes. */
  readonly smoothDrift: boolean;
  /** I and its slopes at a state x, 1 − x = `rest`, which may be far closer to a wall than 1 − x can tell. */
  conduct(x: number, rest: number, v: number, values: Values<Table>, out: MemristorPoint): void;
  drift(u: number, values: Values<Table>, out: Drift): void;
  /** Where the window is none of `windows`: its value and slope for a drift that is positive or negative. */
  ownWindow?(x: number, drift: number, values: Values<Table>, out: WindowPoint): void;
  /** Its walls, where they are not those of x. */
  walls?(values: Values<Table>): readonly [min: number, max: number];
}

/** Twice the same device: in x, and in the logit of x for windows that close at both walls. */
export interface Windowed<Table extends WindowedTable> {
  readonly open: Device<Table>;
  readonly closed: Device<Table>;
}

/** The logit of an end, for pieces that stand there: so large that x is the end itself to every digit. */
const atEnd = 1e3;

// Filled and read within one call.
const window: WindowPoint = { f: 0, f_x: 0 };
const inner: InnerPoint = { g: 0, g_s: 0 };
const at: Drift = { g: 0, g_u: 0 };
const conducted: MemristorPoint = { i: 0, i_x: 0, i_v: 0, rate: 0, rate_x: 0, rate_v: 0 };

/** Both devices of a law; a card asks the first for the one that suits its values. */
export function windowed<Table extends WindowedTable>(law: WindowedLaw<Table>): Windowed<Table> {
  const { driver, smoothDrift, conduct, drift, ownWindow, walls, ...shared } = law;
  const byVoltage = driver === "voltage";

  /** Current and drift, with the drift's slopes by x (through the current) and v in the places of the rate. */
  const evaluate = (x: number, rest: number, v: number, values: Values<Table>, out: MemristorPoint): void => {
    const { eta } = values as Values<WindowedTable>;
    conduct(x, rest, eta * v, values, out);
    out.i *= eta;
    out.i_x *= eta;
    drift(eta * (byVoltage ? v : out.i), values, at);
    out.rate = at.g;
    out.rate_v = eta * at.g_u * (byVoltage ? 1 : out.i_v);
    out.rate_x = byVoltage ? 0 : eta * at.g_u * out.i_x;
  };

  const current = (x: number, rest: number, v: number, values: Values<Table>): number => {
    const { eta } = values as Values<WindowedTable>;
    conduct(x, rest, eta * v, values, conducted);
    return eta * conducted.i;
  };

  const open: Device<Table> = memristive<Table>({
    ...shared,
    smooth: (values) => smoothDrift && isSmooth(values["window"]!),
    initial: ({ x0 }) => x0 as number,
    walls: (values) => walls?.(values) ?? [0, 1],
    // At a wall itself, where such a window is 0, there is no logit: a state that starts there stays, as its x says. What
    // is forgotten leaves the upper wall by itself.
    suited: ({ window, x0, retention }) =>
      closesAtBoth(window!) && x0! > 0 && x0! < 1 && !retention ? (closed as unknown as Device) : undefined,
    current: (x, v, values) => current(x, 1 - x, v, values),
    evaluate(x, v, values, out) {
      evaluate(x, 1 - x, v, values, out);
      const { p, j, window: number } = values as Values<WindowedTable>;
      if (number >= windows.length) ownWindow?.(x, out.rate, values, window);
      else evaluateWindow(number, x, out.rate, p, j, window);
      out.rate_x = out.rate_x * window.f + out.rate * window.f_x;
      out.rate_v *= window.f;
      out.rate *= window.f;
    },
  });

  const closed: Device<Table> = memristive<Table>({
    ...shared,
    type: `${law.type}_closed`,
    coordinate: "logit",
    smooth: () => smoothDrift,
    walls: () => [0, 1],
    initial: ({ x0 }) => Math.min(atEnd, Math.max(-atEnd, Math.log((x0 as number) / (1 - (x0 as number))))),
    current(y, v, values) {
      const e = Math.exp(-Math.abs(y));
      const larger = 1 / (1 + e);
      const smaller = e * larger;
      return y < 0 ? current(smaller, larger, v, values) : current(larger, smaller, v, values);
    },
    evaluate(y, v, values, out) {
      const e = Math.exp(-Math.abs(y));
      const larger = 1 / (1 + e);
      const smaller = e * larger;
      const s = smaller * larger; // x(1 − x), which is dx/dy
      const x = y < 0 ? smaller : larger;
      const rest = y < 0 ? larger : smaller;
      evaluate(x, rest, v, values, out);
      const { p, j, window: number } = values as Values<WindowedTable>;
      evaluateInner(number, s, p, j, inner);
      out.i_x *= s;
      out.rate_x = out.rate_x * s * inner.g + out.rate * inner.g_s * s * (rest - x);
      out.rate_v *= inner.g;
      out.rate *= inner.g;
    },
  });
  return { open, closed };
}
