import type { Item, Word } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import type { Unit } from "../../units/unit.js";
import type { Environment } from "../environment.js";
import type { Items } from "../items.js";
import { typeOf } from "../models.js";
import type { Part } from "../part.js";
import { didYouMean, nearName, written } from "../readings.js";
import { nameOf } from "../words.js";
import type { SteppedTarget } from "./runs.js";

/** Who asks: `.step` makes runs of the netlist, `.dc` a sweep. */
export type Asks = "stepped" | "swept";

/**
 * What `.step` and `.dc` give values to: `[param] r`, `temp`, `v1`, `r1` (Xyce: `r1:r`), a model's parameter as
 * `nmos m1(vto)` or `m1:vto`. Undefined after having complained.
 */
export function takeTarget(items: Items, asks: Asks): SteppedTarget | undefined {
  const isParameter = items.take("param") !== undefined;
  const item = items.next();
  if (item?.kind !== "word") {
    const { card, example } = forms[asks];
    const message = `\`${card}\` needs a name and its values: ${example}.`;
    items.error("missing-name", message, item?.span ?? items.span);
    return undefined;
  }
  const name = written(item.span).toLowerCase();
  if (isParameter) return asks === "stepped" ? parameterOf(name) : knownParameter(name, item.span, items.place);
  const [next, behind] = items.ahead(2);
  if (next?.kind === "word" && behind?.kind === "group") {
    items.next();
    items.next();
    return modelTarget(next, behind.items, item, items);
  }
  const [owner, inner] = name.split(":") as [string, string | undefined];
  if (inner === undefined) return namedTarget(written(item.span), item.span, items.place, asks);
  if (items.place.find("model", owner) !== undefined) return modelParameter(owner, inner);
  return ownValue(owner, inner, item.span, items.place, asks);
}

const forms = {
  stepped: { card: ".step", example: "`.step param r 1k 10k 1k`, `.step v1 list 1 2 5`", verb: "step" },
  swept: { card: ".dc", example: "`.dc V1 0 5 0.1`, `.dc temp -40 125 5`", verb: "sweep" },
} as const;

const parameterOf = (name: string): SteppedTarget => ({ name, unit: "1", sets: { kind: "parameter", name } });

/** A `.step` may itself be what defines a parameter, a sweep not: other analyses would have no value for it. */
function knownParameter(name: string, span: Span, place: Environment): SteppedTarget | undefined {
  if (place.has(name)) return parameterOf(name);
  const message = `There is no parameter \`${name}\` to sweep.`;
  place.elaboration.complaints.error("unknown-parameter", message, span, didYouMean(nearName(name, place.names())));
  return undefined;
}

const modelParameter = (model: string, parameter: string): SteppedTarget => ({
  name: `${model}.${parameter}`,
  unit: "1",
  sets: { kind: "model", model, parameter },
});

/** A source, a resistor, a parameter or `temp`. */
export function namedTarget(shown: string, span: Span, place: Environment, asks: Asks): SteppedTarget | undefined {
  const { network } = place.elaboration;
  const name = shown.toLowerCase();
  if (name === "temp" || name === "temper") return { name: "temp", unit: "°C", sets: { kind: "temperature" } };
  const part = network.find(name, place)?.part;
  if (part?.failed) return undefined;
  if (part !== undefined) return valueTarget(part, written(span), span, place, asks);
  if (place.has(name)) return parameterOf(name);
  const near = nearName(name, [...network.instanceNames(place), ...place.names(), "temp"]);
  const message = `There is no source, resistor or parameter \`${shown}\` to ${forms[asks].verb}.`;
  place.elaboration.complaints.error("unknown-name", message, span, didYouMean(near));
  return undefined;
}

function valueTarget(part: Part, shown: string, span: Span, place: Environment, asks: Asks): SteppedTarget | undefined {
  const swept = sweptValue(part);
  if (swept !== undefined)
    return {
      name: part.name.toLowerCase(),
      unit: swept.unit,
      sets: { kind: "value", instance: part.index, setting: swept.setting },
    };
  const { card } = forms[asks];
  const help = `give it a parameter, \`{p}\`, and take that: \`${card} param p …\`.`;
  const message = `\`${shown}\` cannot be ${asks}: \`${card}\` sets sources, resistors, parameters and \`temp\`.`;
  place.elaboration.complaints.error("cannot-sweep", message, span, { help });
  return undefined;
}

/** The one value of a source or a resistor that can be set; undefined of others. */
export function sweptValue({ element, values }: Part): { readonly setting: string; readonly unit: Unit } | undefined {
  if (element === "v" && "dc" in values) return { setting: "dc", unit: "V" };
  if (element === "i" && "dc" in values) return { setting: "dc", unit: "A" };
  if (element === "r" && "r" in values) return { setting: "r", unit: "Ω" };
  return undefined;
}

/** Xyce's `r1:r`, `v1:dcv0`: the value of an instance by its own name. */
function ownValue(owner: string, inner: string, span: Span, place: Environment, asks: Asks): SteppedTarget | undefined {
  const { complaints, network } = place.elaboration;
  const part = network.find(owner, place)?.part;
  if (part?.failed) return undefined;
  const names = part && { v: ["dc", "dcv0"], i: ["dc", "dcv0"], r: ["r"] }[part.element as "v" | "i" | "r"];
  if (part !== undefined && names?.includes(inner)) return valueTarget(part, written(span), span, place, asks);
  const message =
    part === undefined
      ? `There is neither a model nor an element \`${owner}\` whose \`${inner}\` could be ${asks}.`
      : `\`${inner}\` of \`${owner}\` cannot be ${asks}: of elements only the value of a source (\`v1:dc\`) and of a resistor (\`r1:r\`) can.`;
  const near = part === undefined ? nearName(owner, place.defined("model")) : undefined;
  complaints.error(part === undefined ? "unknown-name" : "cannot-sweep", message, span, didYouMean(near));
  return undefined;
}

/** `nmos m1(vto)`: the type is said twice and must fit. */
function modelTarget(word: Word, inner: readonly Item[], type: Word, items: Items): SteppedTarget | undefined {
  const { place } = items;
  const [name, kind] = [nameOf(word, place), nameOf(type, place)];
  const model = place.find("model", name);
  const [parameter, ...more] = inner;
  if (model === undefined) {
    const message = `There is no model \`${written(word.span)}\`.`;
    const near = nearName(name, place.defined("model"));
    place.elaboration.complaints.error("unknown-model", message, word.span, didYouMean(near));
    return undefined;
  }
  if (typeOf(model) !== kind) {
    const message = `\`${written(word.span)}\` is a model of type \`${typeOf(model)}\`, not \`${kind}\`.`;
    items.error("wrong-model-type", message, type.span, `write \`${typeOf(model)} ${name}(…)\`.`);
    return undefined;
  }
  if (parameter?.kind === "word" && more.length === 0) return modelParameter(name, nameOf(parameter, place));
  items.error("missing-name", `Between the parentheses behind \`${name}\` stands one parameter's name.`, word.span);
  return undefined;
}
