import { hundredths, type Polyline, pathData } from "./polyline.js";
import { simplified } from "./simplify.js";
import type { SvgSelection } from "./svg-selection.js";
import { curveWidth, type LineStyle } from "./theme.js";
import { isMonotone, thinnedToColumns } from "./thin.js";

/** How far a simplified line may lie from the true one, in pixels: less than the eye sees. */
const tolerance = 0.1;

/** The line with no more points than its picture needs: thinned by columns first where x goes one way. */
export function reduced(line: Polyline): Polyline {
  return isMonotone(line.x) ? simplified(thinnedToColumns(line), tolerance) : reducedLoop(line);
}

/** A line that may turn back, reduced by its shape alone. */
export function reducedLoop(line: Polyline): Polyline {
  return simplified(line, tolerance);
}

/** Draws the pieces of one curve; a piece of a single point becomes a dot. */
export function drawCurve(into: SvgSelection, pieces: readonly Polyline[], { colour, dash, width }: LineStyle): void {
  const path = pieces.filter(({ x }) => x.length > 1).map(pathData);
  if (path.length > 0) {
    const element = into.append("path").attr("d", path.join("")).attr("fill", "none").attr("stroke", colour);
    element.attr("stroke-width", width ?? curveWidth).attr("stroke-linejoin", "round");
    if (dash !== undefined) element.attr("stroke-dasharray", dash);
  }
  for (const piece of pieces.filter(({ x }) => x.length === 1)) drawDots(into, piece, colour);
}

/** A curve of so few points shows where they are: between them nothing was computed. */
const fewPoints = 24;

/** Dots on the points of a curve that has few. */
export function drawPoints(into: SvgSelection, pieces: readonly Polyline[], { colour }: LineStyle): void {
  if (pieces.reduce((sum, { x }) => sum + x.length, 0) > fewPoints) return;
  for (const piece of pieces.filter(({ x }) => x.length > 1)) drawDots(into, piece, colour);
}

function drawDots(into: SvgSelection, { x, y }: Polyline, colour: string): void {
  for (const [k, across] of x.entries()) {
    const dot = into.append("circle").attr("cx", hundredths(across)).attr("cy", hundredths(y[k]!));
    dot.attr("r", 2.4).attr("fill", colour);
  }
}
