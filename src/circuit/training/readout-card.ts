import type { Directive, Item } from "../../syntax/ast.js";
import type { Signal } from "../circuit.js";
import type { Environment } from "../environment.js";
import type { QuantumBlock } from "../quantum/block.js";
import { signalsOf } from "../signals.js";
import { nameOf } from "../words.js";
import { CardSettings } from "./card-settings.js";
import type { DatasetCard, ReadoutCard } from "./cards.js";
import { metricsOf } from "./readout-metrics.js";
import { warnOfRows } from "./readout-rows.js";
import { datasetOf } from "./train-card.js";

const settings = [
  ...["rule", "data", "features", "sample", "multiplex", "target"],
  ...["washout", "fit", "test", "ridge", "metrics", "episode"],
];

/** Whether a `.train` has `features=`: its linear readout is of signals, and not of a network's weights. */
export const isReadout = (card: Directive, place: Environment): boolean =>
  card.items.some((item) => item.kind === "setting" && nameOf(item.name, place) === "features");

/** `.train r rule=ridge data=ts features=(v(n*)) [sample=end] [multiplex=5] [target=(y)] [washout= fit= test=] …`. */
export function readReadout(
  card: Directive,
  place: Environment,
  datasets: ReadonlyMap<string, DatasetCard | undefined>,
  blocks: readonly QuantumBlock[],
): ReadoutCard | undefined {
  const { complaints } = place.elaboration;
  const before = complaints.errors;
  const given = new CardSettings(".train", card.items, place, card.span, settings);
  for (const name of ["rule", "data"] as const)
    if (given.value(name) === undefined)
      given.error("missing-value", `\`.train\` needs \`${name}=\`.`, given.span, "write `rule=ridge data=ts`.");
  if (given.word("rule", ["ridge"]) === undefined && given.value("rule") !== undefined && complaints.errors === before)
    return undefined;
  given.word("sample", ["end"]);
  const data = datasetOf(given, datasets);
  const features = featuresOf(given);
  const multiplex = given.count("multiplex", 1);
  const episode = given.count("episode", undefined);
  const ridge = given.number("ridge", 1e-10, [0, 1e30]);
  const metrics = metricsOf(given);
  if (data === undefined || complaints.errors > before) return undefined;
  const targets = targetsOf(given, data);
  const parts = partsOf(given, data, episode);
  const run = runOf(given, data, features, blocks);
  if (multiplex > 1 && run?.isStill)
    given.error("no-effect", "`multiplex=` looks at a row several times, but nothing moves this block between two rows.", given.at("multiplex")); // biome-ignore format: one thought
  if (run !== undefined && run.block === undefined && episode !== undefined)
    given.error("not-supported-yet", "`episode=` starts a quantum block anew; a circuit cannot be started anew yet.", given.at("episode")); // biome-ignore format: one thought
  complainOfMetrics(given, data, targets, metrics, episode);
  if (parts !== undefined && complaints.errors === before)
    warnOfRows(given, { data, targets, metrics, episode, ...parts });
  if (run === undefined || parts === undefined || complaints.errors > before) return undefined;
  const { block, period } = run;
  const own = { kind: "readout", name: given.name, data, features, block, period, multiplex, episode } as const;
  return { ...own, targets, ...parts, ridge, metrics, span: card.span };
}

function featuresOf(given: CardSettings): readonly Signal[] {
  const value = given.value("features")!;
  const items: readonly Item[] = value.kind === "group" ? value.items : [value];
  const signals = items.flatMap((item) => signalsOf(item, given.place));
  if (signals.length === 0 && items.length === 0)
    given.error("missing-value", "`features` needs signals: `features=(v(n1) v(n2))`.", given.at("features"));
  return signals;
}

/** Places among the data's targets. */
function targetsOf(given: CardSettings, { name: data, targets }: DatasetCard): readonly number[] {
  const names = given.names("target");
  if (names === undefined) return [...targets.keys()];
  return names.flatMap(({ name, item }) => {
    const place = targets.indexOf(name.toLowerCase());
    if (place >= 0) return [place];
    const list = targets.map((it) => `\`${it}\``).join(", ");
    given.error("unknown-column", `\`${data}\` has no target \`${name}\`.`, item.span, `it has ${list}.`);
    return [];
  });
}

/** How many rows (or episodes) are passed over, fitted and kept for the test. */
function partsOf(given: CardSettings, { name, rows }: DatasetCard, episode: number | undefined) {
  const { complaints } = given.place.elaboration;
  const before = complaints.errors;
  const all = episode === undefined ? rows.length : Math.floor(rows.length / episode);
  const washout = given.count("washout", episode === undefined ? Math.min(200, Math.floor(all / 10)) : 0, 0);
  const test = given.count("test", undefined, 0);
  const fit = given.count("fit", Math.floor(((all - washout) * 2) / 3));
  if (complaints.errors > before) return undefined;
  const kept = test ?? all - washout - fit;
  if (washout + fit + kept <= all && kept >= 0) return { washout, fit, test: kept };
  const what = episode === undefined ? "rows" : "episodes";
  const message = `\`washout\`, \`fit\` and \`test\` are ${washout} + ${fit} + ${test ?? 0} ${what}, but \`${name}\` has ${all}.`;
  given.error("bad-dataset", message, given.at("fit"), "give it a longer `length=`, or take fewer.");
  return undefined;
}

