import { device, type OwnUnknown } from "../device.js";
import { branch, branchCurrent, columnsOf } from "../one-port.js";
import { about, evaluate, once, range, rowOf, scratch } from "./by-law.js";

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

/** How fast a quantity changes: an own unknown s of the devices below, beside which d/dt of that quantity stands. */
const rate = (meaning: string): OwnUnknown => ({
  name: "s",
  meaning,
  unit: "1",
  role: "branch",
  initial: () => 0,
  negligible: 1e-6,
});

/** `C … c={law}`: i = law·dv/dt, as ngspice has it; where law reads v alone, the charge is its integral over v. */
export const behaviouralCapacitance = once((law) => {
  const at = scratch(law);
  const columns = 3 + law.inputs;
  return device({
    ...about(law, 3),
    type: "capacitor_c",
    title: "Capacitor by an expression for its capacitance",
    equations: ["i = law·s", "s = dv/dt"],
    terminals: ["p", "n"],
    own: [rate("slope of the voltage, V/s")],
    slopes: {
      q: [
        [2, 0],
        [2, 1],
      ],
      f: [...columnsOf([2, ...range(3, law.inputs)]), [2, 2]],
    },
    load(t, x, _values, { q, f, q_x, f_x }) {
      evaluate(law, at, t, x, 3);
      const { y } = at;
      const s = x[2]!;
      q[2] = x[0]! - x[1]!;
      q_x[2 * columns] = 1;
      q_x[2 * columns + 1] = -1;
      f[0] = y[0]! * s;
      f[1] = -f[0]!;
      f[2] = -s;
      f_x[2] = y[0]!;
      f_x[2 * columns + 2] = -1;
      for (let k = 1; k < y.length; k++) f_x[2 + k] = s * y[k]!;
      for (let k = 2; k < columns; k++) f_x[columns + k] = -f_x[k]!;
    },
  });
});

/** `L … l={law}`: v = law·di/dt. */
export const behaviouralInductance = once((law) => {
  const at = scratch(law);
  const columns = 4 + law.inputs;
  return device({
    ...about(law, 4),
    type: "inductor_l",
    title: "Inductor by an expression for its inductance",
    equations: ["v = law·s", "s = di/dt"],
    terminals: ["p", "n"],
    own: [branchCurrent, rate("slope of the current, A/s")],
    slopes: { q: [[3, 2]], f: [...branch, ...rowOf(2, [3, ...range(4, law.inputs)]), [3, 3]], fixed: "q" },
    load(t, x, _values, { q, f, q_x, f_x }) {
      evaluate(law, at, t, x, 4);
      const { y } = at;
      const s = x[3]!;
      q[3] = x[2]!;
      q_x[3 * columns + 2] = 1;
      f[0] = x[2]!;
      f[1] = -x[2]!;
      f[2] = x[0]! - x[1]! - y[0]! * s;
      f[3] = -s;
      f_x[2] = 1;
      f_x[columns + 2] = -1;
      f_x[2 * columns] = 1;
      f_x[2 * columns + 1] = -1;
      f_x[2 * columns + 3] = -y[0]!;
      f_x[3 * columns + 3] = -1;
      for (let k = 1; k < y.length; k++) f_x[2 * columns + 3 + k] = -s * y[k]!;
    },
  });
});
