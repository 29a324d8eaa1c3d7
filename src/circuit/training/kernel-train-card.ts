import type { Directive } from "../../syntax/ast.js";
import type { Environment } from "../environment.js";
import type { QuantumBlock } from "../quantum/block.js";
import { blockNamed } from "../quantum/block-named.js";
import { featuresNamed } from "./block-train-card.js";
import { CardSettings } from "./card-settings.js";
import type { DatasetCard } from "./cards.js";
import { type Kernel, type KernelTrainCard, kernels } from "./kernel-card.js";
import { datasetOf } from "./train-card.js";

const settings = ["rule", "kernel", "block", "data", "inputs", "ridge", "width", "degree", "seed"];

/** Of whom a setting is. */
const owners = { block: "fidelity", inputs: "fidelity", width: "gauss", degree: "polynomial" } as const;

/** `.train name rule=kernel block=c data=d ridge=1e-3`, `… kernel=gauss width=0.5 data=d`: kernel ridge regression. */
export function readKernelTrain(
  card: Directive,
  place: Environment,
  datasets: ReadonlyMap<string, DatasetCard | undefined>,
  blocks: readonly QuantumBlock[],
): KernelTrainCard | undefined {
  const { complaints } = place.elaboration;
  const before = complaints.errors;
  const given = new CardSettings(".train", card.items, place, card.span, settings);
  const kind = given.value("kernel") === undefined ? "fidelity" : given.word("kernel", kernels);
  if (kind === undefined) return undefined;
  const data = datasetOf(given, datasets);
  if (given.value("data") === undefined)
    given.error("missing-value", "`rule=kernel` needs `data=`, the data set that is learned.");
  complainOfOthers(kind, given);
  const kernel = kernelOf(kind, given, data, blocks);
  const ridge = given.number("ridge", 1e-3, [0, 1e30]);
  const seed = given.count("seed", undefined, 0);
  if (data === undefined || kernel === undefined || complaints.errors > before) return undefined;
  if (data.rows.length > mostRows) {
    const message = `A kernel compares each row with each other, at most ${mostRows}, but \`${data.name}\` has ${data.rows.length}.`;
    given.error("parameter-range", message, given.at("data"), "train with a part of them: `split=0.1` in `.dataset`.");
    return undefined;
  }
  return { kind: "kernel", name: given.name, rule: "kernel", data, kernel, ridge, seed, span: card.span };
}

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
