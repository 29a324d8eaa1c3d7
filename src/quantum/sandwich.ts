import { constant, isConstantCoefficient } from "./generator.js";
import { type Coefficient, lawAt } from "./operator.js";
import type { Rate } from "./rates.js";
import type { SparseOperator } from "./sparse-operator.js";

const one = { re: 1, im: 0 };

/** γ L̃ρ̃L̃†, what comes in through a jump: from each pair of entries of L one product of two numbers. */
export class Sandwich {
  readonly #D: number;
  readonly #row: Int32Array; // size nnz, ascending
  readonly #column: Int32Array; // size nnz
  readonly #omega: Float64Array; // size nnz: the phase of each entry turns with this
  readonly #valueRe: Float64Array; // size nnz
  readonly #valueIm: Float64Array;
  readonly #re: Float64Array; // size nnz: the values at the present time
  readonly #im: Float64Array;
  /** Coefficients that follow time; size nnz: which of them an entry has, −1 for none. */
  readonly #varying: readonly Coefficient[];
  readonly #factors: { re: number; im: number }[];
  readonly #law: Int32Array;
  /** All entries turn alike, which cancels, and all are real and constant. */
  readonly #isReal: boolean;

  constructor(
    D: number,
    energy: Float64Array,
    entries: SparseOperator,
    readonly rate: Rate,
  ) {
    this.#D = D;
    const varying = entries.flatMap(({ coefficient }) => (isConstantCoefficient(coefficient) ? [] : [coefficient]));
    this.#varying = [...new Set(varying)];
    this.#factors = this.#varying.map(() => ({ re: 1, im: 0 }));
    const all = entries.flatMap(({ coefficient, row, column, re, im }) => {
      const law = this.#varying.indexOf(coefficient);
      const c = law >= 0 ? { re: 1, im: 0 } : constant(coefficient);
      return Array.from(row, (a, k) => ({
        row: a,
        column: column[k]!,
        re: c.re * re[k]! - c.im * im[k]!,
        im: c.re * im[k]! + c.im * re[k]!,
        law,
      }));
    });
    all.sort((a, b) => a.row - b.row);
    this.#row = Int32Array.from(all, ({ row }) => row);
    this.#column = Int32Array.from(all, ({ column }) => column);
    this.#valueRe = Float64Array.from(all, ({ re }) => re);
    this.#valueIm = Float64Array.from(all, ({ im }) => im);
    this.#omega = Float64Array.from(all, ({ row, column }) => energy[row]! - energy[column]!);
    const size = energy.reduce((most, e) => Math.max(most, Math.abs(e)), 0);
    if (this.#omega.every((w) => Math.abs(w - this.#omega[0]!) <= 1e-12 * size)) this.#omega.fill(0);
    this.#law = Int32Array.from(all, ({ law }) => law);
    this.#isReal =
      this.#varying.length === 0 && this.#valueIm.every((x) => x === 0) && this.#omega.every((w) => w === 0);
    this.#re = this.#valueRe.slice();
    this.#im = this.#valueIm.slice();
  }

  /** Adds to the upper triangle, packed as the master equation's unknowns are. */
  add(t: number, re: Float64Array, im: Float64Array, out: Float64Array): void {
    const gamma = this.rate.at(t);
    if (gamma === 0) return;
    if (this.#isReal) this.#addReal(gamma, re, im, out);
    else this.#addComplex(t, gamma, re, im, out);
  }

  #addReal(gamma: number, re: Float64Array, im: Float64Array, out: Float64Array): void {
    const D = this.#D;
    const row = this.#row;
    const column = this.#column;
    const value = this.#re;
    const n = (D * (D + 1)) / 2;
    const nnz = row.length;
    for (let i = 0; i < nnz; i++) {
      const a = row[i]!;
      const to = a * D - (a * (a + 1)) / 2;
      const from = column[i]! * D;
      const w = gamma * value[i]!;
      // Entries of the same row may stand before i.
      for (let j = this.#firstOf(i); j < nnz; j++) {
        const k = to + row[j]!;
        const p = from + column[j]!;
        const u = w * value[j]!;
        out[k]! += u * re[p]!;
        out[n + k]! += u * im[p]!;
      }
    }
  }

  #addComplex(t: number, gamma: number, re: Float64Array, im: Float64Array, out: Float64Array): void {
    const D = this.#D;
    const row = this.#row;
    const column = this.#column;
    const vr = this.#re;
    const vi = this.#im;
    const n = (D * (D + 1)) / 2;
    const nnz = row.length;
    this.#vary(t);
    for (let i = 0; i < nnz; i++) {
      const law = this.#law[i]!;
      const factor = law < 0 ? one : this.#factors[law]!;
      const x = Math.cos(this.#omega[i]! * t);
      const y = Math.sin(this.#omega[i]! * t);
      const c = factor.re * x - factor.im * y;
      const s = factor.re * y + factor.im * x;
      vr[i] = this.#valueRe[i]! * c - this.#valueIm[i]! * s;
      vi[i] = this.#valueRe[i]! * s + this.#valueIm[i]! * c;
    }
    for (let i = 0; i < nnz; i++) {
      const a = row[i]!;
      const to = a * D - (a * (a + 1)) / 2;
      for (let j = this.#firstOf(i); j < nnz; j++) {
        const k = to + row[j]!;
        const p = column[i]! * D + column[j]!;
        // γ vᵢ vⱼ*
        const u = gamma * (vr[i]! * vr[j]! + vi[i]! * vi[j]!);
        const v = gamma * (vi[i]! * vr[j]! - vr[i]! * vi[j]!);
        out[k]! += u * re[p]! - v * im[p]!;
        out[n + k]! += u * im[p]! + v * re[p]!;
      }
    }
  }

  #vary(t: number): void {
    for (let k = 0; k < this.#varying.length; k++) {
      const { re, im } = this.#varying[k]!;
      this.#factors[k]!.re = lawAt(re, t);
      this.#factors[k]!.im = lawAt(im, t);
    }
  }

  #firstOf(i: number): number {
    let j = i;
    while (j > 0 && this.#row[j - 1] === this.#row[i]) j--;
    return j;
  }
}
