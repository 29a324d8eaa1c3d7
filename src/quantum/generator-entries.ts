import type { Coefficient } from "./operator.js";
import type { Rate } from "./rates.js";

/** A coefficient times a phase e^{iωt}, shared by many entries. */
export interface Drive {
  readonly coefficient: Coefficient | Rate;
  readonly omega: number;
}

/** What a term adds to an entry: a drive times a constant. */
export interface Contribution {
  readonly row: number;
  readonly column: number;
  readonly drive: number;
  readonly re: number;
  readonly im: number;
}

/** A part of a value: a drive's number, and what it is multiplied by. */
type Part = Pick<Contribution, "drive" | "re" | "im">;

/** The places (row·D + column, ascending) that are not 0, which value stands at each, and what the values are made of. */
export function entriesOf(contributions: readonly Contribution[], D: number) {
  const parts = new Map<number, Part[]>();
  for (const { row, column, ...part } of contributions) {
    const place = row * D + column;
    const before = parts.get(place);
    if (before === undefined) parts.set(place, [part]);
    else before.push(part);
  }
  const places = [...parts.keys()].sort((a, b) => a - b);
  const numbers = new Map<string, number>();
  const values: (readonly Part[])[] = [];
  const value = Int32Array.from(places, (place) => {
    const own = parts.get(place)!;
    const key = own.map(({ drive, re, im }) => `${drive} ${re} ${im}`).join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, values.length);
    return values.push(own) - 1;
  });
  return { places, value, values };
}

/** Coefficients with their phases, each pair once. */
export class Drives {
  readonly all: Drive[] = [];

  numberOf(coefficient: Coefficient | Rate, difference: number): number {
    const found = this.all.findIndex(
      (drive) =>
        same(drive.coefficient, coefficient) && Math.abs(drive.omega - difference) <= 1e-12 * Math.abs(difference),
    );
    return found >= 0 ? found : this.all.push({ coefficient, omega: difference }) - 1;
  }
}

const same = (a: Coefficient | Rate, b: Coefficient | Rate): boolean =>
  a === b || (!("at" in a) && !("at" in b) && a.re === b.re && a.im === b.im);
