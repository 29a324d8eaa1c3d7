import type { Pattern } from "../numerics/system.js";
import type { DeviceClass } from "./classes.js";
import { patternOf } from "./pattern.js";

/** Finds the pattern of a circuit's matrix, and the slot of every entry of every instance in it, once for all. */
export function placeStamps(size: number, classes: readonly DeviceClass[]): Pattern {
  const blocks = classes.flatMap((of) => [of.charge, of.current].map((block) => ({ of, block })));
  const total = blocks.reduce((sum, { block }) => sum + block.slots.length, 0);
  const rows = new Int32Array(total);
  const columns = new Int32Array(total);
  let e = 0;
  for (const { of, block } of blocks) {
    const { places, columns: width } = of;
    const own = block.entries.map((entry) => Math.floor(entry / width));
    const other = block.entries.map((entry) => entry % width);
    for (let start = 0; start < places.length; start += width) {
      for (let k = 0; k < own.length; k++) {
        rows[e] = places[start + own[k]!]!;
        columns[e++] = places[start + other[k]!]!;
      }
    }
  }
  const { pattern, slots } = patternOf(size, rows, columns);
  let from = 0;
  for (const { block } of blocks) {
    block.slots.set(slots.subarray(from, from + block.slots.length));
    from += block.slots.length;
  }
  return pattern;
}

/** The entries of the pattern at which a charge may have a slope. */
export function chargesOf({ row }: Pattern, classes: readonly DeviceClass[]): Int32Array {
  const marked = new Uint8Array(row.length);
  let count = 0;
  for (const { charge } of classes) {
    for (const slot of charge.slots) {
      if (slot < 0 || marked[slot] === 1) continue;
      marked[slot] = 1;
      count++;
    }
  }
  const entries = new Int32Array(count);
  for (let e = 0, k = 0; e < marked.length; e++) if (marked[e] === 1) entries[k++] = e;
  return entries;
}
