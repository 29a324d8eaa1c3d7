/** to[k] = from[place[k]] */
export function gather(count: number, place: Int32Array, from: Float64Array, to: Float64Array): void {
  for (let k = 0; k < count; k++) to[k] = from[place[k]!]!;
}

/** to[place[k]] = from[k] */
export function scatter(count: number, place: Int32Array, from: Float64Array, to: Float64Array): void {
  for (let k = 0; k < count; k++) to[place[k]!] = from[k]!;
}

/** How many of these entries are not 0. */
export function countPresent(count: number, entry: Int32Array, values: Float64Array): number {
  let present = 0;
  for (let k = 0; k < count; k++) if (values[entry[k]!] !== 0) present++;
  return present;
}

/** The first of these entries by which nothing can be divided; −1 if there is none. */
export function findNoPivot(count: number, entry: Int32Array, values: Float64Array): number {
  for (let k = 0; k < count; k++) {
    const size = Math.abs(values[entry[k]!]!);
    if (!(size > 0 && size < Infinity)) return k;
  }
  return -1;
}

/** work ← work − Σ work[k] · column k, over places from … to − 1 */
export function subtractColumns(
  from: number,
  to: number,
  start: Int32Array,
  row: Int32Array,
  entry: Int32Array,
  values: Float64Array,
  work: Float64Array,
): void {
  for (let k = from; k < to; k++) {
    const x = work[k]!;
    for (let e = start[k]!; e < start[k + 1]!; e++) work[row[e]!]! -= values[entry[e]!]! * x;
  }
}

/** Solves blocks of a single entry each in places from … to − 1, from the last one on. */
export function solveSingles(
  from: number,
  to: number,
  pivot: Int32Array,
  start: Int32Array,
  row: Int32Array,
  entry: Int32Array,
  values: Float64Array,
  work: Float64Array,
): void {
  for (let k = to - 1; k >= from; k--) {
    work[k] = work[k]! / values[pivot[k - from]!]!;
    subtractColumns(k, k + 1, start, row, entry, values, work);
  }
}
