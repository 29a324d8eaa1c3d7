import { type Device, device } from "../device.js";
import type { Law } from "../law.js";
import { about, evaluate, range, rowOf, scratch } from "./by-law.js";
import { History, samples } from "./history.js";

/**
 * `delay(law, td)` within an expression: the own unknown y is what the law was td seconds ago (td > 0), and before the
 * start what it was at the start. In a static analysis y is the law. No terminals. A device of its own for each call,
 * since it remembers.
 */
export function delayed(law: Law, td: number): Device {
  const at = scratch(law);
  const history = new History(td);
  return device({
    ...about(law, 1),
    type: "delay",
    title: "An expression, some time ago",
    equations: ["y(t) = law(t − td),  and law(0) for t < td"],
    terminals: [],
    own: [{ name: "y", meaning: "delayed value", unit: "1", role: "branch", initial: () => 0, negligible: 1e-6 }],
    slopes: { q: [], f: [[0, 0], ...rowOf(0, range(1, law.inputs))] },
    smooth: false,
    load(t, x, _values, { f, f_x }) {
      f_x[0] = 1;
      if (t > 0) {
        f[0] = x[0]! - history.at(t - td);
        return;
      }
      evaluate(law, at, t, x, 1);
      f[0] = x[0]! - at.y[0]!;
      for (let k = 1; k < at.y.length; k++) f_x[k] = -at.y[k]!;
    },
    past: {
      span: td,
      samples,
      of(t, x) {
        for (let k = 0; k < law.inputs; k++) at.u[k] = x[1 + k]!;
        return law.value(t, at.u);
      },
      begin: (value) => history.begin(value),
      keep: (t0, t1, values) => history.add(t0, t1, values),
      anew: () => delayed(law, td),
    },
  });
}
