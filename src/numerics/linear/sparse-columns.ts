/** A sparse matrix that is written column by column; grows where it must. */
export class SparseColumns {
  readonly start: Int32Array; // size n+1: the entries of column k are start[k] … start[k+1] - 1
  row: Int32Array; // size of the room for entries
  value: Float64Array;
  /** How many entries there are. */
  length = 0;

  constructor(n: number, room: number) {
    this.start = new Int32Array(n + 1);
    this.row = new Int32Array(room + 16);
    this.value = new Float64Array(room + 16);
  }

  /** Adds an entry to the column that is being written. */
  push(row: number, value: number): void {
    if (this.length === this.row.length) this.#grow();
    this.row[this.length] = row;
    this.value[this.length++] = value;
  }

  /** Ends column k; columns are written in their order. */
  close(k: number): void {
    this.start[k + 1] = this.length;
  }

  /** Gives each row another name. */
  relabel(name: Int32Array): void {
    for (let e = 0; e < this.length; e++) this.row[e] = name[this.row[e]!]!;
  }

  #grow(): void {
    const row = new Int32Array(2 * this.row.length);
    row.set(this.row);
    this.row = row;
    const value = new Float64Array(2 * this.value.length);
    value.set(this.value);
    this.value = value;
  }
}
