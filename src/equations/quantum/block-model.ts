import type { QuantumBlock } from "../../circuit/quantum/block.js";
import type { Operator } from "../../circuit/quantum/operator.js";
import type { Watched, WatchedOperator, WatchedOutcomes } from "../../quantum/watched.js";
import type { Span } from "../../text/source.js";
import { GateModel, gateProblems } from "./gate-model.js";
import { GaussianModel, gaussianProblems, isGaussianBlock } from "./gaussian-model.js";
import { LevelsModel, levelsProblems } from "./levels-model.js";
import { isQuadratic } from "./quadratic-form.js";
import { ThermalModel, thermalProblems } from "./thermal-model.js";

/** The start of a block as a function of its weights and features: what a training sees of it. */
export interface BlockModel {
  readonly block: QuantumBlock;
  /** Sets the state to that of given weights and features, by their places among the block's numbers. */
  run(numbers: Float64Array): void;
  /** ⟨O⟩ in the state of the last run. */
  mean(watched: Watched): number;
  /** Writes how probable each outcome is. */
  probabilities(outcomes: WatchedOutcomes, out: Float64Array): void;
  /** Adds d⟨O⟩/d(number) of the last run to `out`. */
  addSlopes(watched: Watched, how: "adjoint" | "shift", out: Float64Array): void;
  /** An operator of the block's netlist as one that can be looked at. */
  watched(operator: Operator): WatchedOperator;
}

/**
 * @param block one that `modelProblems` has nothing to say of
 * @param observables what will be looked at
 */
export function modelOf(block: QuantumBlock, observables: readonly Operator[]): BlockModel {
  if (block.thermal !== undefined) return new ThermalModel(block);
  if (!isOfModes(block)) return new GateModel(block);
  return isByMoments(block, observables) ? new GaussianModel(block) : new LevelsModel(block);
}

/** Whether a block holds oscillators alone, of which a training follows means and covariances, or levels. */
export const isOfModes = ({ systems, thermal }: QuantumBlock): boolean =>
  thermal === undefined && systems.length > 0 && systems.every(({ kind }) => kind === "oscillator");

/** Means and covariances say what is of second order in a Gaussian state; of all else levels do. */
const isByMoments = (block: QuantumBlock, observables: readonly Operator[]): boolean =>
  isGaussianBlock(block) && observables.every(isQuadratic);

/** Why a training cannot see a block; undefined: it can. */
export interface ModelProblem {
  readonly code: string;
  readonly message: string;
  readonly span: Span;
  readonly help?: string;
}

export function modelProblems(block: QuantumBlock, observables: readonly Operator[]): readonly ModelProblem[] {
  if (block.thermal !== undefined) return thermalProblems(block);
  if (!isOfModes(block)) return gateProblems(block);
  return isByMoments(block, observables) ? gaussianProblems(block) : levelsProblems(block);
}
