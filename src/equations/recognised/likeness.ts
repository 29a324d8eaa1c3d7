import type { Quantity } from "../../circuit/circuit.js";
import { keyOf } from "../../circuit/inputs.js";

/**
 * What two places of a circuit must have in common to be alike: a text that says which of the quantities at hand are the
 * same, none of them by its number in the circuit. A thousand cells of a crossbar are alike, and what is found of one holds
 * for all.
 */
export class Likeness {
  /** The quantities in the order in which they were met, each once. */
  readonly met: Quantity[] = [];
  readonly #keys: (number | string)[] = [];
  #text: string;

  /** @param beside whatever else must be the same */
  constructor(beside: string) {
    this.#text = beside;
  }

  get text(): string {
    return this.#text;
  }

  say(text: string): void {
    this.#text += text;
  }

  /** Ground is always itself, and no other quantity is it. */
  meet(quantity: Quantity): void {
    if (quantity.kind === "node" && quantity.node === 0) this.#text += " ground";
    else this.#text += ` ${this.#numberOf(quantity)}`;
  }

  /** The places among `met` of quantities that were met. */
  placesOf(quantities: readonly Quantity[]): readonly number[] {
    return quantities.map((it) => this.#keys.indexOf(keyOf(it)));
  }

  at(places: readonly number[]): readonly Quantity[] {
    return places.map((place) => this.met[place]!);
  }

  #numberOf(quantity: Quantity): number {
    const key = keyOf(quantity);
    const known = this.#keys.indexOf(key);
    if (known >= 0) return known;
    this.#keys.push(key);
    return this.met.push(quantity) - 1;
  }
}

/** What was found for an object and a likeness. */
export class FoundAlike<Value> {
  readonly #known = new Map<object, Map<string, Value>>();

  of(object: object, likeness: string, find: () => Value): Value {
    const known = this.#known.get(object) ?? new Map<string, Value>();
    if (known.size === 0) this.#known.set(object, known);
    const before = known.get(likeness);
    if (before !== undefined) return before;
    const found = find();
    known.set(likeness, found);
    return found;
  }
}
