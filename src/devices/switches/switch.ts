import { device, type Modes } from "../device.js";
import { between } from "../one-port.js";
import type { Parameter, Values } from "../parameter.js";

// A switch with hysteresis is a resistor with two modes: 0 off, 1 on. It goes on where its control rises above
// threshold + hysteresis, off where it falls below threshold − hysteresis, as ngspice has it.
const on = 1;

const reference = "Nenzi & Vogt, Ngspice User's Manual (2011), chapter on switches";

const resistances = {
  ron: { meaning: "resistance when on", unit: "Ω", default: 1, range: [1e-12, 1e18] },
  roff: { meaning: "resistance when off", unit: "Ω", default: 1e12, range: [1e-12, 1e18] },
  start: {
    meaning: "position at the start, where the control lies within the hysteresis",
    unit: "1",
    default: 0,
    range: [0, 1],
    words: ["off", "on"],
  },
} as const satisfies Readonly<Record<string, Parameter>>;

const voltageParameters = {
  vt: { meaning: "threshold", unit: "V", default: 0, range: [-1e12, 1e12] },
  vh: { meaning: "hysteresis: half its width", unit: "V", default: 0, range: [0, 1e12] },
  ...resistances,
} as const satisfies Readonly<Record<string, Parameter>>;

const currentParameters = {
  it: { meaning: "threshold", unit: "A", default: 0, range: [-1e12, 1e12] },
  ih: { meaning: "hysteresis: half its width", unit: "A", default: 0, range: [0, 1e12] },
  ...resistances,
} as const satisfies Readonly<Record<string, Parameter>>;

/** The modes of a switch by its control u, its threshold and the half width of its hysteresis. */
function hysteresis<Table extends Readonly<Record<string, Parameter>>>(
  control: (x: Float64Array) => number,
  edges: (values: Values<Table>) => readonly [threshold: number, half: number, start: number],
): Modes<Table> {
  return {
    initial(x, values) {
      const [threshold, half, start] = edges(values);
      const u = control(x);
      return u > threshold + half ? 1 : u < threshold - half ? 0 : start;
    },
    guard(x, values, mode) {
      const [threshold, half] = edges(values);
      return mode === on ? control(x) - (threshold - half) : threshold + half - control(x);
    },
    next: (mode) => 1 - mode,
  };
}

function loadResistor(g: number, x: Float64Array, f: Float64Array, f_x: Float64Array, columns: number): void {
  const i = g * (x[0]! - x[1]!);
  f[0] = i;
  f[1] = -i;
  f_x[0] = g;
  f_x[1] = -g;
  f_x[columns] = -g;
  f_x[columns + 1] = g;
}

/** `sw`: a switch driven by the voltage v(cp,cn). */
export const voltageSwitch = device({
  type: "sw",
  title: "Switch controlled by a voltage",
  reference,
  equations: ["i = v/ron while on, v/roff while off", "on above vt + vh, off below vt - vh"],
  terminals: ["p", "n", "cp", "cn"],
  parameters: voltageParameters,
  own: [],
  controls: 0,
  slopes: { q: [], f: between, fixed: "q" },
  smooth: false,
  noise: "thermal",
  modes: hysteresis<typeof voltageParameters>(
    (x) => x[2]! - x[3]!,
    ({ vt, vh, start }) => [vt, vh, start],
  ),
  load(_t, x, { ron, roff }, { f, f_x }, mode) {
    loadResistor(1 / (mode === on ? ron : roff), x, f, f_x, 4);
  },
});

/** `csw`: a switch driven by a current, its control. */
export const currentSwitch = device({
  type: "csw",
  title: "Switch controlled by a current",
  reference,
  equations: ["i = v/ron while on, v/roff while off", "on above it + ih, off below it - ih"],
  terminals: ["p", "n"],
  parameters: currentParameters,
  own: [],
  controls: 1,
  slopes: { q: [], f: between, fixed: "q" },
  smooth: false,
  noise: "thermal",
  modes: hysteresis<typeof currentParameters>(
    (x) => x[2]!,
    ({ it, ih, start }) => [it, ih, start],
  ),
  load(_t, x, { ron, roff }, { f, f_x }, mode) {
    loadResistor(1 / (mode === on ? ron : roff), x, f, f_x, 3);
  },
});
