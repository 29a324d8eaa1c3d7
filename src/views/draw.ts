import type { Picture } from "../result/picture.js";
import { drawBloch } from "./bloch-plot.js";
import { drawConfusion } from "./confusion-matrix.js";
import { drawMap } from "./crossbar-map.js";
import { drawBoundary } from "./decision-boundary.js";
import { drawLoop } from "./hysteresis-plot.js";
import { drawLearningCurve } from "./learning-curve.js";
import { drawLoops } from "./loops-plot.js";
import { drawNetwork } from "./network-plot.js";
import { drawParameterPlot } from "./parameter-plot.js";
import { drawQuantumCircuit } from "./quantum-circuit-plot.js";
import { drawRho } from "./rho-plot.js";
import type { SvgSelection } from "./svg-selection.js";
import { drawWaves } from "./time-plot.js";
import { drawWeightsPlot } from "./weights-plot.js";
import { drawXy } from "./xy-plot.js";

/** How each kind of picture is drawn. */
const drawings: {
  readonly [K in Picture["kind"]]: (svg: SvgSelection, picture: Extract<Picture, { kind: K }>) => void;
} = {
  waves: drawWaves,
  loop: drawLoop,
  loops: drawLoops,
  xy: drawXy,
  map: drawMap,
  learning: drawLearningCurve,
  parameter: drawParameterPlot,
  network: drawNetwork,
  confusion: drawConfusion,
  boundary: drawBoundary,
  weights: drawWeightsPlot,
  circuit: drawQuantumCircuit,
  bloch: drawBloch,
  rho: drawRho,
};

/**
 * Draws a picture into an empty `<svg>` of any d3 selection, and sets its size. The result is SVG 1.1 with presentation
 * attributes only, and the same for the same picture.
 */
export function draw<K extends Picture["kind"]>(svg: SvgSelection, picture: Extract<Picture, { kind: K }>): void {
  drawings[picture.kind](svg, picture);
}
