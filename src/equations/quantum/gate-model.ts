import type { Gate, QuantumBlock } from "../../circuit/quantum/block.js";
import { settled } from "../../circuit/quantum/numbers.js";
import type { Operator as Described } from "../../circuit/quantum/operator.js";
import type { Program } from "../../expressions/formula.js";
import { GateCircuit } from "../../quantum/gate-circuit.js";
import type { Amplitudes } from "../../quantum/gate-kernels.js";
import { spaceOf } from "../../quantum/space.js";
import { type Watched, WatchedOperator, type WatchedOutcomes } from "../../quantum/watched.js";
import type { Span } from "../../text/source.js";
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
  readonly #out: Float64Array;

  /** @param block one that `gateProblems` has nothing to say of */
  constructor(readonly block: QuantumBlock) {
    const gates = gatesAtStart(block);
    this.circuit = new GateCircuit(block.systems.length, gates);
    this.#start = ketOf(block);
    this.#laws = gates.flatMap(({ law }, gate) => (law === undefined ? [] : angleLaw(gate, law)));
    this.#angles = Float64Array.from(gates, ({ angle }) => angle ?? 0);
    this.#gateSlopes = new Float64Array(gates.length);
    this.#wanted = gates.map(({ law }) => law !== undefined && readsWeight(law, block));
    this.#out = new Float64Array(1 + block.numbers.length);
  }

  run(numbers: Float64Array): void {
    for (let i = 0; i < this.#laws.length; i++) {
      const { gate, law, places, u } = this.#laws[i]!;
      for (let k = 0; k < places.length; k++) u[k] = numbers[places[k]!]!;
      this.#angles[gate] = law.value(0, u);
    }
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
    for (let i = 0; i < this.#laws.length; i++) {
      const { gate, law, places, u } = this.#laws[i]!;
      if (!this.#wanted[gate]) continue;
      law.load(0, u, this.#out);
      for (let k = 0; k < places.length; k++) out[places[k]!]! += this.#gateSlopes[gate]! * this.#out[1 + k]!;
    }
  }

  watched(operator: Described): WatchedOperator {
    const { systems, units } = this.block;
    return new WatchedOperator(
      spaceOf(...systems.map(({ dimension }) => dimension)),
      operatorOn(operator, systems, units.hbar),
    );
  }
}

/** The angle of a gate as a law of the block's numbers. */
interface AngleLaw {
  readonly gate: number;
  readonly law: Program;
  /** What it reads, and where that is put. */
  readonly places: Int32Array;
  readonly u: Float64Array;
}

function angleLaw(gate: number, law: NonNullable<Gate["law"]>): readonly AngleLaw[] {
  if (law.kind === "number") return [];
  const places = Int32Array.from(law.inputs, (input) => (input.kind === "number" ? input.index : -1));
  return [{ gate, law: law.law, places, u: new Float64Array(places.length) }];
}

const gatesAtStart = ({ operations }: QuantumBlock): readonly (Gate & { readonly span: Span })[] =>
  operations.flatMap((it) => (it.kind === "gate" && it.when.kind === "start" ? [it] : []));

const readsWeight = (law: NonNullable<Gate["law"]>, { numbers }: QuantumBlock): boolean =>
  law.kind === "law" && law.inputs.some((it) => it.kind === "number" && numbers[it.index]!.kind === "weight");

/** The pure state at the start. */
function ketOf(block: QuantumBlock): Amplitudes {
  const ket = initialKet(block);
  if (ket === undefined) throw new Error(`the block ${block.name} starts in a mixed state`);
  return ket;
}

const most = 14;

export function gateProblems(block: QuantumBlock): readonly ModelProblem[] {
  const { systems, operations, numbers, name } = block;
  const found: ModelProblem[] = [];
  const add = (code: string, message: string, span: Span, help?: string) =>
    found.push({ code, message, span, ...(help !== undefined && { help }) });
  const oscillator = systems.find(({ kind }) => kind === "oscillator");
  if (oscillator !== undefined)
    add(
      "unlike-systems",
      `A training follows gates on qubits, but \`${oscillator.name}\` is an oscillator.`,
      oscillator.span,
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
  const read = new Set(
    gatesAtStart(block)
      .flatMap(({ law }) => (law?.kind === "law" ? law.inputs : []))
      .map((it) => (it.kind === "number" ? it.index : -1)),
  );
  const idle = numbers.find(({ kind }, k) => kind === "weight" && !read.has(k));
  if (idle !== undefined && found.length === 0)
    add("no-effect", `No gate at the start follows the weight \`${idle.name}\`: a training cannot move it.`, idle.span);
  if (found.length === 0 && initialKet(block) === undefined)
    add("mixed-state", `A training follows pure states, but \`${name}\` starts in a mixed one.`, block.span);
  return found;
}
