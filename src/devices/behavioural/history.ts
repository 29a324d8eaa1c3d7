/** So many values are kept of each piece: a polynomial of degree 8. */
const degree = 8;

/** Where a piece is looked at, from 0 (its start) to 1 (its end): Chebyshev's points of the second kind. */
export const samples: readonly number[] = Array.from(
  { length: degree + 1 },
  (_, k) => (1 - Math.cos((k * Math.PI) / degree)) / 2,
);

/** Barycentric weights of these points: they alternate, and are halved at both ends. */
const weights: readonly number[] = samples.map((_, k) => (k === 0 || k === degree ? 0.5 : 1) * (k % 2 === 0 ? 1 : -1));

/** What a piece takes: its two ends, then its values. */
const width = 2 + samples.length;

/**
 * A quantity over the last stretch of time of length `span`, in pieces: in each the polynomial through its values at
 * `samples`. A jump is where two pieces meet with different values. Before the first piece it has its initial value.
 *
 * Berrut & Trefethen, Barycentric Lagrange interpolation, SIAM Review 46, 501 (2004), eq. (4.2) and (5.4)
 */
export class History {
  #pieces = new Float64Array(64 * width);
  #first = 0; // the oldest piece that is still needed
  #count = 0;
  #initial = Number.NaN;

  constructor(readonly span: number) {}

  /** Begins anew: up to now it had this value. */
  begin(initial: number): void {
    this.#initial = initial;
    this.#first = this.#count = 0;
  }

  /** Adds a piece behind the others: `values` at `samples` between t0 and t1. */
  add(t0: number, t1: number, values: Float64Array): void {
    this.#forgetBefore(t0 - this.span);
    if ((this.#count + 1) * width > this.#pieces.length) this.#makeRoom();
    const at = this.#count * width;
    this.#pieces[at] = t0;
    this.#pieces[at + 1] = t1;
    this.#pieces.set(values, at + 2);
    this.#count++;
  }

  /** The value at a time; where two pieces meet, that of the later one. */
  at(t: number): number {
    const k = this.#pieceAt(t);
    if (k < this.#first) return this.#first > 0 ? this.#pieces[this.#first * width + 2]! : this.#initial;
    const p = this.#pieces;
    const from = k * width;
    const s = (t - p[from]!) / (p[from + 1]! - p[from]!);
    if (s >= 1) return p[from + width - 1]!;
    let above = 0;
    let below = 0;
    for (let j = 0; j <= degree; j++) {
      const distance = s - samples[j]!;
      if (distance === 0) return p[from + 2 + j]!;
      const weight = weights[j]! / distance;
      above += weight * p[from + 2 + j]!;
      below += weight;
    }
    return above / below;
  }

  /** The last piece that begins at t or before; the one before the first if none does. */
  #pieceAt(t: number): number {
    let low = this.#first - 1;
    let high = this.#count;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#pieces[middle * width]! <= t) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Lets go of pieces that end before t; two more are kept, for a step that is made again. */
  #forgetBefore(t: number): void {
    while (this.#first + 3 < this.#count && this.#pieces[(this.#first + 2) * width + 1]! < t) this.#first++;
  }

  /** Moves what is needed to the front; where that is not enough, into twice the room. */
  #makeRoom(): void {
    const kept = this.#pieces.subarray(this.#first * width, this.#count * width);
    if (2 * kept.length > this.#pieces.length) {
      const larger = new Float64Array(2 * this.#pieces.length);
      larger.set(kept);
      this.#pieces = larger;
    } else this.#pieces.copyWithin(0, this.#first * width, this.#count * width);
    this.#count -= this.#first;
    this.#first = 0;
  }
}
