import type { Picture } from "../result/picture.js";
import { drawMap } from "./crossbar-map.js";
import { drawLoop } from "./hysteresis-plot.js";
import { drawLoops } from "./loops-plot.js";
import type { SvgSelection } from "./svg-selection.js";
import { drawWaves } from "./time-plot.js";
import { drawXy } from "./xy-plot.js";

/**
 * Draws a picture into an empty `<svg>` of any d3 selection, and sets its size. The result is SVG 1.1 with presentation
 * attributes only, and the same for the same picture.
 */
export function draw(svg: SvgSelection, picture: Picture): void {
  if (picture.kind === "waves") drawWaves(svg, picture);
  else if (picture.kind === "loop") drawLoop(svg, picture);
  else if (picture.kind === "loops") drawLoops(svg, picture);
  else if (picture.kind === "map") drawMap(svg, picture);
  else drawXy(svg, picture);
}
