import { device } from "../device.js";

/**
 * The coupling of two inductors. It has no terminals: it drives the flux rows of two inductors, whose currents are its
 * controls, with the mutual inductance m = k·√(l1·l2):
 *
 *     flux 1 += m · i2        flux 2 += m · i1
 */
export const coupling = device({
  type: "coupling",
  title: "Coupling of two inductors",
  reference: "Ho, Ruehli & Brennan, IEEE Trans. Circuits Syst. 22, 504 (1975)",
  equations: ["m = k·sqrt(l1·l2)", "flux1 += m·i2", "flux2 += m·i1"],
  terminals: [],
  parameters: {
    k: { meaning: "coupling coefficient", unit: "1", default: undefined, range: [-1, 1] },
    l1: { meaning: "inductance of the first inductor", unit: "H", default: undefined, range: [0, 1e6] },
    l2: { meaning: "inductance of the second inductor", unit: "H", default: undefined, range: [0, 1e6] },
  },
  own: [],
  controls: 2,
  drives: 2,
  slopes: {
    q: [
      [0, 1],
      [1, 0],
    ],
    f: [],
    fixed: "q and f",
  },
  smooth: true,
  load(_t, x, { k, l1, l2 }, { q, q_x }) {
    const m = k * Math.sqrt(l1 * l2);
    q[0] = m * x[1]!;
    q[1] = m * x[0]!;
    q_x[1] = m;
    q_x[2] = m;
  },
});
