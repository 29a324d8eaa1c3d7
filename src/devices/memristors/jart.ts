import type { Device } from "../device.js";
import { memristive } from "../memristive.js";
import { memristor } from "../memristor.js";
import type { Values } from "../parameter.js";
import { type Current, currentOf, fitted, numbers } from "./jart-current.js";
import type { MemristorPoint } from "./laws/point.js";

/** The elementary charge, C, and the same over Boltzmann's constant, K/V (exact in the SI of 2019). */
const charge = 1.602176634e-19;
const kelvinsAVolt = charge / 1.380649e-23;
/** Charges of a vacancy, and in what its concentrations are counted, 1/m³. */
const charges = 2;
const unit = 1e26;
/** Mobility of electrons in the disc, m²/(V·s). */
const mobility = 4e-6;
/**
 * Outside the filament: the oxide's resistance and the lines', Ω, which rises with their heat: α·R0·Rth·i² times R0. These
 * and the mobility stand fixed, because the closed form of the current holds them.
 */
const oxide = 650;
const lines = 719.2437;
const heating = lines ** 2 * 3.92e-3 * 90471.47;
/** The power in the limits of the concentration. */
const limit = 10;

const parameters = {
  scale: { meaning: "the current over that of the published cell, whose heat and field stay", unit: "1", default: 1, range: [1e-9, 1e9] },
  ndiscmin: { meaning: "least concentration of vacancies in the disc, 10^26/m^3", unit: "1", default: 0.008, range: [0.008, 100] },
  ndiscmax: { meaning: "greatest concentration of vacancies in the disc, 10^26/m^3", unit: "1", default: 20, range: [0.01, 100] },
  nplug: { meaning: "concentration of vacancies in the plug, 10^26/m^3", unit: "1", default: 20, range: [1e-3, 100] },
  a: { meaning: "distance of a hop", unit: "m", default: 0.25e-9, range: [0.1e-9, 1e-9] },
  ny0: { meaning: "attempts to hop", unit: "Hz", default: 2e13, range: [1e10, 1e14] },
  dwa: { meaning: "barrier of a hop, in electron volts", unit: "V", default: 1.35, range: [0.8, 1.5] },
  rdet: { meaning: "radius of the filament", unit: "m", default: 45e-9, range: [5e-9, 100e-9] },
  lcell: { meaning: "length of disc and plug", unit: "m", default: 3e-9, range: [2e-9, 5e-9] },
  ldet: { meaning: "length of the disc", unit: "m", default: 0.4e-9, range: [0.1e-9, 5e-9] },
  rth0: { meaning: "thermal resistance where v < 0", unit: "K/W", default: 15.72e6, range: [1e6, 20e6] },
  rtheff_scaling: { meaning: "the part of it where v > 0", unit: "1", default: 0.27, range: [0.1, 1] },
  temp: { meaning: "temperature around the device", unit: "K", default: 293, range: [1, 1e5], aliases: ["t0"] },
  eta: { meaning: "polarity: 1 sets at v < 0, -1 at v > 0", unit: "1", default: 1, range: [-1, 1] },
  x0: { meaning: "state at t = 0: 0 at ndiscmax, 1 at ndiscmin", unit: "1", default: 1, range: [0, 1], aliases: ["xo"] },
} as const; // biome-ignore format: a table

type At = Values<typeof parameters>;

/** ln of the greatest over the least concentration: the state is counted in parts of it. */
const span = ({ ndiscmin, ndiscmax }: At): number => Math.log(ndiscmax / ndiscmin);
const concentration = (x: number, at: At): number => at.ndiscmax * Math.exp(-x * span(at));

/** What drives the ions, with slopes by the voltage's size and by the state. Filled and read within one call. */
const current: Current = { j: 0, j_w: 0, j_n: 0 };
const cell = { kelvin: 0, kelvin_w: 0, kelvin_x: 0, bow: 0, bow_w: 0, bow_x: 0 };

