import type { Directive } from "../../syntax/ast.js";
import type { Environment } from "../environment.js";
import type { QuantumBlock } from "../quantum/block.js";
import { blockNamed } from "../quantum/block-named.js";
import { featuresNamed } from "./block-train-card.js";
import { CardSettings } from "./card-settings.js";
import type { DatasetCard } from "./cards.js";
import { hasClasses } from "./classifies.js";
import { type Kernel, type KernelFit, type KernelTrainCard, kernels } from "./kernel-card.js";
import { datasetOf } from "./train-card.js";

const settings = ["rule", "kernel", "block", "data", "inputs", "width", "degree", "seed"];
/** What each rule weighs its fit by. */
const weights = { kernel: "ridge", svm: "c" } as const;

/** Of whom a setting is. */
const owners = { block: "fidelity", inputs: "fidelity", width: "gauss", degree: "polynomial" } as const;

/**
 * `.train name rule=kernel block=c data=d ridge=1e-3`, `… kernel=gauss width=0.5 data=d`: kernel ridge regression; `rule=svm … c=10`:
 * a support vector machine of the same kernels.
 */
export function readKernelTrain(
  card: Directive,
  place: Environment,
  datasets: ReadonlyMap<string, DatasetCard | undefined>,
  blocks: readonly QuantumBlock[],
  rule: KernelFit["rule"],
): KernelTrainCard | undefined {
  const { complaints } = place.elaboration;
  const before = complaints.errors;
  const given = new CardSettings(".train", card.items, place, card.span, [...settings, weights[rule]]);
  const kind = given.value("kernel") === undefined ? "fidelity" : given.word("kernel", kernels);
  if (kind === undefined) return undefined;
  const data = datasetOf(given, datasets);
  if (given.value("data") === undefined)
    given.error("missing-value", `\`rule=${rule}\` needs \`data=\`, the data set that is learned.`);
  complainOfOthers(kind, given);
  const kernel = kernelOf(kind, given, data, blocks);
  const fit = fitOf(rule, given);
  const seed = given.count("seed", undefined, 0);
  if (data === undefined || kernel === undefined || complaints.errors > before) return undefined;
  if (data.rows.length > mostRows) {
    const message = `A kernel compares each row with each other, at most ${mostRows}, but \`${data.name}\` has ${data.rows.length}.`;
    given.error("parameter-range", message, given.at("data"), "train with a part of them: `split=0.1` in `.dataset`.");
    return undefined;
  }
  if (rule === "svm" && !hasClasses(data)) {
    const message = `\`rule=svm\` tells two classes apart, but targets of \`${data.name}\` have more than two values.`;
    const help = "`rule=kernel` fits numbers; of several classes `onehot=yes` in `.dataset` makes a target each.";
    given.error("bad-dataset", message, given.at("data"), help);
    return undefined;
  }
  return { kind: "kernel", name: given.name, rule, data, kernel, fit, seed, span: card.span };
}

const fitOf = (rule: KernelFit["rule"], given: CardSettings): KernelFit =>
  rule === "svm"
    ? { rule, cost: given.number("c", 1, [1e-12, 1e12]) }
    : { rule, ridge: given.number("ridge", 1e-3, [0, 1e30]) };

/** Memory of a matrix of so many rows and its factor. */
const mostRows = 3000;

function kernelOf(
  kind: Kernel["kind"],
  given: CardSettings,
  data: DatasetCard | undefined,
  blocks: readonly QuantumBlock[],
): Kernel | undefined {
  if (kind === "gauss") return { kind, width: given.number("width", 1, [Number.MIN_VALUE, Infinity]) };
  if (kind === "polynomial") return { kind, degree: given.count("degree", 2) };
  const index = blockNamed(given, blocks, "`kernel=fidelity` compares states of a `.quantum` block");
  if (index === undefined) return undefined;
  const features = featuresNamed(given, data, blocks[index]!);
  if (data !== undefined && features.length !== data.inputs.length && !given.place.elaboration.complaints.failed) {
    const message = `\`inputs\` has ${features.length} features, but \`${data.name}\` has ${data.inputs.length} input columns.`;
    given.error("bad-dataset", message, given.at("inputs"));
  }
  return { kind, block: index, features };
}

function complainOfOthers(kind: Kernel["kind"], given: CardSettings): void {
  for (const [setting, owner] of Object.entries(owners))
    if (owner !== kind && given.value(setting) !== undefined)
      given.error("no-effect", `\`${setting}=\` is of \`kernel=${owner}\`; this one has none.`, given.at(setting));
}
