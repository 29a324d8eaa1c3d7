import { device } from "../device.js";
import type { Parameter, Values } from "../parameter.js";
import { gated, gatedSlope, gateParameters, gatePart, gateReference } from "./gate.js";
import { jointModes, modeOfPart } from "./joint-modes.js";
import { synapses } from "./recognise.js";

/** A training leaves two conductances that lie anywhere, not about the middle. */
const start = (side: string): Parameter => ({
  meaning: `conductance to the ${side} column at t = 0; -1: as w says`,
  unit: "S",
  default: -1,
  range: [-1, 1e12],
});

const parameters = {
  ith: { ...gateParameters.ith, default: 1e-3 },
  a: { ...gateParameters.a, default: 1e-4 },
  rate: gateParameters.rate,
  gunit: { meaning: "conductance of a weight of 1", unit: "S", default: 1e-4, range: [1e-15, 1e12] },
  gmin: { meaning: "least conductance of a memristor", unit: "S", default: 1e-6, range: [0, 1e12] },
  gmax: { meaning: "greatest conductance of a memristor", unit: "S", default: 1e-3, range: [0, 1e12] },
  gp: start("plus"),
  gm: start("minus"),
  w: { meaning: "weight at t = 0, set about the middle of gmin and gmax", unit: "1", default: 0, range: [-1e30, 1e30] },
} as const satisfies Readonly<Record<string, Parameter>>;
type Numbers = Values<typeof parameters>;

// x: row, plus, minus, gp, gm.
const [row, plus, minus, gp, gm, columns] = [0, 1, 2, 3, 4, 5];
const halves = [
  { other: plus, state: gp },
  { other: minus, state: gm },
] as const;

const edges = ({ ith, a }: Numbers): readonly [number, number] => [ith, a];
const gates = halves.map(({ other, state }) =>
  gatePart<typeof parameters>((x) => x[state]! * (x[row]! - x[other]!), edges),
);
const modeOf = modeOfPart(gates);

const conductance = (name: "gp" | "gm", side: string, sign: number) =>
  ({
    name,
    meaning: `conductance of the memristor to the ${side} column`,
    unit: "S",
    role: "state",
    initial: ({ gmin, gmax, gunit, w, [name]: own }: Numbers) =>
      own >= 0 ? own : (gmin + gmax) / 2 + (sign * (w || 0) * gunit) / 2,
    walls: ({ gmin, gmax }: Numbers) => [gmin, gmax] as const,
    negligible: 1e-9,
  }) as const;

/**
 * A signed weight of two real memristors, from a row to two columns: w = (gp − gm)/gunit. Either moves by the
 * threshold-gated law in the current that passes it, upwards where it flows from the row to the column.
 */
export const synapsePair = device({
  type: "synapse_pair",
  title: "Synapse of two memristors",
  reference: gateReference,
  equations: [
    "i(row,plus) = gp·v(row,plus),  i(row,minus) = gm·v(row,minus),  w = (gp - gm)/gunit",
    "dg/dt = gunit·rate·sgn(I)·(|I| - ith) where ith <= |I| < ith + a, else 0;  gmin <= g <= gmax;  I = g·v",
  ],
  terminals: ["row", "plus", "minus"],
  parameters,
  own: [conductance("gp", "plus", 1), conductance("gm", "minus", -1)],
  controls: 0,
  slopes: {
    q: [
      [gp, gp],
      [gm, gm],
    ],
    f: [
      [row, row],
      ...halves.flatMap(({ other, state }) => [
        [row, other] as const,
        [row, state] as const,
        [other, row] as const,
        [other, other] as const,
        [other, state] as const,
        [state, row] as const,
        [state, other] as const,
        [state, state] as const,
      ]),
    ],
    fixed: "q",
  },
  modes: jointModes(gates),
  observables: [
    {
      name: "w",
      meaning: "weight (gp - gm)/gunit",
      unit: "1",
      of: (x, { gunit }) => (x[gp]! - x[gm]!) / gunit,
    },
  ],
  smooth: false,
  load(_t, x, { ith, rate, gunit }, { q, f, q_x, f_x }, mode) {
    for (let k = 0; k < 2; k++) {
      const { other, state } = halves[k]!;
      const g = x[state]!;
      const v = x[row]! - x[other]!;
      f[row]! += g * v;
      f[other] = -g * v;
      f_x[row * columns + row]! += g;
      f_x[row * columns + other] = -g;
      f_x[row * columns + state] = v;
      f_x[other * columns + row] = -g;
      f_x[other * columns + other] = g;
      f_x[other * columns + state] = -v;
      const slope = gunit * rate * gatedSlope(modeOf(mode, k));
      q[state] = g;
      q_x[state * columns + state] = 1;
      f[state] = -gunit * rate * gated(g * v, ith, modeOf(mode, k));
      f_x[state * columns + row] = -slope * g;
      f_x[state * columns + other] = slope * g;
      f_x[state * columns + state] = -slope * v;
    }
  },
});
synapses.set(synapsePair, { kind: "pair", port: false, selection: "amplitude" });
