import type { Pattern } from "../system.js";

/** Unknowns that hang on at most two others, none of which hangs itself: to eliminate them takes a few products. */
export interface Pendants {
  /** size pendants: which they are */
  readonly unknown: Int32Array;
  /** size pendants: their entries on the diagonal */
  readonly pivot: Int32Array;
  /** size 2 × pendants each: the unknowns each hangs on, by their numbers among those that stay; −1 where there is none */
  readonly ends: Int32Array;
  /** … with the entries in its row and in its column */
  readonly row: Int32Array;
  readonly column: Int32Array;
  /** size n: the number of each unknown among those that stay; −1 for a pendant */
  readonly inside: Int32Array;
  /** The other way round. */
  readonly outside: Int32Array;
}

/**
 * Chooses pendants in a pattern of mirrored entries with a whole diagonal: those with the fewest neighbours first, and
 * of equal ones the last, for the own unknowns of devices stand behind nodes.
 */
export function pendantsOf(pattern: Pattern, mirror: Int32Array): Pendants {
  const { size, columnStart, row } = pattern;
  const chosen = choose(pattern);
  const inside = new Int32Array(size).fill(-1);
  const outside: number[] = [];
  for (let j = 0; j < size; j++) if (chosen[j] === 0) inside[j] = outside.push(j) - 1;
  const unknown: number[] = [];
  const pivot: number[] = [];
  const ends: number[] = [];
  const rows: number[] = [];
  const columns: number[] = [];
  for (let j = 0; j < size; j++) {
    if (chosen[j] === 0) continue;
    unknown.push(j);
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      if (row[e] === j) {
        pivot.push(e);
        continue;
      }
      ends.push(inside[row[e]!]!);
      columns.push(e);
      rows.push(mirror[e]!);
    }
    while (ends.length < 2 * unknown.length) {
      ends.push(-1);
      columns.push(-1);
      rows.push(-1);
    }
  }
  return {
    unknown: Int32Array.from(unknown),
    pivot: Int32Array.from(pivot),
    ends: Int32Array.from(ends),
    row: Int32Array.from(rows),
    column: Int32Array.from(columns),
    inside,
    outside: Int32Array.from(outside),
  };
}

/** size n: 1 for a pendant. */
function choose({ size, columnStart, row }: Pattern): Uint8Array {
  const chosen = new Uint8Array(size);
  const neighbour = new Uint8Array(size); // of a pendant
  for (let most = 0; most <= 2; most++) {
    for (let j = size - 1; j >= 0; j--) {
      if (neighbour[j] === 1 || columnStart[j + 1]! - columnStart[j]! !== most + 1) continue;
      chosen[j] = 1;
      for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) neighbour[row[e]!] = 1;
    }
  }
  return chosen;
}
