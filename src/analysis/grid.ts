/**
 * The output times of a transient: start, start + step, …, stop. Each is computed as a product, so that they do not
 * drift; the last is the stop time itself.
 */
export class Grid {
  #next = 0;
  readonly points: number;

  constructor(
    readonly start: number,
    readonly stop: number,
    readonly step: number,
  ) {
    this.points = Math.ceil((stop - start) / step - 1e-9) + 1;
  }

  /** The next output time that has not been taken; undefined after the last. */
  get next(): number | undefined {
    return this.#next < this.points ? this.#time(this.#next) : undefined;
  }

  /** Takes the next output time if it is not after t. */
  take(t: number): number | undefined {
    const next = this.next;
    if (next === undefined || next > t) return undefined;
    this.#next++;
    return next;
  }

  /** Takes the next output times that are not after t, as many as there is room for; gives how many. */
  takeAll(t: number, times: Float64Array): number {
    let count = 0;
    for (; count < times.length && this.#next < this.points; count++) {
      const next = this.#time(this.#next);
      if (next > t) break;
      times[count] = next;
      this.#next++;
    }
    return count;
  }

  #time(k: number): number {
    return k === this.points - 1 ? this.stop : this.start + k * this.step;
  }
}
