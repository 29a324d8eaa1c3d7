import type { Device } from "./device.js";
import { capacitor } from "./linear/capacitor.js";
import { coupling } from "./linear/coupling.js";
import { inductor } from "./linear/inductor.js";
import { resistor } from "./linear/resistor.js";
import { jart } from "./memristors/jart.js";
import { knowm } from "./memristors/knowm.js";
import { closedLehtonenLaiho, lehtonenLaiho } from "./memristors/lehtonen-laiho.js";
import { closedDrift, linearDrift } from "./memristors/linear-drift.js";
import { michigan } from "./memristors/michigan.js";
import { pem } from "./memristors/pem.js";
import { pershin } from "./memristors/pershin.js";
import { stanford } from "./memristors/stanford.js";
import { stochastic } from "./memristors/stochastic.js";
import { closedTeam, team } from "./memristors/team.js";
import { closedVteam, vteam } from "./memristors/vteam.js";
import { yakopcic } from "./memristors/yakopcic.js";
import { perceptronDevices } from "./perceptrons/index.js";
import { chargedDiode, diode, resistiveChargedDiode, resistiveDiode } from "./semiconductors/diode.js";
import { mosfets } from "./semiconductors/mosfets.js";
import {
  currentControlledCurrent,
  currentControlledVoltage,
  voltageControlledCurrent,
  voltageControlledVoltage,
} from "./sources/controlled.js";
import { currentSource, voltageSource } from "./sources/independent.js";
import type { Waveform } from "./sources/waveform.js";
import { constant } from "./sources/waveforms/constant.js";
import { waveforms } from "./sources/waveforms/index.js";
import { smoothCurrentSwitch, smoothVoltageSwitch } from "./switches/smooth-switch.js";
import { currentSwitch, voltageSwitch } from "./switches/switch.js";

// A device exists when it stands in one of these lists; nothing else registers it. Outside stand only those that are
// made for a netlist: by points (`pwl`), by laws (`behavioural.ts`), by equations (`equation-defined.ts`), and any
// two-terminal device with its current as an unknown (`with-current.ts`).
//
// How a circuit uses them:
// - `L` is `inductor`; `K` is `coupling`, an instance without terminals whose controls are the own unknowns 0 of the
//   two inductors. Its values are k, l1, l2.
// - `V`, `I` are `voltageSource(waveform)`, `currentSource(waveform)`: `constant`, one of `waveforms`, or `pwl(…)`.
//   The value `dc` must be there: what the netlist gives, else `dcOf(waveform, values)`.
// - `D` is `diodeFor(values)`, which looks at rs, cjo and tt.
// - `M` is `mosfetFor(values)`, which looks at resistances and capacitances.
// - A current that a probe or an expression reads is own unknown `i` of V, E, H, L and behavioural V; for all other
//   two-terminal devices take `withCurrent(device)`, whose last own unknown it is. Where a signal only prints it, the
//   quantity `current` serves those without charge (`slopes.q` is empty).

/** The kinds of `.model … memristor(kind=…)`. */
export const memristors: readonly Device[] = [
  linearDrift,
  team,
  vteam,
  yakopcic,
  pershin,
  knowm,
  lehtonenLaiho,
  michigan,
  pem,
  stanford,
  jart,
  stochastic,
];

/** Those that stand for one of them where its values suit them: under a window that no state passes. */
const closedForms: readonly Device[] = [closedDrift, closedTeam, closedVteam, closedLehtonenLaiho];

/** All devices with a fixed law. */
export const devices: readonly Device[] = [
  resistor,
  capacitor,
  inductor,
  coupling,
  ...[constant as Waveform, ...waveforms].flatMap((waveform) => [voltageSource(waveform), currentSource(waveform)]),
  voltageControlledVoltage,
  voltageControlledCurrent,
  currentControlledCurrent,
  currentControlledVoltage,
  voltageSwitch,
  currentSwitch,
  smoothVoltageSwitch,
  smoothCurrentSwitch,
  diode,
  chargedDiode,
  resistiveDiode,
  resistiveChargedDiode,
  ...mosfets,
  ...memristors,
  ...closedForms,
  ...perceptronDevices,
];
