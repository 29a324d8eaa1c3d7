import { type Axis, breadthOf, drawUprightAxis } from "./axis.js";
import type { Frame } from "./pen.js";
import { hasPlace, place, type Scale } from "./scale.js";
import type { SvgSelection } from "./svg-selection.js";
import { ink, mapColour } from "./theme.js";

/** How many colours of a map are told apart. */
const levels = 64;
/** Of the bar that says what the colours mean, pixels. */
export const barWidth = 18;
const barGap = 20;

/** Of the edge that each rectangle has in its own colour, pixels. */
const edgeWidth = 0.5;

/** Rectangles of each colour as the data of one path: a map may have a million of them. */
export class Squares {
  readonly #paths: readonly string[][] = Array.from({ length: levels }, () => []);

  /** The level of a value on a scale of colours; undefined for a value that has none. */
  static level(value: number, scale: Scale): number | undefined {
    if (!hasPlace(value, scale.domain)) return undefined;
    const part = (place(scale, value) - scale.from) / (scale.to - scale.from);
    return Math.min(levels - 1, Math.floor(part * levels));
  }

  /** A rectangle of whole pixels. */
  add(level: number, x: number, y: number, width: number, height: number): void {
    this.#paths[level]!.push(rectangle(x, y, width, height));
  }

  /** The colour of a level. */
  static colour(level: number, of = mapColour): string {
    return of(level / (levels - 1));
  }

  draw(into: SvgSelection, of = mapColour): void {
    this.#paths.forEach((some, level) => {
      if (some.length === 0) return;
      const colour = Squares.colour(level, of);
      const path = into.append("path").attr("d", some.join("")).attr("fill", colour);
      // At other sizes than this one edges lie between pixels, and where two soft edges meet the paper shines through:
      // crisp ones do not let it, and where a paper's program makes them soft all the same they overlap.
      path.attr("shape-rendering", "crispEdges").attr("stroke", colour).attr("stroke-width", edgeWidth);
    });
  }
}

/** Path data of a rectangle of whole pixels. */
export const rectangle = (x: number, y: number, width: number, height: number): string =>
  `M${x},${y}h${width}v${height}h${-width}z`;

/** Draws a frame's edge. */
export function outline(into: SvgSelection, { left, top, right, bottom }: Frame): void {
  const path = into.append("path").attr("d", rectangle(left, top, right - left, bottom - top));
  path.attr("fill", "none").attr("stroke", ink).attr("stroke-width", 1);
}

/** How many pixels a bar of colours takes right of a frame, its gap and its axis included. */
export const barRoom = (axis: Axis): number => barGap + barWidth + Math.ceil(breadthOf(axis));

/** The place of the bar of colours beside a frame; at least `shortest` pixels high. */
export function barBeside({ top, right, bottom }: Frame, shortest: number): Frame {
  const left = right + barGap;
  return { left, top, right: left + barWidth, bottom: Math.max(bottom, top + shortest) };
}

/** Draws the bar that says what the colours mean, with its axis. */
export function drawColourBar(
  into: SvgSelection,
  axis: Axis,
  scale: Scale,
  frame: Frame,
  colour: (part: number) => string = mapColour,
): void {
  const { left, top, right, bottom } = frame;
  const edge = (level: number): number => Math.round(bottom - ((bottom - top) * level) / levels);
  const steps = new Squares();
  for (let level = 0; level < levels; level++) {
    steps.add(level, left, edge(level + 1), right - left, edge(level) - edge(level + 1));
  }
  steps.draw(into, colour);
  outline(into, frame);
  drawUprightAxis(into, axis, scale, frame, { side: "right", breadth: breadthOf(axis), colour: ink });
}
