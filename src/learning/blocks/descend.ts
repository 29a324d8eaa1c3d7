import type { QuantumBlock } from "../../circuit/quantum/block.js";
import { settled } from "../../circuit/quantum/numbers.js";
import type { BlockTrainCard } from "../../circuit/training/cards.js";
import { type BlockModel, modelOf } from "../../equations/quantum/block-model.js";
import { Random } from "../../numerics/random.js";
import { hashed } from "../checkpoint.js";
import type { Dataset } from "../task.js";
import { type Cost, costOf } from "./cost.js";
import { type Optimiser, optimiserOf } from "./optimiser.js";

/** A training of a block, ready to run. */
export interface Descent {
  readonly card: BlockTrainCard;
  readonly block: QuantumBlock;
  readonly data: Dataset | undefined;
  readonly seed: number;
  /** Places of the weights among the block's numbers. */
  readonly weights: readonly number[];
}

/** What a training did, a row an epoch and a column a realisation (epochs × runs, row-major); NaN once one has ended. */
export interface Descended {
  readonly epochs: number;
  readonly runs: number;
  readonly stopped: boolean;
  readonly error: Float64Array;
  readonly correct: Float64Array;
  readonly diverged: Int32Array;
  /** Size runs × weights, row-major: at the end. */
  readonly weights: Float64Array;
  /** Made when it is asked for: where nothing stopped it, nobody does. */
  readonly checkpoint: DescentCheckpoint;
}

/** A training between two epochs, as plain data. */
export interface DescentCheckpoint {
  readonly task: string;
  readonly epochs: number;
  readonly weights: readonly number[];
  readonly memory: readonly (readonly number[])[];
  readonly ended: readonly (number | null)[];
  readonly error: readonly (number | null)[];
  readonly correct: readonly (number | null)[];
}

/** After how many circuits, about, a training says how far it is. */
const circuitsBetweenWords = 2000;

/**
 * Follows −dC/dw from each start, all samples at once, an epoch a step. Each epoch's cost is that of the weights before its
 * step. It yields the fraction that is done, and stops at "stop" with whole epochs of all realisations.
 */
export function* descend(task: Descent, from?: DescentCheckpoint): Generator<number, Descended, "go on" | "stop"> {
  const { card } = task;
  const model = modelOf(task.block, card.observables); // of all of them: what it holds is of one look
  const all = Array.from({ length: card.runs }, (_, run) => new Realisation(task, model, run, from));
  const [error, correct] = [numbers(from?.error), numbers(from?.correct)];
  const size = Math.max(1, all[0]!.cost.samples) * (card.slopes === "shift" ? 2 * task.weights.length : 3);
  let sinceWord = 0;
  let epoch = from?.epochs ?? 0;
  let stopped = false;
  for (; epoch < card.epochs && !stopped && all.some(({ ended }) => ended === undefined); epoch++) {
    for (const one of all) {
      const { cost, right } = one.advance(epoch + 1);
      error.push(cost);
      correct.push(right);
    }
    sinceWord += size * card.runs;
    if (sinceWord < circuitsBetweenWords) continue;
    sinceWord = 0;
    stopped = (yield (epoch + 1) / card.epochs) === "stop";
  }
  const weights = all.flatMap(({ weights: found }) => [...found]);
  // Where none goes on, the rows end with the last that any has a value in.
  const rows = Math.ceil((error.findLastIndex((value) => !Number.isNaN(value)) + 1) / card.runs);
  return {
    epochs: rows,
    runs: card.runs,
    stopped: stopped && epoch < card.epochs,
    error: Float64Array.from(error.slice(0, rows * card.runs)),
    correct: Float64Array.from(correct.slice(0, rows * card.runs)),
    diverged: Int32Array.from(all, ({ isLost, ended }) => (isLost ? ended! : 0)),
    weights: Float64Array.from(weights),
    get checkpoint() {
      return {
        task: fingerprint(task),
        epochs: epoch,
        weights,
        memory: all.map(({ optimiser }) => optimiser.memory),
        ended: all.map(({ ended }) => ended ?? null),
        error: error.map(orNull),
        correct: correct.map(orNull),
      };
    },
  };
}

