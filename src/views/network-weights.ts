import type { NetworkConnection, NetworkPicture } from "../result/learning-pictures.js";
import { textWidth } from "./lettering.js";
import type { Layer } from "./network-layers.js";
import type { Place, Places } from "./network-places.js";
import { type Point, routesOf } from "./network-routes.js";
import { write } from "./pen.js";
import { hundredths } from "./polyline.js";
import type { SvgSelection } from "./svg-selection.js";
import { faintInk, type LineStyle, negativeStyle, paper, positiveStyle, tickSize } from "./theme.js";
import { withMinus } from "./ticks.js";

/** Of the largest weight, pixels: less where many lines meet. */
const widestOf = (lines: number): number => (lines <= 40 ? 7 : 3);
/** The finest line, that of a weight 0. */
const finest = 0.4;
/** Networks of no more weights than that have their values written beside them. */
const mostWritten = 12;

/** A weight that is no number: drawn, but neither as positive nor as negative. */
export const unknownStyle: LineStyle = { colour: faintInk, dash: "1.5 3", width: 1 };

/** What the lines of a network have in common. */
export interface Weights {
  /** Those between units that are shown. */
  readonly shown: readonly NetworkConnection[];
  /** Every weight and every bias of the network, shown or not. */
  readonly all: readonly number[];
  /** The largest |w| of them; 0 without any. */
  readonly largest: number;
  /** The width of the largest, pixels. */
  readonly widest: number;
  /** Whether the numbers are written beside the lines. */
  readonly written: boolean;
}

export function weightsOf({ units, connections }: NetworkPicture, layers: readonly Layer[]): Weights {
  const visible = new Set(layers.flatMap(({ rows }) => rows));
  const shown = connections.filter(({ from, to }) => visible.has(from) && visible.has(to));
  const all = [...connections.map(({ weight }) => weight), ...units.flatMap(({ bias }) => bias ?? [])];
  const largest = all.reduce((most, weight) => Math.max(most, sizeOf(weight)), 0);
  return { shown, all, largest, widest: widestOf(shown.length), written: connections.length <= mostWritten };
}

const sizeOf = (weight: number): number => (Number.isFinite(weight) ? Math.abs(weight) : 0);

/** How a weight is drawn. */
export function styleOf(weight: number, { largest, widest }: Weights): LineStyle {
  if (!Number.isFinite(weight)) return unknownStyle;
  const width = largest === 0 ? finest : Math.max(finest, (widest * Math.abs(weight)) / largest);
  return { ...(weight < 0 ? negativeStyle : positiveStyle), width: hundredths(width) };
}

/** Wide lines first: the fine ones are seen upon them. */
export function drawWeights(into: SvgSelection, weights: Weights, places: Places): void {
  const routes = routesOf(weights.shown, places);
  const drawn = weights.shown.map(({ weight }, k) => ({ weight, ...routes[k]! }));
  for (const { weight, path } of drawn.toSorted((a, b) => sizeOf(b.weight) - sizeOf(a.weight))) {
    stroke(into, path, styleOf(weight, weights));
  }
  if (!weights.written) return;
  for (const { weight, label } of drawn) writeWeight(into, weight, label);
}

/** Upon its line, which is broken for it. */
function writeWeight(into: SvgSelection, weight: number, [x, y]: Point): void {
  const text = short(weight);
  const [width, height] = [textWidth(text, tickSize) * 0.92 + 4, tickSize + 2];
  const [left, top] = [x - width / 2, y - height / 2].map(hundredths);
  const ground = `M${left},${top}h${hundredths(width)}v${hundredths(height)}h${-hundredths(width)}Z`;
  into.append("path").attr("d", ground).attr("fill", paper);
  write(into, text, x, y + tickSize * 0.36, { size: tickSize, anchor: "middle" });
}

const short = (weight: number): string =>
  Number.isFinite(weight) ? withMinus(String(Number(weight.toPrecision(3)))) : "?";

/** Draws a bias as a short line that reaches its unit from above. */
export function drawBias(into: SvgSelection, bias: number, weights: Weights, { x, y }: Place, places: Places): void {
  const end = y - places.radius;
  const start = end - Math.min(17, Math.max(5, places.spacing - 2 * places.radius - 3));
  const style = styleOf(bias, weights);
  stroke(into, `M${hundredths(x)},${hundredths(start)}L${hundredths(x)},${hundredths(end)}`, style);
  const beside = x + (style.width ?? finest) / 2 + 5;
  if (weights.written) write(into, short(bias), beside, start + 8, { size: tickSize, rimmed: true });
}

function stroke(into: SvgSelection, path: string, { colour, dash, width = finest }: LineStyle): void {
  const line = into.append("path").attr("d", path).attr("fill", "none").attr("stroke", colour);
  line.attr("stroke-width", width);
  if (dash !== undefined) line.attr("stroke-dasharray", dash);
}
