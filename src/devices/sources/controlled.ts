import { device, type Entry } from "../device.js";
import { branchCurrent } from "../one-port.js";

const reference = "Ho, Ruehli & Brennan, IEEE Trans. Circuits Syst. 22, 504 (1975)";

const voltageControlled: readonly Entry[] = [
  [0, 2],
  [0, 3],
  [1, 2],
  [1, 3],
];

/** `E`: v(p,n) = gain · v(cp,cn). */
export const voltageControlledVoltage = device({
  type: "vcvs",
  title: "Voltage source controlled by a voltage",
  reference,
  equations: ["v(p,n) = gain·v(cp,cn)"],
  terminals: ["p", "n", "cp", "cn"],
  parameters: { gain: { meaning: "gain", unit: "1", default: undefined, range: [-1e18, 1e18] } },
  own: [branchCurrent],
  controls: 0,
  slopes: {
    fixed: "q and f",
    q: [],
    f: [
      [0, 4],
      [1, 4],
      [4, 0],
      [4, 1],
      [4, 2],
      [4, 3],
    ],
  },
  smooth: true,
  load(_t, x, { gain }, { f, f_x }) {
    f[0] = x[4]!;
    f[1] = -x[4]!;
    f[4] = x[0]! - x[1]! - gain * (x[2]! - x[3]!);
    f_x[4] = 1;
    f_x[9] = -1;
    f_x[20] = 1;
    f_x[21] = -1;
    f_x[22] = -gain;
    f_x[23] = gain;
  },
});

/** `G`: i = gain · v(cp,cn), from p through the source to n. */
export const voltageControlledCurrent = device({
  type: "vccs",
  title: "Current source controlled by a voltage",
  reference,
  equations: ["i = gain·v(cp,cn)"],
  terminals: ["p", "n", "cp", "cn"],
  parameters: { gain: { meaning: "transconductance", unit: "S", default: undefined, range: [-1e18, 1e18] } },
  own: [],
  controls: 0,
  slopes: { q: [], f: voltageControlled, fixed: "q and f" },
  smooth: true,
  load(_t, x, { gain }, { f, f_x }) {
    const i = gain * (x[2]! - x[3]!);
    f[0] = i;
    f[1] = -i;
    f_x[2] = gain;
    f_x[3] = -gain;
    f_x[6] = -gain;
    f_x[7] = gain;
  },
});

/** `F`: i = gain · (the current that is its control), from p through the source to n. */
export const currentControlledCurrent = device({
  type: "cccs",
  title: "Current source controlled by a current",
  reference,
  equations: ["i = gain·i(control)"],
  terminals: ["p", "n"],
  parameters: { gain: { meaning: "gain", unit: "1", default: undefined, range: [-1e18, 1e18] } },
  own: [],
  controls: 1,
  slopes: {
    fixed: "q and f",
    q: [],
    f: [
      [0, 2],
      [1, 2],
    ],
  },
  smooth: true,
  load(_t, x, { gain }, { f, f_x }) {
    f[0] = gain * x[2]!;
    f[1] = -f[0]!;
    f_x[2] = gain;
    f_x[5] = -gain;
  },
});

/** `H`: v(p,n) = r · (the current that is its control). */
export const currentControlledVoltage = device({
  type: "ccvs",
  title: "Voltage source controlled by a current",
  reference,
  equations: ["v(p,n) = r·i(control)"],
  terminals: ["p", "n"],
  parameters: { r: { meaning: "transresistance", unit: "Ω", default: undefined, range: [-1e18, 1e18] } },
  own: [branchCurrent],
  controls: 1,
  slopes: {
    fixed: "q and f",
    q: [],
    f: [
      [0, 2],
      [1, 2],
      [2, 0],
      [2, 1],
      [2, 3],
    ],
  },
  smooth: true,
  load(_t, x, { r }, { f, f_x }) {
    f[0] = x[2]!;
    f[1] = -x[2]!;
    f[2] = x[0]! - x[1]! - r * x[3]!;
    f_x[2] = 1;
    f_x[6] = -1;
    f_x[8] = 1;
    f_x[9] = -1;
    f_x[11] = -r;
  },
});
