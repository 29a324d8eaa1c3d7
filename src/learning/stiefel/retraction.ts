import { added, addProduct, type Columns, columnsOf, copied, overlaps } from "../../numerics/linear/columns.js";
import { orthonormalise } from "../../numerics/linear/orthonormal-columns.js";
import { solveInPlace } from "./solve.js";

/**
 * Goes from a point of the manifold along a tangent and comes back to it: R(S, tξ) = S + tξ + O(t²). It keeps nothing
 * between calls but room to work in.
 */
export interface Retraction {
  /** Overwrites Y; false: it fails there, and a shorter way must be tried. */
  retract(S: Columns, t: number, xi: Columns, Y: Columns): boolean;
}

export const retractions = ["qr", "polar", "cayley"] as const;

export type RetractionName = (typeof retractions)[number];

export function retractionOf(name: RetractionName, rows: number, count: number): Retraction {
  if (name === "qr") return qr;
  return name === "polar" ? new Polar(rows, count) : new Cayley(rows, count);
}

/** The orthonormal factor of S + tξ: the cheapest. */
const qr: Retraction = {
  retract(S, t, xi, Y) {
    added(S, t, xi, Y);
    return orthonormalise(Y);
  },
};

/**
 * The nearest point of the manifold to Y = S + tξ, Y(Y†Y)^(−½). The orthonormal factor times the polar factor of the triangle,
 * which comes from Newton's iteration U ← (U + U^−†)/2 (N. Higham, SIAM Journal on Scientific and Statistical Computing 7,
 * 1160, 1986).
 */
class Polar implements Retraction {
  readonly #moved: Columns;
  readonly #turn: Columns;
  readonly #inverse: Columns;
  readonly #matrix: Columns;

  constructor(rows: number, count: number) {
    this.#moved = columnsOf(rows, count);
    this.#turn = columnsOf(count, count);
    this.#inverse = columnsOf(count, count);
    this.#matrix = columnsOf(count, count);
  }

  retract(S: Columns, t: number, xi: Columns, Y: Columns): boolean {
    const Z = this.#moved;
    added(S, t, xi, Z);
    copied(Z, Y);
    if (!orthonormalise(Y)) return false;
    overlaps(Y, Z, this.#turn); // Q†Y is the triangle
    if (!this.#toPolarFactor()) return false;
    copied(Y, Z);
    Y.re.fill(0);
    Y.im.fill(0);
    addProduct(1, Z, this.#turn, Y);
    return true;
  }

  #toPolarFactor(): boolean {
    const { count: n, re, im } = this.#turn;
    for (let round = 0; round < mostRounds; round++) {
      if (!this.#invert()) return false;
      let change = 0;
      for (let k = 0; k < n; k++) {
        for (let j = 0; j < n; j++) {
          const [a, b] = [k * n + j, j * n + k];
          const x = (re[a]! + this.#inverse.re[b]!) / 2;
          const y = (im[a]! - this.#inverse.im[b]!) / 2;
          change = Math.max(change, Math.abs(x - re[a]!), Math.abs(y - im[a]!));
          re[a] = x;
          im[a] = y;
        }
      }
      if (change < converged) return true;
    }
    return false;
  }

  #invert(): boolean {
    copied(this.#turn, this.#matrix);
    const { count, re, im } = this.#inverse;
    re.fill(0);
    im.fill(0);
    for (let k = 0; k < count; k++) re[k * count + k] = 1;
    return solveInPlace(this.#matrix, this.#inverse);
  }
}

/** Newton's iteration squares its error: a change of this size is followed by rounding alone. */
const converged = 1e-9;
/** Each round halves a singular value that is too large. */
const mostRounds = 60;

/**
 * Cayley's transform: S turned by the unitary (1 − tW/2)⁻¹(1 + tW/2), whose generator W = Pξ S† − S ξ†P, P = 1 − SS†/2, has
 * WS = ξ. Since W = UV† with 2n columns each, only a 2n × 2n matrix is solved with (Z. Wen and W. Yin, Mathematical
 * Programming 142, 397, 2013).
 */
class Cayley implements Retraction {
  readonly #U: Columns; // (Pξ, S)
  readonly #V: Columns; // (S, −Pξ)
  readonly #matrix: Columns;
  readonly #right: Columns;
  readonly #overlap: Columns;

  constructor(rows: number, count: number) {
    this.#U = columnsOf(rows, 2 * count);
    this.#V = columnsOf(rows, 2 * count);
    this.#matrix = columnsOf(2 * count, 2 * count);
    this.#right = columnsOf(2 * count, count);
    this.#overlap = columnsOf(count, count);
  }

  retract(S: Columns, t: number, xi: Columns, Y: Columns): boolean {
    this.#factor(S, xi, Y);
    overlaps(this.#V, this.#U, this.#matrix);
    overlaps(this.#V, S, this.#right);
    const { re, im, rows } = this.#matrix;
    for (let k = 0; k < re.length; k++) {
      re[k]! *= -t / 2;
      im[k]! *= -t / 2;
      if (k % (rows + 1) === 0) re[k]! += 1;
    }
    if (!solveInPlace(this.#matrix, this.#right)) return false;
    copied(S, Y);
    addProduct(t, this.#U, this.#right, Y);
    // Exact in exact arithmetic; roundings of many steps would add up.
    return orthonormalise(Y);
  }

  /** U and V; Y is room for Pξ = ξ − S(S†ξ)/2. */
  #factor(S: Columns, xi: Columns, Y: Columns): void {
    overlaps(S, xi, this.#overlap);
    copied(xi, Y);
    addProduct(-0.5, S, this.#overlap, Y);
    const size = S.re.length;
    this.#U.re.set(Y.re);
    this.#U.im.set(Y.im);
    this.#U.re.set(S.re, size);
    this.#U.im.set(S.im, size);
    this.#V.re.set(S.re);
    this.#V.im.set(S.im);
    for (let k = 0; k < size; k++) {
      this.#V.re[size + k] = -Y.re[k]!;
      this.#V.im[size + k] = -Y.im[k]!;
    }
  }
}
