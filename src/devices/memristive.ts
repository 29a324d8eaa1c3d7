import { type Device, device } from "./device.js";
import { motionEquation, motionParameters, settledState } from "./imperfections.js";
import type { Memristor } from "./memristor.js";
import { moveUnideally } from "./memristors/laws/motion.js";
import { memristorPoint } from "./memristors/laws/point.js";
import { between } from "./one-port.js";
import type { ParameterTable, Values } from "./parameter.js";
import type { Piece, Pieces } from "./piece.js";

/** Below this voltage v/i would lose digits to underflow: the resistance is read from the slope. */
const smallest = 1e-100;

/**
 * A memristor's two equations, set out as rows of a device: p, n, x. A real one may move unevenly, forget, or be stuck:
 *
 *     dx/dt = (1 ± asym)·g(x, v) − (x − off)/retention,      + where g > 0;      0 in a stuck piece
 *
 * A law that is stated by its logit is one for pieces that do not forget: what is not in its drift has no factor x(1 − x).
 */
export function memristive<Table extends ParameterTable>(law: Memristor<Table>): Device<Table> {
  const { off } = law.real.ends;
  const { coordinate, current } = law;
  const at = memristorPoint();
  const look = (x: Float64Array, values: Values<Table>): number => {
    const v = x[0]! - x[1]!;
    law.evaluate(x[2]!, v, values, at);
    return v;
  };
  return device({
    type: law.type,
    title: law.title,
    reference: law.reference,
    equations: [...law.equations, motionEquation("x", "the end that conducts least")],
    parameters: { ...law.parameters, ...(coordinate ? { asym: motionParameters.asym } : motionParameters) },
    ...(law.presets && { presets: law.presets }),
    claims: law.claims,
    noise: "thermal",
    pieces: piecesOf(law),
    smooth: (values) => law.smooth(values) && !values["asym"],
    ...(law.suited && { suited: law.suited }),
    ...(law.stateAt && { stateAt: law.stateAt }),
    ...(law.remarks && { remarks: law.remarks }),
    terminals: ["p", "n"],
    controls: 0,
    own: [
      {
        name: "x",
        meaning: "internal state",
        unit: "1",
        role: "state",
        initial: (values) => law.initial(values),
        ...(coordinate ? { coordinate } : { walls: (values: Values<Table>) => law.walls(values) }),
        negligible: 1e-6,
      },
    ],
    slopes: {
      q: [[2, 2]],
      f: [...between, [0, 2], [1, 2], [2, 0], [2, 1], [2, 2]],
      fixed: "q",
    },
    observables: [
      {
        name: "r",
        meaning: "resistance v/i",
        unit: "Ω",
        of(x, values) {
          const v = look(x, values);
          return Math.abs(v) > smallest ? v / at.i : 1 / at.i_v;
        },
      },
      {
        name: "rd",
        meaning: "differential resistance 1/(∂i/∂v), 0 where the current does not follow the voltage",
        unit: "Ω",
        of(x, values) {
          look(x, values);
          return at.i_v === 0 ? 0 : 1 / at.i_v;
        },
      },
      { name: "p", meaning: "power taken", unit: "W", of: (x, values) => look(x, values) * at.i },
    ],
    ...(current && {
      currents(x: Float64Array, values: Values<Table>, f: Float64Array) {
        f[0] = current(x[2]!, x[0]! - x[1]!, values);
        f[1] = -f[0];
      },
    }),
    ...(law.compiled && { compiled: { law: law.compiled, constants: { off } } }),
    load(_t, x, values, { q, f, q_x, f_x }) {
      const state = x[2]!;
      law.evaluate(state, x[0]! - x[1]!, values, at);
      f[0] = at.i;
      f[1] = -at.i;
      q[2] = state;
      q_x[8] = 1;
      f_x[0] = at.i_v;
      f_x[1] = -at.i_v;
      f_x[2] = at.i_x;
      f_x[3] = -at.i_v;
      f_x[4] = at.i_v;
      f_x[5] = -at.i_x;
      const { asym = 0, retention = 0, stuck = 0 } = values as Values<ParameterTable>;
      moveUnideally(state, off, asym, retention, stuck, at);
      f[2] = -at.rate;
      f_x[6] = -at.rate_v;
      f_x[7] = at.rate_v;
      f_x[8] = -at.rate_x;
    },
  });
}

/** A piece that conducts better conducts better in all its states; one that is stuck stands at an end. */
function piecesOf<Table extends ParameterTable>({ real, walls, coordinate }: Memristor<Table>): Pieces {
  const { start, resistances, conductances = [], thresholds, ends } = real;
  return {
    cells: [""],
    thresholds: thresholds.length > 0,
    hidden: { stuck: 0 },
    made(values, [piece]) {
      const { gain, threshold, stuck } = piece as Piece;
      const [min, max] = walls(values as Values<Table>);
      const own: Record<string, number> = { ...values };
      for (const name of resistances) own[name]! /= gain;
      for (const name of conductances) own[name]! *= gain;
      for (const name of thresholds) own[name]! *= threshold;
      own[start] = stuck === undefined ? settledState(values[start]!, min, max, values["levels"]) : ends[stuck];
      // Where the drift has the factor x(1 − x), a level at an end is one for ever.
      const ended = coordinate !== undefined && (own[start]! <= min || own[start]! >= max);
      own["stuck"] = stuck === undefined && !ended ? 0 : 1;
      return own;
    },
  };
}
