import { drawStart } from "./legend.js";
import { hundredths, type Polyline } from "./polyline.js";
import type { SvgSelection } from "./svg-selection.js";

/** Half the length of an arrow's head, pixels. */
const half = 6;

/**
 * Where arrows stand, in parts of the line's length: on each of the four branches of a pinched loop, and a little
 * before their middles, so that those of the way out and the way back do not meet where the branches coincide.
 */
const branchParts = [0.105, 0.355, 0.605, 0.855];

/** Draws arrows along one pass of a loop, in its direction. */
export function drawLoopArrows(into: SvgSelection, line: Polyline, colour: string): void {
  drawArrows(into, line, colour, (total) => branchParts.map((part) => part * total));
}

/**
 * Draws two arrows along the loop number `index` of several in one frame: on the way out and the way back of one lobe,
 * the first for one loop and the second for the next, so that the arrows of loops alike do not meet.
 */
export function drawArrowPair(into: SvgSelection, line: Polyline, index: number, colour: string): void {
  const [out, back] = [branchParts[0]!, branchParts[1]!];
  const shift = 0.5 * (index % 2) + 0.045 * Math.floor(index / 2);
  drawArrows(into, line, colour, (total) => [out, back].map((part) => (part + shift) * total));
}

const firstArrow = 60;
const arrowSpacing = 190;
const mostArrows = 6;

/** Draws arrows along the beginning of a line, in its direction: if it turns many rounds, they would meet later on. */
export function drawFirstArrows(into: SvgSelection, line: Polyline, colour: string): void {
  drawArrows(into, line, colour, (total) =>
    Array.from({ length: mostArrows }, (_, k) => firstArrow + k * arrowSpacing).filter((at) => at < total - half),
  );
}

/** `placesOf` says at what lengths along the line arrows stand, pixels, from its total length. */
function drawArrows(
  into: SvgSelection,
  line: Polyline,
  colour: string,
  placesOf: (total: number) => readonly number[],
): void {
  const lengths = lengthsAlong(line);
  const total = lengths.at(-1) ?? 0;
  if (total < 8 * half) return; // a speck has no direction worth showing
  for (const at of placesOf(total)) {
    drawArrow(into, pointAt(line, lengths, at - half), pointAt(line, lengths, at + half), colour);
  }
}

/** Marks where a line starts. */
export function markStart(into: SvgSelection, pieces: readonly Polyline[]): void {
  const [first] = pieces;
  if (first) drawStart(into, first.x[0]!, first.y[0]!);
}

type Point = readonly [x: number, y: number];

function drawArrow(into: SvgSelection, tail: Point, head: Point, colour: string): void {
  const length = Math.hypot(head[0] - tail[0], head[1] - tail[1]);
  if (length < half) return; // the line turns back on itself here
  const [ux, uy] = [(head[0] - tail[0]) / length, (head[1] - tail[1]) / length];
  const middle = [(head[0] + tail[0]) / 2, (head[1] + tail[1]) / 2] as const;
  const at = (along: number, across: number): string =>
    `${hundredths(middle[0] + along * ux - across * uy)},${hundredths(middle[1] + along * uy + across * ux)}`;
  const shape = `M${at(half, 0)}L${at(-half, 4.5)}L${at(-half * 0.6, 0)}L${at(-half, -4.5)}Z`;
  into.append("path").attr("d", shape).attr("fill", colour);
}

/** The length of the line up to each of its points, pixels. */
function lengthsAlong({ x, y }: Polyline): Float64Array {
  const lengths = new Float64Array(x.length);
  for (let i = 1; i < x.length; i++) lengths[i] = lengths[i - 1]! + Math.hypot(x[i]! - x[i - 1]!, y[i]! - y[i - 1]!);
  return lengths;
}

function pointAt({ x, y }: Polyline, lengths: Float64Array, length: number): Point {
  const found = lengths.findIndex((each) => each >= length);
  const to = Math.max(1, found < 0 ? lengths.length - 1 : found);
  const span = lengths[to]! - lengths[to - 1]!;
  const part = span === 0 ? 0 : Math.min(1, Math.max(0, (length - lengths[to - 1]!) / span));
  return [x[to - 1]! + part * (x[to]! - x[to - 1]!), y[to - 1]! + part * (y[to]! - y[to - 1]!)];
}
