import type { Circuit } from "../../circuit/circuit.js";
import type { KernelTrainCard } from "../../circuit/training/kernel-card.js";
import { leastSquaresOfAll } from "../../numerics/linear/least-squares.js";
import type { Column, Result } from "../../result/result.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import { answersOf, classOf } from "../answers.js";
import { divergedOf } from "../findings.js";
import { historyResult } from "../history-result.js";
import { prepared } from "../prepared-data.js";
import type { Dataset } from "../task.js";
import { likenessOf } from "./kernel.js";

/** A kernel machine that has learned. */
export interface KernelLesson {
  readonly card: KernelTrainCard;
  readonly data: Dataset;
  readonly seed: number;
  /** K, a row each. */
  readonly matrix: readonly Float64Array[];
  /** α of each target, size samples. */
  readonly coefficients: readonly Float64Array[];
  /** It learned once, in no epochs: what a history would tell. */
  readonly trained: {
    readonly epochs: 0 | 1; // 0 where it found no numbers
    readonly runs: 1;
    readonly error: Float64Array;
    readonly correct: Float64Array;
    readonly diverged: Int32Array;
  };
  /** Σ αⱼ k(x, xⱼ). */
  answer(inputs: ArrayLike<number>): Float64Array;
}

export const isOfKernel = (lesson: object): lesson is KernelLesson => "coefficients" in lesson;

/** Kernel ridge regression: (K + λ)α = y, by Householder's reflections of K + λ itself, so that digits are lost once, not twice. */
export function kernelLesson(circuit: Circuit, card: KernelTrainCard): KernelLesson {
  const seed = card.seed ?? circuit.options.seed;
  const data = prepared(card.data, card.rule, seed);
  const likeness = likenessOf(card.kernel, circuit);
  const samples = inputsOf(data).map((inputs) => likeness.mapped(inputs));
  const matrix = samples.map((a) => Float64Array.from(samples, (b) => likeness.of(a, b)));
  const columns = matrix.map((row, k) => row.map((value, j) => value + (j === k ? card.ridge : 0)));
  const coefficients = leastSquaresOfAll(columns, targetsOf(data), 0);
  const answer = (inputs: ArrayLike<number>): Float64Array => {
    const x = likeness.mapped(inputs);
    const found = new Float64Array(data.targets.length);
    for (const [k, sample] of samples.entries()) {
      const alike = likeness.of(x, sample);
      for (const [target, alpha] of coefficients.entries()) found[target]! += alpha[k]! * alike;
    }
    return found;
  };
  return { card, data, seed, matrix, coefficients, answer, trained: judged(data, answer) };
}

function inputsOf({ train, inputs, targets }: Dataset): readonly Float64Array[] {
  const width = inputs.length + targets.length;
  return Array.from({ length: train.length / width }, (_, row) =>
    train.subarray(row * width, row * width + inputs.length),
  );
}

function targetsOf({ train, inputs, targets }: Dataset): readonly Float64Array[] {
  const width = inputs.length + targets.length;
  return targets.map((_, k) => train.filter((_value, place) => place % width === inputs.length + k));
}

/** The mean square error and the share that is right of what was learned. */
function judged(data: Dataset, answer: KernelLesson["answer"]): KernelLesson["trained"] {
  const targets = targetsOf(data);
  const answers = answersOf(data);
  const samples = inputsOf(data);
  let [error, right] = [0, 0];
  for (const [row, inputs] of samples.entries()) {
    const said = answer(inputs);
    const wanted = Float64Array.from(targets, (column) => column[row]!);
    for (let k = 0; k < said.length; k++) error += (said[k]! - wanted[k]!) ** 2 / (samples.length * said.length);
    if (classOf(answers, said) === classOf(answers, wanted)) right += 1 / samples.length;
  }
  const isSound = Number.isFinite(error);
  return {
    epochs: isSound ? 1 : 0,
    runs: 1,
    error: Float64Array.of(error),
    correct: Float64Array.of(right),
    diverged: Int32Array.of(isSound ? 0 : 1),
  };
}

/** What is worth a word: numbers that no fit was found for. */
export const kernelFindings = ({ card, trained }: KernelLesson): readonly Diagnostic[] =>
  divergedOf(card, trained, "look for data that are too large.");

/** Error and share right of what was learned; beside it α and the matrix K, a row a sample. */
export function kernelResult(
  { card, data, matrix, coefficients, trained }: KernelLesson,
  title: string,
): Omit<Result, "card"> {
  const column = (name: string, values: Float64Array): Column => ({ name, unit: "1", values });
  return {
    ...historyResult(card.name, title, trained),
    statistics: {
      steps: 0,
      rejected: 0,
      iterations: 0,
      factorizations: 1,
      method: `ridge, ${card.kernel.kind} of ${matrix.length} samples`,
      points: trained.epochs,
    },
    tables:
      trained.epochs === 0
        ? []
        : [
            { name: "alpha", columns: coefficients.map((alpha, k) => column(data.targets[k]!, alpha)) },
            { name: "kernel", columns: matrix.map((row, k) => column(`k${k + 1}`, row)) },
          ],
  };
}
