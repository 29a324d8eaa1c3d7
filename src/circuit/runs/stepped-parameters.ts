import type { Span } from "../../text/source.js";

interface Stepped {
  readonly name: string;
  readonly span: Span;
  readonly first: () => number;
  asked: boolean;
  value?: number;
}

/** Parameters that a `.step` gives values to, by name: what they mean where no `.param` defines them. */
export class SteppedParameters {
  readonly #all = new Map<string, Stepped>();
  /** Their values in the run at hand. */
  given: ReadonlyMap<string, number> = new Map();

  define(name: string, span: Span, first: () => number): void {
    if (!this.#all.has(name)) this.#all.set(name, { name, span, first, asked: false });
  }

  /** The value of one; undefined if there is none of that name. */
  of(name: string): number | undefined {
    const stepped = this.#all.get(name);
    if (stepped === undefined) return undefined;
    stepped.asked = true;
    const given = this.given.get(name);
    if (given !== undefined) return given;
    stepped.value ??= stepped.first();
    return stepped.value;
  }

  /** Those that nothing has asked for. */
  unasked(): readonly { readonly name: string; readonly span: Span }[] {
    return [...this.#all.values()].filter(({ asked }) => !asked);
  }
}
