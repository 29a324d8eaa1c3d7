import { type Contribution, type Drive, Drives, entriesOf } from "./generator-entries.js";
import { type Coefficient, lawAt } from "./operator.js";
import { type Rate, UnknownRate } from "./rates.js";
import { oneRow, threeRows, twoRows } from "./row-sums.js";
import type { SparseOperator, SparseTerm } from "./sparse-operator.js";

/** Whether a term can go into the rotating frame: diagonal, real and constant. */
export const isFree = ({ coefficient, row, column, im }: SparseTerm): boolean =>
  typeof coefficient.re === "number" &&
  coefficient.im === 0 &&
  im.every((value) => value === 0) &&
  row.every((a, k) => a === column[k]);

/** What is lost through jumps, L†L, and at which rate. */
export interface Loss {
  readonly rate: Rate;
  readonly entries: SparseOperator;
}

/**
 * G(t) = −iH̃ − ½Σ γ L̃†L̃ in the rotating frame, by rows: how a state vector moves while nothing jumps. The diagonal of
 * the second part is kept apart: it is all there is for uncoupled memristors.
 */
export class Generator {
  /** Whether nothing stands beside the diagonal losses. */
  readonly isDiagonal: boolean;
  readonly #D: number;
  readonly #drives: readonly Drive[];
  readonly #driveRe: Float64Array; // size: number of drives
  readonly #driveIm: Float64Array;
  readonly #start: Int32Array; // size D + 1: entries of row a are start[a] … start[a+1] − 1
  readonly #column: Int32Array; // size nnz
  readonly #value: Int32Array; // size nnz: which of the values stands there; Paulis have few
  readonly #re: Float64Array; // the different values at the present time
  readonly #im: Float64Array;
  readonly #target: Int32Array; // one for each contribution to a value: which value
  readonly #drive: Int32Array;
  readonly #partRe: Float64Array;
  readonly #partIm: Float64Array;
  readonly #losses: readonly { readonly rate: Rate; readonly half: Float64Array }[]; // half: ½(L†L)ₐₐ, size D

  constructor(D: number, energy: Float64Array, hamiltonian: SparseOperator, losses: readonly Loss[]) {
    this.#D = D;
    const drives = new Drives();
    const contributions: Contribution[] = [];
    const add = (
      term: SparseTerm,
      coefficient: Coefficient | Rate,
      fr: number,
      fi: number,
      keep: (k: number) => boolean,
    ) => {
      for (let k = 0; k < term.row.length; k++) {
        if (!keep(k)) continue;
        const [row, column, x, y] = [term.row[k]!, term.column[k]!, term.re[k]!, term.im[k]!];
        const drive = drives.numberOf(coefficient, energy[row]! - energy[column]!);
        contributions.push({ row, column, drive, re: fr * x - fi * y, im: fr * y + fi * x });
      }
    };
    for (const term of hamiltonian) add(term, term.coefficient, 0, -1, () => true);
    this.#losses = losses.map(({ rate, entries }) => ({ rate, half: diagonalOf(D, entries, 0.5) }));
    for (const { rate, entries } of losses) {
      for (const term of entries) {
        if (!isConstantCoefficient(term.coefficient)) add(term, timesRate(term.coefficient, rate), -0.5, 0, () => true);
        else {
          const { re, im } = constant(term.coefficient);
          add(term, rate, -re / 2, -im / 2, (k) => term.row[k] !== term.column[k]);
        }
      }
    }
    this.isDiagonal = contributions.length === 0;
    this.#drives = drives.all;
    this.#driveRe = new Float64Array(this.#drives.length);
    this.#driveIm = new Float64Array(this.#drives.length);
    const { places, value, values } = entriesOf(contributions, D);
    this.#column = Int32Array.from(places, (place) => place % D);
    this.#start = new Int32Array(D + 1);
    for (const place of places) this.#start[Math.floor(place / D) + 1]!++;
    for (let a = 0; a < D; a++) this.#start[a + 1]! += this.#start[a]!;
    this.#value = value;
    this.#re = new Float64Array(values.length);
    this.#im = new Float64Array(values.length);
    const parts = values.flatMap((list, target) => list.map((part) => ({ ...part, target })));
    this.#target = Int32Array.from(parts, ({ target }) => target);
    this.#drive = Int32Array.from(parts, ({ drive }) => drive);
    this.#partRe = Float64Array.from(parts, ({ re }) => re);
    this.#partIm = Float64Array.from(parts, ({ im }) => im);
  }

