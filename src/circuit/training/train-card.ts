import type { Directive, Expression, Setting } from "../../syntax/ast.js";
import { constantOf } from "../constant-scope.js";
import type { Environment } from "../environment.js";
import { didYouMean, nearName, nodeOf, numberOf, written } from "../readings.js";
import { Settings } from "../settings.js";
import { nameOf } from "../words.js";
import { CardSettings } from "./card-settings.js";
import { type DatasetCard, type Keep, rules, starts, type TrainCard, type TrainInput } from "./cards.js";
import { learnedMatrixOf } from "./learned-matrix.js";
import { verifyOf } from "./verify-setting.js";

const settings = [
  ...["rule", "data", "inputs", "outputs", "rate", "epochs", "runs", "init", "bias_init", "seed"],
  ...["pulses", "timing", "verify", "max", "shuffle", "stop", "keep", "save"],
  ...["level", "target", "channel", "ridge", "scale"],
];

/** s: no time of a training may be longer. */
const longest = 1e12;

/** `.train name rule= data= inputs=() outputs=() …`. */
export function readTrain(
  card: Directive,
  place: Environment,
  datasets: ReadonlyMap<string, DatasetCard | undefined>,
): TrainCard | undefined {
  const { complaints } = place.elaboration;
  const before = complaints.errors;
  if (complainOfUnknownRule(card, place)) return undefined;
  const given = new CardSettings(".train", card.items, place, card.span, settings);
  for (const name of ["rule", "data", "inputs", "outputs"]) complainOfMissing(name, given);
  const rule = given.word("rule", rules);
  const data = datasetOf(given, datasets);
  const runs = given.count("runs", 1);
  const read: Omit<TrainCard, "rule" | "data" | "channel"> = {
    kind: "train",
    name: given.name,
    inputs: inputsOf(given),
    outputs: outputsOf(given),
    rate: given.number("rate", 0.1, [0, 1e6]),
    epochs: given.count("epochs", 1000),
    runs,
    init: given.word("init", starts) ?? "glorot",
    biasInit: given.word("bias_init", ["zero", "glorot", "uniform"]) ?? "zero",
    scale: given.number("scale", 1, [0, 1e30]),
    ridge: given.number("ridge", 1e-10, [0, 1e30]),
    seed: given.count("seed", undefined, 0),
    pulses: given.word("pulses", ["ideal", "circuit"]) ?? "ideal",
    timing: timingOf(given),
    verify: verifyOf(given),
    shuffle: given.flag("shuffle", true),
    stopBelow: stopOf(given),
    keep: keepOf(given, runs),
    level: given.number("level", 0.25, [0, 1]),
    target: given.word("target", ["threshold", "literal"]) ?? "threshold",
    save: given.text("save"),
    span: card.span,
  };
  if (rule !== undefined) complainOfForeign(rule, given);
  if (data !== undefined) complainOfCounts(given, data, read);
  const channel = rule === "stochastic" && data !== undefined ? learnedMatrixOf(given, data.inputs.length) : undefined;
  if (rule === undefined || data === undefined || complaints.errors > before) return undefined;
  return { ...read, rule, data, channel };
}

/** Complains of a rule that there is not, before anything else: which settings a card has, its rule says. */
function complainOfUnknownRule({ items, span }: Directive, place: Environment): boolean {
  const item = items.find((it) => it.kind === "setting" && nameOf(it.name, place) === "rule");
  const given = new Settings(".train", item ? [item] : [], place, span, ["rule"]);
  const known = [...rules, "gradient", "stiefel", "kernel", "svm"];
  return item !== undefined && given.word("rule", known) === undefined;
}

/** Settings that not every rule knows. */
const owners: Readonly<Record<string, readonly TrainCard["rule"][]>> = {
  ...Object.fromEntries(["pulses", "verify", "max", "rate", "timing"].map((name) => [name, ["delta", "backprop"]])),
  level: ["stochastic"],
  target: ["stochastic"],
  channel: ["stochastic"],
  ridge: ["ridge"],
};

function complainOfForeign(rule: TrainCard["rule"], given: CardSettings): void {
  for (const [name, rules] of Object.entries(owners)) {
    if (given.value(name) === undefined || rules.includes(rule)) continue;
    const list = rules.map((it) => `\`rule=${it}\``).join(" and ");
    given.error(
      "no-effect",
      `\`${name}=\` has no meaning for \`rule=${rule}\`: it belongs to ${list}.`,
      given.at(name),
    );
  }
}

function complainOfMissing(name: string, given: CardSettings): void {
  if (given.value(name) !== undefined) return;
  const example = "`.train t rule=delta data=d inputs=(V1,V2) outputs=(y)`";
  given.error("missing-value", `\`.train\` needs \`${name}=\`.`, given.span, `write ${example}.`);
}

/** The data set that `data=` names; undefined after having complained. */
export function datasetOf(
  given: CardSettings,
  datasets: ReadonlyMap<string, DatasetCard | undefined>,
): DatasetCard | undefined {
  const name = given.text("data")?.toLowerCase();
  if (name === undefined || datasets.has(name)) return datasets.get(name ?? "");
  const help = didYouMean(nearName(name, datasets.keys()));
  given.error("unknown-dataset", `There is no data set \`${name}\`.`, given.at("data"), help.help);
  return undefined;
}

