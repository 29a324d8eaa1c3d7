import type { Learned, Learner } from "../analysis/simulation.js";
import type { Circuit } from "../circuit/circuit.js";
import type {
  BlockTrainCard,
  ChannelTrainCard,
  LearningCard,
  ReadoutCard,
  TestCard,
  TrainCard,
  Training,
} from "../circuit/training/cards.js";
import type { KernelTrainCard } from "../circuit/training/kernel-card.js";
import { AnalysisError, type Diagnostic, NetlistError } from "../text/diagnostic.js";
import { type DescentCheckpoint, descend, fingerprint } from "./blocks/descend.js";
import { type BlockLesson, blockLearned, blockLesson, blockTest, isOfBlock } from "./blocks/lesson.js";
import { descentOf, descentProblems } from "./blocks/task.js";
import { channelFindings, channelResult, withTrained } from "./channel-results.js";
import { type ChannelLesson, trainChannel } from "./channel-training.js";
import { type Checkpoint, fingerprint as fingerprintOf } from "./checkpoint.js";
import { type CircuitHardware, circuitHardware } from "./circuit-hardware.js";
import { type Epoch, type EpochPlan, planOf } from "./epoch.js";
import { findingsOf, warningsOf } from "./findings.js";
import { effortInCircuit } from "./hardware.js";
import { trainIdeal } from "./ideal.js";
import { keptRun } from "./keep.js";
import { kernelProblems } from "./kernels/kernel.js";
import { isOfKernel, type KernelLesson, kernelFindings, kernelLesson, kernelResult } from "./kernels/kernel-lesson.js";
import { keptWeights, type Lesson } from "./lesson.js";
import { networkFor } from "./network-for.js";
import type { Placed } from "./network-of.js";
import { learningPictures } from "./pictures.js";
import { prepared } from "./prepared-data.js";
import { ReadingStuck } from "./reading-stuck.js";
import { readoutPictures } from "./readout/pictures.js";
import { readOut } from "./readout/readouts.js";
import type { Reading } from "./readout/results.js";
import { testResult, trainResult } from "./results.js";
import { trainRidge } from "./ridge.js";
import { checkSize } from "./size.js";
import { trainStochasticCircuit } from "./stochastic-circuit.js";
import type { Task } from "./task.js";
import { walkedEpoch } from "./walked.js";
import { withDevices, withMatrix, withWeights } from "./with-learned.js";

/** Runs `.train`, `.test` and `.weights`, and remembers the trainings for the pictures. */
export class NetworkLearner implements Learner {
  readonly #lessons = new Map<string, Lesson | BlockLesson>();
  readonly #kernels = new Map<string, KernelLesson>();
  readonly #channelLessons = new Map<string, ChannelLesson>();
  readonly #readings = new Map<string, Reading>();

  /** @param from what trainings, by their names, go on from: checkpoints of an earlier run */
  constructor(readonly from: ReadonlyMap<string, unknown> = new Map()) {}

  get checkpoints(): ReadonlyMap<string, Checkpoint | DescentCheckpoint> {
    return new Map(
      [...this.#lessons, ...[...this.#channelLessons].filter(([, { resumable }]) => resumable)].map(
        ([name, { trained }]) => [name, trained.checkpoint],
      ),
    );
  }

  *run(circuit: Circuit, card: LearningCard, interrupted: () => boolean): Generator<number, Learned> {
    if (card.kind === "train") return yield* this.#train(circuit, card, interrupted);
    if (card.kind === "channel") return yield* this.#trainChannel(circuit, card, interrupted);
    if (card.kind === "descent") return yield* this.#descend(circuit, card, interrupted);
    if (card.kind === "kernel") return this.#compare(circuit, card);
    if (card.kind === "readout") return yield* this.#readOut(circuit, card, interrupted);
    if (card.kind === "test") return this.#test(circuit, card);
    const numbers = card.weights.map(({ number }) => number);
    return { circuit: withWeights(circuit, card.weights, numbers), result: undefined, diagnostics: [] };
  }

  pictures(circuit: Circuit) {
    return [
      ...learningPictures(circuit, this.#lessons, this.#channelLessons, this.#kernels),
      ...readoutPictures(circuit, this.#readings),
    ];
  }

  *#readOut(circuit: Circuit, card: ReadoutCard, interrupted: () => boolean): Generator<number, Learned> {
    const { reading, ...learned } = yield* readOut(circuit, card, interrupted);
    if (reading !== undefined) this.#readings.set(card.name, reading);
    return learned;
  }

  *#train(circuit: Circuit, card: TrainCard, interrupted: () => boolean): Generator<number, Learned> {
    const { placed, task } = prepareTraining(circuit, card);
    const from = this.#checkpointOf(card, fingerprintOf(task)) as Checkpoint | undefined;
    let hardware: CircuitHardware | undefined;
    const inCircuit = (plan: EpochPlan): Epoch => {
      hardware = circuitHardware(plan, circuit, card, placed);
      return walkedEpoch(plan, hardware);
    };
    const training = trainingOf(task, card, from, inCircuit);
    const trained = yield* interruptible(training, interrupted, (piece) => followed(card, piece));
    const kept = keptRun(trained, card.keep);
    const lesson = { card, task, placed, trained, kept, cost: hardware?.cost() };
    this.#lessons.set(card.name, lesson);
    return {
      circuit: withMatrix(withDevices(withWeights(circuit, placed.places, keptWeights(lesson)), lesson), lesson),
      result: trainResult(lesson, circuit.title),
      diagnostics: [...warningsOf(task, card), ...findingsOf(lesson)],
    };
  }

