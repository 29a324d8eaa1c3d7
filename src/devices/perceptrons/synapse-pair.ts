import { device } from "../device.js";
import { doneOf, forgettingRate, motionEquation, motionParameters } from "../imperfections.js";
import type { Parameter, Values } from "../parameter.js";
import type { Piece } from "../piece.js";
import { gated, gatedSlope, gateParameters, gatePart, gateReference } from "./gate.js";
import { jointModes, modeOfPart } from "./joint-modes.js";
import { synapses } from "./recognise.js";
import { idealOwn, type OwnNames, ownNames, ownOf, startOf } from "./weight-pieces.js";

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
  ...motionParameters,
} as const satisfies Readonly<Record<string, Parameter>>;
type Numbers = Values<typeof parameters>;

// x: row, plus, minus, gp, gm.
const [row, plus, minus, gp, gm, columns] = [0, 1, 2, 3, 4, 5];
const halves = [
  { name: "gp", side: "plus", sign: 1, other: plus, state: gp, own: ownNames("gp") },
  { name: "gm", side: "minus", sign: -1, other: minus, state: gm, own: ownNames("gm") },
] as const;
type Half = (typeof halves)[number];

/** A value that one of the two memristors has for its own. */
const ownValue = (values: Numbers, name: string, ideal: number): number =>
  (values as Readonly<Record<string, number>>)[name] ?? ideal;
const thresholdOf = (values: Numbers, { threshold }: OwnNames): number => values.ith * ownValue(values, threshold, 1);
const gainOf = (values: Numbers, { gain }: OwnNames): number => ownValue(values, gain, 1);

const gates = halves.map(({ other, state, own }) =>
  gatePart<typeof parameters>(
    (x) => x[state]! * (x[row]! - x[other]!),
    (values) => [thresholdOf(values, own), values.a],
  ),
);
const modeOf = modeOfPart(gates);

/** Where an ideal memristor starts, S. */
const idealStart = ({ gmin, gmax, gunit, w, ...values }: Numbers, { name, sign }: Half): number =>
  values[name] >= 0 ? values[name] : (gmin + gmax) / 2 + (sign * (w || 0) * gunit) / 2;

const conductance = (half: Half) =>
  ({
    name: half.name,
    meaning: `conductance of the memristor to the ${half.side} column`,
    unit: "S",
    role: "state",
    initial: (values: Numbers) => idealStart(values, half),
    walls: (values: Numbers) =>
      [gainOf(values, half.own) * values.gmin, gainOf(values, half.own) * values.gmax] as const,
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
    motionEquation("g", "gmin"),
  ],
  terminals: ["row", "plus", "minus"],
  parameters,
  own: halves.map(conductance),
  pieces: {
    cells: [":gp", ":gm"],
    thresholds: true,
    hidden: idealOwn(halves.map(({ own }) => own)),
    made(values, pieces) {
      const made: Record<string, number> = { ...values };
      for (const [k, half] of halves.entries()) {
        const { gmin, gmax } = values as Numbers;
        const piece = pieces[k] as Piece;
        made[half.name] = startOf(piece, idealStart(values as Numbers, half), [gmin, gmax], values["levels"]);
        Object.assign(made, ownOf(half.own, piece));
      }
      return made;
    },
  },
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
    linear: [row, plus, minus],
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
  load(_t, x, values, { q, f, q_x, f_x }, mode) {
    const forgets = forgettingRate(values.retention);
    for (let k = 0; k < 2; k++) {
      const { other, state, own } = halves[k]!;
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
      q[state] = g;
      q_x[state * columns + state] = 1;
      if (ownValue(values, own.stuck, 0) !== 0) continue;
      const gain = gainOf(values, own);
      const rate = gain * values.gunit * values.rate;
      const drive = rate * gated(g * v, thresholdOf(values, own), modeOf(mode, k));
      const done = doneOf(drive, values.asym);
      const slope = done * rate * gatedSlope(modeOf(mode, k));
      f[state] = (forgets === 0 ? 0 : forgets * (g - gain * values.gmin)) - done * drive;
      f_x[state * columns + row] = -slope * g;
      f_x[state * columns + other] = slope * g;
      f_x[state * columns + state] = forgets - slope * v;
    }
  },
});
synapses.set(synapsePair, { kind: "pair", port: false, selection: "amplitude" });
