import { Curve, placeOnAxis } from "./interpolation.js";

/** Columns over a part of their axis. */
export interface Stretch {
  readonly t: Float64Array; // ascending
  readonly columns: readonly Float64Array[];
}

/**
 * Columns between two places of an axis, in ascending order, with interpolated points at the ends. A jump at `from` has
 * happened, one at `to` has not: two stretches that touch add up, and neither counts the jump between them. A stretch of
 * no width is the point after the jump. Empty where the axis does not reach.
 */
export function cut(t: Float64Array, columns: readonly Float64Array[], from = -Infinity, to = Infinity): Stretch {
  if (t[0]! > t[t.length - 1]!)
    return cut(
      t.toReversed(),
      columns.map((column) => column.toReversed()),
      from,
      to,
    );
  if (from === -Infinity && to === Infinity) return { t, columns };
  const [low, high] = [Math.max(placeOnAxis(t, from), t[0]!), Math.min(placeOnAxis(t, to), t[t.length - 1]!)];
  if (!(low <= high)) return { t: new Float64Array(0), columns: columns.map(() => new Float64Array(0)) };
  if (low === high) {
    return { t: Float64Array.of(low), columns: columns.map((y) => Float64Array.of(new Curve(t, y).at(low))) };
  }
  const first = from === -Infinity ? 0 : t.findIndex((time) => time > low);
  const end = to === Infinity ? t.length : t.findLastIndex((time) => time < high) + 1;
  const between = (column: Float64Array, [start, stop]: readonly [number, number]) =>
    Float64Array.from([
      ...(from === -Infinity ? [] : [start]),
      ...column.subarray(first, Math.max(first, end)),
      ...(to === Infinity ? [] : [stop]),
    ]);
  const ends = (y: Float64Array) => [new Curve(t, y).at(low), new Curve(t, y).at(high, "before")] as const;
  return { t: between(t, [low, high]), columns: columns.map((y) => between(y, ends(y))) };
}