  *#trainChannel(circuit: Circuit, card: ChannelTrainCard, interrupted: () => boolean): Generator<number, Learned> {
    const lesson = yield* trainChannel(circuit, card, this.from.get(card.name), interrupted);
    this.#channelLessons.set(card.name, lesson);
    return {
      circuit: withTrained(circuit, lesson),
      result: channelResult(lesson, circuit.title),
      diagnostics: channelFindings(lesson),
    };
  }

  *#descend(circuit: Circuit, card: BlockTrainCard, interrupted: () => boolean): Generator<number, Learned> {
    const task = descentOf(circuit, card);
    const from = this.#checkpointOf(card, fingerprint(task));
    const trained = yield* interruptible(descend(task, from as DescentCheckpoint | undefined), interrupted);
    const lesson = blockLesson(task, trained, keptRun(trained, card.keep));
    this.#lessons.set(card.name, lesson);
    return blockLearned(circuit, lesson);
  }

  #compare(circuit: Circuit, card: KernelTrainCard): Learned {
    const lesson = kernelLesson(circuit, card);
    this.#kernels.set(card.name, lesson);
    return { circuit, result: kernelResult(lesson, circuit.title), diagnostics: kernelFindings(lesson) };
  }

  /** Where a training of a fingerprint goes on; undefined: at its start. */
  #checkpointOf({ name, span }: Training, task: string): object | undefined {
    const from = this.from.get(name);
    if (from === undefined || isCheckpointOf(from, task)) return from;
    const message = `The checkpoint of \`${name}\` is of another training: the netlist, its data or the seed have changed.`;
    const help = "run without `--resume` to train from the start.";
    throw new NetlistError([{ severity: "error", code: "other-training", message, span, help }]);
  }

  #test(circuit: Circuit, card: TestCard): Learned {
    const lesson = this.#lessons.get(card.train.name) ?? this.#kernels.get(card.train.name);
    const result = lesson && testOf(lesson, card, circuit.title);
    return { circuit, result, diagnostics: [] };
  }
}

function testOf(lesson: Lesson | BlockLesson | KernelLesson, card: TestCard, title: string) {
  if (!isOfBlock(lesson) && !isOfKernel(lesson)) return testResult(lesson, card, title);
  const seed = isOfKernel(lesson) ? lesson.seed : lesson.task.seed;
  const { data } = card;
  return blockTest(lesson, data ? prepared(data, card.train.rule, seed) : lesson.data, data !== undefined, title);
}

/** What is wrong with the trainings of a circuit, all of them at once. */
export function trainingProblems(circuit: Circuit): readonly Diagnostic[] {
  return circuit.analyses.flatMap((card) => {
    if (card.kind === "descent") return descentProblems(circuit, card);
    if (card.kind === "kernel") return kernelProblems(circuit, card);
    if (card.kind !== "train") return [];
    try {
      const { placed, task } = prepareTraining(circuit, card);
      if (card.pulses === "circuit") circuitHardware(planOf(task), circuit, card, placed);
      return [];
    } catch (error) {
      if (error instanceof NetlistError) return error.diagnostics;
      throw error;
    }
  });
}

/**
 * The network and the task of a training.
 *
 * @throws NetlistError where the circuit holds no network that the rule can train, or memory would not hold the training
 */
function prepareTraining(circuit: Circuit, card: TrainCard): { readonly placed: Placed; readonly task: Task } {
  const placed = networkFor(circuit, card);
  const task = taskOf(card, placed, circuit.options.seed);
  checkSize(task, card);
  return { placed, task };
}

/** The training that a card asks for; `inCircuit` is the epoch of one that uses the circuit itself. */
function trainingOf(
  task: Task,
  card: TrainCard,
  from: Checkpoint | undefined,
  inCircuit: (plan: EpochPlan) => Epoch,
): ReturnType<typeof trainIdeal> {
  if (card.rule === "stochastic") return trainStochasticCircuit(task, card, from);
  if (card.rule === "ridge") return trainRidge(task, card.ridge);
  return card.pulses === "circuit" ? trainIdeal(task, from, inCircuit, effortInCircuit) : trainIdeal(task, from);
}

/** Does a piece of a training; says in the words of its card where a reading cannot be followed. */
function followed<T>({ name, span }: TrainCard, piece: () => T): T {
  try {
    return piece();
  } catch (error) {
    if (!(error instanceof ReadingStuck)) throw error;
    const message = `What readings of \`${name}\` do to its weights could not be followed: ${error.message}.`;
    const help = "set thresholds (`ith`, `spacing`) at least one window apart, or above what is read.";
    throw new AnalysisError([{ severity: "error", code: "training-failed", message, span, help }]);
  }
}

const isCheckpointOf = (from: unknown, task: string): from is object =>
  typeof from === "object" && from !== null && "task" in from && from.task === task;

/** Runs a training to its end, or to where it is interrupted; `around` does each piece. */
function* interruptible<Trained>(
  training: Generator<number, Trained, "go on" | "stop">,
  interrupted: () => boolean,
  around: <T>(piece: () => T) => T = (piece) => piece(),
): Generator<number, Trained> {
  let next = around(() => training.next());
  while (!next.done) {
    yield next.value;
    const how = interrupted() ? "stop" : "go on";
    next = around(() => training.next(how));
  }
  return next.value;
}

const taskOf = (card: TrainCard, { network }: Placed, seed: number): Task => ({
  name: card.name,
  network,
  data: prepared(card.data, card.rule, card.seed ?? seed),
  rule: card.rule,
  rate: card.rate,
  epochs: card.epochs,
  runs: card.runs,
  seed: card.seed ?? seed,
  init: card.init,
  biasInit: card.biasInit,
  scale: card.scale,
  shuffle: card.shuffle,
  stopBelow: card.stopBelow,
  timing: card.timing,
  verify: card.verify,
  pulses: card.pulses,
});
