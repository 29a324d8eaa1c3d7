import type { Linearization, System } from "../system.js";

/** The entries of a system's matrix at which charges may have slopes: of a large circuit a small part. */
export class ChargeSlopes {
  // size m each
  readonly #entry: Int32Array;
  readonly #row: Int32Array;
  readonly #column: Int32Array;

  constructor({ pattern, charges }: System) {
    const { size, columnStart, row } = pattern;
    const columns = new Int32Array(row.length);
    for (let j = 0; j < size; j++) columns.fill(j, columnStart[j]!, columnStart[j + 1]!);
    this.#entry = charges ?? columns.map((_, e) => e);
    this.#row = this.#entry.map((e) => row[e]!);
    this.#column = this.#entry.map((e) => columns[e]!);
  }

  /** Writes G + αC. */
  assemble({ C, G }: Linearization, alpha: number, out: Float64Array): void {
    const entry = this.#entry;
    out.set(G);
    for (let k = 0; k < entry.length; k++) out[entry[k]!]! += alpha * C[entry[k]!]!;
  }

  /** Writes q − C·step. */
  move({ q, C }: Linearization, step: Float64Array, out: Float64Array): void {
    const [entry, row, column] = [this.#entry, this.#row, this.#column];
    out.set(q);
    for (let k = 0; k < entry.length; k++) out[row[k]!]! -= C[entry[k]!]! * step[column[k]!]!;
  }
}
