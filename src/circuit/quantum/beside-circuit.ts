import type { Complaints } from "../../text/diagnostic.js";
import type { Circuit } from "../circuit.js";
import type { PhotonicMemristor, QuantumBlock } from "./block.js";
import type { BlockNames } from "./block-names.js";
import { followsCircuit, followsItself, followsRecord } from "./follows-circuit.js";
import type { QuantumObservable } from "./observable.js";

/** Real numbers of a density matrix that stand among the unknowns of a circuit: four qubits, or 16 levels. */
export const mostNumbers = 256;
/** Larger ones are carried by propagators of their own, up to this. */
const mostCarried = 512 ** 2;
/** A run of more steps than these takes a minute, or many. */
const manySteps = 1e6;

/**
 * Blocks with the word whether the circuit's runs compute them: those that are coupled to it by what they read, by a port,
 * or by what devices read of them; and beside a `.tran` all that no `.qtran` runs and no `.train` trains. Complains of those that cannot be.
 */
export function besideCircuit(
  blocks: readonly QuantumBlock[],
  names: readonly BlockNames[],
  analyses: Circuit["analyses"],
  complaints: Complaints,
): readonly QuantumBlock[] {
  const alone = new Set(analyses.flatMap((card) => (card.kind === "qtran" ? [card.block] : [])));
  const trained = new Set(analyses.flatMap((card) => (card.kind === "descent" ? [card.block] : [])));
  const hasTransient = analyses.some(({ kind }) => kind === "tran");
  return blocks.map((block, k) => {
    const { outputs } = names[k]!;
    const isCoupled = block.ports.length > 0 || outputs.length > 0 || followsCircuit(block).length > 0;
    const isFed = block.inputs.length > 0;
    const isInCircuit = !alone.has(k) && !isFed && (isCoupled || (hasTransient && !trained.has(k)));
    if (isFed && (alone.has(k) || isCoupled)) complainOfFed(block, complaints);
    names[k]!.isInCircuit = isInCircuit;
    if (isInCircuit && !names[k]!.torn) {
      new Check({ ...block, name: shownName(names[k]!), outputs }, complaints).all();
      for (const card of analyses) if (card.kind === "tran") warnOfSteps(block, card.stop, complaints);
    }
    if (isCoupled && alone.has(k) && !isFed) complainOfTwoRuns(block, k, complaints);
    if (isInCircuit) for (const { input } of block.photonics) askForPhotons(input, names[k]!);
    return { ...block, outputs, isInCircuit };
  });
}

/** Rows of a data set are taken in by the runs of readouts alone. */
function complainOfFed({ name, inputs, span }: QuantumBlock, complaints: Complaints): void {
  const message = `\`${name}\` takes in the rows of a data set, which neither \`.qtran\` nor a circuit beside it can give.`;
  const help = "run it by a readout: `.train r rule=ridge data=… features=(ex({sz(a)}) …)`.";
  complaints.error("fed-block", message, inputs[0]?.span ?? span, { help });
}

/** Without the path of its subcircuit: what is wrong with it is wrong with each instance, and told once. */
const shownName = ({ name, place }: BlockNames): string => name.slice(place.path.length);

/** No step is longer than what a photonic memristor looks back by. */
function warnOfSteps({ photonics, units }: QuantumBlock, stop: number, complaints: Complaints): void {
  for (const { name, window, span } of photonics) {
    const steps = (stop * (units.omega0 ?? 1)) / window;
    if (!(window > 0 && steps > manySteps)) continue;
    const count = Number(steps.toPrecision(2));
    const message = `The window of \`${name}\` makes this run ${count} steps long or longer: none looks back by more than a window.`;
    const help = "take a longer `window=`, in the block's time, or a shorter run; without a memory R is n_in itself.";
    complaints.warning("window-too-short", message, span, { help });
  }
}

/** A window takes in the photons of its mode as any other reader of the state. */
function askForPhotons(input: PhotonicMemristor["input"], names: BlockNames): void {
  if (input.kind === "mode") names.output({ kind: "population", system: input.system, level: 0 });
}

