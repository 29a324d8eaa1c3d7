import { type Device, device } from "../device.js";
import type { Law } from "../law.js";
import { gateReference } from "./gate.js";
import { lasts, pulsePart, shape } from "./pulse-shape.js";
import { logicLevel } from "./reading.js";

/** What a learning pulse can be given. */
export const learnParameters = {
  ith: { meaning: "threshold of the memristor that the pulse is for", unit: "A", default: undefined, range: [0, 1e12] },
  width: { meaning: "how long the pulse stays at its height", unit: "s", default: undefined, range: [1e-18, 1e12] },
  rise: { meaning: "rise and fall time; 0: it jumps", unit: "s", default: 0, range: [0, 1e12] },
} as const;

/** What every such source is called, whatever its law. */
export const learnType = "isource_learn";

// x: p, n, s, since, clk, inputs of the law. The modes are the parts of a pulse; the clock is looked at between pulses.
const [height, since, clk, firstInput] = [2, 3, 4, 5];
const part = { low: 0, ...pulsePart, high: 4 } as const;

/** One device a law, made when it is first asked for. */
const made = new WeakMap<Law, Device>();

/**
 * `Ip p n learn(s={…} ith= width= clk=)`: at each rising edge of the clock (through 0.5 V) it takes the value that s had
 * right before, and drives sgn(s)·(|s| + ith) from p through the source to n for `width`; nothing where s is 0. An edge
 * during a pulse is passed over. Controls: the clock, then what s reads.
 */
export function learnSource(law: Law): Device {
  const known = made.get(law);
  if (known !== undefined) return known;
  const inputs = new Float64Array(law.inputs);
  const columns = firstInput + law.inputs;
  const self = device({
    type: learnType,
    title: "Current source: learning pulse",
    reference: `${gateReference}, Algorithm 1`,
    equations: [
      "i = sgn(s)·(|s| + ith)·h(t);  s as it was right before the clock's rising edge; i = 0 where s = 0",
      "h: 0 to 1 within rise, 1 for width, 1 to 0 within rise",
    ],
    terminals: ["p", "n"],
    parameters: learnParameters,
    own: [
      {
        name: "height",
        meaning: "height of the pulse that is going on",
        unit: "A",
        role: "state",
        initial: () => 0,
        negligible: 1e-12,
      },
      {
        name: "since",
        meaning: "time since the part of the pulse began",
        unit: "s",
        role: "state",
        initial: () => 0,
        negligible: 1e-15,
      },
    ],
    controls: 1 + law.inputs,
    slopes: {
      q: [
        [height, height],
        [since, since],
      ],
      f: [
        [0, height],
        [0, since],
        [1, height],
        [1, since],
      ],
      fixed: "q",
    },
    modes: {
      initial: (x) => (x[clk]! > logicLevel ? part.high : part.low),
      guard(x, values, mode) {
        if (mode === part.low) return logicLevel - x[clk]!;
        return mode === part.high ? x[clk]! - logicLevel : lasts(values, mode) - x[since]!;
      },
      next(mode, x, { rise }) {
        if (mode === part.high) return part.low;
        if (mode === part.low) return rise > 0 ? part.rise : part.flat;
        if (mode === part.rise || (mode === part.flat && rise > 0)) return mode + 1;
        return x[clk]! > logicLevel ? part.high : part.low;
      },
      enter(t, x, before, { ith }, mode, from) {
        x[since] = 0;
        if (from === part.low) {
          for (let k = 0; k < inputs.length; k++) inputs[k] = before[firstInput + k]!;
          const s = law.value(t, inputs);
          x[height] = s + Math.sign(s) * ith;
        }
        if (mode === part.high || mode === part.low) x[height] = 0;
      },
    },
    smooth: false,
    load(_t, x, values, { q, f, q_x, f_x }, mode) {
      const [share, slope] = shape(values, mode, x[since]!);
      f[0] = x[height]! * share;
      f[1] = -f[0]!;
      f_x[height] = share;
      f_x[since] = x[height]! * slope;
      f_x[columns + height] = -share;
      f_x[columns + since] = -f_x[since]!;
      q[height] = x[height]!;
      q[since] = x[since]!;
      q_x[height * columns + height] = 1;
      q_x[since * columns + since] = 1;
      f[since] = mode === part.low || mode === part.high ? 0 : -1;
    },
  }) as Device;
  made.set(law, self);
  return self;
}
