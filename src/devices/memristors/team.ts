import type { Device } from "../device.js";
import {
  edgeEquations,
  filmEquations,
  filmParameters,
  filmRemarks,
  filmStateAt,
  filmWalls,
  filmWindow,
  rateParameters,
} from "./film.js";
import { filmByLogitCurrent, filmCurrent } from "./laws/film.js";
import * as laws from "./laws/team.js";
import { windowEquations, windowed, windowParameters, windowReference } from "./windowed.js";

/** The threshold adaptive memristor: a current beyond one of two thresholds moves the width of a tunnel barrier. */
const film = windowed({
  type: "team",
  title: "Threshold adaptive memristor (TEAM)",
  reference: `Kvatinsky, Friedman, Kolodny & Weiser, IEEE Trans. Circuits Syst. I 60, 211 (2013); ${windowReference}`,
  equations: [
    ...filmEquations,
    "dw/dt = koff·(i/ioff - 1)^alphaoff·f   for i > ioff > 0",
    "dw/dt = kon·(i/ion - 1)^alphaon·f     for i < ion < 0;  else 0",
    "x = (w - xon)/(xoff - xon) in [0, 1]; eta = -1 turns the device round",
    ...windowEquations,
    ...edgeEquations,
  ],
  parameters: {
    ioff: { meaning: "threshold towards off", unit: "A", default: 1.15e-4, range: [1e-18, 1e12] },
    ion: { meaning: "threshold towards on, negative", unit: "A", default: -8.9e-6, range: [-1e12, -1e-18] },
    ...rateParameters,
    xon: { meaning: "the state w when on", unit: "m", default: 0, range: [-1, 1], aliases: ["won"] },
    xoff: { meaning: "the state w when off", unit: "m", default: 3e-9, range: [-1, 1], aliases: ["woff"] },
    ...filmParameters,
    ...windowParameters,
    window: filmWindow,
  },
  presets: [
    {
      name: "team2013",
      reference: "the defaults: those of Xyce's TEAM model, which follows Kvatinsky et al. (2013), with ion below 0",
      threshold: "115 µA towards off, -8.9 µA towards on: 5.8 mV and -0.45 mV at ron, 115 mV and -8.9 mV at roff",
      values: { ron: 50, roff: 1e3, ioff: 1.15e-4, ion: -8.9e-6, koff: 8e-13, kon: -8e-13, alphaoff: 3, alphaon: 3 },
    },
    {
      name: "team_one_volt",
      reference:
        "round numbers made for lessons, of no device that was measured: twice the threshold switches in 10 ms",
      threshold: "100 µA either way: 1 V at roff = 10 kΩ, 0.1 V at ron = 1 kΩ",
      values: { ron: 1e3, roff: 1e4, ioff: 1e-4, ion: -1e-4, koff: 3e-7, kon: -3e-7, alphaoff: 1, alphaon: 1 },
    },
  ],
  claims: { pinched: true, ohmic: true, passive: true, clamped: true },
  real: { start: "x0", resistances: ["ron", "roff"], thresholds: ["ioff", "ion"], ends: { on: 0, off: 1 } },
  stateAt: filmStateAt,
  remarks: (values) => filmRemarks(values, ["xon", "xoff"]),
  smoothDrift: false,
  walls: (values) => filmWalls(values),
  currentByState: filmCurrent,
  currentByLogit: filmByLogitCurrent,
  byState: laws.team,
  byLogit: laws.teamByLogit,
  compiled: "team",
});

/** `kind=team`. */
export const team = film.open;

/** `kind=team` under a window that closes at both walls. */
export const closedTeam: Device = film.closed;