function complainOfTwoRuns(block: QuantumBlock, index: number, complaints: Complaints): void {
  const [own] = followsItself(block, index);
  if (own !== undefined) {
    const message = `A law of \`${block.name}\` reads what the block itself gives: \`.tran\` follows that, \`.qtran\` does not.`;
    complaints.error("coupled-block", message, own, { help: "run the block by `.tran`, which needs its units." });
    return;
  }
  const [place] = [...followsCircuit(block), ...block.ports.map(({ span }) => span)];
  const what =
    place === undefined
      ? `A device of the circuit reads \`${block.name}\``
      : `This couples \`${block.name}\` to the circuit`;
  const message = `${what}, but \`.qtran\` runs a block by itself.`;
  const help = "run both by `.tran`, or take away what couples them.";
  complaints.error("coupled-block", message, place ?? block.span, { help });
}

/** Complains of what a block beside a circuit lacks, or has too much. */
class Check {
  constructor(
    readonly block: QuantumBlock,
    readonly complaints: Complaints,
  ) {}

  all(): void {
    this.#units();
    this.#size();
    this.#actions();
    this.#modes();
    for (const span of followsRecord(this.block)) this.#record(span);
  }

  #units(): void {
    const { units, name, span } = this.block;
    if (units.system === "si") return;
    const missing = (["omega0", "vunit", "iunit"] as const).filter((it) => units[it] === undefined);
    if (missing.length === 0) return;
    const list = missing.map((it) => `\`${it}=\``).join(", ");
    const message = `\`${name}\` stands beside a circuit of volts, amperes and seconds, but does not say what its own units are: without ${list}.`;
    const help =
      "write `units=si`, or `omega0=` (rad/s), `vunit=` (V) and `iunit=` (A), what one unit of frequency, voltage and current is.";
    this.complaints.error("missing-units", message, span, { help });
  }

  #size(): void {
    const { systems, name, span } = this.block;
    const size = systems.reduce((product, { dimension }) => product * dimension, 1);
    if (size ** 2 <= mostCarried) return;
    const message = `The density matrix of \`${name}\` has ${size} × ${size} = ${size ** 2} real numbers, but beside a circuit it can have ${mostCarried}: nine qubits, or 512 levels.`;
    const help =
      "by itself a block may be larger: `.qtran`; systems that nothing couples can stand in blocks of their own.";
    this.complaints.error("block-too-large", message, span, { help });
  }

  #actions(): void {
    for (const it of this.block.operations) {
      if (it.kind === "coupling") {
        if (it.strength.kind === "g") continue;
        const message = "`delta=` acts once a digital step, but `.tran` has none.";
        this.complaints.error("no-digital-step", message, it.span, { help: "write `g={delta/dt}`." });
      } else if (it.when.kind === "step") {
        const message = "`each=step` means a digital step, but `.tran` has none.";
        this.complaints.error("no-digital-step", message, it.span);
      }
    }
  }

  /** A record is drawn by chance, run by run. */
  #record(span: QuantumBlock["span"]): void {
    const message = `A record is drawn by chance in each run of a measurement, but beside a circuit \`${this.block.name}\` is the mean over all runs, which has none.`;
    const help =
      "single runs are for `.qtran … method=trajectories`; or let what follows it read a mean, as `ex({…})`.";
    this.complaints.error("no-record", message, span, { help });
  }

  /** What all but its window see of a mode has passed the beam splitter, and is no linear function of the state. */
  #modes(): void {
    for (const { input, name, span } of this.block.photonics) {
      if (input.kind !== "mode") continue;
      const { system } = input;
      if (!this.block.outputs.some((of) => isOf(of, system))) continue;
      const message = `A device of the circuit, or a law, reads the state of \`${this.block.systems[system]!.name}\`, the mode of \`${name}\`: behind the beam splitter it is no mean value that can drive one.`;
      this.complaints.error("no-mean-value", message, span, {
        help: `read its photons: \`nin(${name})\` or \`nout(${name})\`.`,
      });
    }
  }
}

/** Whether an observable is of a system's state. */
function isOf(of: QuantumObservable, system: number): boolean {
  switch (of.kind) {
    case "population":
    case "bloch":
      return of.system === system;
    case "element":
      return of.systems.length === 0 || of.systems.includes(system);
    case "expectation":
      return of.operator.some(({ factors }) => factors.some((factor) => factor.system === system));
    default:
      return false;
  }
}
