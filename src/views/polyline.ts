import { hasPlace, place, type Scale } from "./scale.js";

/** Points in pixels, in the order in which the pen visits them; `x` and `y` have the same length. */
export interface Polyline {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** The points (x, y) in pixels; a value that cannot be drawn (not finite, or not positive on a log axis) breaks the line. */
export function polylinesOf(
  x: Float64Array,
  y: Float64Array,
  xScale: Scale,
  yScale: Scale,
  from = 0,
  to = Math.min(x.length, y.length),
): readonly Polyline[] {
  const lines: Polyline[] = [];
  let start = from;
  for (let i = from; i <= to; i++) {
    if (i < to && hasPlace(x[i]!, xScale.domain) && hasPlace(y[i]!, yScale.domain)) continue;
    if (i > start) {
      lines.push({
        x: x.slice(start, i).map((value) => place(xScale, value)),
        y: y.slice(start, i).map((value) => place(yScale, value)),
      });
    }
    start = i + 1;
  }
  return lines;
}

/** The points of a line whose indices are given. */
export function pick({ x, y }: Polyline, indices: ArrayLike<number>): Polyline {
  return {
    x: Float64Array.from(indices, (i) => x[i]!),
    y: Float64Array.from(indices, (i) => y[i]!),
  };
}

/** SVG path data, to the hundredth of a pixel; points that fall together are written once. */
export function pathData({ x, y }: Polyline): string {
  let path = "";
  let last = "";
  for (let i = 0; i < x.length; i++) {
    const point = `${hundredths(x[i]!)},${hundredths(y[i]!)}`;
    if (point !== last) path += `${i === 0 ? "M" : "L"}${point}`;
    last = point;
  }
  return path;
}

/** A length in pixels as pictures hold it. */
export function hundredths(value: number): number {
  return Math.round(value * 100) / 100 + 0; // + 0 turns -0 into 0
}
