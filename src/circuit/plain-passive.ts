import { capacitor } from "../devices/linear/capacitor.js";
import { inductor } from "../devices/linear/inductor.js";
import { resistor } from "../devices/linear/resistor.js";
import type { PlainInstance } from "../syntax/plain-instance.js";
import { PlainWord } from "../syntax/word.js";
import { readQuantity } from "../units/quantity.js";
import type { Environment } from "./environment.js";
import { type Made, Named } from "./network.js";
import { blockStatements } from "./quantum/statements.js";

/** What a letter makes of a value. */
const passives: ReadonlyMap<string, (value: number) => Made> = new Map([
  ["r", (r: number): Made => ({ device: resistor, values: { r } })],
  ["c", (c: number): Made => ({ device: capacitor, values: { c } })],
  ["l", (l: number): Made => ({ device: inductor, values: { l } })],
]);

/** Values of which there is something to say: negative ones, and those whose last letter may be mistaken for a unit. */
const remark = /^-|[afms\u03a9]$/i;

const places = new Int32Array(8);

/**
 * Reads `R1 a b 1k` with a value that there is nothing to say of, as nearly all cards of a large netlist are: it puts into
 * the circuit what the readers of elements would. False, with nothing done, where they must look at the card.
 */
export function readPlainPassive(card: PlainInstance, place: Environment): boolean {
  const { source, start } = card;
  const { text } = source;
  const letter = text.charAt(start).toLowerCase();
  const make = passives.get(letter);
  if (make === undefined || !card.words(4, places)) return false;
  const { network, dialect } = place.elaboration;
  if (dialect === "ltspice") return false;
  const value = unremarkable(text.slice(places[6]!, places[7]!));
  if (value === undefined) return false;
  const shown = text.slice(start, places[1]!);
  const lower = shown.toLowerCase();
  const named = new Named(card);
  const name = place.path + lower;
  if (blockStatements.has(lower) || network.claim(name, named) !== undefined) return false;
  const terminals = [nodeAt(1, card, place), nodeAt(2, card, place)];
  named.part = network.add(place.path + shown, letter, terminals, card, make(value), undefined, name);
  return true;
}

function nodeAt(k: number, { source }: PlainInstance, place: Environment): number {
  const word = new PlainWord(source, places[2 * k]!, places[2 * k + 1]!);
  return place.elaboration.network.node(word.text, place, word);
}

/** The number that a text is; undefined where there is something to say of it. */
export function unremarkable(text: string): number | undefined {
  const reading = readQuantity(text);
  return "error" in reading || reading.value === 0 || remark.test(text) ? undefined : reading.value;
}
