import type { Directive } from "../../syntax/ast.js";
import { readQuantity } from "../../units/quantity.js";
import type { Environment } from "../environment.js";
import { nearName, numberOf } from "../readings.js";
import { CardSettings } from "./card-settings.js";
import type { DatasetCard } from "./cards.js";
import { seriesRows, taskSettings } from "./series-rows.js";
import { splitGroups } from "./split-rows.js";
import { type Cell, readTextTable, type TextTable } from "./text-table.js";
import { gateNames, gateTable, truthTable } from "./truth-tables.js";

const settings = [
  ...["inputs", "targets", "gate", "truth", "encode", "rows", "file", "onehot"],
  ...["samples", "shared", "split", "scale", "task"],
  ...taskSettings,
];
/** A truth table of more inputs is no longer written out. */
const mostBits = 16;

type Table = Pick<DatasetCard, "rows" | "targets"> & Partial<Pick<DatasetCard, "inputs">>;

/** `.dataset name inputs=(…) targets=(…)` with `gate=`, `truth=`, `file=`, `task=`, or rows of numbers behind it. */
export function readDataset(card: Directive, place: Environment): DatasetCard | undefined {
  const { complaints } = place.elaboration;
  const before = complaints.errors;
  const rows = card.items.filter((item, k) => item.kind === "group" || (k > 0 && item.kind !== "setting"));
  const named = card.items.filter((item) => !rows.includes(item));
  const given = new CardSettings(".dataset", named, place, card.span, settings);
  const inputs = namesOf(given, "inputs", ["x1", "x2"]);
  const targets = namesOf(given, "targets", ["y"]);
  const table = tableOf(given, rows, inputs, targets);
  const read: Omit<DatasetCard, "rows" | "targets"> = {
    name: given.name,
    inputs: columnsOf(given, inputs),
    gate: given.value("gate") !== undefined || given.value("truth") !== undefined,
    onehot: given.flag("onehot", false),
    samples: samplesOf(given),
    shared: given.flag("shared", false),
    split: given.number("split", undefined, [0, 1]),
    scale: given.word("scale", ["minmax", "zscore"]),
    span: card.span,
  };
  if (table === undefined || complaints.errors > before) return undefined;
  const dataset = { ...read, ...table };
  complainOfEmptyPart(dataset, given);
  return dataset;
}

/** A training has something to learn from. */
function complainOfEmptyPart(dataset: DatasetCard, given: CardSettings): void {
  const { split, rows } = dataset;
  if (split === undefined || splitGroups(dataset, split).some(({ trained }) => trained > 0)) return;
  const message = `\`split=${split}\` leaves none of the ${rows.length} rows to train with.`;
  const help = "it is the part that is trained with: `split=0.7`; the rest is kept back for testing.";
  given.error("bad-dataset", message, given.at("split"), help);
}

const namesOf = (given: CardSettings, name: string, otherwise: readonly string[]): readonly string[] =>
  given.names(name)?.map((it) => it.name.toLowerCase()) ?? (given.value("file") ? [] : otherwise);

function samplesOf(given: CardSettings): DatasetCard["samples"] {
  const value = given.value("samples");
  const isAll = value?.kind === "word" && value.parts.join("") === "all";
  return isAll ? "all" : given.count("samples", undefined);
}

/** Where the rows come from: exactly one of the four ways. */
function tableOf(
  given: CardSettings,
  rows: Directive["items"],
  inputs: readonly string[],
  targets: readonly string[],
): Table | undefined {
  const ways = ["gate", "truth", "file", "task"].filter((name) => given.value(name) !== undefined);
  if (ways.length + (rows.length > 0 ? 1 : 0) !== 1) {
    const found = ways.length + rows.length === 0 ? "it has none of them" : "it has more than one";
    const message = `\`.dataset\` takes its rows from one of \`gate=\`, \`truth=\`, \`file=\`, \`task=\` or numbers behind it; ${found}.`;
    given.error("bad-dataset", message, given.span);
    return undefined;
  }
  for (const name of ways[0] === "task" ? [] : new Set(taskSettings))
    if (given.value(name) !== undefined) given.error("no-effect", `\`${name}=\` belongs to \`task=\`.`, given.at(name));
  if (rows.length > 0) return written(given, rows, inputs, targets);
  if (ways[0] === "file") return fromFile(given, inputs, targets);
  if (ways[0] === "task") return seriesRows(given);
  return fromGate(given, inputs, targets);
}

/** `gate=xor`, `truth=0110`. */
function fromGate(given: CardSettings, inputs: readonly string[], targets: readonly string[]): Table | undefined {
  if (inputs.length > mostBits || targets.length !== 1) {
    const message = `A gate has up to ${mostBits} inputs and one target, but here are ${inputs.length} and ${targets.length}.`;
    given.error("bad-dataset", message, given.at(inputs.length > mostBits ? "inputs" : "targets"));
    return undefined;
  }
  const gate = given.word("gate", gateNames);
  const answers = given.text("truth");
  if (answers !== undefined && (answers.length !== 2 ** inputs.length || /[^01]/.test(answers))) {
    const message = `\`truth\` must have ${2 ** inputs.length} digits 0 and 1 for ${inputs.length} inputs, found \`${answers}\`.`;
    given.error("bad-dataset", message, given.at("truth"));
    return undefined;
  }
  if (gate === undefined && answers === undefined) return undefined;
  const table = gate === undefined ? truthTable(answers!, inputs.length) : gateTable(gate, inputs.length);
  const encode = encodings[given.word("encode", ["01", "pm1", "onehot"]) ?? "01"];
  const rows = table.map((row) => [...row.slice(0, inputs.length).flatMap(encode), ...row.slice(inputs.length)]);
  return { rows, targets };
}

