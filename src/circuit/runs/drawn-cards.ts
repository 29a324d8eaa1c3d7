import type { Card } from "../card.js";
import type { Network } from "../network.js";
import type { Part } from "../part.js";

/** Elements whose cards say all that they are: nothing waits for other names, and nothing is read inside. */
const simple: ReadonlySet<string> = new Set(["r", "c", "l", "v", "i", "d", "m", "ymemristor"]);

/** A card of which draws, or what is stepped, decide a number. */
interface DrawnCard {
  readonly card: Card;
  readonly read: (card: Card) => void;
  /** The devices that it made: the first, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** How often it asked for what draws decide. */
  readonly touches: number;
}

/** The cards of elements that have to be read anew where another run draws. */
export class DrawnCards {
  readonly #cards: DrawnCard[] = [];

  /** Reads a card, and remembers it where draws decide what it says. */
  watch(card: Card, read: (card: Card) => void): void {
    const { draws, network, complaints } = card.elaboration;
    const [touched, from, said] = [draws.touched, network.count, complaints.all.length];
    const { waiting } = card.elaboration;
    draws.at(card.path, () => read(card));
    if (draws.touched === touched) return;
    const made = partsOf(network, from, network.count);
    for (const part of made) part.drawn = true;
    const isQuiet = complaints.all.length === said && card.elaboration.waiting === waiting;
    if (!isQuiet || card.named.ports !== undefined || !made.every(({ element }) => simple.has(element))) return;
    this.#cards.push({ card, read, from, to: network.count, touches: draws.touched - touched });
  }

  /** How often these cards asked for what draws decide. */
  get touches(): number {
    return this.#cards.reduce((sum, { touches }) => sum + touches, 0);
  }

  /** Reads them anew, into the places of the devices that they made; false if anything else comes of it than other values. */
  readAnew(): boolean {
    return this.#cards.every((it) => isReadAnew(it));
  }
}

const partsOf = (network: Network, from: number, to: number): readonly Part[] =>
  Array.from({ length: to - from }, (_, k) => network.part(from + k));

function isReadAnew({ card, read, from, to }: DrawnCard): boolean {
  const { draws, network, complaints } = card.elaboration;
  const [said, nodes, before] = [complaints.all.length, network.nodes.length, partsOf(network, from, to)];
  if (before.every(({ anew }) => anew !== undefined)) {
    const all = draws.at(card.path, () => before.every(hasNewValues));
    return all && complaints.all.length === said;
  }
  const again = card.unread();
  network.next = from;
  draws.at(card.path, () => read(again));
  const end = network.next;
  network.next = undefined;
  if (end !== to || complaints.all.length !== said || network.nodes.length !== nodes) return false;
  return before.every((old, k) => takesPlace(network.part(from + k), old));
}

/** Gives a device the values of this run; false where it is another device then. */
function hasNewValues(part: Part): boolean {
  const { device, values } = part.anew!();
  if (device !== part.device || values === undefined || !haveSameZeros(part.values, values)) return false;
  part.values = values;
  return true;
}

/** Whether a device is another but for its values; it is measured where the other was. */
function takesPlace(part: Part, old: Part): boolean {
  part.measured = old.measured;
  part.drawn = true;
  return (
    part.device === old.device &&
    haveSameZeros(part.values, old.values) &&
    part.initial === old.initial &&
    part.law === old.law &&
    part.xyce === old.xyce &&
    part.terminals.length === old.terminals.length &&
    part.terminals.every((node, k) => node === old.terminals[k])
  );
}

/** What is said of a whole circuit, and which parts of it are known again, may follow what of a device is there at all: levels, a resistance. */
const haveSameZeros = (a: Part["values"], b: Part["values"]): boolean =>
  Object.keys(a).every((name) => (a[name] === 0) === (b[name] === 0));
