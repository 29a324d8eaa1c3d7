import type { ModeAction, QuantumBlock } from "../../circuit/quantum/block.js";
import { settled } from "../../circuit/quantum/numbers.js";
import type { Operator } from "../../circuit/quantum/operator.js";
import type { Ket } from "../../quantum/ket.js";
import { ModeCircuit, type ModeGate } from "../../quantum/mode-circuit.js";
import { spaceOf } from "../../quantum/space.js";
import { type Watched, WatchedOperator } from "../../quantum/watched.js";
import type { Span } from "../../text/source.js";
import { type AngleLaw, addByChain, angleLaws, idleWeight, readsWeight, setAngles } from "./angle-laws.js";
import type { BlockModel, ModelProblem } from "./block-model.js";
import { actionsAtStart } from "./gaussian-model.js";
import { initialKet } from "./initial-state.js";
import { operatorOn } from "./operators.js";

/**
 * The gates that act on oscillators at a block's start as functions of its weights and features, between their levels: for
 * what means and covariances do not say, such as a Kerr gate.
 */
export class LevelsModel implements BlockModel {
  readonly #circuit: ModeCircuit;
  readonly #laws: readonly AngleLaw[];
  readonly #parameters: Float64Array;
  readonly #wanted: readonly boolean[];
  readonly #slopes: Float64Array;
  #start: Ket;

  /** @param block one that `levelsProblems` has nothing to say of */
  constructor(readonly block: QuantumBlock) {
    const gates = actionsAtStart(block).flatMap((it) => (isGate(it) ? [{ ...it, kind: it.type }] : []));
    this.#circuit = new ModeCircuit(spaceOf(...block.systems.map(({ dimension }) => dimension)), gates);
    this.#laws = angleLaws(gates);
    this.#parameters = Float64Array.from(gates, ({ angle }) => angle);
    this.#wanted = gates.map((it) => readsWeight(it, block));
    this.#slopes = new Float64Array(gates.length);
    this.#start = ketOf(block);
  }

  run(numbers: Float64Array): void {
    setAngles(this.#laws, numbers, this.#parameters);
    if (this.block.laws.amplitudes.length > 0) this.#start = ketOf(settled(this.block, numbers));
    this.#circuit.run(this.#start, this.#parameters);
  }

  mean(watched: Watched): number {
    return this.#circuit.mean(watched);
  }

  probabilities(): void {
    throw new Error(`the block ${this.block.name} has no qubits that could be measured`);
  }

  addSlopes(watched: Watched, _: "adjoint" | "shift", out: Float64Array): void {
    this.#circuit.slopes(watched, this.#wanted, this.#slopes);
    for (const law of this.#laws) if (this.#wanted[law.gate]) addByChain(law, this.#slopes[law.gate]!, out);
  }

  watched(operator: Operator): WatchedOperator {
    return new WatchedOperator(this.#circuit.space, operatorOn(operator, this.block.systems, this.block.units.hbar));
  }

  /** Of the last run, the greatest share that the highest level of an oscillator held. */
  top(system: number): number {
    return this.#circuit.top(system);
  }
}

const isGate = <Action extends ModeAction>(it: Action): it is Action & { readonly type: ModeGate["kind"] } =>
  it.type !== "loss";

function ketOf(block: QuantumBlock): Ket {
  const ket = initialKet(block);
  if (ket === undefined) throw new Error(`the block ${block.name} starts in a mixed state`);
  return ket;
}

/** Of all oscillators of a block together. */
const mostLevels = 4096;

/** Why a training cannot follow a block of oscillators by their levels. */
export function levelsProblems(block: QuantumBlock): readonly ModelProblem[] {
  const { systems, operations, name } = block;
  const found: ModelProblem[] = [];
  const add = (code: string, message: string, span: Span, help?: string) =>
    found.push({ code, message, span, ...(help !== undefined && { help }) });
  const levels = systems.reduce((product, { dimension }) => product * dimension, 1);
  if (levels > mostLevels)
    add(
      "register-too-large",
      `A training that follows levels takes up to ${mostLevels} of them in all, but \`${name}\` has ${levels}.`,
      block.span,
    );
  for (const it of operations) {
    if (it.kind === "coupling" || it.when.kind === "step") continue;
    const mixes =
      it.kind === "channel" ? `the channel \`${it.name}\`` : it.kind === "mode" && it.type === "loss" && "a loss";
    if (mixes && it.when.kind === "start")
      add(
        "mixed-state",
        `A training that follows levels, as of what is not Gaussian, follows pure states, not through ${mixes}.`,
        it.span,
        "take it away while it trains.",
      );
    if (it.kind === "mode" && it.law !== undefined && it.when.kind !== "start")
      add(
        "no-effect",
        "A training follows the gates at the start, not one that acts later.",
        it.span,
        "take `at=` away.",
      );
  }
  const idle = idleWeight(block, actionsAtStart(block));
  if (idle !== undefined && found.length === 0)
    add("no-effect", `No gate at the start follows the weight \`${idle.name}\`: a training cannot move it.`, idle.span);
  if (found.length === 0 && initialKet(block) === undefined)
    add(
      "mixed-state",
      `A training that follows levels follows pure states, but \`${name}\` starts in a mixed one.`,
      block.span,
    );
  return found;
}
