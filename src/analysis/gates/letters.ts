import type { CircuitLetter } from "../../result/quantum-circuit.js";

interface Kept {
  readonly base: string;
  readonly values: readonly number[];
  readonly meaning: string | undefined;
  /** What stands behind the letter and its number: `\Delta t`. */
  readonly behind: string;
}

/**
 * Letters for the angles of a circuit: equal values share one, unlike ones of a kind are counted, `\delta_{1}`. A letter
 * that stays alone has no number: they are right once all angles were asked for.
 */
export class Letters {
  readonly #all: Kept[] = [];

  /** The letter of an angle, a sign or a factor before it. */
  of(
    base: string,
    values: readonly number[],
    {
      sign = "",
      meaning,
      behind = "",
    }: { readonly sign?: string; readonly meaning?: string; readonly behind?: string } = {},
  ): string {
    const at = this.#find(base, values);
    const kept = this.#all[at] ?? { base, values, meaning, behind };
    if (at < 0) this.#all.push(kept);
    return `${sign}${this.#letter(kept)}`;
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

  #letter({ base, values, behind }: Kept): string {
    const kin = this.#all.filter((it) => it.base === base);
    const number = kin.length > 1 ? String(kin.findIndex((it) => it.values === values) + 1) : "";
    const index = [number, values.length > 1 ? "i" : ""].filter((it) => it !== "").join(",");
    return `${index === "" ? base : `${base}_{${index}}`}${behind}`;
  }
}
