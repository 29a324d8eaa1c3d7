import type { Formula } from "../expressions/formula.js";

/** The inputs of one formula, each once, in the order in which they are met. */
export class Inputs<Kind extends { readonly kind: string }> {
  readonly all: Kind[] = [];
  readonly #known = new Map<number | string, Formula>();

  /** The input for a quantity; 0 for ground. */
  of(quantity: Kind): Formula {
    if (quantity.kind === "node" && "node" in quantity && quantity.node === 0) return { kind: "number", value: 0 };
    const key = keyOf(quantity);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made: Formula = { kind: "input", index: this.all.length };
    this.all.push(quantity);
    this.#known.set(key, made);
    return made;
  }
}

interface Numbered {
  readonly kind: string;
  readonly node?: number;
  readonly instance?: number;
  readonly index?: number;
  readonly terminal?: number;
}

/** What is numbered beyond this within an instance has a text for its key. */
const most = 64;

/** What no other quantity has; a number for those that circuits are full of, since texts take much longer to find. */
export function keyOf(quantity: Numbered): number | string {
  const { kind, node, instance, index, terminal } = quantity;
  if (kind === "node" && node !== undefined) return 3 * node;
  if (kind === "own" && instance !== undefined && index !== undefined && index < most)
    return 3 * (most * instance + index) + 1;
  if (kind === "current" && instance !== undefined && terminal !== undefined && terminal < most)
    return 3 * (most * instance + terminal) + 2;
  return JSON.stringify(quantity);
}
