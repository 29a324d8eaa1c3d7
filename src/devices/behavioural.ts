import { type Device, device, type Entry } from "./device.js";
import { type Law, sourceOf } from "./law.js";
import { between, branch, branchCurrent, columnsOf } from "./one-port.js";

// Devices given by an expression of the solution. Each maker closes over one law, whose inputs are the device's
// controls; instances with the same law share the device. All are made once for a law.

const reference = "Nagel, SPICE2, UCB/ERL M520, Berkeley (1975): controlled sources; here any expression";

/** What is the same for all: the controls stand at `first`, behind terminals and own unknowns. */
interface Scratch {
  readonly u: Float64Array; // size inputs: the inputs of the law
  readonly y: Float64Array; // size 1 + inputs: its value and slopes
}

const scratch = (law: Law): Scratch => ({ u: new Float64Array(law.inputs), y: new Float64Array(1 + law.inputs) });

/** Evaluates the law with the controls from place `first` of x on. */
function evaluate(law: Law, { u, y }: Scratch, t: number, x: Float64Array, first: number): void {
  for (let k = 0; k < u.length; k++) u[k] = x[first + k]!;
  law.load(t, u, y);
}

const range = (first: number, count: number): number[] => Array.from({ length: count }, (_, k) => first + k);

/** Slopes of one row by columns. */
const rowOf = (row: number, columns: readonly number[]): readonly Entry[] =>
  columns.map((column): Entry => [row, column]);

/** The parts of a device that come straight from its law. */
function about(law: Law, first: number) {
  const { u } = scratch(law);
  return {
    reference,
    parameters: {},
    controls: law.inputs,
    smooth: law.smooth,
    ...sourceOf([law]),
    ...(law.guards > 0 && {
      switching: {
        count: law.guards,
        guard(t: number, x: Float64Array, _values: object, out: Float64Array) {
          for (let k = 0; k < u.length; k++) u[k] = x[first + k]!;
          law.guard(t, u, out);
        },
      },
    }),
  };
}

/** One device a law, made when it is first asked for. */
function once(make: (law: Law) => Device): (law: Law) => Device {
  const made = new WeakMap<Law, Device>();
  return (law) => {
    const known = made.get(law);
    if (known !== undefined) return known;
    const fresh = make(law);
    made.set(law, fresh);
    return fresh;
  };
}

/** `B … i={law}`, and `G value=`: i = law, from p through the source to n. */
export const behaviouralCurrent = once((law) => {
  const at = scratch(law);
  const columns = 2 + law.inputs;
  return device({
    ...about(law, 2),
    type: "bsource_i",
    title: "Current source by an expression",
    equations: ["i = law"],
    terminals: ["p", "n"],
    own: [],
    slopes: { q: [], f: columnsOf(range(2, law.inputs)), fixed: "q" },
    load(t, x, _values, { f, f_x }) {
      evaluate(law, at, t, x, 2);
      const { y } = at;
      f[0] = y[0]!;
      f[1] = -y[0]!;
      for (let k = 1; k < y.length; k++) {
        f_x[1 + k] = y[k]!;
        f_x[columns + 1 + k] = -y[k]!;
      }
    },
  });
});

/** `B … v={law}`, and `E value=`: v(p,n) = law, with the branch current i as unknown. */
export const behaviouralVoltage = once((law) => {
  const at = scratch(law);
  const columns = 3 + law.inputs;
  return device({
    ...about(law, 3),
    type: "bsource_v",
    title: "Voltage source by an expression",
    equations: ["v(p,n) = law"],
    terminals: ["p", "n"],
    own: [branchCurrent],
    slopes: { q: [], f: [...branch, ...rowOf(2, range(3, law.inputs))], fixed: "q" },
    load(t, x, _values, { f, f_x }) {
      evaluate(law, at, t, x, 3);
      const { y } = at;
      f[0] = x[2]!;
      f[1] = -x[2]!;
      f[2] = x[0]! - x[1]! - y[0]!;
      f_x[2] = 1;
      f_x[columns + 2] = -1;
      f_x[2 * columns] = 1;
      f_x[2 * columns + 1] = -1;
      for (let k = 1; k < y.length; k++) f_x[2 * columns + 2 + k] = -y[k]!;
    },
  });
});