  /** Goes to a time; writes ½Σ γ (L†L)ₐₐ. */
  at(t: number, decay: Float64Array): void {
    decay.fill(0);
    for (let k = 0; k < this.#losses.length; k++) {
      const { rate, half } = this.#losses[k]!;
      const gamma = rate.at(t);
      // A rate that is given by its integral may be singular.
      if (!Number.isFinite(gamma)) throw new UnknownRate(t);
      for (let a = 0; a < half.length; a++) decay[a]! += gamma * half[a]!;
    }
    for (let k = 0; k < this.#drives.length; k++) {
      const { coefficient, omega } = this.#drives[k]!;
      const x = "at" in coefficient ? coefficient.at(t) : lawAt(coefficient.re, t);
      const y = "at" in coefficient ? 0 : lawAt(coefficient.im, t);
      const c = Math.cos(omega * t);
      const s = Math.sin(omega * t);
      this.#driveRe[k] = x * c - y * s;
      this.#driveIm[k] = x * s + y * c;
    }
    this.#evaluate();
  }

  #evaluate(): void {
    const gr = this.#re.fill(0);
    const gi = this.#im.fill(0);
    const targets = this.#target;
    const drives = this.#drive;
    for (let k = 0; k < targets.length; k++) {
      const target = targets[k]!;
      const c = this.#driveRe[drives[k]!]!;
      const s = this.#driveIm[drives[k]!]!;
      const x = this.#partRe[k]!;
      const y = this.#partIm[k]!;
      gr[target]! += c * x - s * y;
      gi[target]! += c * y + s * x;
    }
  }

  /** Gψ, the lost part and all; ψ by all real parts, then all imaginary ones. `decay` is what `at` wrote. */
  timesKet(y: Float64Array, decay: Float64Array, out: Float64Array): void {
    const D = this.#D;
    const start = this.#start;
    const column = this.#column;
    const value = this.#value;
    const gr = this.#re;
    const gi = this.#im;
    let k = 0;
    for (let a = 0; a < D; a++) {
      const end = start[a + 1]!;
      let x = -decay[a]! * y[a]!;
      let z = -decay[a]! * y[D + a]!;
      for (; k < end; k++) {
        const p = column[k]!;
        const c = gr[value[k]!]!;
        const s = gi[value[k]!]!;
        const u = y[p]!;
        const v = y[D + p]!;
        x += c * u - s * v;
        z += c * v + s * u;
      }
      out[a] = x;
      out[D + a] = z;
    }
  }

  /** X = Gρ, without the diagonal losses. */
  timesRows(re: Float64Array, im: Float64Array, xr: Float64Array, xi: Float64Array): void {
    if (this.isDiagonal) return;
    const width = this.#D;
    const column = this.#column;
    const gr = (k: number): number => this.#re[this.#value[k]!]!;
    const gi = (k: number): number => this.#im[this.#value[k]!]!;
    xr.fill(0);
    xi.fill(0);
    for (let a = 0; a < this.#D; a++) {
      const end = this.#start[a + 1]!;
      const to = a * width;
      let k = this.#start[a]!;
      for (; k + 3 <= end; k += 3) {
        const p = column[k]! * width;
        const q = column[k + 1]! * width;
        const r = column[k + 2]! * width;
        threeRows(re, im, xr, xi, to, width, p, gr(k), gi(k), q, gr(k + 1), gi(k + 1), r, gr(k + 2), gi(k + 2));
      }
      if (k + 2 === end) {
        const p = column[k]! * width;
        const q = column[k + 1]! * width;
        twoRows(re, im, xr, xi, to, width, p, gr(k), gi(k), q, gr(k + 1), gi(k + 1));
        k += 2;
      }
      if (k < end) oneRow(re, im, xr, xi, to, width, column[k]! * width, gr(k), gi(k));
    }
  }
}

function diagonalOf(D: number, entries: SparseOperator, factor: number): Float64Array {
  const diagonal = new Float64Array(D);
  for (const { coefficient, row, column, re, im } of entries) {
    if (!isConstantCoefficient(coefficient)) continue; // it stands with the rest
    const c = constant(coefficient);
    for (let k = 0; k < row.length; k++) {
      if (row[k] === column[k]) diagonal[row[k]!]! += factor * (c.re * re[k]! - c.im * im[k]!);
    }
  }
  return diagonal;
}

export const isConstantCoefficient = ({ re, im }: Coefficient): boolean =>
  typeof re === "number" && typeof im === "number";

/** A coefficient that has been found constant. */
export function constant({ re, im }: Coefficient): { readonly re: number; readonly im: number } {
  if (typeof re === "number" && typeof im === "number") return { re, im };
  throw new Error("A coefficient varies in time where a constant one is needed.");
}

const timesRate = ({ re, im }: Coefficient, rate: Rate): Coefficient => ({
  re: (t) => rate.at(t) * lawAt(re, t),
  im: (t) => rate.at(t) * lawAt(im, t),
});
