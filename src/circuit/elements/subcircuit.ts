import type { DeviceDefinition, Item, Subcircuit } from "../../syntax/ast.js";
import type { Card } from "../card.js";
import { type Defined, Environment } from "../environment.js";
import { addEquationDefined } from "../equation-defined.js";
import { isGround } from "../network.js";
import { nearName, nodeName, nodeOf, numberOf, written } from "../readings.js";
import { nameOf, textOf } from "../words.js";

/** `X1 a b sub [params:] p=1`: a subcircuit, or a `.device`. */
export function readSubcircuitUse(card: Card): void {
  const items: Exclude<Item, { kind: "setting" }>[] = [];
  while (card.left > 0) {
    const isParams = /^params:?$/.test(card.peekWord() ?? "") && card.left === 1;
    const item = card.next()!;
    if (!isParams) items.push(item);
  }
  const last = items.pop();
  if (last?.kind !== "word") {
    const message = `\`${card.shown}\` needs nodes and then the name of a subcircuit.`;
    card.error("missing-subcircuit", message, last?.span ?? card.span);
    return;
  }
  const name = nameOf(last, card.place);
  const subcircuit = card.place.find("subcircuit", name);
  const device = card.place.find("device", name);
  if (subcircuit !== undefined && device !== undefined) {
    const message = `\`${name}\` is a subcircuit and a device: give one of them another name.`;
    card.error("ambiguous-name", message, last.span, [device.span, "the device"]);
    return;
  }
  if (subcircuit !== undefined) useSubcircuit(card, subcircuit, items);
  else if (device !== undefined) useDevice(card, device, items);
  else {
    complainOfUnknown(card, textOf(last, card.place), last.span);
    for (const item of items) nodeOf(item, card.place); // whoever speaks of them is right
  }
}

function complainOfUnknown(card: Card, name: string, span: Item["span"]): void {
  const { place } = card;
  const near = nearName(name, [...place.defined("subcircuit"), ...place.defined("device")]);
  const help = near ? `did you mean \`${near}\`?` : "define it with `.subckt`, or `.include` the file that does.";
  card.error("unknown-subcircuit", `There is no subcircuit \`${name}\`.`, span, undefined, help);
}

/** `Yhp m1 a b p=1` for a `.device hp`. */
export function useDevice(card: Card, device: Defined<"device">, items: readonly Item[]): void {
  const { definition } = device;
  const names = definition.terminals.map((word) => nameOf(word, device.place));
  if (!countsAgree(card, items, names, definition)) return;
  const terminals = items.map((item) => nodeOf(item, card.place));
  if (terminals.some((node) => node === undefined)) return;
  addEquationDefined(card, device, terminals as number[]);
}

function countsAgree(
  card: Card,
  items: readonly Item[],
  names: readonly string[],
  definition: Subcircuit | DeviceDefinition,
): boolean {
  if (items.length === names.length) return true;
  const shown = textOf(definition.name, card.place);
  const given = items.length === 1 ? "1 node" : `${items.length} nodes`;
  const message = `\`${card.shown}\` gives ${given}, but \`${shown}\` has ${names.length}: ${names.join(" ")}.`;
  const span = items[names.length]?.span ?? card.span;
  card.error("node-count", message, span, [definition.name.span, "it is defined here"]);
  return false;
}

function useSubcircuit(card: Card, subcircuit: Defined<"subcircuit">, items: readonly Item[]): void {
  const { definition, place: around } = subcircuit;
  const { elaboration, place } = card;
  const names = definition.nodes.map((word) => nameOf(word, around));
  if (!countsAgree(card, items, names, definition)) return;
  const ports = portsOf(card, names, items, definition);
  if (ports === undefined) return;
  card.named.ports = ports;
  if (elaboration.within.includes(definition)) {
    complainOfRecursion(card, definition);
    return;
  }
  const inside = new Environment(elaboration, { around, caller: place, path: `${card.path}.`, ports });
  setParameters(card, definition, inside);
  elaboration.within.push(definition);
  elaboration.readBody(definition.body, inside);
  elaboration.within.pop();
}

function portsOf(
  card: Card,
  names: readonly string[],
  items: readonly Item[],
  definition: Subcircuit,
): ReadonlyMap<string, number> | undefined {
  const ports = new Map<string, number>();
  for (const [k, name] of names.entries()) {
    const node = nodeOf(items[k]!, card.place);
    if (node === undefined) return undefined;
    const { span } = definition.nodes[k]!;
    if (isGround(name) && node !== 0) {
      const message = `\`${name}\` is ground everywhere, so it cannot be connected to \`${nodeName(items[k]!, card.place)}\`.`;
      card.error("ground-terminal", message, items[k]!.span, [span, "the terminal has the name of ground"]);
    }
    if (ports.has(name)) {
      card.error("duplicate-name", `\`${textOf(definition.name, card.place)}\` has two terminals \`${name}\`.`, span);
    }
    ports.set(name, node);
  }
  return ports;
}

function setParameters(card: Card, definition: Subcircuit, inside: Environment): void {
  const known = new Map(definition.parameters.map((parameter) => [parameter.name.toLowerCase(), parameter]));
  for (const [name, setting] of card.settings) {
    if (known.has(name)) {
      const value = numberOf(setting.value, card.place, `a number behind \`${written(setting.name.span)}=\``);
      inside.set(name, value, setting.span);
      known.delete(name);
    } else complainOfParameter(card, definition, name, setting.span);
  }
  for (const parameter of known.values()) inside.defineParameter(parameter, true);
}

function complainOfParameter(card: Card, definition: Subcircuit, name: string, span: Item["span"]): void {
  const shown = textOf(definition.name, card.place);
  const names = definition.parameters.map((parameter) => parameter.name.toLowerCase());
  if (name === "m") {
    const message = "`m=` on a subcircuit is not supported yet: write the copies with `.for`.";
    card.error("not-supported-yet", message, span);
    return;
  }
  const near = nearName(name, names);
  const list = names.map((it) => `\`${it}\``).join(", ");
  const help = near
    ? `did you mean \`${near}\`?`
    : names.length > 0
      ? `it takes ${list}.`
      : `declare it on the card \`.subckt ${shown}\`, behind its nodes.`;
  card.error(
    "unknown-parameter",
    `Subcircuit \`${shown}\` has no parameter \`${name}\`.`,
    span,
    [definition.name.span, "it is defined here"],
    help,
  );
}

function complainOfRecursion(card: Card, definition: Subcircuit): void {
  const { within } = card.elaboration;
  const chain = [...within.slice(within.indexOf(definition)), definition].map(
    ({ name }) => `\`${textOf(name, card.place)}\``,
  );
  const message =
    chain.length === 2
      ? `Subcircuit ${chain[0]} holds itself.`
      : `These subcircuits hold each other: ${chain.join(" holds ")}.`;
  card.error("subcircuit-cycle", message);
}
