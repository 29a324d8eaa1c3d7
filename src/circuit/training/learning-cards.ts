import type { Directive } from "../../syntax/ast.js";
import type { Environment } from "../environment.js";
import type { Placed } from "../expand.js";
import type { QuantumBlock } from "../quantum/block.js";
import { nameOf } from "../words.js";
import { readBlockTrain } from "./block-train-card.js";
import type { DatasetCard, LearningCard, Training } from "./cards.js";
import { readChannelTrain } from "./channel-train-card.js";
import { readDataset } from "./dataset-card.js";
import { readTest } from "./test-card.js";
import { readTrain } from "./train-card.js";
import { readWeights } from "./weights-card.js";

/** Reads the cards of learning one after the other; each may speak of those before it, and of any data set. */
export class LearningCards {
  readonly #datasets = new Map<string, DatasetCard | undefined>();
  readonly #trains: Training[] = [];

  constructor(
    cards: readonly Placed[],
    readonly blocks: readonly QuantumBlock[],
  ) {
    for (const { card, place } of cards)
      if (card.kind === "directive" && card.name === ".dataset") this.#add(card, place);
  }

  #add(card: Directive, place: Environment): void {
    const data = readDataset(card, place);
    const [first] = card.items;
    const name = data?.name ?? (first?.kind === "word" ? first.parts.join("").toLowerCase() : "");
    const before = this.#datasets.get(name);
    if (before !== undefined) place.elaboration.duplicate(`Data set \`${name}\``, card.span, before.span);
    else this.#datasets.set(name, data);
  }

  read(card: Directive, place: Environment): LearningCard | undefined {
    switch (card.name) {
      case ".train":
        return this.#train(card, place);
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
    return rule === "stiefel" ? readChannelTrain(card, place) : readTrain(card, place, this.#datasets);
  }

  #train(card: Directive, place: Environment): Training | undefined {
    const train = this.#readTrain(card, place);
    const before = this.#trains.find(({ name }) => name === train?.name);
    if (train !== undefined && before !== undefined)
      place.elaboration.duplicate(`Training \`${train.name}\``, card.span, before.span);
    if (train !== undefined) this.#trains.push(train);
    return train;
  }
}

/** The rule that a card names, which decides what else it takes. */
function ruleOf({ items }: Directive, place: Environment): string | undefined {
  const setting = items.find((item) => item.kind === "setting" && nameOf(item.name, place) === "rule");
  return setting?.kind === "setting" && setting.value.kind === "word" ? nameOf(setting.value, place) : undefined;
}
