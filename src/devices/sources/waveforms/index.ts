import type { Waveform } from "../waveform.js";
import { am } from "./am.js";
import { exp } from "./exp.js";
import { pulse } from "./pulse.js";
import { sffm } from "./sffm.js";
import { sin } from "./sin.js";

/** The waveforms that have a table of parameters, in the order of a netlist's list. */
export const waveforms: readonly Waveform[] = [sin, pulse, exp, sffm, am] as readonly Waveform[];
