import type { Span } from "../../text/source.js";

interface Stepped {
  readonly name: string;
  readonly span: Span;
  readonly first: () => number;
  asked: boolean;
  value?: number;
}

/** A value that a run gives, and the card that says so. */
export interface SteppedValue {
  readonly value: number;
  readonly span: Span;
}

const none: ReadonlyMap<string, SteppedValue> = new Map();

/** Parameters that a `.step` gives values to, by name: what they mean where no `.param` defines them. */
export class SteppedParameters {
  readonly #all = new Map<string, Stepped>();
  /** Their values in the run at hand. */
  given: ReadonlyMap<string, number> = new Map();

  readonly #models = new Map<string, Map<string, SteppedValue>>();

  /** Gives a parameter of a model its value in the run at hand. */
  setModel(model: string, parameter: string, value: SteppedValue): void {
    this.#models.set(model, (this.#models.get(model) ?? new Map()).set(parameter, value));
  }

  /** What the run at hand says of a model, by parameters. */
  ofModel(model: string): ReadonlyMap<string, SteppedValue> {
    return this.#models.get(model) ?? none;
  }

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
