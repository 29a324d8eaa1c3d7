import { hundredths } from "./polyline.js";
import type { SvgSelection } from "./svg-selection.js";
import { curveWidth, ink, lineStyle, paper } from "./theme.js";

/** The mark of a point. */
export interface MarkStyle {
  /** Which of the outlines, from 0. */
  readonly outline: number;
  readonly filled: boolean;
  readonly colour: string;
}

/** Corners round (0, 0); each about as large to the eye as a circle of radius 1. */
const outlines: readonly ("circle" | readonly (readonly [x: number, y: number])[])[] = [
  "circle",
  [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  [[0, -1.2], [1.15, 0.85], [-1.15, 0.85]],
  [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]],
  [[0, 1.2], [1.15, -0.85], [-1.15, -0.85]],
]; // biome-ignore format: a shape a line

const radius = 4.4;
/** Of the white rim that keeps a mark apart from a dark ground, pixels. */
const rim = 1.5;

/** More classes than that look alike again. */
export const mostMarks = 2 * outlines.length;

/** The mark of the class number `index`, in ink. Neighbours differ in outline: on a dark ground a fill alone tells little. */
export const classMark = (index: number): MarkStyle => ({
  outline: index % outlines.length,
  filled: (index + Math.floor(index / outlines.length)) % 2 === 1,
  colour: ink,
});

/** The filled mark of the series number `index`, in its colour. */
export const filledMark = (index: number): MarkStyle => ({
  outline: index % outlines.length,
  filled: true,
  colour: lineStyle(index).colour,
});

/** Draws a mark with its middle at (x, y). */
export function drawMark(into: SvgSelection, x: number, y: number, { outline, filled, colour }: MarkStyle): void {
  draw(into, outline, x, y, radius + rim).attr("fill", paper);
  const mark = draw(into, outline, x, y, radius).attr("fill", filled ? colour : paper);
  mark.attr("stroke", filled ? paper : colour).attr("stroke-width", filled ? 0.8 : curveWidth);
}

function draw(into: SvgSelection, outline: number, x: number, y: number, size: number): SvgSelection {
  const corners = outlines[outline]!;
  if (corners === "circle") {
    return into.append("circle").attr("cx", hundredths(x)).attr("cy", hundredths(y)).attr("r", hundredths(size));
  }
  const points = corners.map(([dx, dy]) => `${hundredths(x + size * dx)},${hundredths(y + size * dy)}`);
  return into.append("path").attr("d", `M${points.join("L")}Z`);
}
