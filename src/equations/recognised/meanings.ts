import type { Quantity, Unknown } from "../../circuit/circuit.js";
import { Inputs, keyOf } from "../../circuit/inputs.js";
import type { Formula } from "../../expressions/formula.js";
import { substitute } from "../../expressions/substitute.js";
import { FoundAlike, Likeness } from "./likeness.js";

/** How a quantity is told. */
export type Read = (quantity: Quantity) => Formula;

/** What a quantity of the old circuit is in the new one. */
export interface Meaning {
  /** What it says beside what it reads: meanings that say the same are alike where these are. */
  readonly says: string;
  readonly reads: readonly Quantity[];
  write(read: Read): Formula;
}

/** A law of the new circuit, and its inputs. */
interface Law {
  readonly formula: Formula;
  readonly controls: readonly Unknown[];
}

/** What is told by others in a circuit that is written anew. A law is written once for all places that are alike. */
export class Meanings {
  readonly #meanings = new Map<number | string, Meaning>();
  /** `controls` are places among the quantities that were met. */
  readonly #laws = new FoundAlike<{ readonly formula: Formula; readonly controls: readonly number[] }>();
  readonly #numbers = new Map<Formula, number>();

  mean(of: Quantity, meaning: Meaning): void {
    this.#meanings.set(keyOf(of), meaning);
  }

  /** Whether a quantity is told by others now. */
  knows(quantity: Quantity): boolean {
    return this.#meanings.has(keyOf(quantity));
  }

  /** What stands for a quantity, in words of quantities that `put` knows. */
  read(quantity: Quantity, put: Read): Formula {
    const meaning = this.#meanings.get(keyOf(quantity));
    return meaning === undefined ? put(quantity) : meaning.write((it) => this.read(it, put));
  }

  /** A formula of these quantities, in words of those that `put` knows. */
  rewritten(formula: Formula, reads: readonly Quantity[], put: Read): Formula {
    return rewritten(formula, reads, (quantity) => this.read(quantity, put));
  }

  /** What `write` makes of a formula and of quantities; `beside` is what else it depends on. */
  lawOf(of: Formula, beside: string, quantities: readonly Quantity[], write: (put: Read) => Formula): Law {
    const alike = new Likeness(beside);
    for (const quantity of quantities) this.#describe(quantity, alike);
    const { formula, controls } = this.#laws.of(of, alike.text, () => {
      const inputs = new Inputs<Quantity>();
      return { formula: write((quantity) => inputs.of(quantity)), controls: alike.placesOf(inputs.all) };
    });
    return { formula, controls: alike.at(controls) as readonly Unknown[] };
  }

  /** A number by which a meaning may say which formula it has. */
  numberOf(formula: Formula): number {
    const known = this.#numbers.get(formula) ?? this.#numbers.size;
    this.#numbers.set(formula, known);
    return known;
  }

  /** Says what a quantity is made of in the new circuit. */
  #describe(quantity: Quantity, alike: Likeness): void {
    const meaning = this.#meanings.get(keyOf(quantity));
    if (meaning === undefined) {
      alike.meet(quantity);
      return;
    }
    alike.say(` (${meaning.says}:`);
    for (const read of meaning.reads) this.#describe(read, alike);
    alike.say(")");
  }
}

/** A formula with what it reads as `read` tells it, each quantity asked for once. */
export function rewritten(formula: Formula, reads: readonly Quantity[], read: Read): Formula {
  const known: Formula[] = [];
  return substitute(formula, (k) => (known[k] ??= read(reads[k]!)));
}
