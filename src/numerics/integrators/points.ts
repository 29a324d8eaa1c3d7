/** The last points of a solution, at any distances, and the polynomial through them. */
export class Points {
  readonly #times: number[] = []; // the youngest first
  readonly #points: Float64Array[] = []; // size n each
  readonly #n: number;
  readonly #most: number;

  constructor(n: number, most: number) {
    this.#n = n;
    this.#most = most;
  }

  get count(): number {
    return this.#times.length;
  }

  add(t: number, x: Float64Array): void {
    const place = this.count === this.#most ? this.#points.pop()! : new Float64Array(this.#n);
    place.set(x);
    this.#points.unshift(place);
    this.#times.unshift(t);
    if (this.#times.length > this.#most) this.#times.pop();
  }

  /** Forgets all but the youngest. */
  keep(count: number): void {
    this.#times.length = Math.min(count, this.count);
    this.#points.length = this.#times.length;
  }

  last(): Float64Array {
    return this.#points[0]!;
  }

  /** ∏ (t − tⱼ) over the points. */
  product(t: number): number {
    return this.#times.reduce((product, at) => product * (t - at), 1);
  }

  /** Lagrange's polynomial through the youngest `count` points. */
  evaluate(count: number, t: number, out: Float64Array): void {
    const times = this.#times.slice(0, count);
    out.fill(0);
    for (let j = 0; j < times.length; j++) {
      let factor = 1;
      for (let k = 0; k < times.length; k++) if (k !== j) factor *= (t - times[k]!) / (times[j]! - times[k]!);
      const point = this.#points[j]!;
      for (let i = 0; i < out.length; i++) out[i]! += factor * point[i]!;
    }
  }
}
