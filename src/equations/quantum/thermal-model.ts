import type { QuantumBlock } from "../../circuit/quantum/block.js";
import { readsNumbers } from "../../circuit/quantum/numbers.js";
import { type Operator as Described, type Drive, type OperatorTerm, steady } from "../../circuit/quantum/operator.js";
import type { Program } from "../../expressions/formula.js";
import { type ComplexMatrix, zeroMatrix } from "../../numerics/linear/complex-matrix.js";
import { type Space, spaceOf } from "../../quantum/space.js";
import { type Thermal, thermal, thermalSlope } from "../../quantum/thermal.js";
import { type Watched, WatchedOperator, type WatchedOutcomes } from "../../quantum/watched.js";
import type { BlockModel, ModelProblem } from "./block-model.js";
import { operatorOn } from "./operators.js";
import { hamiltonianOf } from "./thermal-start.js";

/**
 * The thermal state of a Hamiltonian as a function of the weights and features that its terms follow: a quantum Boltzmann
 * machine (M. Amin et al., Physical Review X 8, 021050, 2018), with exact slopes of its quantum averages.
 */
export class ThermalModel implements BlockModel {
  readonly #space: Space;
  /** H without the terms that follow numbers. */
  readonly #still: ComplexMatrix;
  readonly #terms: readonly Term[];
  readonly #H: ComplexMatrix;
  #state: Thermal;
  readonly #out: Float64Array;

  /** @param block one that `thermalProblems` has nothing to say of */
  constructor(readonly block: QuantumBlock) {
    this.#space = spaceOf(...block.systems.map(({ dimension }) => dimension));
    const hamiltonian = block.laws.hamiltonian.map((operator) => operator.map(stillTerm));
    this.#still = hamiltonianOf({ ...block, hamiltonian }, this.#space);
    this.#terms = block.laws.hamiltonian.flatMap((operator) => this.#termsOf(operator));
    this.#H = zeroMatrix(this.#space.size);
    this.#state = thermal(this.#space, this.#still, 0);
    this.#out = new Float64Array(1 + block.numbers.length);
  }

  run(numbers: Float64Array): void {
    this.#H.re.set(this.#still.re);
    this.#H.im.set(this.#still.im);
    for (const { law, places, u, by } of this.#terms) {
      for (let k = 0; k < places.length; k++) u[k] = numbers[places[k]!]!;
      by.addTo(this.#H, law.value(0, u));
    }
    this.#state = thermal(this.#space, this.#H, this.block.thermal!.beta);
  }

  mean(watched: Watched): number {
    return watched.valueIn(this.#state.rho);
  }

  probabilities(outcomes: WatchedOutcomes, out: Float64Array): void {
    outcomes.probabilitiesIn(this.#state.rho, out);
  }

  /** By the chain rule: H's slope in each coefficient is the term without it. */
  addSlopes(watched: Watched, _: "adjoint" | "shift", out: Float64Array): void {
    const O = zeroMatrix(this.#space.size);
    watched.addTo(O, 1);
    const X = { ...thermalSlope(this.#state, O), space: this.#space };
    for (const { law, places, u, by } of this.#terms) {
      law.load(0, u, this.#out);
      const slope = by.valueIn(X);
      for (let k = 0; k < places.length; k++) out[places[k]!]! += slope * this.#out[1 + k]!;
    }
  }

  watched(operator: Described): WatchedOperator {
    return new WatchedOperator(this.#space, operatorOn(operator, this.block.systems, this.block.units.hbar));
  }

  /** The terms of an operator whose coefficients follow numbers: real and imaginary parts are two. */
  #termsOf(operator: Described): readonly Term[] {
    return operator.flatMap(({ coefficient: { re, im }, factors }) => {
      const parts = [
        { drive: re, one: { re: steady(1), im: steady(0) } },
        { drive: im, one: { re: steady(0), im: steady(1) } },
      ];
      return parts.flatMap(({ drive, one }) => {
        const law = lawOfNumbers(drive);
        return law === undefined ? [] : [{ ...law, by: this.watched([{ coefficient: one, factors }]) }];
      });
    });
  }
}

/** c(weights)·A, of which A is `by`. */
interface Term {
  readonly law: Program;
  /** What it reads, and where that is put. */
  readonly places: Int32Array;
  readonly u: Float64Array;
  readonly by: WatchedOperator;
}

/** A term without what follows numbers. */
const stillTerm = ({ coefficient: { re, im }, factors }: OperatorTerm): OperatorTerm => ({
  coefficient: { re: readsNumbers(re) ? steady(0) : re, im: readsNumbers(im) ? steady(0) : im },
  factors,
});

function lawOfNumbers(drive: Drive): Omit<Term, "by"> | undefined {
  if (drive.kind === "number" || !readsNumbers(drive)) return undefined;
  const places = Int32Array.from(drive.inputs, (input) => (input.kind === "number" ? input.index : -1));
  return { law: drive.law, places, u: new Float64Array(places.length) };
}

export function thermalProblems(block: QuantumBlock): readonly ModelProblem[] {
  const acting = block.operations.find((it) => it.kind !== "coupling" && it.when.kind === "start");
  if (acting !== undefined) {
    const message = "A training follows the thermal state itself, not what acts on it at the start.";
    return [{ code: "no-effect", message, span: acting.span, help: "take the line away while it trains." }];
  }
  const read = new Set(
    block.laws.hamiltonian
      .flat()
      .flatMap(({ coefficient: { re, im } }) => [re, im])
      .flatMap((drive) => (drive.kind === "law" ? drive.inputs : []))
      .map((it) => (it.kind === "number" ? it.index : -1)),
  );
  const idle = block.numbers.find(({ kind }, k) => kind === "weight" && !read.has(k));
  if (idle === undefined) return [];
  const message = `No term of the Hamiltonian follows the weight \`${idle.name}\`: a training cannot move it.`;
  return [{ code: "no-effect", message, span: idle.span }];
}
