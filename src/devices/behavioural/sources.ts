import { device } from "../device.js";
import { between, branch, branchCurrent, columnsOf } from "../one-port.js";
import { about, evaluate, once, range, rowOf, scratch } from "./by-law.js";

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
    noise: "thermal",
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
