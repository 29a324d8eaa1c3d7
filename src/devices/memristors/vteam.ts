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
import * as laws from "./laws/vteam.js";
import { windowEquations, windowed, windowParameters, windowReference } from "./windowed.js";

const { koff, kon, alphaoff, alphaon } = rateParameters;

/** The voltage threshold adaptive memristor: below its thresholds its state rests for ever. */
const film = windowed({
  type: "vteam",
  title: "Voltage threshold adaptive memristor (VTEAM)",
  reference: `Kvatinsky, Ramadan, Friedman & Kolodny, IEEE Trans. Circuits Syst. II 62, 786 (2015); ${windowReference}`,
  equations: [
    ...filmEquations,
    "dw/dt = koff·(v/voff - 1)^alphaoff·f   for v > voff > 0",
    "dw/dt = kon·(v/von - 1)^alphaon·f     for v < von < 0;  else 0",
    "x = (w - won)/(woff - won) in [0, 1]; eta = -1 turns the device round",
    ...windowEquations,
    ...edgeEquations,
  ],
  parameters: {
    voff: { meaning: "threshold towards off", unit: "V", default: 0.02, range: [1e-12, 1e12] },
    von: { meaning: "threshold towards on, negative", unit: "V", default: -0.2, range: [-1e12, -1e-12] },
    koff: { ...koff, default: 5e-4 },
    kon: { ...kon, default: -10 },
    alphaoff: { ...alphaoff, default: 1 },
    alphaon,
    won: { meaning: "the state w when on", unit: "m", default: 0, range: [-1, 1], aliases: ["xon"] },
    woff: { meaning: "the state w when off", unit: "m", default: 3e-9, range: [-1, 1], aliases: ["xoff"] },
    ...filmParameters,
    ...windowParameters,
    window: filmWindow,
  },
  presets: [
    {
      name: "vteam2015",
      reference: "the defaults: as public libraries of models give them for the VTEAM of Kvatinsky et al. (2015)",
      threshold: "0.02 V towards off, -0.2 V towards on",
      values: { ron: 50, roff: 1e3, voff: 0.02, von: -0.2, koff: 5e-4, kon: -10, alphaoff: 1, alphaon: 3 },
    },
    {
      name: "vteam_one_volt",
      reference: "round numbers made for lessons, of no device that was measured: at 1.5 V it switches in about 1 ms",
      threshold: "1 V towards off, -1 V towards on",
      values: { ron: 1e3, roff: 1e5, voff: 1, von: -1, koff: 6e-6, kon: -6e-6, alphaoff: 1, alphaon: 1 },
    },
  ],
  claims: { pinched: true, ohmic: true, passive: true, clamped: true },
  real: { start: "x0", resistances: ["ron", "roff"], thresholds: ["voff", "von"], ends: { on: 0, off: 1 } },
  stateAt: filmStateAt,
  remarks: (values) => filmRemarks(values, ["won", "woff"]),
  smoothDrift: false,
  walls: (values) => filmWalls(values),
  currentByState: filmCurrent,
  currentByLogit: filmByLogitCurrent,
  byState: laws.vteam,
  byLogit: laws.vteamByLogit,
  compiled: "vteam",
});

/** `kind=vteam`. */
export const vteam = film.open;

/** `kind=vteam` under a window that closes at both walls. */
export const closedVteam: Device = film.closed;
