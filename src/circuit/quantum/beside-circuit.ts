import type { Complaints } from "../../text/diagnostic.js";
import type { Circuit } from "../circuit.js";
import type { QuantumBlock } from "./block.js";
import type { BlockNames } from "./block-names.js";
import { followsCircuit, followsRecord } from "./follows-circuit.js";

/** Real numbers of a density matrix that stand among the unknowns of a circuit: four qubits, or 16 levels. */
export const mostNumbers = 256;
/** Larger ones are carried by propagators of their own, up to this. */
const mostCarried = 512 ** 2;

/**
 * Blocks with the word whether the circuit's runs compute them: those that are coupled to it by what they read, by a port,
 * or by what devices read of them; and beside a `.tran` all that no `.qtran` runs. Complains of those that cannot be.
 */
export function besideCircuit(
  blocks: readonly QuantumBlock[],
  names: readonly BlockNames[],
  analyses: Circuit["analyses"],
  complaints: Complaints,
): readonly QuantumBlock[] {
  const alone = new Set(analyses.flatMap((card) => (card.kind === "qtran" ? [card.block] : [])));
  const hasTransient = analyses.some(({ kind }) => kind === "tran");
  return blocks.map((block, k) => {
    const { outputs } = names[k]!;
    const isCoupled = block.ports.length > 0 || outputs.length > 0 || followsCircuit(block).length > 0;
    const isInCircuit = !alone.has(k) && (isCoupled || hasTransient);
    names[k]!.isInCircuit = isInCircuit;
    if (isInCircuit && !names[k]!.torn) new Check(block, complaints).all();
    if (isCoupled && alone.has(k)) complainOfTwoRuns(block, complaints);
    return { ...block, outputs, isInCircuit };
  });
}

function complainOfTwoRuns(block: QuantumBlock, complaints: Complaints): void {
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
    for (const { span } of this.block.circuits) this.#unserved("An LC circuit", span);
    for (const { span } of this.block.photonics) this.#unserved("A `photonic`", span);
    for (const span of followsRecord(this.block)) this.#unserved("A law that reads a record", span);
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

  #unserved(what: string, span: QuantumBlock["span"]): void {
    this.complaints.error("not-supported-yet", `${what} in a block beside a circuit is not supported yet.`, span);
  }
}