interface FedRun {
  readonly block: number | undefined;
  readonly period: number;
  /** Nothing of the block moves between two rows. */
  readonly isStill: boolean;
}

/** What is run: the circuit, or the one block that the features are of; with how long a row lasts. */
function runOf(
  given: CardSettings,
  data: DatasetCard,
  features: readonly Signal[],
  blocks: readonly QuantumBlock[],
): FedRun | undefined {
  const inputs = features.flatMap((signal) => signal.inputs);
  const of = new Set(inputs.map((input) => (input.kind === "quantum" && blocks[input.block]!.inputs.length > 0 ? input.block : undefined))); // biome-ignore format: one thought
  if (of.size > 1) {
    const message =
      "The features of a readout are all of the circuit, or all of one quantum block that takes in the data.";
    given.error("two-runs", message, given.at("features"), "write a `.train` for each, and compare them: `.plot series r1 r2`."); // biome-ignore format: one thought
    return undefined;
  }
  const [block] = [...of];
  const { feeds } = given.place.elaboration.datasets;
  const found: readonly { readonly data: DatasetCard; readonly period: number | undefined }[] =
    block === undefined ? feeds.filter((feed) => feed.data === data) : blocks[block]!.inputs;
  const wrong = found.find((feed) => feed.data !== data);
  if (wrong !== undefined) {
    const message = `The block \`${blocks[block!]!.name}\` takes in \`${wrong.data.name}\`, but \`data=\` is \`${data.name}\`.`;
    given.error("other-data", message, given.at("data"));
    return undefined;
  }
  if (found.length === 0) {
    const help = `feed it to a source, \`Vin in 0 feed(${data.name}.${data.inputs[0]} period=1m)\`, or to a block, \`input q0 from=${data.name}.${data.inputs[0]} period=1\`.`;
    given.error("not-fed", `Nothing takes in \`${data.name}\`: the features would not know of it.`, given.at("data"), help); // biome-ignore format: one thought
    return undefined;
  }
  const periods = [...new Set(found.flatMap(({ period }) => period ?? []))];
  if (periods.length > 1) {
    const message = `\`${data.name}\` is fed with different periods: ${periods.join(" and ")}. A row is the same everywhere.`;
    given.error("two-values", message, given.at("data"));
    return undefined;
  }
  if (block !== undefined) complainOfBlock(blocks[block]!, given);
  return { block, period: periods[0] ?? 1, isStill: block !== undefined && isStill(blocks[block]!) };
}

const isStill = ({ systems, memristors, hamiltonian, jumps, operations, monitors, inputs }: QuantumBlock): boolean =>
  systems.every(({ omega }) => omega === 0) &&
  memristors.length + hamiltonian.length + jumps.length + operations.length + monitors.length === 0 &&
  inputs.every(({ kind }) => kind !== "drive");

/** What of a block has no place in a run from row to row. */
function complainOfBlock({ name, operations, photonics, circuits }: QuantumBlock, given: CardSettings): void {
  const act = operations.find((it) => it.kind !== "coupling" || it.strength.kind !== "g");
  const [beside] = [...photonics, ...circuits];
  const found = act ?? beside;
  if (found === undefined) return;
  const what = act === undefined ? "A photonic memristor or LC circuit" : "A gate, a channel or a coupling by `delta=`";
  const message = `${what} has no place in \`${name}\`, which takes in a row of a data set each period.`;
  given.error("not-supported-yet", message, found.span, "what moves it may be a Hamiltonian, decay, memristors, and couplings by `g=`."); // biome-ignore format: one thought
}

/** Delays count rows of one series; a phase is of two targets. */
function complainOfMetrics(
  given: CardSettings,
  { rows, inputs }: DatasetCard,
  targets: readonly number[],
  metrics: ReadoutCard["metrics"],
  episode: number | undefined,
): void {
  for (const { kind } of metrics) {
    const at = given.at("metrics");
    if (kind === "phase" && targets.length !== 2)
      given.error(
        "bad-metric",
        `\`phase\` is the angle that two targets point at, but here are ${targets.length}.`,
        at,
      );
    if (["mc", "quadratic", "parity"].includes(kind) && episode !== undefined)
      given.error("bad-metric", `\`${kind}\` looks back over rows, which \`episode=\` makes forget each other.`, at);
    if (kind === "parity" && rows.some(([u]) => u !== 0 && u !== 1))
      given.error("bad-metric", `\`parity\` is of bits, but \`${inputs[0]}\` has other numbers than 0 and 1.`, at);
  }
}
