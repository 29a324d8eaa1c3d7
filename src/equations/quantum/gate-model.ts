import type { Gate, QuantumBlock } from "../../circuit/quantum/block.js";
import { settled } from "../../circuit/quantum/numbers.js";
import type { Operator as Described } from "../../circuit/quantum/operator.js";
import type { Amplitudes } from "../../quantum/amplitudes.js";
import { GateCircuit } from "../../quantum/gate-circuit.js";
import { spaceOf } from "../../quantum/space.js";
import { type Watched, WatchedOperator, type WatchedOutcomes } from "../../quantum/watched.js";
import type { Span } from "../../text/source.js";
import { type AngleLaw, addByChain, angleLaws, idleWeight, readsWeight, setAngles } from "./angle-laws.js";
import type { BlockModel, ModelProblem } from "./block-model.js";
import { initialKet } from "./initial-state.js";
import { operatorOn } from "./operators.js";

/** The gates that act at a block's start as functions of its weights and features: what a training sees of it. */
export class GateModel implements BlockModel {
  readonly circuit: GateCircuit;
  #start: Amplitudes;
  readonly #laws: readonly AngleLaw[];
  readonly #angles: Float64Array;
  readonly #wanted: readonly boolean[];
  readonly #gateSlopes: Float64Array;

  /** @param block one that `gateProblems` has nothing to say of */
  constructor(readonly block: QuantumBlock) {
    const gates = gatesAtStart(block);
    this.circuit = new GateCircuit(block.systems.length, gates);
    this.#start = ketOf(block);
    this.#laws = angleLaws(gates);
    this.#angles = Float64Array.from(gates, ({ angle }) => angle ?? 0);
    this.#gateSlopes = new Float64Array(gates.length);
    this.#wanted = gates.map(({ law }) => readsWeight({ law }, block));
  }

  run(numbers: Float64Array): void {
    setAngles(this.#laws, numbers, this.#angles);
    if (this.block.laws.amplitudes.length > 0) this.#start = ketOf(settled(this.block, numbers));
    this.circuit.run(this.#start, this.#angles);
  }

  mean(watched: Watched): number {
    return watched.value(this.circuit.state);
  }

  probabilities(outcomes: WatchedOutcomes, out: Float64Array): void {
    outcomes.probabilities(this.circuit.state, out);
  }

  addSlopes(watched: Watched, how: "adjoint" | "shift", out: Float64Array): void {
    if (how === "adjoint") this.circuit.slopes(watched, this.#wanted, this.#gateSlopes);
    else this.circuit.shiftedSlopes(watched, this.#start, this.#wanted, this.#gateSlopes);
    for (const law of this.#laws) if (this.#wanted[law.gate]) addByChain(law, this.#gateSlopes[law.gate]!, out);
  }

  watched(operator: Described): WatchedOperator {
    const { systems, units } = this.block;
    return new WatchedOperator(
      spaceOf(...systems.map(({ dimension }) => dimension)),
      operatorOn(operator, systems, units.hbar),
    );
  }
}

const gatesAtStart = ({ operations }: QuantumBlock): readonly (Gate & { readonly span: Span })[] =>
  operations.flatMap((it) => (it.kind === "gate" && it.when.kind === "start" ? [it] : []));

/** The pure state at the start. */
function ketOf(block: QuantumBlock): Amplitudes {
  const ket = initialKet(block);
  if (ket === undefined) throw new Error(`the block ${block.name} starts in a mixed state`);
  return ket;
}

const most = 14;

export function gateProblems(block: QuantumBlock): readonly ModelProblem[] {
  const { systems, operations, name } = block;
  const found: ModelProblem[] = [];
  const add = (code: string, message: string, span: Span, help?: string) =>
    found.push({ code, message, span, ...(help !== undefined && { help }) });
  const oscillator = systems.find(({ kind }) => kind === "oscillator");
  if (oscillator !== undefined)
    add(
      "unlike-systems",
      `A training follows gates on qubits, but \`${oscillator.name}\` is an oscillator.`,
      oscillator.span,
      "in a block of its own, `rule=gradient` follows its mean and covariance.",
    );
  if (systems.length > most)
    add(
      "register-too-large",
      `A training follows up to ${most} qubits, but \`${name}\` has ${systems.length}.`,
      block.span,
    );
  for (const it of operations) {
    if (it.kind === "channel" && it.when.kind === "start")
      add(
        "mixed-state",
        `A training follows pure states, not through the channel \`${it.name}\`.`,
        it.span,
        "take the channel away while it trains.",
      );
    if (it.kind === "gate" && it.law !== undefined && it.when.kind !== "start")
      add(
        "no-effect",
        "A training follows the gates at the start, not one that acts later.",
        it.span,
        "take `each=` or `at=` away.",
      );
  }
  const idle = idleWeight(block, gatesAtStart(block));
  if (idle !== undefined && found.length === 0)
    add("no-effect", `No gate at the start follows the weight \`${idle.name}\`: a training cannot move it.`, idle.span);
  if (found.length === 0 && initialKet(block) === undefined)
    add("mixed-state", `A training follows pure states, but \`${name}\` starts in a mixed one.`, block.span);
  return found;
}
