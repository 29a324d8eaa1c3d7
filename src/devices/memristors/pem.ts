import type { Device, Points } from "../device.js";
import { memristive } from "../memristive.js";
import { memristor } from "../memristor.js";
import { growthLessOne, growthSlope } from "./laws/exponentials.js";

/** A value of a table and its slope. */
interface CurvePoint {
  f: number;
  f_x: number;
}

/** Between two points of a table a straight line, which goes on beyond its ends. */
function between({ x, y }: Points, at: number, out: CurvePoint): void {
  let k = 1;
  while (k < x.length - 1 && at > x[k]!) k++;
  const before = k - 1;
  out.f_x = x.length < 2 ? 0 : (y[k]! - y[before]!) / (x[k]! - x[before]!);
  out.f = y[before]! + out.f_x * (at - x[before]!);
}

const ends = ({ x }: Points): readonly [first: number, last: number] => [x[0]!, x[x.length - 1]!];

// Filled and read within one call.
const point: CurvePoint = { f: 0, f_x: 0 };

/** The law of a device whose drift was measured: f(x) for a rising state, and for a falling one. */
function pemOf([up, down]: readonly [Points, Points]): Device {
  const [lowest] = ends(down);
  const [, highest] = ends(up);
  return memristive(
    memristor({
      type: "pem",
      title: "Piecewise empirical model (PEM)",
      reference:
        "Niroula, Agarwal, Jacobs-Gedrim, Schiek, Hughart, Hsia, James & Marinella, J. Comput. Electron. 16, 1144 (2017), " +
        "with the thresholds as Xyce compares them",
      equations: [
        "i = x·(i1·e^(v/v1) - i2·e^(-v/v2) + g0·v - (i1 - i2))",
        "dx/dt = c1·G(v)·f_up(x) for v >= 0,  c2·G(v)·f_down(x) for v < 0",
        "G = e^(d1·(v - vp)) - 1 for v >= vp,  else e^(d2·(v - vn)) - 1 for v <= vn,  else 0",
        'fxpdata="up.dat", fxmdata="down.dat": points x, f of f_up and f_down, a row each, straight lines between and beyond;',
        "x lies between the first x of f_down and the last x of f_up (or where it starts, if that is outside)",
      ],
      parameters: {
        i1: { meaning: "amplitude of the current upwards", unit: "A", default: 1, range: [0, 1e12] },
        i2: { meaning: "amplitude of the current downwards", unit: "A", default: 1, range: [0, 1e12] },
        v1: { meaning: "scale of the voltage upwards", unit: "V", default: 1, range: [1e-6, 1e12] },
        v2: { meaning: "scale of the voltage downwards", unit: "V", default: 1, range: [1e-6, 1e12] },
        g0: { meaning: "conductance beside both", unit: "S", default: 1, range: [0, 1e12] },
        vp: { meaning: "threshold of the drift for rising voltages", unit: "V", default: 0.01, range: [-80, 80] },
        vn: { meaning: "threshold of the drift for falling voltages", unit: "V", default: -0.01, range: [-80, 80] },
        d1: { meaning: "how steeply the drift grows above vp", unit: "1/V", default: 1, range: [-1e6, 1e6] },
        d2: { meaning: "how steeply it grows below vn", unit: "1/V", default: 1, range: [-1e6, 1e6] },
        c1: { meaning: "rate for v >= 0", unit: "1/s", default: 1, range: [-1e30, 1e30] },
        c2: { meaning: "rate for v < 0", unit: "1/s", default: 1, range: [-1e30, 1e30] },
        x0: { meaning: "state at t = 0", unit: "1", default: 0, range: [0, 1e6], aliases: ["xo"] },
      },
      claims: { pinched: true, passive: true, clamped: true },
      smooth: () => false,
      real: {
        start: "x0",
        resistances: [],
        conductances: ["i1", "i2", "g0"],
        thresholds: ["vp", "vn"],
        ends: { on: highest, off: lowest },
      },
      initial: ({ x0 }) => x0,
      walls: ({ x0 }) => [Math.min(lowest, x0), Math.max(highest, x0)],

      evaluate(x, v, values, out) {
        const { i1, i2, v1, v2, g0 } = values;
        const inside = Math.max(0, x);
        const h = i1 * growthLessOne(v / v1) - i2 * growthLessOne(-v / v2) + g0 * v;
        out.i = inside * h;
        out.i_x = inside === x ? h : 0;
        out.i_v = inside * ((i1 / v1) * growthSlope(v / v1) + (i2 / v2) * growthSlope(-v / v2) + g0);

        const { vp, vn, d1, d2, c1, c2 } = values;
        const rises = v >= 0;
        let g = 0;
        let g_v = 0;
        if (v >= vp) {
          g = growthLessOne(d1 * (v - vp));
          g_v = d1 * growthSlope(d1 * (v - vp));
        } else if (v <= vn) {
          g = growthLessOne(d2 * (v - vn));
          g_v = d2 * growthSlope(d2 * (v - vn));
        }
        between(rises ? up : down, x, point);
        const isOut = rises ? x > highest : x < lowest;
        const c = isOut ? 0 : rises ? c1 : c2;
        out.rate = c * g * point.f;
        out.rate_v = c * g_v * point.f;
        out.rate_x = c * g * point.f_x;
      },
    }),
  ) as Device;
}

/** Where no tables are given: the nearer to its end, the slower. */
const plain = [
  { x: Float64Array.of(0, 1), y: Float64Array.of(1, 0) },
  { x: Float64Array.of(0, 1), y: Float64Array.of(0, 1) },
] as const;

/** `kind=pem`, with the tables of a model once it has them. */
export const pem: Device = {
  ...pemOf(plain),
  tables: {
    names: ["fxpdata", "fxmdata"],
    made: ([up, down]) => pemOf([up ?? plain[0], down ?? plain[1]]),
  },
};
