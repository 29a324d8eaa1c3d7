import type { Directive } from "../../syntax/ast.js";
import type { Environment } from "../environment.js";
import type { QuantumBlock } from "../quantum/block.js";
import { nameOf } from "../words.js";
import { readBlockTrain } from "./block-train-card.js";
import type { DatasetCard, LearningCard, ReadoutCard, Training } from "./cards.js";
import { readChannelTrain } from "./channel-train-card.js";
import type { Datasets } from "./datasets.js";
import { readKernelTrain } from "./kernel-train-card.js";
import { isReadout, readReadout } from "./readout-card.js";
import { readTest } from "./test-card.js";
import { readTrain } from "./train-card.js";
import { readWeights } from "./weights-card.js";

/** Reads the cards of learning one after the other; each may speak of those before it, and of any data set. */
export class LearningCards {
  readonly #datasets: ReadonlyMap<string, DatasetCard | undefined>;
  readonly #trains: Training[] = [];
  readonly #readouts: ReadoutCard[] = [];

  constructor(
    datasets: Datasets,
    readonly blocks: readonly QuantumBlock[],
  ) {
    this.#datasets = datasets.all();
  }

  read(card: Directive, place: Environment): LearningCard | undefined {
    switch (card.name) {
      case ".train":
        return isReadout(card, place) ? this.#readout(card, place) : this.#train(card, place);
      case ".test":
        return readTest(card, place, this.#datasets, this.#trains);
      case ".weights":
        return readWeights(card, place);
      default:
        return undefined;
    }
  }

  #readTrain(card: Directive, place: Environment): Training | undefined {
    const rule = ruleOf(card, place);
    if (rule === "gradient") return readBlockTrain(card, place, this.#datasets, this.blocks);
    if (rule === "kernel" || rule === "svm") return readKernelTrain(card, place, this.#datasets, this.blocks, rule);
    return rule === "stiefel" ? readChannelTrain(card, place) : readTrain(card, place, this.#datasets);
  }

  #train(card: Directive, place: Environment): Training | undefined {
    const train = this.#readTrain(card, place);
    if (train === undefined) return undefined;
    this.#complainOfTwo(train, place);
    this.#trains.push(train);
    return train;
  }

  #readout(card: Directive, place: Environment): ReadoutCard | undefined {
    const readout = readReadout(card, place, this.#datasets, this.blocks);
    if (readout === undefined) return undefined;
    this.#complainOfTwo(readout, place);
    this.#readouts.push(readout);
    return readout;
  }

  /** The names of all trainings are one namespace. */
  #complainOfTwo({ name, span }: Training | ReadoutCard, { elaboration }: Environment): void {
    const before = [...this.#trains, ...this.#readouts].find((it) => it.name === name);
    if (before !== undefined) elaboration.duplicate(`Training \`${name}\``, span, before.span);
  }
}

/** The rule that a card names, which decides what else it takes. */
function ruleOf({ items }: Directive, place: Environment): string | undefined {
  const setting = items.find((item) => item.kind === "setting" && nameOf(item.name, place) === "rule");
  return setting?.kind === "setting" && setting.value.kind === "word" ? nameOf(setting.value, place) : undefined;
}
