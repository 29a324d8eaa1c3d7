import { type Device, device, type OwnUnknown } from "../device.js";
import type { Law } from "../law.js";
import { about, evaluate, once, range, rowOf, scratch } from "./by-law.js";

/** `ddt(law)` within an expression: the own unknown y obeys y = d(law)/dt. No terminals. */
export const derivative = once((law) => {
  const at = scratch(law);
  return device({
    ...about(law, 1),
    type: "ddt",
    title: "Time derivative of an expression",
    equations: ["y = d(law)/dt"],
    terminals: [],
    own: [{ name: "y", meaning: "derivative", unit: "1", role: "branch", initial: () => 0, negligible: 1e-6 }],
    slopes: { q: rowOf(0, range(1, law.inputs)), f: [[0, 0]] },
    load(t, x, _values, { q, f, q_x, f_x }) {
      evaluate(law, at, t, x, 1);
      const { y } = at;
      f[0] = x[0]!;
      f_x[0] = 1;
      q[0] = -y[0]!;
      for (let k = 1; k < y.length; k++) q_x[k] = -y[k]!;
    },
  });
});

/** `idt(law, initial)` (`sdt`) within an expression: the own state y obeys dy/dt = law, y(0) = initial. No terminals. */
export const integral = once((law) =>
  integrated(law, {
    type: "idt",
    title: "Time integral of an expression",
    equations: ["dy/dt = law,  y(0) = initial"],
    state: { name: "y", meaning: "integral", negligible: 1e-6 },
  }),
);

/**
 * A capacitor to ground that only a source by an expression charges, its voltage w being looked at and no more:
 * dw/dt = law, the source's current over the capacitance. `negligible` is in the unit of the state, which is volts by name
 * only.
 */
export const capacitorState = (law: Law, negligible: number): Device =>
  integrated(law, {
    type: "capacitor_state",
    title: "State that a subcircuit holds in a capacitor",
    equations: ["dw/dt = law,  w(0) = initial"],
    state: { name: "w", meaning: "state", negligible },
  });

/**
 * The same by y = ln(w/(1 − w)) of a state that reaches neither wall, 0 or 1, in finite time: dy/dt = law. One device a law.
 */
export const closedCapacitorState = once((law) =>
  integrated(law, {
    type: "capacitor_state",
    title: "State between walls that a subcircuit holds in a capacitor",
    equations: ["dy/dt = law,  y = ln(w/(1 − w)),  y(0) = initial"],
    state: { name: "w", meaning: "state", coordinate: "logit", negligible: 1e-6 },
  }),
);

interface Words extends Pick<Device, "type" | "title" | "equations"> {
  readonly state: Pick<OwnUnknown, "name" | "meaning" | "coordinate" | "negligible">;
}

/** The device whose own state is the time integral of a law. */
function integrated(law: Law, { state, ...words }: Words): Device {
  const at = scratch(law);
  return device({
    ...about(law, 1),
    ...words,
    terminals: [],
    parameters: { initial: { meaning: "value at the start", unit: "1", default: 0, range: [-1e30, 1e30] } },
    own: [{ ...state, unit: "1", role: "state", initial: ({ initial }) => initial }],
    slopes: { q: [[0, 0]], f: rowOf(0, range(1, law.inputs)), fixed: "q" },
    load(t, x, _values, { q, f, q_x, f_x }) {
      evaluate(law, at, t, x, 1);
      const { y } = at;
      q[0] = x[0]!;
      q_x[0] = 1;
      f[0] = -y[0]!;
      for (let k = 1; k < y.length; k++) f_x[k] = -y[k]!;
    },
  });
}