/** `R … r={law}`: i = v / law. */
export const behaviouralResistor = once((law) => {
  const at = scratch(law);
  const columns = 2 + law.inputs;
  return device({
    ...about(law, 2),
    type: "resistor_b",
    title: "Resistor by an expression",
    equations: ["i = v / law"],
    terminals: ["p", "n"],
    own: [],
    slopes: { q: [], f: [...between, ...columnsOf(range(2, law.inputs))], fixed: "q" },
    load(t, x, _values, { f, f_x }) {
      evaluate(law, at, t, x, 2);
      const { y } = at;
      const g = 1 / y[0]!;
      const i = g * (x[0]! - x[1]!);
      f[0] = i;
      f[1] = -i;
      f_x[0] = g;
      f_x[1] = -g;
      for (let k = 1; k < y.length; k++) f_x[1 + k] = -i * g * y[k]!;
      for (let k = 0; k < columns; k++) f_x[columns + k] = -f_x[k]!;
    },
  });
});

/** `C … q={law}`: the charge that has flowed from p into the device is law. */
export const behaviouralCapacitor = once((law) => {
  const at = scratch(law);
  const columns = 2 + law.inputs;
  return device({
    ...about(law, 2),
    type: "capacitor_b",
    title: "Capacitor by an expression for its charge",
    equations: ["q = law", "i = dq/dt"],
    terminals: ["p", "n"],
    own: [],
    slopes: { q: columnsOf(range(2, law.inputs)), f: [] },
    load(t, x, _values, { q, q_x }) {
      evaluate(law, at, t, x, 2);
      const { y } = at;
      q[0] = y[0]!;
      q[1] = -y[0]!;
      for (let k = 1; k < y.length; k++) {
        q_x[1 + k] = y[k]!;
        q_x[columns + 1 + k] = -y[k]!;
      }
    },
  });
});

/** `L … flux={law}`: v = d(law)/dt; the law reads the device's own current i by a control. */
export const behaviouralInductor = once((law) => {
  const at = scratch(law);
  const columns = 3 + law.inputs;
  return device({
    ...about(law, 3),
    type: "inductor_b",
    title: "Inductor by an expression for its flux",
    equations: ["flux = law", "v = d(flux)/dt"],
    terminals: ["p", "n"],
    own: [branchCurrent],
    slopes: { q: rowOf(2, range(3, law.inputs)), f: branch },
    load(t, x, _values, { q, f, q_x, f_x }) {
      evaluate(law, at, t, x, 3);
      const { y } = at;
      f[0] = x[2]!;
      f[1] = -x[2]!;
      f[2] = x[1]! - x[0]!;
      f_x[2] = 1;
      f_x[columns + 2] = -1;
      f_x[2 * columns] = -1;
      f_x[2 * columns + 1] = 1;
      q[2] = y[0]!;
      for (let k = 1; k < y.length; k++) q_x[2 * columns + 2 + k] = y[k]!;
    },
  });
});

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

/** `idt(law, initial)` (`sdt`) within an expression: the own state y obeys dy/dt = law. No terminals. */
export const integral = once((law) => {
  const at = scratch(law);
  return device({
    ...about(law, 1),
    type: "idt",
    title: "Time integral of an expression",
    equations: ["dy/dt = law,  y(0) = initial"],
    terminals: [],
    parameters: { initial: { meaning: "value at the start", unit: "1", default: 0, range: [-1e30, 1e30] } },
    own: [
      {
        name: "y",
        meaning: "integral",
        unit: "1",
        role: "state",
        initial: ({ initial }) => initial,
        negligible: 1e-6,
      },
    ],
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
});