function inputsOf(given: CardSettings): readonly TrainInput[] {
  const { network, complaints } = given.place.elaboration;
  return (given.names("inputs") ?? []).flatMap(({ name, item }): readonly TrainInput[] => {
    const part = network.find(name, given.place)?.part;
    const key = name.toLowerCase();
    if (part?.failed) return [];
    if (part !== undefined && "dc" in part.values) return [{ kind: "source", instance: part.index, name: key }];
    const node = network.findNode(name, given.place);
    if (node !== undefined && node !== 0) return [{ kind: "node", node, name: key }];
    const known = [...network.instanceNames(given.place), ...network.nodeNames(given.place)];
    const help = didYouMean(nearName(name, known)).help ?? "inputs are the names of sources, or of nodes.";
    if (!complaints.incomplete || part !== undefined)
      given.error("unknown-input", `\`${name}\` is neither a source nor a node of the circuit.`, item.span, help);
    return [];
  });
}

function outputsOf(given: CardSettings): readonly number[] {
  const { network } = given.place.elaboration;
  return (given.names("outputs") ?? []).flatMap(({ name, item }) => {
    const node = network.findNode(name, given.place);
    if (node !== undefined) return [nodeOf(item, given.place) ?? node];
    const near = nearName(name, network.nodeNames(given.place));
    given.error("unknown-node", `There is no node \`${name}\` to be an output.`, item.span, didYouMean(near).help);
    return [];
  });
}

function complainOfCounts(given: CardSettings, data: DatasetCard, read: Pick<TrainCard, "inputs" | "outputs">): void {
  for (const [what, columns, found] of [
    ["inputs", data.inputs, read.inputs],
    ["outputs", data.targets, read.outputs],
  ] as const) {
    if (given.value(what) === undefined || columns.length === (given.names(what) ?? []).length) continue;
    const names = columns.map((name) => `\`${name}\``).join(", ");
    const message = `\`${what}\` has ${found.length} ${found.length === 1 ? "name" : "names"}, but \`${data.name}\` has ${columns.length} columns for them: ${names}.`;
    given.error("bad-dataset", message, given.at(what));
  }
}

function timingOf(given: CardSettings): TrainCard["timing"] {
  const value = given.value("timing");
  const timing = { read: 1, write: 1, gap: 0, rise: 0 };
  if (value === undefined) return timing;
  const items = value.kind === "group" ? value.items : [value];
  for (const item of items) {
    const name = item.kind === "setting" ? nameOf(item.name, given.place) : "";
    if (item.kind !== "setting")
      given.error("unexpected-text", "`timing` is `(read=1 write=1 gap=0 rise=0)`, each in seconds.", item.span);
    else if (!(name in timing)) {
      const help =
        didYouMean(nearName(name, Object.keys(timing))).help ?? "it takes `read=`, `write=`, `gap=`, `rise=`.";
      given.error("unknown-parameter", `\`timing\` has no time \`${name}\`.`, item.span, help);
    } else timing[name as keyof typeof timing] = timeOf(name, item, given);
  }
  return timing;
}

/** A time of `timing`, s; NaN after having complained. */
function timeOf(name: string, { value, span }: Setting, given: CardSettings): number {
  const seconds = numberOf(value, given.place, "a time");
  const mayBeNone = name === "gap" || name === "rise";
  const isFit = mayBeNone ? seconds >= 0 : seconds > 0;
  if (Number.isNaN(seconds) || (isFit && seconds <= longest)) return seconds;
  const bound = isFit ? `at most ${longest} s` : mayBeNone ? "at least 0 s" : "longer than 0 s";
  given.error("parameter-range", `\`${name}\` of \`timing\` is ${seconds} s, but must be ${bound}.`, span);
  return Number.NaN;
}

/** `stop={error<0.01}`. */
export function stopOf(given: CardSettings): number | undefined {
  const value = given.value("stop");
  if (value === undefined) return undefined;
  const limit = value.kind === "expression" ? errorLimit(value.expression) : undefined;
  if (limit !== undefined) return constantOf(limit, given.place);
  given.error("unexpected-text", `\`stop\` is \`{error<0.01}\`, found \`${written(value.span)}\`.`, value.span);
  return undefined;
}

function errorLimit(expression: Expression): Expression | undefined {
  if (expression.kind !== "binary" || (expression.operator !== "<" && expression.operator !== "<=")) return undefined;
  const { left, right } = expression;
  return left.kind === "name" && left.name.toLowerCase() === "error" ? right : undefined;
}

/** `keep=best|median|last|run:7`, of so many realisations. */
export function keepOf(given: CardSettings, runs: number): Keep {
  const value = given.value("keep");
  const text = value?.kind === "word" ? nameOf(value, given.place) : undefined;
  const [, digits] = /^run:(\d+)$/.exec(text ?? "") ?? [];
  if (digits === undefined) return given.word<"best" | "median" | "last">("keep", ["best", "median", "last"]) ?? "best";
  const run = Number(digits);
  if (run < 1 || run > runs) {
    const message = `\`keep\` asks for realisation ${run}, but there ${runs === 1 ? "is one" : `are ${runs}, from 1 on`}.`;
    given.error("parameter-range", message, given.at("keep"));
  }
  return { run };
}
