import type { CircuitLetter } from "../../result/quantum-circuit.js";

interface Kept {
  readonly base: string;
  readonly values: readonly number[];
  readonly meaning: string | undefined;
}

/**
 * Letters for the angles of a circuit: equal values share one, unlike ones of a kind are counted, `\delta_{1}`. All values
 * are to be `known` first, for a letter that stays alone has no number.
 */
export class Letters {
  readonly #all: Kept[] = [];

  know(base: string, values: readonly number[], meaning?: string): void {
    if (this.#find(base, values) < 0) this.#all.push({ base, values, meaning });
  }

  /** The letter of a value, a sign or factor before it and what it is multiplied by behind. */
  of(base: string, values: readonly number[], meaning: string | undefined, sign = "", behind = ""): string {
    this.know(base, values, meaning);
    return `${sign}${this.#letter(this.#all[this.#find(base, values)]!)}${behind}`;
  }

  /** What all letters mean. */
  table(): readonly CircuitLetter[] {
    return this.#all.map((kept) => ({
      letter: this.#letter(kept),
      meaning: kept.meaning,
      range: [kept.values.reduce((a, b) => Math.min(a, b)), kept.values.reduce((a, b) => Math.max(a, b))],
    }));
  }

  #find(base: string, values: readonly number[]): number {
    return this.#all.findIndex(
      (it) =>
        it.base === base && it.values.length === values.length && it.values.every((value, k) => value === values[k]),
    );
  }

  #letter({ base, values }: Kept): string {
    const kin = this.#all.filter((it) => it.base === base);
    const number = kin.length > 1 ? String(kin.findIndex((it) => it.values === values) + 1) : "";
    const index = [number, base === "\\theta" ? "i" : ""].filter((it) => it !== "").join(",");
    return index === "" ? base : `${base}_{${index}}`;
  }
}
