import type { Columns } from "../../numerics/linear/columns.js";
import type { Realisation, Score, Sweeps } from "./ensemble.js";
import type { Group } from "./group.js";

/** One realisation by itself, of any network and by any retraction. */
export class SingleGroup implements Group {
  readonly runs = 1;
  evaluations = 0;
  products = 0;
  #score: Score;

  constructor(
    readonly sweeps: Sweeps,
    readonly realisation: Realisation,
  ) {
    this.#score = sweeps.look(realisation);
  }

  advance(rests?: (run: number) => boolean): void {
    if (rests?.(0)) return;
    const { evaluations, products } = this.sweeps;
    this.#score = this.sweeps.advance(this.realisation);
    this.evaluations += this.sweeps.evaluations - evaluations;
    this.products += this.sweeps.products - products;
  }

  score(cost: Float64Array, right: Float64Array, first: number): void {
    cost[first] = this.#score.cost;
    right[first] = this.#score.right;
  }

  points(): readonly Columns[] {
    return this.realisation.points;
  }

  numbers(): readonly number[] {
    const { points, paces, along } = this.realisation;
    return [
      ...[...points, ...(along ?? [])].flatMap(({ re, im }) => [...re, ...im]),
      ...paces.flatMap(({ cost, step, slope }) => [cost, step, slope]),
    ];
  }

  resume(_run: number, numbers: readonly number[]): void {
    const { points, paces, along } = this.realisation;
    let at = 0;
    for (const { re, im } of [...points, ...(along ?? [])]) {
      for (const plane of [re, im]) {
        plane.set(numbers.slice(at, at + plane.length));
        at += plane.length;
      }
    }
    for (const pace of paces) {
      [pace.cost, pace.step, pace.slope] = [numbers[at]!, numbers[at + 1]!, numbers[at + 2]!];
      at += 3;
    }
    this.#score = this.sweeps.look(this.realisation);
  }
}
