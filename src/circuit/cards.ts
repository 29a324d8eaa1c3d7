import type { Instance, Item } from "../syntax/ast.js";
import type { PlainCards } from "../syntax/plain-cards.js";
import { PlainInstance } from "../syntax/plain-instance.js";
import { Card } from "./card.js";
import { elements, laterElements, typedElements } from "./elements/index.js";
import { useDevice } from "./elements/subcircuit.js";
import type { Environment } from "./environment.js";
import type { Elements } from "./expand.js";
import { Named } from "./part.js";
import { blockStatements } from "./quantum/statements.js";
import { nearName } from "./readings.js";
import { nameOf, textOf } from "./words.js";

/** Reads element cards into the circuit. */
export function readElements({ cards, places }: Elements): void {
  for (let k = 0; k < cards.length; k++) {
    const card = cards[k]!;
    if (card.kind === "cards") readPlainCards(card, places[k]!);
    else readElement(card, places[k]!);
  }
}

/** Reads cards in a row; all those of which there is nothing to say by a kernel, which makes no objects. */
function readPlainCards(cards: PlainCards, place: Environment): void {
  const { network, dialect } = place.elaboration;
  const isQuick = place.path === "" && dialect !== "ltspice";
  for (let k = 0; k < cards.count; k++) {
    if (isQuick) k = network.readPlain(cards, k);
    if (k < cards.count) readElement(cards.at(k), place);
  }
}

export function readElement(card: Instance, place: Environment): void {
  const instance = card instanceof PlainInstance ? card.settled() : card;
  const shown = textOf(instance.name, place);
  const lower = shown.toLowerCase();
  if (blockStatements.get(lower)?.isMeant(instance, place)) {
    complainOfOutside(instance, place);
    return;
  }
  const letter = lower.charAt(0);
  if (letter === "y") {
    readTyped(card, instance.items, place, lower);
    return;
  }
  const read = elements.get(letter);
  const { complaints } = place.elaboration;
  if (read !== undefined) {
    const path = place.path + lower;
    const named = claim(card, place, shown, path);
    if (named !== undefined) readInto(new Card(card, place, named, shown, path, instance.items), read);
    return;
  }
  const what = laterElements.get(letter);
  if (what !== undefined) {
    const message = `\`${shown}\`: ${what} (\`${letter.toUpperCase()}\`) are not supported yet.`;
    complaints.error("not-supported-yet", message, instance.name.span);
    return;
  }
  const letters = [...elements.keys(), "y"].map((it) => it.toUpperCase()).join(" ");
  const message = `\`${shown}\` begins with no letter of an element.`;
  complaints.error("unknown-element", message, instance.name.span, { help: `elements begin with ${letters}.` });
}

/** A line of a quantum block that stands in none. */
function complainOfOutside({ name }: Instance, place: Environment): void {
  const message = `\`${textOf(name, place)}\` is a line of a quantum block, and stands between \`.quantum\` and \`.endquantum\`.`;
  place.elaboration.complaints.error("outside-block", message, name.span);
}

/** `YMEMRISTOR m1 …` and `Yhp m1 …`: the type stands first, the name behind it. */
function readTyped(instance: Instance, items: readonly Item[], place: Environment, head: string): void {
  const [first] = items;
  const { complaints } = place.elaboration;
  const type = head.slice(1);
  const device = place.find("device", type);
  const read = typedElements.get(type);
  if (read === undefined && device === undefined) {
    complainOfType(instance, place, type);
    return;
  }
  if (first?.kind !== "word") {
    const message = `\`${textOf(instance.name, place)}\` needs a name behind it, then nodes.`;
    complaints.error("missing-name", message, first?.span ?? instance.span);
    return;
  }
  const shown = textOf(first, place);
  const path = place.path + shown.toLowerCase();
  const named = claim(instance, place, shown, path);
  if (named === undefined) return;
  const card = new Card(instance, place, named, shown, path, items.slice(1));
  readInto(card, (it) => {
    if (device === undefined) {
      read?.(it);
      return;
    }
    const nodes = [];
    while (it.left > 0) nodes.push(it.next()!);
    useDevice(it, device, nodes);
  });
}

function complainOfType(instance: Instance, place: Environment, type: string): void {
  const { complaints } = place.elaboration;
  const shown = textOf(instance.name, place);
  const near = nearName(type, [...typedElements.keys(), ...place.defined("device")]);
  const spelt = typedElements.has(near ?? "") ? `Y${near!.toUpperCase()}` : `Y${near}`;
  const list = [...typedElements.keys()].map((it) => `\`Y${it.toUpperCase()}\``).join(", ");
  const help = /^(q|oscillator)/.test(type)
    ? "qubits, oscillators and quantum memristors are lines between `.quantum` and `.endquantum`."
    : near
      ? `did you mean \`${spelt}\`?`
      : `there is ${list}, and \`Y\` with the name of a \`.device\`.`;
  complaints.error("unknown-element", `There is no typed device \`${shown}\`.`, instance.name.span, { help });
}

/** Takes the name of a card; undefined after having complained that it is taken. */
function claim(card: Instance, place: Environment, shown: string, path: string): Named | undefined {
  const { elaboration } = place;
  const named = new Named(card);
  const before = elaboration.network.names.claim(path, named);
  if (before === undefined) return named;
  const help = before.card === card && card.name.parts.length > 1 ? loopHelp(card, place) : undefined;
  elaboration.duplicate(`\`${shown}\``, card.name.span, before.span, help);
  return undefined;
}

/** `R{i}{j}` makes R111 of 1 and 11 and of 11 and 1. */
function loopHelp({ name }: Instance, place: Environment): string | undefined {
  const { parts, span } = name;
  const written = parts.map((part) =>
    typeof part === "string" ? part : `{${part.span.source.text.slice(part.span.start, part.span.end)}}`,
  );
  const glued = parts.some((part, k) => k > 0 && typeof part !== "string" && typeof parts[k - 1] !== "string");
  if (!glued)
    return `every turn of the loop needs a name of its own: put the loop's variable into \`${nameOf(name, place)}\`.`;
  const apart = written.join("").replaceAll("}{", "}_{");
  return span.end > span.start ? `two turns of the loop make the same name: write \`${apart}\`.` : undefined;
}

/** Reads a card; where it is wrong, something stands in for its device, so that its name is no second error. */
function readInto(card: Card, read: (card: Card) => void): void {
  card.elaboration.drawn.watch(card, read);
  const { named } = card;
  if (named.part === undefined && named.ports === undefined) card.add("?", []).failed = true;
}