/** Concentration of oxygen vacancies in the disc of a filament, next to the electrode that it meets. */
const law = memristor({
  type: "jart",
  title: "Vacancies in the disc of a filament, with its heat (JART VCM v1b, its current in closed form)",
  reference:
    "Bengel, Siemon, Cueppers, Hoffmann-Eifert, Hardtdegen, von Witzleben, Hellmich, Waser & Menzel, IEEE Trans. Circuits " +
    "Syst. I 67 (2020), IEEE Xplore 9181475, without its variability; the current as Yu, Menzel, Strachan & Neftci state it " +
    "in closed form, Asilomar Conf. Signals, Systems, and Computers, 1142 (2022), doi:10.1109/IEEECONF56349.2022.10052010, " +
    "with the numbers of the code for IBM's aihwkit",
  equations: [
    "v > 0: i = g0·(1 - e^(-g1·v))/(1 + (h0 + h1·v + h2·e^(-h3·v))·(N/0.008)^-j0)^(1/k0)",
    "v < 0, w = -v: -i = (beta0·w - beta1·(e^w - 1))/(1 + p^q)^f",
    "+ alpha0·((1 + e^(-alpha2/alpha3))/(1 + e^((w - alpha2)/alpha3)) - 1)",
    "p = (c2·e^(w/c3) - c1·w - c0)/N,  q = d2·e^(w/d3) - d1·w - d0,  f = f0 + (f1 - f0)/(1 + (w/f2)^f3)",
    `beyond ${fitted} V, where these would fall again, all is linear`,
    "N = ndiscmax·(ndiscmin/ndiscmax)^x in 10^26/m^3, x in [0, 1]",
    "dN/dt = -(nplug + N)/2·(a·ny0/ldet)·F·(e^(-W(gamma)/kT) - e^(-W(-gamma)/kT))   (kT in electron volts)",
    "W(gamma) = dwa·(sqrt(1 - gamma^2) - gamma·pi/2 + gamma·asin(gamma)),  gamma = 2·a·E/(pi·dwa), in [-1, 1]",
    "v > 0: E = vc/lcell, F = 1 - (ndiscmin/N)^10;  v < 0: E = i·Rdisc/ldet, F = 1 - (N/ndiscmax)^10",
    "vc = v - i·(650 Ohm + R0·(1 + R0·354.648·i^2)),  R0 = 719.2437 Ohm",
    "Rdisc = ldet/(2·e·N·4e-6·pi·rdet^2)",
    "T = temp + i·vc·rth0, times rtheff_scaling for v > 0;  eta = -1 turns the device round",
    ...numbers,
  ],
  parameters,
  presets: [
    {
      name: "jart2020",
      reference: "the standing values of JART VCM v1b, and of the closed form of its current",
      threshold:
        "none that is sharp: it hops at any voltage; on a ramp of 1 V/s it sets at -0.66 V and resets from 0.92 V on",
      values: { ndiscmin: 0.008, ndiscmax: 20, nplug: 20, dwa: 1.35, rth0: 15.72e6, rtheff_scaling: 0.27 },
    },
  ],
  claims: { pinched: true, passive: true, clamped: true },
  smooth: () => false,
  real: { start: "x0", resistances: [], conductances: ["scale"], thresholds: [], ends: { on: 0, off: 1 } },
  remarks: ({ ndiscmin, ndiscmax, ldet, lcell }) => [
    ...(ndiscmin! < ndiscmax! ? [] : [below("ndiscmin", ndiscmin!, "ndiscmax", ndiscmax!)]),
    ...(ldet! < lcell! ? [] : [below("ldet", ldet!, "lcell", lcell!)]),
  ],
  initial: ({ x0 }) => x0,
  walls: () => [0, 1],

  evaluate(x, v, values, out) {
    const inside = Math.min(1, Math.max(0, x));
    const u = values.eta * v;
    drive(inside, u, values);
    out.i = values.scale * Math.sign(v) * current.j;
    out.i_v = values.scale * current.j_w;
    out.i_x = values.scale * -Math.sign(v) * current.j_n * span(values);
    hop(inside, u, values, out);
    if (inside !== x) out.i_x = out.rate_x = 0;
  },
});

function below(less: string, small: number, more: string, great: number) {
  return {
    severity: "error",
    code: "parameter-range",
    message: `has \`${less}\` = ${small}, which is not below \`${more}\` = ${great}.`,
    help: `let \`${more}\` be above \`${less}\`.`,
  } as const;
}

