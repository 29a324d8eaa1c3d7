import { imperfectionParameters } from "../../devices/imperfections.js";
import type { ParameterTable } from "../../devices/parameter.js";
import type { Card } from "../card.js";
import { type Given, readGiven, readValues } from "../device-values.js";
import { givenBy, type Model, onceAModel } from "../models.js";
import { textOf } from "../words.js";
import { checkImperfections, meant, percentAsNumber, type Unmeant } from "./imperfections.js";

// A card of a perceptron takes its numbers from its model, and its own settings go before those.

type Numbers = Readonly<Record<string, number>>;

/** What a model gives to all of its cards. */
interface Base {
  readonly numbers: Numbers;
  /** Starts that the model does not name. */
  readonly open: readonly string[];
  /** The numbers without the open starts that a card does not name either, by these. */
  readonly shapes: Map<string, Numbers>;
  /** What a card may set. */
  readonly table: ParameterTable;
}

/** How a model of a kind is read. */
interface Reading {
  /** The parameters that say where something starts. */
  readonly starts: readonly string[];
  /** Settings that others read, as words. */
  readonly words: readonly string[];
  readonly unmeant?: Unmeant;
  /** Numbers that a kind makes of such words. */
  readonly made?: Numbers;
}

/** By tables, for the perceptrons of a model may have different numbers of inputs. */
const bases = new WeakMap<ParameterTable, WeakMap<Model, Base>>();

/** What a model says by a table and the imperfections. */
function baseOf(model: Model, table: ParameterTable, reading: Reading): Base {
  let known = bases.get(table);
  if (known === undefined) bases.set(table, (known = new WeakMap<Model, Base>()));
  return onceAModel(known, model, () => readBase(model, table, reading));
}

function readBase(model: Model, table: ParameterTable, { starts, words, unmeant = {}, made }: Reading): Base {
  const given = givenBy(model);
  const all: ParameterTable = { ...table, ...imperfectionParameters };
  const own = given.filter(({ name }) => !words.includes(name));
  const read = readValues(all, meant(own, unmeant).map(percentAsNumber), ownerOf(model));
  const open = starts.filter((start) => !given.some(({ name }) => name === start));
  return { numbers: { ...read, ...made }, open, shapes: new Map(), table: all };
}

/** The numbers for a card that names these of the open starts; one object for all such cards, for each is then made like it. */
function shapeOf({ numbers, open, shapes }: Base, own: readonly Given[]): Numbers {
  const absent = open.filter((start) => !own.some(({ name }) => name === start));
  const key = absent.join(" ");
  let shape = shapes.get(key);
  if (shape === undefined) shapes.set(key, (shape = without(numbers, absent)));
  return shape;
}

const without = (numbers: Numbers, names: readonly string[]): Numbers =>
  Object.fromEntries(Object.entries(numbers).filter(([name]) => !names.includes(name)));

const ownerOf = ({ definition: { name, span }, place }: Model) => ({
  title: `Model \`${textOf(name, place)}\``,
  span,
  place,
});

/**
 * The numbers of a card: its own settings, else the model's; all cards without settings share theirs. A start that neither
 * gives is left out, so that a training knows to draw it.
 */
export function numbersOf(card: Card, model: Model, table: ParameterTable, reading: Reading): Numbers {
  const base = baseOf(model, table, reading);
  const own = [...card.settings].map(([name, { value, span }]): Given => ({ name, value, span, place: card.place }));
  for (const { name } of own) card.setting(name);
  const { unmeant = {} } = reading;
  const owner = { title: `\`${card.shown}\``, span: card.span, place: card.place };
  const shape = shapeOf(base, own);
  const values =
    own.length === 0 ? shape : { ...shape, ...readGiven(base.table, meant(own, unmeant).map(percentAsNumber), owner) };
  checkWalls(card, values, reading.starts);
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
