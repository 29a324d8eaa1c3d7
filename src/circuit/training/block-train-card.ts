import type { Directive, Item } from "../../syntax/ast.js";
import type { Environment } from "../environment.js";
import type { QuantumBlock } from "../quantum/block.js";
import { blockNamed } from "../quantum/block-named.js";
import type { BlockNames } from "../quantum/block-names.js";
import { isHermitian } from "../quantum/hermitian.js";
import { expressionOf } from "../quantum/line.js";
import type { Operator } from "../quantum/operator.js";
import { operatorOf } from "../quantum/operator-reader.js";
import { didYouMean, nearName, written } from "../readings.js";
import { nameOf } from "../words.js";
import { CardSettings } from "./card-settings.js";
import { type BlockTrainCard, costs, type DatasetCard } from "./cards.js";
import { datasetOf, keepOf, stopOf } from "./train-card.js";

const settings = [
  ...["rule", "block", "data", "inputs", "outputs", "cost", "slopes", "optimizer", "rate", "epochs", "runs"],
  ...["init", "scale", "seed", "stop", "keep", "save"],
];

/** `.train name rule=gradient block=c data=d inputs=(x1,x2) outputs=({sz(b)}) cost=mse …`: weights of a quantum block. */
export function readBlockTrain(
  card: Directive,
  place: Environment,
  datasets: ReadonlyMap<string, DatasetCard | undefined>,
  blocks: readonly QuantumBlock[],
): BlockTrainCard | undefined {
  const { complaints, blocks: named } = place.elaboration;
  const before = complaints.errors;
  const given = new CardSettings(".train", card.items, place, card.span, settings);
  const index = blockNamed(given, blocks, "`.train` with `rule=gradient` trains a `.quantum` block");
  const cost = given.word("cost", costs) ?? "mse";
  const data = dataOf(given, cost, datasets);
  if (index === undefined) return undefined;
  const block = blocks[index]!;
  const names = named.all[index]!;
  complainOfWeights(block, given);
  const runs = given.count("runs", 1);
  const read: Omit<BlockTrainCard, "data"> = {
    kind: "descent",
    name: given.name,
    rule: "gradient",
    block: index,
    cost,
    features: featuresOf(given, cost, data, block),
    observables: cost === "kl" ? [] : observablesOf(given, names, block),
    qubits: cost === "kl" ? qubitsOf(given, names) : [],
    slopes: given.word("slopes", ["adjoint", "shift"]) ?? "adjoint",
    optimizer: given.word("optimizer", ["descent", "adam"]) ?? "descent",
    rate: given.number("rate", 0.1, [0, 1e6]),
    epochs: given.count("epochs", 100),
    runs,
    init: given.word("init", ["uniform", "zero", "given"]) ?? "uniform",
    scale: given.number("scale", Math.PI, [0, 1e30]),
    seed: given.count("seed", undefined, 0),
    stopBelow: stopOf(given),
    keep: keepOf(given, runs),
    save: given.text("save"),
    span: card.span,
  };
  if (complaints.errors === before) complainOfCounts(given, data, read);
  const lacks = cost !== "energy" && data === undefined; // what is wrong with it has been told
  return lacks || complaints.errors > before ? undefined : { ...read, data };
}

function dataOf(
  given: CardSettings,
  cost: BlockTrainCard["cost"],
  datasets: ReadonlyMap<string, DatasetCard | undefined>,
): DatasetCard | undefined {
  const data = datasetOf(given, datasets);
  if (cost === "energy" && given.value("data") !== undefined)
    given.error(
      "no-effect",
      "`cost=energy` is the mean of an operator, and compares it with no data.",
      given.at("data"),
    );
  if (cost !== "energy" && given.value("data") === undefined)
    given.error("missing-value", `\`cost=${cost}\` needs \`data=\`, the data set that answers are compared with.`);
  return data;
}

function complainOfWeights({ numbers, name }: QuantumBlock, given: CardSettings): void {
  if (numbers.some(({ kind }) => kind === "weight")) return;
  const { complaints } = given.place.elaboration;
  const help = "write `weight w1` into the block, and the angle of a gate with it: `gate ry a {w1}`.";
  if (!complaints.failed)
    given.error("no-weights", `The block \`${name}\` has no weight to be trained.`, given.span, help);
}

/** The features that the columns of the data set, by their places among the block's numbers. */
function featuresOf(
  given: CardSettings,
  cost: BlockTrainCard["cost"],
  data: DatasetCard | undefined,
  block: QuantumBlock,
): readonly number[] {
  if (cost !== "mse") {
    if (given.value("inputs") !== undefined)
      given.error(
        "no-effect",
        `\`inputs=\` are features for \`cost=mse\`; \`cost=${cost}\` has none.`,
        given.at("inputs"),
      );
    return [];
  }
  return featuresNamed(given, data, block);
}

/** The features that `inputs=` names, else those with the names of the data's columns. */
export function featuresNamed(
  given: CardSettings,
  data: DatasetCard | undefined,
  { numbers, name: block }: QuantumBlock,
): readonly number[] {
  const known = numbers.filter(({ kind }) => kind === "feature").map(({ name }) => name);
  const named = given.names("inputs") ?? (data?.inputs ?? []).map((name) => ({ name, item: undefined }));
  return named.flatMap(({ name, item }) => {
    const at = numbers.findIndex((it) => it.kind === "feature" && it.name === name.toLowerCase());
    if (at >= 0) return [at];
    const list =
      known.length > 0 ? `it has ${known.map((it) => `\`${it}\``).join(", ")}.` : `write \`feature ${name}\`.`;
    const help = didYouMean(nearName(name, known)).help ?? list;
    given.error("unknown-input", `The block \`${block}\` has no feature \`${name}\`.`, item?.span ?? given.span, help);
    return [];
  });
}

