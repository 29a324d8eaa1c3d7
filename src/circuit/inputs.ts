import type { Formula } from "../expressions/formula.js";

/** The inputs of one formula, each once, in the order in which they are met. */
export class Inputs<Kind extends { readonly kind: string }> {
  readonly all: Kind[] = [];
  readonly #known = new Map<string, Formula>();

  /** The input for a quantity; 0 for ground. */
  of(quantity: Kind): Formula {
    if (quantity.kind === "node" && "node" in quantity && quantity.node === 0) return { kind: "number", value: 0 };
    const key = JSON.stringify(quantity);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made: Formula = { kind: "input", index: this.all.length };
    this.all.push(quantity);
    this.#known.set(key, made);
    return made;
  }
}
