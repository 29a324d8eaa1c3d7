import type { Directive } from "../../syntax/ast.js";
import type { Environment } from "../environment.js";
import { didYouMean, nearName } from "../readings.js";
import { CardSettings } from "./card-settings.js";
import type { DatasetCard, TestCard, Training } from "./cards.js";
import { datasetOf } from "./train-card.js";

/** `.test name [data=held_out]`: measures what a training before it has learned. */
export function readTest(
  card: Directive,
  place: Environment,
  datasets: ReadonlyMap<string, DatasetCard | undefined>,
  trains: readonly Training[],
): TestCard | undefined {
  const given = new CardSettings(".test", card.items, place, card.span, ["data"]);
  const train = trains.find(({ name }) => name === given.name);
  if (train === undefined) {
    const names = trains.map(({ name }) => name);
    const help = didYouMean(nearName(given.name, names)).help;
    if (given.name !== "" && !place.elaboration.complaints.failed)
      given.error("unknown-training", `There is no \`.train ${given.name}\` before this card.`, given.span, help);
    return undefined;
  }
  const data = datasetOf(given, datasets);
  if (data === undefined && given.value("data") !== undefined) return undefined;
  if (train.kind === "channel" || train.data === undefined || (train.kind === "descent" && train.cost === "kl")) {
    const message = `\`.test\` shows samples to what has learned them, and \`${train.name}\` learned none.`;
    given.error("bad-dataset", message, given.span);
    return undefined;
  }
  if (data !== undefined && !isAlike(data, train.data)) {
    const message = `\`${data.name}\` has other columns than \`${train.data.name}\`, which \`${train.name}\` learned.`;
    given.error("bad-dataset", message, given.at("data"));
    return undefined;
  }
  return { kind: "test", train, data, span: card.span };
}

const isAlike = (a: DatasetCard, b: DatasetCard): boolean =>
  a.inputs.length === b.inputs.length && a.targets.length === b.targets.length;
