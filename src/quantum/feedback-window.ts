import {
  chebyshevIntegral,
  chebyshevPoints,
  chebyshevSeries,
  chebyshevTail,
  chebyshevValue,
} from "../numerics/chebyshev.js";

/** Error of the input that is tolerated in a piece of its history; photon numbers are of order 1. */
const tolerated = 1e-14;
/** A piece as short as this part of the window holds a jump of the input: it is taken as it is. */
const shortest = 1e-13;

/** ∫(n_in − ½) over a span of time. */
interface Piece {
  readonly from: number;
  readonly to: number;
  /** What it is at `from`. */
  readonly before: number;
  /** What is added within, a series on [−1, 1]. */
  readonly within: Float64Array;
}

/**
 * The reflectivity of a photonic quantum memristor (M. Sanz, L. Lamata and E. Solano, APL Photonics 3, 080801, 2018): it
 * follows the photons that came in over the last T,
 *
 *     R(t) = ½ + (N(t) − N(t − T))/T,     N(t) = ∫ (n_in − ½) dt,     dR/dt = (n_in(t) − n_in(t − T))/T.
 *
 * N is kept with its whole past, as polynomials between times; at each of them, and one window later, R may have a kink.
 * Before `start` n_in was ½. A piece is only kept when it is accurate: what is refused leaves no trace.
 */
export class FeedbackWindow {
  readonly #pieces: Piece[] = [];

  constructor(
    /** T, s. */
    readonly window: number,
    readonly start = 0,
  ) {}

  /** Up to when the input is known. */
  get end(): number {
    return this.#pieces.at(-1)?.to ?? this.start;
  }

  /** Where the input has to be known for the piece from `end` to a time. */
  points(to: number): Float64Array {
    return chebyshevPoints(this.end, to);
  }

  /** Whether the piece from `end` to a time is so short that nothing is seen within. */
  isShort(to: number): boolean {
    return to - this.end <= shortest * Math.max(this.window, Math.abs(this.end), Math.abs(to));
  }

  /** What makes a piece of the input's values at its points; undefined: the piece is too long for them. */
  piece(to: number, values: Float64Array): Piece | undefined {
    const from = this.end;
    const series = chebyshevSeries(values.map((n) => n - 0.5));
    if (!this.isShort(to) && !(chebyshevTail(series) <= tolerated)) return undefined;
    const half = (to - from) / 2;
    return { from, to, before: this.taken(from), within: chebyshevIntegral(series).map((c) => half * c) };
  }

  add(piece: Piece): void {
    this.#pieces.push(piece);
  }

  /** R at a time that the past reaches; within 0 … 1, as n_in is, but for rounding, which is cut off. */
  reflectivity(t: number): number {
    const R = 0.5 + (this.taken(t) - this.taken(t - this.window)) / this.window;
    return Math.min(1, Math.max(0, R));
  }

  /** N at a time that the past reaches. */
  taken(t: number): number {
    if (t <= this.start || this.#pieces.length === 0) return 0;
    const { from, to, before, within } = this.#pieceAt(t);
    return before + chebyshevValue(within, t >= to ? 1 : (2 * (t - from)) / (to - from) - 1);
  }

  /** The piece that holds a time, by halves. */
  #pieceAt(t: number): Piece {
    let [low, high] = [0, this.#pieces.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#pieces[middle]!.to < t) low = middle + 1;
      else high = middle;
    }
    return this.#pieces[low]!;
  }
}

/** Thrown where a mode is said to hold more than a photon, or less than none. */
export class NoPhotonNumber extends Error {
  constructor(
    readonly time: number,
    readonly value: number,
  ) {
    super(`A mode of at most one photon is said to hold ${value} at ${time}.`);
  }
}

/** Thrown where an input changes so often that its past would not fit into memory. */
export class PastTooLong extends Error {
  constructor(readonly time: number) {
    super(`The past of an input has more than ${mostPieces} pieces at ${time}.`);
  }
}

/** Some 10⁴ periods, and 10 MB. */
export const mostPieces = 2 ** 15;
const piecesBetweenBreaths = 1000;

/**
 * Takes an input that is a law of time into a window's past, up to a time; breakpoints are where it has corners. What it has
 * taken in by the time at which it throws `NoPhotonNumber` or `PastTooLong` reaches to that time. A generator only so that
 * a caller may draw breath.
 */
export function* follow(
  window: FeedbackWindow,
  input: (t: number) => number,
  until: number,
  breakpoints: readonly number[] = [],
): Generator<undefined, void, undefined> {
  let count = 0;
  for (const corner of [...breakpoints.filter((t) => t > window.end && t < until), until]) {
    let h = window.window;
    while (window.end < corner) {
      const left = corner - window.end;
      const to = h >= left * (1 - 1e-9) ? corner : window.end + h;
      const piece = pieceOf(window, input, to);
      if (piece !== undefined) window.add(piece);
      h = piece === undefined ? (to - window.end) / 2 : 2 * h;
      if (++count % piecesBetweenBreaths === 0) yield;
      if (count > mostPieces) throw new PastTooLong(window.end);
    }
  }
}

/** The piece from a window's end to a time; undefined: it is too long, or there are no photon numbers before its end. */
function pieceOf(window: FeedbackWindow, input: (t: number) => number, to: number): Piece | undefined {
  const points = inside(window.points(to));
  const values = points.map(input);
  const bad = values.findIndex((n) => !(n >= -slack && n <= 1 + slack));
  if (bad < 0) return window.piece(to, values);
  if (window.isShort(to)) throw new NoPhotonNumber(points[bad]!, values[bad]!);
  return undefined;
}

/** Rounding of a law that touches 0 or 1. */
const slack = 1e-9;

/** A law that jumps at an end of a piece is looked at inside of it. */
function inside(points: Float64Array): Float64Array {
  const [first, last] = [points[0]!, points.at(-1)!];
  const a = first + (last - first) * 1e-12;
  const b = last - (last - first) * 1e-12;
  return points.map((t) => Math.min(Math.max(t, a), b));
}
