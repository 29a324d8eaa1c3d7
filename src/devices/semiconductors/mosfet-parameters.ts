import type { Parameter, Values } from "../parameter.js";

const anySize = [0, 1e3] as const;

/** What a netlist may say of a MOSFET of level 1; names and defaults as in SPICE. */
export const mosfetParameters = {
  polarity: { meaning: "1: n channel (`nmos`), -1: p channel (`pmos`)", unit: "1", default: 1, range: [-1, 1] },
  vto: { meaning: "threshold at vbs = 0", unit: "V", default: 0, range: [-1e3, 1e3], aliases: ["vt0", "vth0"] },
  kp: {
    meaning: "transconductance of a square; where only tox is given, uo·cox",
    unit: "A/V²",
    default: 2e-5,
    range: [0, 1e3],
  },
  gamma: { meaning: "body effect", unit: "√V", default: 0, range: [0, 1e3] },
  phi: { meaning: "surface potential", unit: "V", default: 0.6, range: [0.01, 100] },
  lambda: { meaning: "channel-length modulation", unit: "1/V", default: 0, range: [0, 1e3] },
  w: { meaning: "channel width", unit: "m", default: 1e-4, range: [1e-12, 1e3] },
  l: { meaning: "channel length", unit: "m", default: 1e-4, range: [1e-12, 1e3] },
  ld: { meaning: "lateral diffusion: the channel is l - 2·ld long", unit: "m", default: 0, range: anySize },
  m: { meaning: "so many such transistors side by side", unit: "1", default: 1, range: [1e-12, 1e12] },
  rd: { meaning: "resistance at the drain", unit: "Ω", default: 0, range: [0, 1e12] },
  rs: { meaning: "resistance at the source", unit: "Ω", default: 0, range: [0, 1e12] },
  rsh: {
    meaning: "resistance of a square of drain or source, where rd or rs is 0",
    unit: "Ω",
    default: 0,
    range: [0, 1e12],
  },
  nrd: { meaning: "squares of the drain", unit: "1", default: 1, range: [0, 1e6] },
  nrs: { meaning: "squares of the source", unit: "1", default: 1, range: [0, 1e6] },
  is: { meaning: "saturation current of each bulk junction", unit: "A", default: 1e-14, range: [1e-40, 1e3] },
  js: {
    meaning: "the same of an area of 1 m², used where ad and as are given",
    unit: "A/m²",
    default: 0,
    range: anySize,
  },
  ad: { meaning: "area of the drain", unit: "m²", default: 0, range: anySize },
  as: { meaning: "area of the source", unit: "m²", default: 0, range: anySize },
  pd: { meaning: "perimeter of the drain", unit: "m", default: 0, range: anySize },
  ps: { meaning: "perimeter of the source", unit: "m", default: 0, range: anySize },
  cbd: { meaning: "capacitance bulk to drain at zero bias; without it cj·ad", unit: "F", default: 0, range: anySize },
  cbs: { meaning: "capacitance bulk to source at zero bias; without it cj·as", unit: "F", default: 0, range: anySize },
  cj: { meaning: "junction capacitance of an area of 1 m²", unit: "F/m²", default: 0, range: anySize },
  mj: { meaning: "grading of the junctions' bottoms", unit: "1", default: 0.5, range: [0, 0.95] },
  cjsw: { meaning: "junction capacitance of a perimeter of 1 m", unit: "F/m", default: 0, range: anySize },
  mjsw: { meaning: "grading of the junctions' sides", unit: "1", default: 0.5, range: [0, 0.95] },
  pb: { meaning: "junction potential", unit: "V", default: 0.8, range: [0.05, 10] },
  cgso: { meaning: "overlap capacitance gate to source per width", unit: "F/m", default: 0, range: anySize },
  cgdo: { meaning: "overlap capacitance gate to drain per width", unit: "F/m", default: 0, range: anySize },
  cgbo: { meaning: "overlap capacitance gate to bulk per length", unit: "F/m", default: 0, range: anySize },
  tox: { meaning: "thickness of the oxide; 0: the channel has no charge", unit: "m", default: 0, range: anySize },
  uo: { meaning: "mobility: gives kp where that is not given", unit: "cm²/(V·s)", default: 600, range: [0, 1e6] },
  temp: { meaning: "temperature", unit: "K", default: 300.15, range: [1, 2000] },
  tnom: { meaning: "temperature at which the parameters hold", unit: "K", default: 300.15, range: [1, 2000] },
  gmin: { meaning: "conductance beside each bulk junction", unit: "S", default: 1e-12, range: [0, 1] },
} as const satisfies Readonly<Record<string, Parameter>>;

export type MosfetValues = Values<typeof mosfetParameters>;

/** Permittivity of silicon dioxide, F/m. */
const oxide = 3.9 * 8.8541878128e-12;

/** Capacitance of the gate's oxide over an area of 1 m²; 0 without a thickness. */
export const oxideOver = ({ tox }: Pick<MosfetValues, "tox">): number => (tox > 0 ? oxide / tox : 0);

/** The length of the channel, m. */
export const channelLength = ({ l, ld }: MosfetValues): number => l - 2 * ld;

/** rd and rs of all transistors together, Ω; 0: none. */
export const drainResistance = ({ rd, rsh, nrd, m }: MosfetValues): number => (rd > 0 ? rd : rsh * nrd) / m;
export const sourceResistance = ({ rs, rsh, nrs, m }: MosfetValues): number => (rs > 0 ? rs : rsh * nrs) / m;
