import type { BlockTrainCard } from "../../circuit/training/cards.js";
import type { BlockModel } from "../../equations/quantum/block-model.js";
import { type Watched, WatchedOutcomes, WatchedSum } from "../../quantum/watched.js";
import { type Answers, answersOf, classOf } from "../answers.js";
import type { Dataset } from "../task.js";

/** What a state is worth. A cost is a function of mean values, so that its slope is that of one operator, `watched`. */
export interface Cost {
  /** The samples that go into it; each has a state of its own. */
  readonly samples: number;
  /** Sets features for a sample. */
  show(sample: number, numbers: Float64Array): void;
  /** What a sample adds to the cost, in the state of the model's last run; afterwards `watched` is the operator whose slope is the cost's. */
  look(sample: number): { readonly cost: number; readonly right: number };
  readonly watched: Watched;
}

export function costOf(card: BlockTrainCard, model: BlockModel, data: Dataset | undefined, rows: Float64Array): Cost {
  if (card.cost === "energy" || data === undefined) return new Energy(card, model);
  return card.cost === "kl" ? new Divergence(card, model, rows) : new SquareError(card, model, data, rows);
}

/** The mean over samples and targets of (T − ⟨O⟩)²; right is a sample whose class is. */
class SquareError implements Cost {
  readonly watched: WatchedSum;
  readonly samples: number;
  readonly #width: number;
  readonly #answers: Answers;
  readonly #said: Float64Array;

  constructor(
    readonly card: BlockTrainCard,
    readonly model: BlockModel,
    readonly data: Dataset,
    readonly rows: Float64Array,
  ) {
    this.watched = new WatchedSum(card.observables.map((it) => model.watched(it)));
    this.#width = data.inputs.length + data.targets.length;
    this.samples = rows.length / this.#width;
    this.#answers = answersOf(data);
    this.#said = new Float64Array(data.targets.length);
  }

  show(sample: number, numbers: Float64Array): void {
    for (const [k, place] of this.card.features.entries()) numbers[place] = this.rows[sample * this.#width + k]!;
  }

  look(sample: number) {
    const { parts, factors } = this.watched;
    const count = this.samples * parts.length;
    const from = sample * this.#width + this.data.inputs.length;
    const wanted = this.rows.subarray(from, from + parts.length);
    let cost = 0;
    for (const [k, part] of parts.entries()) {
      this.#said[k] = this.model.mean(part);
      const off = this.#said[k]! - wanted[k]!;
      cost += off ** 2 / count;
      factors[k] = (2 * off) / count;
    }
    const right = classOf(this.#answers, this.#said) === classOf(this.#answers, wanted) ? 1 : 0;
    return { cost, right: right / this.samples };
  }
}

/** Probabilities of a model below this count as this. */
const floor = 1e-12;

/** Σ T ln(T/p) over the outcomes of some qubits; right is what the target allows. */
class Divergence implements Cost {
  readonly watched: WatchedOutcomes;
  readonly samples = 1;
  readonly #target: Float64Array;
  readonly #p: Float64Array;

  constructor(
    { qubits }: BlockTrainCard,
    readonly model: BlockModel,
    rows: Float64Array,
  ) {
    const all = model.block.systems.length;
    const outcomes = 2 ** qubits.length;
    const bit = (index: number, qubit: number): number => 1 - ((index >> (all - 1 - qubit)) & 1); // |e⟩ = |1⟩ is first
    const outcome = Int32Array.from({ length: 2 ** all }, (_, index) =>
      qubits.reduce((number, qubit) => 2 * number + bit(index, qubit), 0),
    );
    this.watched = new WatchedOutcomes(outcome, outcomes);
    this.#p = new Float64Array(outcomes);
    this.#target = new Float64Array(outcomes);
    const width = qubits.length + 1;
    for (let at = 0; at < rows.length; at += width) {
      const number = rows.subarray(at, at + qubits.length).reduce((bits, value) => 2 * bits + value, 0);
      this.#target[number] = rows[at + qubits.length]!;
    }
  }

  show(): void {}

  look() {
    this.model.probabilities(this.watched, this.#p);
    let cost = 0;
    let right = 0;
    for (let k = 0; k < this.#p.length; k++) {
      const t = this.#target[k]!;
      const p = Math.max(this.#p[k]!, floor);
      this.watched.values[k] = -t / p;
      if (t === 0) continue;
      cost += t * Math.log(t / p);
      right += this.#p[k]!;
    }
    return { cost, right };
  }
}

/** ⟨O⟩; nothing is right or wrong. */
class Energy implements Cost {
  readonly watched: Watched;
  readonly samples = 1;

  constructor(
    { observables: [operator] }: BlockTrainCard,
    readonly model: BlockModel,
  ) {
    this.watched = model.watched(operator!);
  }

  show(): void {}

  look() {
    return { cost: this.model.mean(this.watched), right: Number.NaN };
  }
}
