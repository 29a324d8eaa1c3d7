import type { NetworkConnection } from "../result/learning-pictures.js";
import type { Place, Places } from "./network-places.js";
import { hundredths } from "./polyline.js";

/** A point of a route, pixels. */
export type Point = readonly [x: number, y: number];

/** The way of a connection. */
export interface Route {
  /** Path data. */
  readonly path: string;
  /** Where its weight may be written. */
  readonly label: Point;
}

/** Where on a straight line a number stands: near its start, where lines to one unit are still apart. */
const labelPart = 0.33;

/**
 * The routes of connections, by their order. One between neighbouring layers is straight; one that skips a layer
 * passes through the gap between two units that is nearest to the straight way, beside those that share the gap.
 */
export function routesOf(connections: readonly NetworkConnection[], places: Places): readonly Route[] {
  const ends = connections.map(({ from, to }) => [places.of.get(from)!, places.of.get(to)!] as const);
  const ways = ends.map(([from, to]) => gapsOf(from, to, places));
  const shared = new Map<string, number>();
  for (const gap of ways.flat()) shared.set(gap.key, (shared.get(gap.key) ?? 0) + 1);
  const used = new Map<string, number>();
  return ends.map(([from, to], k) => {
    const points = ways[k]!.map(({ key, x, y, room }): Point => {
      const [count, index] = [shared.get(key)!, used.get(key) ?? 0];
      used.set(key, index + 1);
      return [x, y + Math.min(5, room / count) * (index - (count - 1) / 2)];
    });
    const start: Point = [from.x + labelPart * (to.x - from.x), from.y + labelPart * (to.y - from.y)];
    return { path: smooth([[from.x, from.y], ...points, [to.x, to.y]]), label: points[0] ?? start };
  });
}

interface Gap {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  /** How much of it lines may fill, pixels. */
  readonly room: number;
}

/** The gaps that a connection passes on its way, one for each layer that it skips. */
function gapsOf(from: Place, to: Place, { x, y, radius }: Places): readonly Gap[] {
  const layers = Array.from({ length: Math.max(0, to.layer - from.layer - 1) }, (_, k) => from.layer + 1 + k);
  return layers.map((layer) => {
    const straight = from.y + ((to.y - from.y) * (x[layer]! - from.x)) / (to.x - from.x);
    const gaps = between(y[layer]!, 2 * radius + 10);
    const nearest = gaps.reduce((best, gap) => (Math.abs(gap.y - straight) < Math.abs(best.y - straight) ? gap : best));
    return { key: `${layer} ${nearest.y}`, x: x[layer]!, y: nearest.y, room: nearest.room - 2 * radius - 6 };
  });
}

/** The middles between rows, and the places above the first and below the last. */
function between(rows: readonly number[], outside: number): readonly { y: number; room: number }[] {
  const inner = rows.slice(1).map((y, k) => ({ y: (y + rows[k]!) / 2, room: y - rows[k]! }));
  const [first, last] = [rows[0]!, rows.at(-1)!];
  return [{ y: first - outside, room: 2 * outside }, ...inner, { y: last + outside, room: 2 * outside }];
}

/** A smooth line through points that go from left to right: its slope at each is that of the chord of its neighbours. */
function smooth(points: readonly Point[]): string {
  const slope = points.map((_, k) => {
    const [before, after] = [points[Math.max(0, k - 1)]!, points[Math.min(points.length - 1, k + 1)]!];
    return (after[1] - before[1]) / (after[0] - before[0]);
  });
  const start = points[0]!.map(hundredths).join(",");
  if (points.length === 2) return `M${start}L${points[1]!.map(hundredths).join(",")}`;
  return points.slice(1).reduce((path, point, k) => {
    const before = points[k]!;
    const third = (point[0] - before[0]) / 3;
    const controls = [
      before[0] + third,
      before[1] + third * slope[k]!,
      point[0] - third,
      point[1] - third * slope[k + 1]!,
    ];
    return `${path}C${[...controls, ...point].map(hundredths).join(",")}`;
  }, `M${start}`);
}
