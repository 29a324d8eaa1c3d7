import { actionSettings, channelSettings, coupleSettings } from "./actions.js";
import { encodeSettings } from "./encode.js";
import { inputSettings, mixSettings, unitarySettings } from "./inputs.js";
import { jointSettings } from "./joint-state.js";
import { lindbladSettings, monitorSettings, portSettings } from "./laws.js";
import { lcSettings } from "./lc-circuit.js";
import { memristorSettings } from "./memristors.js";
import { photonicSettings } from "./photonics.js";
import type { StatementName } from "./statements.js";
import { oscillatorSettings, qubitSettings } from "./systems.js";
import { thermalSettings } from "./thermal.js";

/** The settings of the lines that a block may hold. */
export const statementSettings: Readonly<Record<StatementName, readonly string[]>> = {
  qubit: qubitSettings,
  oscillator: oscillatorSettings,
  state: jointSettings,
  thermal: thermalSettings,
  memristor: memristorSettings,
  photonic: photonicSettings,
  ion: photonicSettings,
  lc: lcSettings,
  couple: coupleSettings,
  hamiltonian: [],
  lindblad: lindbladSettings,
  channel: channelSettings,
  apply: actionSettings,
  gate: actionSettings,
  encode: encodeSettings,
  weight: [],
  feature: [],
  monitor: monitorSettings,
  unitary: unitarySettings,
  input: inputSettings,
  mix: mixSettings,
  port: portSettings,
};
