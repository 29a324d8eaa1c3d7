import { type Polyline, pick } from "./polyline.js";

/**
 * The line with fewer points, nowhere further than `tolerance` pixels from the given one. It knows no preferred
 * direction, so a loop keeps its shape. Points within a third of the tolerance of their forerunner go first; then
 * Douglas & Peucker, Cartographica 10, 112 (1973).
 */
export function simplified(line: Polyline, tolerance: number): Polyline {
  const sparse = withoutNeighbours(line, tolerance / 3);
  return pick(sparse, turningPoints(sparse, (2 / 3) * tolerance));
}

function withoutNeighbours(line: Polyline, distance: number): Polyline {
  const { x, y } = line;
  const kept = [0];
  let last = 0;
  for (let i = 1; i < x.length; i++) {
    if (Math.hypot(x[i]! - x[last]!, y[i]! - y[last]!) < distance && i < x.length - 1) continue;
    kept.push(i);
    last = i;
  }
  return x.length === 0 ? line : pick(line, kept);
}

/** The indices that Douglas and Peucker keep; a stack instead of recursion, for a line may have a million points. */
function turningPoints({ x, y }: Polyline, tolerance: number): readonly number[] {
  const last = x.length - 1;
  if (last < 2) return Array.from(x.keys());
  const keep = new Uint8Array(x.length);
  keep[0] = keep[last] = 1;
  const stack: [number, number][] = [[0, last]];
  for (let range = stack.pop(); range; range = stack.pop()) {
    const [from, to] = range;
    const { index, distance } = farthest({ x, y }, from, to);
    if (distance <= tolerance) continue;
    keep[index] = 1;
    stack.push([from, index], [index, to]);
  }
  return Array.from(keep.keys()).filter((i) => keep[i] === 1);
}

/** The point between two others that lies farthest from the segment which joins them. */
function farthest({ x, y }: Polyline, from: number, to: number): { index: number; distance: number } {
  const dx = x[to]! - x[from]!;
  const dy = y[to]! - y[from]!;
  const square = dx * dx + dy * dy;
  let index = from;
  let most = 0;
  for (let i = from + 1; i < to; i++) {
    const px = x[i]! - x[from]!;
    const py = y[i]! - y[from]!;
    const along = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
    const distance = (px - along * dx) ** 2 + (py - along * dy) ** 2;
    if (distance > most) {
      most = distance;
      index = i;
    }
  }
  return { index, distance: Math.sqrt(most) };
}
