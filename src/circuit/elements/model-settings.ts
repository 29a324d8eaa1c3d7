import { imperfectionParameters } from "../../devices/imperfections.js";
import type { ParameterTable } from "../../devices/parameter.js";
import type { Card } from "../card.js";
import { type Given, readValues } from "../device-values.js";
import { givenBy, type Model, onceAModel } from "../models.js";
import { textOf } from "../words.js";
import { checkImperfections, meant, percentAsNumber, type Unmeant } from "./imperfections.js";

// A card of a perceptron takes its numbers from its model, and its own settings go before those.

type Numbers = Readonly<Record<string, number>>;

/** What a model gives to all of its cards. */
interface Base {
  readonly numbers: Numbers;
  /** The parameters, with the model's numbers for defaults. */
  readonly table: ParameterTable;
  readonly named: ReadonlySet<string>;
}

const bases = new WeakMap<Model, Base>();

/** What a model says by a table and the imperfections; the names of `words` are read by others. */
function baseOf(model: Model, table: ParameterTable, words: readonly string[], unmeant: Unmeant): Base {
  return onceAModel(bases, model, () => readBase(model, table, words, unmeant));
}

function readBase(model: Model, table: ParameterTable, words: readonly string[], unmeant: Unmeant): Base {
  const given = givenBy(model);
  const all: ParameterTable = { ...table, ...imperfectionParameters };
  const own = given.filter(({ name }) => !words.includes(name));
  const numbers = readValues(all, meant(own, unmeant).map(percentAsNumber), ownerOf(model));
  const withNumbers = Object.entries(all).map(([name, it]) => [name, { ...it, default: numbers[name] }]);
  return { numbers, table: Object.fromEntries(withNumbers), named: new Set(given.map(({ name }) => name)) };
}

const ownerOf = ({ definition: { name, span }, place }: Model) => ({
  title: `Model \`${textOf(name, place)}\``,
  span,
  place,
});

/**
 * The numbers of a card: its own settings, else the model's. A start (`starts`) that neither gives is left out, so that a
 * training knows to draw it.
 */
export function numbersOf(
  card: Card,
  model: Model,
  table: ParameterTable,
  {
    starts,
    words,
    unmeant = {},
  }: { readonly starts: readonly string[]; readonly words: readonly string[]; readonly unmeant?: Unmeant },
): Numbers {
  const base = baseOf(model, table, words, unmeant);
  const own = [...card.settings].map(([name, { value, span }]): Given => ({ name, value, span, place: card.place }));
  for (const { name } of own) card.setting(name);
  const owner = { title: `\`${card.shown}\``, span: card.span, place: card.place };
  const values =
    own.length === 0
      ? { ...base.numbers }
      : { ...readValues(base.table, meant(own, unmeant).map(percentAsNumber), owner) };
  const isNamed = (start: string): boolean => base.named.has(start) || own.some(({ name }) => name === start);
  for (const start of starts) if (!isNamed(start)) delete values[start];
  checkWalls(card, values, starts);
  const { gmin, gmax, wmin = gmin ?? Number.NaN, wmax = gmax ?? Number.NaN } = values;
  if (Object.keys(unmeant).length < Object.keys(imperfectionParameters).length)
    checkImperfections(values, [wmin, wmax], own.length > 0 ? owner : ownerOf(model));
  return values;
}

/** A weight starts between its walls. */
function checkWalls(card: Card, values: Numbers, starts: readonly string[]): void {
  const { wmin = Number.NEGATIVE_INFINITY, wmax = Number.POSITIVE_INFINITY } = values;
  if (wmin > wmax) {
    const message = `\`wmin\` of \`${card.shown}\` is ${wmin}, which is above \`wmax\`, ${wmax}.`;
    card.error("walls", message);
    return;
  }
  for (const start of starts) {
    const value = values[start];
    if (value === undefined || Number.isNaN(value) || (value >= wmin && value <= wmax)) continue;
    const message = `\`${card.shown}\` starts at ${start} = ${value}, but must lie between wmin = ${wmin} and wmax = ${wmax}.`;
    card.error("parameter-range", message);
  }
}

/** The index of a word that a model sets, and complains of one that it may not be; the first without it. */
export function wordOf(model: Model, name: string, words: readonly string[]): string {
  const given = givenBy(model).find((it) => it.name === name);
  if (given === undefined) return words[0]!;
  const word = given.value.kind === "word" ? textOf(given.value, given.place).toLowerCase() : "";
  if (words.includes(word)) return word;
  const list = words.map((it) => `\`${it}\``).join(", ");
  const help = `it can be ${list}.`;
  model.place.elaboration.complaints.error("unknown-word", `\`${name}\` cannot be \`${word}\`.`, given.value.span, {
    help,
  });
  return words[0]!;
}