const encodings: Readonly<Record<"01" | "pm1" | "onehot", (bit: number) => readonly number[]>> = {
  "01": (bit) => [bit],
  pm1: (bit) => [2 * bit - 1],
  onehot: (bit) => [1 - bit, bit],
};

/** The columns that a training sees: with `encode=onehot` two for each input, `x_0` and `x_1`, of which one is 1. */
function columnsOf(given: CardSettings, inputs: readonly string[]): readonly string[] {
  if (given.word("encode", ["01", "pm1", "onehot"]) !== "onehot") return inputs;
  return inputs.flatMap((name) => [`${name}_0`, `${name}_1`]);
}

/** Rows of numbers on the card: one a line, or each in parentheses. */
function written(
  given: CardSettings,
  items: Directive["items"],
  inputs: readonly string[],
  targets: readonly string[],
): Table | undefined {
  const { place } = given;
  const width = inputs.length + targets.length;
  const rows: number[][] = [];
  let line = -1;
  for (const item of items) {
    const here = item.span.source.locate(item.span.start).line;
    if (item.kind === "group" || here !== line) rows.push([]);
    line = here;
    const cells = item.kind === "group" ? item.items : [item];
    for (const cell of cells) rows.at(-1)!.push(numberOf(cell, place, "a number of the table"));
  }
  const ragged = rows.findIndex((row) => row.length !== width);
  if (ragged < 0) return { rows, targets };
  const columns = [...inputs, ...targets].map((name) => `\`${name}\``).join(", ");
  const message = `Row ${ragged + 1} of this data set has ${rows[ragged]!.length} numbers, but its columns are ${columns}.`;
  given.error("bad-table", message, given.span);
  return undefined;
}

function fromFile(given: CardSettings, inputs: readonly string[], targets: readonly string[]): Table | undefined {
  const file = given.text("file");
  const table = file === undefined ? undefined : readTextTable(file, given.at("file"), given.place.elaboration);
  if (file === undefined || table === undefined) return undefined;
  if (inputs.length === 0 || targets.length === 0) {
    const columns = table.header.map((name) => `\`${name}\``).join(", ");
    const message = `A data set from a file needs \`inputs=(…)\` and \`targets=(…)\`: \`${file}\` has ${columns}.`;
    given.error("missing-value", message, given.at("file"));
    return undefined;
  }
  const columns = [...inputs, ...targets].map((name) => columnOf(name, table, file, given));
  if (columns.some((column) => column < 0)) return undefined;
  const numeric = given.flag("onehot", false) ? columns.slice(0, inputs.length) : columns;
  const numbers = table.rows.map((row) =>
    numeric.map((column) => cellNumber(row[column]!, table.header[column]!, given)),
  );
  if (numbers.some((row) => row.some(Number.isNaN))) return undefined;
  if (!given.flag("onehot", false)) return { rows: numbers, targets };
  return withClasses(given, table, numbers, columns.slice(inputs.length));
}

function columnOf(name: string, { header }: TextTable, file: string, given: CardSettings): number {
  const column = header.indexOf(name);
  if (column >= 0) return column;
  const near = nearName(name, header);
  const help = near ? `did you mean \`${near}\`?` : `it has ${header.map((it) => `\`${it}\``).join(", ")}.`;
  given.error("unknown-column", `\`${file}\` has no column \`${name}\`.`, given.span, help);
  return -1;
}

function cellNumber({ text, span }: Cell, column: string, given: CardSettings): number {
  const reading = readQuantity(text);
  if (!("error" in reading) && Number.isFinite(reading.value)) return reading.value;
  const found = text === "" ? "nothing" : `\`${text}\``;
  const help = "for classes by their names write `onehot=yes`; take rows without a value out of the file.";
  given.error("bad-number", `Expected a number in column \`${column}\`, found ${found}.`, span, help);
  return Number.NaN;
}

/** The column of classes as one target a class: 1 for its own, 0 for the others. */
function withClasses(
  given: CardSettings,
  { rows }: TextTable,
  inputs: readonly (readonly number[])[],
  columns: readonly number[],
): Table | undefined {
  const [column, ...more] = columns;
  if (column === undefined || more.length > 0) {
    const message = `With \`onehot=yes\` there is one target, the column of the classes, but here are ${columns.length}.`;
    given.error("bad-dataset", message, given.at("targets"));
    return undefined;
  }
  const classes = [...new Set(rows.map((row) => row[column]!.text))];
  if (classes.length > Math.max(2, rows.length / 2)) {
    const message = `The column of the classes has ${classes.length} different values in ${rows.length} rows: these are no classes.`;
    given.error("bad-dataset", message, given.at("targets"));
    return undefined;
  }
  const table = inputs.map((row, k) => [...row, ...classes.map((it) => Number(it === rows[k]![column]!.text))]);
  return { rows: table, targets: classes };
}
