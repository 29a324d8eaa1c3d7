import type { Item, Setting, Word } from "../syntax/ast.js";
import { similar } from "../text/similar.js";
import type { Span } from "../text/source.js";
import { readQuantity, readXyceMillion } from "../units/quantity.js";
import { constantOf, integerText } from "./constant-scope.js";
import type { Environment } from "./environment.js";
import { textOf } from "./words.js";

/** What may stand where a value is wanted. */
export type ValueItem = Setting["value"];

/** The text of the source at a place, for messages. */
export const written = ({ source, start, end }: Span): string => {
  const text = source.text.slice(start, end).replace(/\s+/g, " ");
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

/** The number that stands at a place, known before the analysis; NaN after having complained. */
export function numberOf(item: Item, place: Environment, what: string): number {
  if (item.kind === "expression") return constantOf(item.expression, place);
  if (item.kind === "word") return wordNumber(item, place, what);
  const message = `Expected ${what}, found \`${written(item.span)}\`.`;
  place.elaboration.complaints.error("expected-number", message, item.span);
  return Number.NaN;
}

function wordNumber(word: Word, place: Environment, what: string): number {
  const text = textOf(word, place);
  const reading = readQuantity(text);
  if (!("error" in reading)) return reading.value;
  const million = place.elaboration.dialect === "xyce" ? readXyceMillion(text) : undefined;
  if (million !== undefined) return million;
  const value = place.parameter(text.toLowerCase());
  if (value !== undefined) return value;
  const looksLikeNumber = /^[-+.\d]/.test(text);
  if (!looksLikeNumber && place.elaboration.complaints.incomplete) return Number.NaN;
  const near = looksLikeNumber ? undefined : nearName(text, place.names());
  const message = looksLikeNumber
    ? `Expected ${what}: ${reading.error}`
    : `Expected ${what}, found \`${text}\`, which is neither a number nor a parameter.`;
  const help = near && `did you mean the parameter \`${near}\`?`;
  place.elaboration.complaints.error("expected-number", message, word.span, { ...(help && { help }) });
  return Number.NaN;
}

/** The known name that a misspelt one may have been; names of one letter are not guessed at. */
export const nearName = (name: string, known: Iterable<string>): string | undefined =>
  name.length > 1 ? similar(name, known) : undefined;

/** `did you mean …?` as the help of a complaint, where there is a name near enough. */
export const didYouMean = (near: string | undefined): { readonly help?: string } =>
  near === undefined ? {} : { help: `did you mean \`${near}\`?` };

/** A word that a person would hardly call a node: a number with a suffix or a unit, or with a point. */
export const looksLikeValue = (text: string): boolean => !/^\d+$/.test(text) && !("error" in readQuantity(text));

/** The node that an item names; undefined after having complained. */
export function nodeOf(item: Item, place: Environment): number | undefined {
  const name = nodeName(item, place);
  return name === undefined ? undefined : place.elaboration.network.node(name, place, item.span);
}

/** The name of a node as an item says it. */
export function nodeName(item: Item, place: Environment): string | undefined {
  if (item.kind === "word") return textOf(item, place);
  if (item.kind === "expression" && item.lone) return integerText(item.expression, place);
  const message = `Expected the name of a node, found \`${written(item.span)}\`.`;
  place.elaboration.complaints.error("expected-node", message, item.span);
  return undefined;
}