const numbers = (values: readonly (number | null)[] = []): number[] => values.map((value) => value ?? Number.NaN);
const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** One start, and where it has come to. */
class Realisation {
  readonly weights: Float64Array;
  readonly cost: Cost;
  readonly optimiser: Optimiser;
  /** The epoch in which `stop=` was met, or the cost was lost. */
  ended: number | undefined;
  /** Its cost is no number any more, and its weights stay as they are. */
  isLost: boolean;
  readonly #numbers: Float64Array;
  readonly #slopes: Float64Array;
  readonly #slope: Float64Array;
  #last = { cost: Number.NaN, right: Number.NaN };

  constructor(
    readonly task: Descent,
    readonly model: BlockModel,
    run: number,
    from: DescentCheckpoint | undefined,
  ) {
    const { card, block, data } = task;
    const count = task.weights.length;
    this.cost = costOf(card, model, data, data === undefined ? new Float64Array(0) : rowsOf(task, data, run));
    this.weights =
      from === undefined ? startOf(task, run) : Float64Array.from(from.weights.slice(run * count, (run + 1) * count));
    this.optimiser = optimiserOf(card.optimizer, card.rate, count, from?.memory[run]);
    this.ended = from?.ended[run] ?? undefined;
    this.isLost = this.ended !== undefined && from?.error.at(run - card.runs) === null;
    this.#numbers = Float64Array.from(block.numbers, ({ value }) => value);
    this.#slopes = new Float64Array(block.numbers.length);
    this.#slope = new Float64Array(count);
  }

  /** An epoch: the cost of the weights, and a step from them; one that has ended stays as it is. */
  advance(epoch: number): { readonly cost: number; readonly right: number } {
    if (this.ended !== undefined && (this.isLost || !Number.isNaN(this.#last.cost))) return this.#last;
    const looked = this.#look();
    this.isLost = !Number.isFinite(looked.cost);
    const found = this.isLost ? { cost: Number.NaN, right: Number.NaN } : looked;
    this.#last = found;
    if (this.isLost) this.ended = epoch;
    const { stopBelow } = this.task.card;
    if (stopBelow !== undefined && found.cost < stopBelow) this.ended ??= epoch;
    if (this.ended === undefined) this.optimiser.step(this.weights, this.#slope);
    return found;
  }

  #look(): { readonly cost: number; readonly right: number } {
    const { weights, card } = this.task;
    for (let k = 0; k < weights.length; k++) this.#numbers[weights[k]!] = this.weights[k]!;
    this.#slopes.fill(0);
    let [cost, right] = [0, 0];
    for (let sample = 0; sample < this.cost.samples; sample++) {
      this.cost.show(sample, this.#numbers);
      this.model.run(this.#numbers);
      const found = this.cost.look(sample);
      cost += found.cost;
      right += found.right;
      this.model.addSlopes(this.cost.watched, card.slopes, this.#slopes);
    }
    for (let k = 0; k < weights.length; k++) this.#slope[k] = this.#slopes[weights[k]!]!;
    return { cost, right };
  }
}

const keysOf = ({ seed, card }: Descent, purpose: string, run: number) =>
  [seed, "train", card.name, purpose, run] as const;

function startOf(task: Descent, run: number): Float64Array {
  const { card, block, weights } = task;
  const random = new Random(...keysOf(task, "start", run));
  return Float64Array.from(weights, (place) => {
    const drawn = (2 * random.uniform() - 1) * card.scale;
    return card.init === "given" ? block.numbers[place]!.value : card.init === "zero" ? 0 : drawn;
  });
}

/** The rows that a realisation learns: those of the data, or as many as `samples=` says, drawn from them. */
function rowsOf(task: Descent, { train, inputs, targets, drawn, shared }: Dataset, run: number): Float64Array {
  if (drawn === undefined) return train;
  const width = inputs.length + targets.length;
  const random = new Random(...keysOf(task, "samples", shared ? -1 : run));
  const rows = new Float64Array(drawn * width);
  for (let k = 0; k < drawn; k++) {
    const row = random.below(train.length / width);
    rows.set(train.subarray(row * width, (row + 1) * width), k * width);
  }
  return rows;
}

/** A short text that differs where trainings differ in anything but their number of epochs. */
export function fingerprint({ card: { epochs: _, ...card }, block, data, seed }: Descent): string {
  const elsewhere = block.numbers.map((_, k) => 0.37 + k); // laws cannot be compared, what they make of numbers can
  const { operations, systems, joint, numbers } = settled(block, elsewhere);
  const plain = JSON.stringify([card, operations, systems, joint, numbers, data, seed], (key, value: unknown) => {
    if (key === "span") return undefined;
    return value instanceof Float64Array ? [...value] : value;
  });
  return hashed(plain);
}
