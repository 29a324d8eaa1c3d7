import type { ParameterTable, Values } from "../devices/parameter.js";
import type { Word } from "../syntax/ast.js";
import type { Card } from "./card.js";
import { type Given, readValues } from "./device-values.js";
import type { Defined, Environment } from "./environment.js";
import { nearName, written } from "./readings.js";
import type { SteppedValue } from "./runs/stepped-parameters.js";
import { nameOf, textOf } from "./words.js";

export type Model = Defined<"model">;

/** The type of a model, lower case. */
export const typeOf = ({ definition, place }: Model): string => nameOf(definition.type, place);

const settings = new WeakMap<Model, readonly Given[]>();

/** The settings that stand in a model. */
function settingsOf(model: Model): readonly Given[] {
  const known = settings.get(model);
  if (known !== undefined) return known;
  const { definition, place } = model;
  const given = definition.settings.map(({ name, value, span }) => ({ name: nameOf(name, place), value, span, place }));
  settings.set(model, given);
  return given;
}

/** The settings of a model, as values for a table. */
export function givenBy(model: Model): readonly Given[] {
  const written = settingsOf(model);
  const { definition, place } = model;
  if (place.path !== "") return written;
  const { draws, stepped: all } = place.elaboration;
  const stepped = all.ofModel(nameOf(definition.name, place));
  if (stepped.size === 0) return written;
  draws.touched += stepped.size; // in another run they are others
  return [
    ...written.filter(({ name }) => !stepped.has(name)),
    ...[...stepped].map(([name, it]) => givenTo(name, it, place)),
  ];
}

/** What a run says of a model, as if it stood in it. */
function givenTo(name: string, { value, span }: SteppedValue, place: Environment): Given {
  return {
    name,
    value: { kind: "expression", expression: { kind: "number", value, span }, lone: false, span },
    span,
    place,
  };
}

/** Takes the model that the next word names; complains where there is none, or one of another type. */
export function takeModel(card: Card, types: readonly string[], what: string): Model | undefined {
  const item = card.next();
  if (item?.kind === "word") return findModel(card, item, types, what);
  if (item === undefined) {
    const message = `\`${card.shown}\` needs the name of a model for ${what} behind its nodes.`;
    card.error("missing-model", message, undefined, undefined, helpOfMisplaced(card));
  } else {
    card.error("missing-model", `Expected the name of a model for ${what}.`, item.span);
  }
  return undefined;
}

/** A model is often given as `model=name`, as other programs' settings are; it then counts as used. */
function helpOfMisplaced(card: Card): string | undefined {
  const misplaced = card.setting("model");
  if (misplaced === undefined) return undefined;
  const name = written(misplaced.value.span);
  card.place.find("model", name.toLowerCase());
  return `write \`${name}\` alone behind the nodes, for \`${written(misplaced.span)}\`.`;
}

function findModel(card: Card, word: Word, types: readonly string[], what: string): Model | undefined {
  const { place } = card;
  const name = nameOf(word, place);
  const model = place.find("model", name);
  if (model === undefined) {
    const near = nearName(name, place.defined("model"));
    const help = near ? `did you mean \`${near}\`?` : `define it: \`.model ${textOf(word, place)} ${types[0]}(…)\`.`;
    card.error("unknown-model", `There is no model \`${textOf(word, place)}\`.`, word.span, undefined, help);
    return undefined;
  }
  const type = typeOf(model);
  if (types.includes(type)) return model;
  const message = `\`${textOf(word, place)}\` is a model of type \`${type}\`, but \`${card.shown}\` (${what}) needs type \`${types[0]}\`.`;
  card.error("wrong-model-type", message, word.span, [model.span, "it is defined here"]);
  return undefined;
}

/** The values of a model by a table; read once, however many cards use it. */
export function modelValues<Table extends ParameterTable>(
  model: Model,
  table: Table,
  notModelled: readonly string[] = [],
): Values<Table> {
  return onceAModel(read, model, () => {
    const { definition, place } = model;
    const owner = { title: `Model type \`${typeOf(model)}\``, notModelled, span: definition.span, place };
    return readValues(table, givenBy(model), owner);
  }) as Values<Table>;
}

/** What a model gives, read once; anew for each card where random functions of the model draw for each. */
export function onceAModel<Value>(known: WeakMap<Model, Value>, model: Model, make: () => Value): Value {
  const { draws } = model.place.elaboration;
  const before = known.get(model);
  if (before !== undefined) draws.ask(model);
  if (before !== undefined) return before;
  const { own } = draws;
  const name = model.place.path + nameOf(model.definition.name, model.place);
  const made = draws.keep(
    model,
    () => draws.ofModel(name, make),
    () => known.delete(model),
  );
  if (draws.own === own) known.set(model, made);
  return made;
}

const read = new WeakMap<Model, Readonly<Record<string, number>>>();

/** The values of the model that the next word names, if it names one; the model of a passive element may be left out. */
export function modelNumbers<Table extends ParameterTable>(
  card: Card,
  types: readonly string[],
  table: Table,
  notModelled: readonly string[],
): Values<Table> | undefined {
  const word = card.peekWord();
  if (word === undefined || /^[-+.\d]/.test(word)) return undefined;
  const model = takeModel(card, types, types[0]!.toUpperCase());
  return model && modelValues(model, table, notModelled);
}