function itemsOf(given: CardSettings, what: string): readonly Item[] {
  const value = given.value("outputs");
  if (value !== undefined) return value.kind === "group" ? value.items : [value];
  given.error("missing-value", `\`.train\` needs \`outputs=\`, ${what}.`);
  return [];
}

/** Operators in braces, whose means are the answers; of `cost=energy` it is one. */
function observablesOf(given: CardSettings, names: BlockNames, { systems }: QuantumBlock): readonly Operator[] {
  return itemsOf(given, "operators in braces whose means are the answers: `outputs=({sz(a)})`").flatMap((item) => {
    const expression = item.kind === "expression" ? expressionOf(item) : undefined;
    if (expression === undefined) {
      const message = `An output is an operator in braces, \`{sz(a)}\`, found \`${written(item.span)}\`.`;
      given.error("expected-expression", message, item.span);
      return [];
    }
    const operator = operatorOf(expression, names, given.place);
    if (operator === undefined) return [];
    if (isHermitian(operator, systems)) return [operator];
    const help = "add the adjoint of what lacks it: `A + dag(A)`.";
    given.error(
      "not-hermitian",
      "An output is Hermitian, but this operator is not equal to its adjoint.",
      item.span,
      help,
    );
    return [];
  });
}

/** The qubits whose outcomes are compared with the columns of the data. */
function qubitsOf(given: CardSettings, names: BlockNames): readonly number[] {
  const known = names.names("qubit");
  return itemsOf(given, "the qubits that are measured: `outputs=(a,b)`").flatMap((item) => {
    const name = item.kind === "word" ? nameOf(item, given.place) : "";
    const member = names.find(name);
    if (member?.kind === "qubit") return [member.index];
    const help = didYouMean(nearName(name, known)).help ?? `it has ${known.map((it) => `\`${it}\``).join(", ")}.`;
    const message = `With \`cost=kl\` outputs are qubits, and \`${names.name}\` has no qubit \`${written(item.span)}\`.`;
    given.error("unknown-system", message, item.span, help);
    return [];
  });
}

const longest = 16;

function complainOfCounts(
  given: CardSettings,
  data: DatasetCard | undefined,
  { cost, features, observables, qubits }: Omit<BlockTrainCard, "data">,
): void {
  if (cost === "energy" && observables.length > 1)
    given.error("two-values", "`cost=energy` is the mean of one operator: write a sum.", given.at("outputs"));
  if (qubits.length > longest)
    given.error("parameter-range", `At most ${longest} qubits can be measured together.`, given.at("outputs"));
  if (data === undefined) return;
  const counts =
    cost === "kl"
      ? ([["outputs", data.inputs, qubits.length]] as const)
      : ([
          ["inputs", data.inputs, features.length],
          ["outputs", data.targets, observables.length],
        ] as const);
  for (const [what, columns, found] of counts) {
    if (columns.length === found) continue;
    const list = columns.map((name) => `\`${name}\``).join(", ");
    const message = `\`${what}\` has ${found} ${found === 1 ? "entry" : "entries"}, but \`${data.name}\` has ${columns.length} columns for them: ${list}.`;
    given.error("bad-dataset", message, given.at(what));
  }
  if (cost === "kl") complainOfDistribution(data, given);
}

/** How far from 1 the sum of probabilities may be: what rounding leaves. */
const rounding = 1e-9;

/** Rows are outcomes, bits of the qubits, each once, and behind them how probable each is. */
function complainOfDistribution(data: DatasetCard, given: CardSettings): void {
  const bits = data.inputs.length;
  const at = given.at("data");
  const help = "a row is the bits of the qubits and how probable they are: `0 1 {1/6}`.";
  if (data.targets.length !== 1) {
    const message = `With \`cost=kl\` a data set has one target, the probability of its row, but \`${data.name}\` has ${data.targets.length}.`;
    given.error("bad-dataset", message, at, help);
    return;
  }
  const odd = data.rows.find((row) => row.slice(0, bits).some((bit) => bit !== 0 && bit !== 1) || !(row[bits]! >= 0));
  if (odd !== undefined) {
    const message = `With \`cost=kl\` a row is bits, 0 or 1, and a probability, but \`${data.name}\` has the row \`${odd.join(" ")}\`.`;
    given.error("bad-dataset", message, at, help);
    return;
  }
  const keys = data.rows.map((row) => row.slice(0, bits).join(""));
  const twice = keys.find((key, k) => keys.indexOf(key) < k);
  if (twice !== undefined) given.error("bad-dataset", `\`${data.name}\` has the outcome \`${twice}\` twice.`, at, help);
  const sum = data.rows.reduce((total, row) => total + row[bits]!, 0);
  if (Math.abs(sum - 1) <= rounding) return;
  const message = `The probabilities of \`${data.name}\` add up to ${Number(sum.toPrecision(6))}, not to 1.`;
  given.error("not-normalised", message, at, `divide each by ${Number(sum.toPrecision(6))}.`);
}
