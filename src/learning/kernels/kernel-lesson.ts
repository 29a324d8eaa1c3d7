import type { Circuit } from "../../circuit/circuit.js";
import type { KernelTrainCard } from "../../circuit/training/kernel-card.js";
import { leastSquaresOfAll } from "../../numerics/linear/least-squares.js";
import { type SupportVectors, supportVectors } from "../../numerics/support-vectors.js";
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
  /** The machine of each target; none of ridge regression. */
  readonly machines: readonly SupportVectors[];
  /** It learned once, in no epochs: what a history would tell. */
  readonly trained: {
    readonly epochs: 0 | 1; // 0 where it found no numbers
    readonly runs: 1;
    readonly error: Float64Array;
    readonly correct: Float64Array;
    readonly diverged: Int32Array;
  };
  /** Σ αⱼ k(x, xⱼ), and what a support vector machine adds. */
  answer(inputs: ArrayLike<number>): Float64Array;
}

export const isOfKernel = (lesson: object): lesson is KernelLesson => "coefficients" in lesson;

/** Learns by comparing samples, in one go. */
export function kernelLesson(circuit: Circuit, card: KernelTrainCard): KernelLesson {
  const seed = card.seed ?? circuit.options.seed;
  const data = prepared(card.data, card.rule, seed);
  const likeness = likenessOf(card.kernel, circuit);
  const samples = inputsOf(data).map((inputs) => likeness.mapped(inputs));
  const matrix = samples.map((a) => Float64Array.from(samples, (b) => likeness.of(a, b)));
  const { coefficients, offsets, machines } = fitted(card, matrix, data);
  const answer = (inputs: ArrayLike<number>): Float64Array => {
    const x = likeness.mapped(inputs);
    const found = Float64Array.from(offsets);
    for (const [k, sample] of samples.entries()) {
      const alike = likeness.of(x, sample);
      for (const [target, alpha] of coefficients.entries()) found[target]! += alpha[k]! * alike;
    }
    return found;
  };
  return { card, data, seed, matrix, coefficients, machines, answer, trained: judged(data, answer) };
}

interface Fitted extends Pick<KernelLesson, "coefficients" | "machines"> {
  /** What each answer is without any sample. */
  readonly offsets: readonly number[];
}

/**
 * Kernel ridge regression, (K + λ)α = y, by Householder's reflections of K + λ itself, so that digits are lost once, not twice. Or a
 * support vector machine for each target, whose ±1 are the two values that targets have.
 */
function fitted({ fit }: KernelTrainCard, matrix: readonly Float64Array[], data: Dataset): Fitted {
  const targets = targetsOf(data);
  if (fit.rule === "kernel") {
    const columns = matrix.map((row, k) => row.map((value, j) => value + (j === k ? fit.ridge : 0)));
    return { coefficients: leastSquaresOfAll(columns, targets, 0), offsets: targets.map(() => 0), machines: [] };
  }
  const { level } = answersOf(data);
  const half = Math.max(...targets.map((column) => Math.max(...column))) - level || 1;
  const machines = targets.map((column) => supportVectors(matrix, column.map((value) => (value > level ? 1 : -1)), fit.cost)); // biome-ignore format: one thought
  return {
    coefficients: machines.map((it) => it.coefficients.map((value) => half * value)),
    offsets: machines.map(({ offset }) => level + half * offset),
    machines,
  };
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
    if (classOf(answers, said) === classOf(answers, wanted)) right++;
  }
  const isSound = Number.isFinite(error);
  return {
    epochs: isSound ? 1 : 0,
    runs: 1,
    error: Float64Array.of(error),
    correct: Float64Array.of(right / samples.length),
    diverged: Int32Array.of(isSound ? 0 : 1),
  };
}

/** What is worth a word: numbers that no fit was found for. */
export function kernelFindings({ card, machines, trained }: KernelLesson): readonly Diagnostic[] {
  const lost = divergedOf(card, trained, "look for data that are too large.");
  if (lost.length > 0 || machines.every(({ isOptimal }) => isOptimal)) return lost;
  const message = `The machine of \`${card.name}\` is not proved to be the best: it may be ${gapOf(machines).toPrecision(2)} of its objective off.`;
  return [{ severity: "warning", code: "not-optimal", message, span: card.span, help: "take a smaller `c`." }];
}

/** How far from the best the worst machine may be, as a part of its objective. */
const gapOf = (machines: readonly SupportVectors[]): number =>
  Math.max(...machines.map(({ primal, dual }) => Math.max(0, primal - dual) / (primal || 1)));

/** Error and share right of what was learned; beside it α and the matrix K, a row a sample. */
export function kernelResult(
  { card, data, matrix, coefficients, machines, trained }: KernelLesson,
  title: string,
): Omit<Result, "card"> {
  const column = (name: string, values: Float64Array): Column => ({ name, unit: "1", values });
  const history = historyResult(card.name, title, trained);
  const vectors = coefficients.map((alpha) => alpha.filter((value) => value !== 0).length);
  const proof = [
    column("vectors", Float64Array.of(Math.max(...vectors))),
    column("gap", Float64Array.of(gapOf(machines))),
  ];
  return {
    ...history,
    columns: machines.length === 0 || trained.epochs === 0 ? history.columns : [...history.columns, ...proof],
    statistics: {
      steps: 0,
      rejected: 0,
      iterations: 0,
      factorizations: 1,
      method: `${card.rule === "svm" ? "support vectors" : "ridge"}, ${card.kernel.kind} of ${matrix.length} samples`,
      points: trained.epochs,
    },
    tables:
      trained.epochs === 0
        ? []
        : [
            { name: "alpha", columns: coefficients.map((alpha, k) => column(data.targets[k]!, alpha)) },
            { name: "kernel", columns: matrix.map((row, k) => column(`k${k + 1}`, row)) },
            ...machines.map(({ offset, primal, dual }, k) => ({
              name: machines.length === 1 ? "machine" : `machine.${data.targets[k]!}`,
              columns: [
                column("vectors", Float64Array.of(vectors[k]!)),
                column("offset", Float64Array.of(offset)),
                column("primal", Float64Array.of(primal)),
                column("dual", Float64Array.of(dual)),
              ],
            })),
          ],
  };
}
