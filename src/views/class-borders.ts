import type { BoundaryPicture } from "../result/learning-pictures.js";
import { type Contour, contoursOf } from "./contour.js";
import type { Polyline } from "./polyline.js";
import { place, type Scale } from "./scale.js";
import { simplified } from "./simplify.js";

/**
 * The lines that part the classes, in pixels: where the output crosses the level, or, of several outputs, where another
 * becomes the largest, v_k = max over j ≠ k of v_j.
 */
export function bordersOf(picture: BoundaryPicture, x: Scale, y: Scale): readonly Polyline[] {
  const { output, level, rivals } = picture;
  const [across, down] = [picture.x.values, picture.y.values];
  const along = (values: Float64Array, at: number): readonly Contour[] =>
    contoursOf(values, down.length, across.length, at);
  const contours = rivals ? rivals.flatMap((_, k) => along(lead(rivals, k), 0)) : along(output.values, level);
  return contours.map((line) => simplified({ x: pixels(line.x, across, x), y: pixels(line.y, down, y) }, 0.1));
}

/** How far one output is above the largest of the others. */
function lead(rivals: readonly Float64Array[], own: number): Float64Array {
  const others = rivals.filter((_, k) => k !== own);
  return rivals[own]!.map((value, i) => value - others.reduce((most, other) => Math.max(most, other[i]!), -Infinity));
}

/** Pixels of fractional indices into the values of an axis. */
function pixels(indices: Float64Array, values: Float64Array, scale: Scale): Float64Array {
  return indices.map((index) => {
    const first = Math.min(Math.floor(index), values.length - 2);
    return place(scale, values[first]! + (index - first) * (values[first + 1]! - values[first]!));
  });
}
