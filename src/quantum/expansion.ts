import type { DensityMatrix } from "./density-matrix.js";
import { entriesOf, hermitianBasis } from "./hermitian-basis.js";
import type { Coordinates } from "./packing.js";
import { offsetsOf, others, type Space, spaceOf } from "./space.js";

/** A sparse complex matrix by its rows. */
interface Rows {
  readonly size: number;
  readonly start: Int32Array; // size + 1: the entries of row p are start[p] … start[p + 1] − 1
  readonly column: Int32Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

type Entry = readonly [column: number, re: number, im: number];

function rowsOf(rows: readonly (readonly Entry[])[]): Rows {
  const start = new Int32Array(rows.length + 1);
  for (const [p, row] of rows.entries()) start[p + 1] = start[p]! + row.length;
  const entries = rows.flat();
  const column = Int32Array.from(entries, ([at]) => at);
  const [re, im] = [Float64Array.from(entries, ([, x]) => x), Float64Array.from(entries, ([, , y]) => y)];
  return { size: rows.length, start, column, re, im };
}

/**
 * A state by its coefficients on products of Hermitian matrices, D² real numbers: for qubits ρ̃ = Σ r·(σ ⊗ σ ⊗ …), the
 * Bloch vector of a register. ρ̃ = e^{iEt} ρ e^{−iEt} as in `Packing`.
 */
export class Expansion implements Coordinates {
  readonly size: number;
  readonly #place: Int32Array; // size D²: where the element of ρ stands that is made of |a⟩⟨b| of each system
  readonly #into: readonly Rows[]; // for each system: coefficients from elements
  readonly #back: readonly Rows[]; // elements from coefficients
  readonly #axes: readonly { readonly bases: Int32Array; readonly stride: number }[];
  readonly #re: Float64Array; // size D²
  readonly #im: Float64Array;

  constructor(
    readonly space: Space,
    readonly energy: Float64Array,
  ) {
    const squared = squaredSpace(space);
    this.size = squared.size;
    this.#place = placesOf(space, squared);
    const bases = space.dimensions.map((d) => hermitianBasis(d).map(entriesOf));
    this.#into = bases.map((basis, k) =>
      rowsOf(
        basis.map(({ list, norm }) =>
          // Tr BE / Tr B², E = |a⟩⟨b| being picked by the entry of B at (b, a)
          list.map(([row, column, re, im]) => [column * space.dimensions[k]! + row, re / norm, im / norm] as const),
        ),
      ),
    );
    this.#back = bases.map((basis, k) => {
      const rows: [number, number, number][][] = basis.map(() => []);
      basis.forEach(({ list }, p) => {
        for (const [row, column, re, im] of list) rows[row * space.dimensions[k]! + column]!.push([p, re, im]);
      });
      return rowsOf(rows);
    });
    this.#axes = space.dimensions.map((_, k) => ({
      bases: offsetsOf(squared, others(squared, [k])),
      stride: squared.strides[k]!,
    }));
    [this.#re, this.#im] = [new Float64Array(this.size), new Float64Array(this.size)];
  }

  packed({ re, im, size: D }: DensityMatrix, t: number): Float64Array {
    const [cos, sin] = phases(this.energy, t);
    this.#place.forEach((at, i) => {
      const [a, b] = [Math.floor(at / D), at % D];
      const c = cos[a]! * cos[b]! + sin[a]! * sin[b]!;
      const s = sin[a]! * cos[b]! - cos[a]! * sin[b]!;
      this.#re[i] = re[at]! * c - im[at]! * s;
      this.#im[i] = re[at]! * s + im[at]! * c;
    });
    this.#turn(this.#into);
    return this.#re.slice();
  }

  state(y: Float64Array, t: number, { re, im, size: D }: DensityMatrix): void {
    this.#re.set(y);
    this.#im.fill(0);
    this.#turn(this.#back);
    const [cos, sin] = phases(this.energy, t);
    const place = this.#place;
    for (let i = 0; i < place.length; i++) {
      const at = place[i]!;
      const a = Math.floor(at / D);
      const b = at - a * D;
      // e^{−i(Eₐ − E_b)t}; ρ is Hermitian to the last digit, since it is written so.
      if (a > b) continue;
      const c = cos[a]! * cos[b]! + sin[a]! * sin[b]!;
      const s = cos[a]! * sin[b]! - sin[a]! * cos[b]!;
      const x = this.#re[i]!;
      const z = this.#im[i]!;
      const mirrored = b * D + a;
      re[at] = re[mirrored] = x * c - z * s;
      im[at] = x * s + z * c;
      im[mirrored] = a === b ? 0 : -im[at]!;
      if (a === b) im[at] = 0;
    }
  }

  /** Another basis, one system after the other. */
  #turn(bases: readonly Rows[]): void {
    this.#axes.forEach(({ bases: offsets, stride }, k) => {
      turnAxis(this.#re, this.#im, offsets, stride, bases[k]!);
    });
  }
}

/** A system of d levels as one of d² coefficients. */
export const squaredSpace = ({ dimensions }: Space): Space => spaceOf(...dimensions.map((d) => d * d));

function placesOf(space: Space, squared: Space): Int32Array {
  return Int32Array.from({ length: squared.size }, (_, i) => {
    let [row, column] = [0, 0];
    space.dimensions.forEach((d, k) => {
      const unit = Math.floor(i / squared.strides[k]!) % (d * d);
      row += Math.floor(unit / d) * space.strides[k]!;
      column += (unit % d) * space.strides[k]!;
    });
    return row * space.size + column;
  });
}

const phases = (energy: Float64Array, t: number): readonly [Float64Array, Float64Array] => [
  energy.map((e) => Math.cos(e * t)),
  energy.map((e) => Math.sin(e * t)),
];

function turnAxis(re: Float64Array, im: Float64Array, offsets: Int32Array, stride: number, rows: Rows): void {
  const { size: n, start, column, re: ar, im: ai } = rows;
  const xr = new Float64Array(n);
  const xi = new Float64Array(n);
  for (let k = 0; k < offsets.length; k++) {
    const base = offsets[k]!;
    for (let p = 0, e = 0; p < n; p++) {
      const end = start[p + 1]!;
      let x = 0;
      let z = 0;
      for (; e < end; e++) {
        const at = base + column[e]! * stride;
        x += ar[e]! * re[at]! - ai[e]! * im[at]!;
        z += ar[e]! * im[at]! + ai[e]! * re[at]!;
      }
      xr[p] = x;
      xi[p] = z;
    }
    for (let p = 0; p < n; p++) {
      re[base + p * stride] = xr[p]!;
      im[base + p * stride] = xi[p]!;
    }
  }
}
