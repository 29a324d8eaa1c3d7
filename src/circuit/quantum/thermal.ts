import type { BlockUnits, JointState, Operation, QuantumSystem, ThermalStart } from "./block.js";
import type { Line } from "./line.js";
import type { Drive, Operator } from "./operator.js";
import { stateSettings } from "./systems.js";

export const thermalSettings = ["beta", "temp"] as const;

/** J/K, exact since the SI of 2019. */
const boltzmann = 1.380649e-23;

/** How many levels a register may have whose Hamiltonian is made diagonal. */
export const mostThermalLevels = 256;

/** What a block consists of beside its thermal start. */
interface Beside {
  readonly units: BlockUnits;
  readonly systems: readonly QuantumSystem[];
  readonly joint: readonly JointState[];
  readonly hamiltonian: readonly Operator[];
  readonly operations: readonly Operation[];
}

/** `thermal beta=2 | temp=20m`: the start is e^{−βH}/Z of the block's own Hamiltonian, at t = 0. β is in 1/(ħω₀), or in 1/s. */
export function readThermal(lines: readonly Line[], of: Beside): ThermalStart | undefined {
  const [line, twin] = lines.filter(({ card }) => card === "thermal");
  if (line === undefined) return undefined;
  line.end();
  if (twin !== undefined) twin.error("two-states", "A block has one thermal state.");
  const beta = betaOf(line, of.units);
  complainOfStates(line, lines, of);
  complainOfHamiltonian(line, of);
  return beta === undefined || Number.isNaN(beta) ? undefined : { beta, span: line.span };
}

/** β·ħ in s with `units=si`, since Hamiltonians are H/ħ. */
function betaOf(line: Line, { system, hbar }: BlockUnits): number | undefined {
  if (line.oneOf(thermalSettings, "how cold it is") === "beta") return line.number("beta", undefined, [0, 1e30]);
  const kelvin = line.number("temp", undefined, [Number.MIN_VALUE, 1e30]);
  if (system === "si" || kelvin === undefined) return kelvin === undefined ? undefined : hbar / (boltzmann * kelvin);
  const help = "write `beta=`, in 1/(ħω₀), or `units=si` behind the name of the block.";
  line.error("no-units", "`temp=` is in kelvin, but this block has natural units.", line.at("temp"), help);
  return undefined;
}

/** The whole register is in one state, so that no part of it has another. */
function complainOfStates(line: Line, lines: readonly Line[], { joint, systems }: Beside): void {
  for (const { span } of joint)
    line.error("two-states", "The block has a thermal state, and a joint state beside it.", span);
  for (const own of lines.filter(({ card }) => card === "qubit" || card === "oscillator")) {
    const setting = stateSettings.find((it) => own.value(it) !== undefined);
    if (setting !== undefined)
      own.error("two-states", `The block has a thermal state, and \`${setting}=\` beside it.`, own.at(setting));
  }
  const levels = systems.reduce((product, { dimension }) => product * dimension, 1);
  if (levels <= mostThermalLevels) return;
  const message = `A thermal state has up to ${mostThermalLevels} levels, but this register has ${levels}.`;
  line.error("register-too-large", message);
}

/** The Hamiltonian is known before the run. */
function complainOfHamiltonian(line: Line, { hamiltonian, operations }: Beside): void {
  for (const it of operations)
    if (it.kind === "coupling" && it.strength.kind === "delta") {
      const message = `\`${it.name}\` acts behind steps: the Hamiltonian whose thermal state is meant does not have it.`;
      line.error("no-effect", message, it.span, "write `g=` for `delta=`.");
    }
  const drives = [
    ...hamiltonian.flat().flatMap(({ coefficient: { re, im } }) => [re, im]),
    ...operations.flatMap((it) => (it.kind === "coupling" && it.strength.kind === "g" ? [it.strength.g] : [])),
  ];
  if (!drives.some(isDriven)) return;
  const message = "The Hamiltonian follows signals, so that its thermal state is not known before the run.";
  line.error("not-constant", message, line.span, "leave signals to what acts later, or give the start as a state.");
}

const isDriven = (drive: Drive): boolean => drive.kind === "law" && drive.inputs.some(({ kind }) => kind !== "number");
