import type { Device } from "../device.js";
import { memristive } from "../memristive.js";
import type { Memristor } from "../memristor.js";
import type { Parameter, ParameterTable, Values } from "../parameter.js";
import { memristorPoint } from "./laws/point.js";
import { closesAtBoth, isSmooth, windows } from "./windows.js";

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

/**
 * A memristive one-port whose state is slowed near the ends of its range by one of the windows f:
 *
 *     i     = η·I(x, η·v)
 *     dx/dt = g(η·u)·f(x),      u = v or i, x in [0, 1]
 */
export interface WindowedLaw<Table extends WindowedTable>
  extends Omit<Memristor<Table>, "initial" | "walls" | "coordinate" | "suited" | "evaluate" | "smooth" | "compiled"> {
  /** Whether g has continuous slopes. */
  readonly smoothDrift: boolean;
  /** The current of either alone, which `laws/` has as `…Current`. */
  readonly currentByState: Memristor<Table>["evaluate"];
  readonly currentByLogit: Memristor<Table>["evaluate"];
  /** The law by x, and by the logit of x under a window that closes at both walls: two functions of `laws/`. */
  readonly byState: Memristor<Table>["evaluate"];
  readonly byLogit: Memristor<Table>["evaluate"];
  /** The name of the first; that of the second is `…ByLogit`. */
  readonly compiled: string;
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
const conducted = memristorPoint();

/** Both devices of a law; a card asks the first for the one that suits its values. */
export function windowed<Table extends WindowedTable>(law: WindowedLaw<Table>): Windowed<Table> {
  const { smoothDrift, byState, byLogit, currentByState, currentByLogit, walls, ...shared } = law;

  const open: Device<Table> = memristive<Table>({
    ...shared,
    smooth: (values) => smoothDrift && isSmooth(values["window"]!),
    initial: ({ x0 }) => x0 as number,
    walls: (values) => walls?.(values) ?? [0, 1],
    // At a wall itself, where such a window is 0, there is no logit: a state that starts there stays, as its x says. What
    // is forgotten leaves the upper wall by itself.
    suited: ({ window, x0, retention }) =>
      closesAtBoth(window!) && x0! > 0 && x0! < 1 && !retention ? (closed as unknown as Device) : undefined,
    current(x, v, values) {
      currentByState(x, v, values, conducted);
      return conducted.i;
    },
    evaluate: byState,
  });

  const closed: Device<Table> = memristive<Table>({
    ...shared,
    type: `${law.type}_closed`,
    compiled: `${law.compiled}ByLogit`,
    coordinate: "logit",
    smooth: () => smoothDrift,
    walls: () => [0, 1],
    initial: ({ x0 }) => Math.min(atEnd, Math.max(-atEnd, Math.log((x0 as number) / (1 - (x0 as number))))),
    current(y, v, values) {
      currentByLogit(y, v, values, conducted);
      return conducted.i;
    },
    evaluate: byLogit,
  });
  return { open, closed };
}