/** Current, temperature and the bow of the barrier (gamma) at a state. */
function drive(x: number, u: number, at: At): void {
  const { a, dwa, rdet, lcell, rth0, rtheff_scaling, temp } = at;
  const [w, n, closing] = [Math.abs(u), concentration(x, at), u < 0];
  currentOf(w, n, closing, current);
  const { j, j_w } = current;
  const j_x = -current.j_n * span(at);
  // Farther out all of the cell is linear, the lines as warm as at its end.
  const stretch = Math.max(1, w / fitted);
  const warmed = heating * (j / stretch) ** 2;
  const inner = w - j * (oxide + lines + warmed);
  const slope = oxide + lines + 3 * warmed;
  const [inner_w, inner_x] = [stretch > 1 ? inner / w : 1 - j_w * slope, -j_x * slope];
  const rth = rth0 * (closing ? 1 : rtheff_scaling);
  cell.kelvin = temp + rth * j * inner;
  cell.kelvin_w = rth * (j_w * inner + j * inner_w);
  cell.kelvin_x = rth * (j_x * inner + j * inner_x);
  const byField = (charges * a) / (Math.PI * dwa);
  // The disc's resistance over its length, Ω/m.
  const disc = 1 / (charges * charge * unit * n * mobility * Math.PI * rdet ** 2);
  const bow = byField * (closing ? j * disc : inner / lcell);
  // From 1 on there is no barrier left.
  const held = bow >= 1 || bow < 0;
  cell.bow = Math.min(1, Math.max(0, bow));
  cell.bow_w = held ? 0 : byField * (closing ? j_w * disc : inner_w / lcell);
  cell.bow_x = held ? 0 : byField * (closing ? (j_x + j * span(at)) * disc : inner_x / lcell);
}

/** The rate of the state under what `drive` found. */
function hop(x: number, u: number, at: At, out: MemristorPoint): void {
  const { nplug, a, ny0, dwa, ldet, eta } = at;
  const { kelvin, bow } = cell;
  const [length, n, closing] = [span(at), concentration(x, at), u < 0];
  const inverse = kelvinsAVolt / kelvin;
  const [tilt, tilt_bow] = [(dwa * Math.PI * bow) / 2, (dwa * Math.PI) / 2];
  const [top, top_bow] = [dwa * (Math.sqrt(1 - bow ** 2) + bow * Math.asin(bow)), dwa * Math.asin(bow)];
  const [down, up] = [Math.exp(inverse * (tilt - top)), Math.exp(-inverse * (tilt + top))];
  const net = down - up;
  const net_bow = inverse * ((tilt_bow - top_bow) * down + (tilt_bow + top_bow) * up);
  const net_kelvin = (-inverse / kelvin) * ((tilt - top) * down + (tilt + top) * up);
  const left = limit * length * (closing ? -x : x - 1);
  const room = -Math.expm1(left);
  const room_x = -Math.exp(left) * limit * length * (closing ? -1 : 1);
  const speed = ((a * ny0) / (ldet * length)) * (closing ? -1 : 1);
  const [crowd, crowd_x] = [(nplug / n + 1) / 2, (length * nplug) / (2 * n)];
  out.rate = speed * crowd * room * net;
  out.rate_v = speed * crowd * room * (net_bow * cell.bow_w + net_kelvin * cell.kelvin_w) * (closing ? -1 : 1) * eta;
  out.rate_x =
    speed * (crowd_x * room + crowd * room_x) * net +
    speed * crowd * room * (net_bow * cell.bow_x + net_kelvin * cell.kelvin_x);
}

const bare = memristive(law);

/** `kind=jart`. */
export const jart: Device<typeof bare.parameters> = {
  ...bare,
  observables: [
    ...(bare.observables ?? []),
    {
      name: "n",
      meaning: "vacancies in the disc, 10^26/m^3",
      unit: "1",
      of: (x, values) => concentration(x[2]!, values),
    },
    {
      name: "t",
      meaning: "temperature of the filament",
      unit: "K",
      of: (x, values) => {
        drive(Math.min(1, Math.max(0, x[2]!)), values.eta * (x[0]! - x[1]!), values);
        return cell.kelvin;
      },
    },
  ],
};
