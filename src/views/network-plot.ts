import type { NetworkConnection, NetworkPicture, NetworkUnit } from "../result/learning-pictures.js";
import { decimal, exponentOf } from "./decimal.js";
import { drawLegend, type Entry, layLegend } from "./legend.js";
import { shortened, textWidth } from "./lettering.js";
import { type Layer, layersOf } from "./network-layers.js";
import { type Place, type Places, placesOf, spacingOf } from "./network-places.js";
import { type Point, routesOf } from "./network-routes.js";
import { type Lettering, write } from "./pen.js";
import { hundredths } from "./polyline.js";
import { drawEmpty, layTitle, openSheet, titleHeight } from "./sheet.js";
import type { SvgSelection } from "./svg-selection.js";
import {
  faintInk,
  ink,
  type LineStyle,
  labelSize,
  negativeStyle,
  padding,
  paper,
  pictureWidth,
  positiveStyle,
  tickSize,
} from "./theme.js";
import { withMinus } from "./ticks.js";

/** Of the largest weight, pixels: less where many lines meet. */
const widestOf = (lines: number): number => (lines <= 40 ? 7 : 3);
/** The finest line, that of a weight 0. */
const finest = 0.4;
/** Networks of no more weights than that have their values written beside them. */
const mostWritten = 12;
const betweenLayers = 105;
const longestName = 110;

/** A weight that is no number: drawn, but neither as positive nor as negative. */
const unknownStyle: LineStyle = { colour: faintInk, dash: "1.5 3", width: 1 };

/**
 * Draws a feed-forward network, layers from left to right: a line for each weight, as wide as its size, with its sign
 * in colour and dashes; a bias as a short line from above.
 */
export function drawNetwork(svg: SvgSelection, picture: NetworkPicture): void {
  const layers = layersOf(picture);
  if (layers.length === 0) {
    drawEmpty(svg, picture.title, pictureWidth, "no data: the network has no units");
    return;
  }
  const [before, after] = [layers[0]!, layers.at(-1)!].map((layer) => nameRoom(layer, picture.units));
  const width = Math.max(pictureWidth, 2 * padding + before! + after! + betweenLayers * (layers.length - 1));
  const lines = layTitle(picture.title, width);
  const weights = weightsOf(picture, layers);
  const legend = layLegend(entriesOf(picture, weights), width - 2 * padding);
  const top = titleHeight(lines) + legend.height + 14;
  const rows = layers.reduce((most, layer) => Math.max(most, layer.rows.length), 1);
  const bottom = top + spacingOf(layers) * Math.max(rows, 2.5) + 8;
  const frame = { left: padding + before!, top, right: width - padding - after!, bottom };
  const places = placesOf(layers, frame);
  const sheet = openSheet(svg, lines, width, bottom + 2 * tickSize + 14 + padding);
  drawLegend(sheet, legend, padding, titleHeight(lines));
  drawWeights(sheet, weights, places);
  drawUnits(sheet, picture, weights, layers, places);
  layers.forEach((layer, k) => {
    drawCaption(sheet, layer, captionOf(k, layers.length), places.x[k]!, bottom + tickSize + 8);
  });
}

/** Room beside the outermost layers for their names. */
function nameRoom({ rows }: Layer, units: readonly NetworkUnit[]): number {
  const names = rows.flatMap((unit) => (unit === undefined ? [] : [textWidth(units[unit]!.name, labelSize)]));
  return Math.min(longestName, Math.max(...names, 30)) + 30;
}

interface Weights {
  /** Those between units that are shown. */
  readonly shown: readonly NetworkConnection[];
  /** The largest |w| of the whole network, biases included; 0 without any. */
  readonly largest: number;
  readonly widest: number;
  readonly written: boolean;
}

function weightsOf({ units, connections }: NetworkPicture, layers: readonly Layer[]): Weights {
  const visible = new Set(layers.flatMap(({ rows }) => rows));
  const shown = connections.filter(({ from, to }) => visible.has(from) && visible.has(to));
  const all = [...connections.map(({ weight }) => weight), ...units.map(({ bias }) => bias ?? 0)];
  const largest = all.reduce((most, weight) => (Number.isFinite(weight) ? Math.max(most, Math.abs(weight)) : most), 0);
  return { shown, largest, widest: widestOf(shown.length), written: connections.length <= mostWritten };
}

/** How a weight is drawn. */
function styleOf(weight: number, { largest, widest }: Weights): LineStyle {
  if (!Number.isFinite(weight)) return unknownStyle;
  const width = largest === 0 ? finest : Math.max(finest, (widest * Math.abs(weight)) / largest);
  return { ...(weight < 0 ? negativeStyle : positiveStyle), width: hundredths(width) };
}

function entriesOf({ units, connections }: NetworkPicture, weights: Weights): readonly Entry[] {
  const all = [...connections.map(({ weight }) => weight), ...units.flatMap(({ bias }) => bias ?? [])];
  const unknown = all.filter((weight) => !Number.isFinite(weight)).length;
  const left = connections.length - weights.shown.length;
  const line = (name: string, style: LineStyle): Entry => ({ kind: "line", name, style });
  return [
    line("w > 0", { ...positiveStyle, width: 3 }),
    line("w < 0", { ...negativeStyle, width: 3 }),
    ...scaleOf(weights.largest).map((size) => {
      return line(`|w| = ${size}`, { ...styleOf(size, weights), colour: ink });
    }),
    ...(units.some(({ bias }) => bias !== undefined) ? [{ kind: "note", name: "from above: bias" } as const] : []),
    ...(unknown > 0 ? [line(unknown === 1 ? "not a number" : `${unknown} not numbers`, unknownStyle)] : []),
    ...(left > 0
      ? [{ kind: "note", name: `${weights.shown.length} of ${connections.length} weights shown` } as const]
      : []),
  ];
}

/** Three round sizes, the largest not above the largest weight. */
function scaleOf(largest: number): readonly number[] {
  if (largest === 0) return [];
  const exponent = exponentOf(largest);
  const sizes = [1, 0, -1].flatMap((more) => [5, 2, 1].map((digit) => decimal(digit, exponent + more)));
  return sizes.filter((size) => size <= largest).slice(0, 3);
}

/** Wide lines first: the fine ones are seen upon them. */
function drawWeights(into: SvgSelection, weights: Weights, places: Places): void {
  const routes = routesOf(weights.shown, places);
  const order = [...weights.shown.keys()].sort((a, b) => sizeOf(weights.shown[b]!) - sizeOf(weights.shown[a]!));
  for (const k of order) stroke(into, routes[k]!.path, styleOf(weights.shown[k]!.weight, weights));
  if (!weights.written) return;
  weights.shown.forEach(({ weight }, k) => {
    writeWeight(into, weight, routes[k]!.label);
  });
}

const sizeOf = ({ weight }: NetworkConnection): number => (Number.isFinite(weight) ? Math.abs(weight) : 0);

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

function stroke(into: SvgSelection, path: string, { colour, dash, width = finest }: LineStyle): void {
  const line = into.append("path").attr("d", path).attr("fill", "none").attr("stroke", colour);
  line.attr("stroke-width", width);
  if (dash !== undefined) line.attr("stroke-dasharray", dash);
}

function drawUnits(
  into: SvgSelection,
  { units }: NetworkPicture,
  weights: Weights,
  layers: readonly Layer[],
  places: Places,
): void {
  for (const [unit, place] of places.of) {
    const { bias, kind } = units[unit]!;
    if (bias !== undefined) drawBias(into, bias, weights, place, places);
    drawUnit(into, kind, place, places.radius);
  }
  layers.forEach(({ rows }, layer) => {
    const shown = rows.flatMap((unit) => (unit === undefined ? [] : [unit]));
    const side = layer === 0 ? "left" : layer === layers.length - 1 ? "right" : "below";
    drawNames(into, shown.map((unit) => [units[unit]!.name, places.of.get(unit)!]), side, places); // biome-ignore format: one thought
    rows.forEach((unit, row) => {
      if (unit === undefined) drawDots(into, places.x[layer]!, places.y[layer]![row]!);
    });
  });
}

function drawUnit(into: SvgSelection, kind: NetworkUnit["kind"], { x, y }: Place, radius: number): void {
  const shape =
    kind === "constant"
      ? into.append("path").attr("d", squareAt(x, y, 0.85 * radius))
      : into.append("circle").attr("cx", hundredths(x)).attr("cy", hundredths(y)).attr("r", hundredths(radius));
  shape.attr("fill", paper).attr("stroke", ink).attr("stroke-width", 1.4);
}

function squareAt(x: number, y: number, half: number): string {
  const [left, top, side] = [x - half, y - half, 2 * half].map(hundredths);
  return `M${left},${top}h${side}v${side}h${-side!}Z`;
}

function drawBias(into: SvgSelection, bias: number, weights: Weights, { x, y }: Place, places: Places): void {
  const end = y - places.radius;
  const start = end - Math.min(17, Math.max(5, places.spacing - 2 * places.radius - 3));
  const style = styleOf(bias, weights);
  stroke(into, `M${hundredths(x)},${hundredths(start)}L${hundredths(x)},${hundredths(end)}`, style);
  const beside = x + (style.width ?? 0) / 2 + 5;
  if (weights.written) write(into, short(bias), beside, start + 8, { size: tickSize, rimmed: true });
}

/** Names stand in their units if all of a layer fit; else beside or below them; else they are left out. */
function drawNames(
  into: SvgSelection,
  units: readonly (readonly [name: string, place: Place])[],
  side: "left" | "right" | "below",
  { radius, spacing }: Places,
): void {
  const middle: Lettering = { size: tickSize, anchor: "middle" };
  if (units.every(([name]) => textWidth(name, tickSize) <= 2 * radius - 4)) {
    for (const [name, { x, y }] of units) write(into, name, x, y + tickSize * 0.36, middle);
  } else if (side === "below") {
    if (spacing < 2 * radius + 2 * tickSize) return;
    for (const [name, { x, y }] of units) {
      write(into, shortened(name, tickSize, longestName), x, y + radius + tickSize + 1, { ...middle, rimmed: true });
    }
  } else {
    const [out, anchor] = side === "left" ? ([-1, "end"] as const) : ([1, "start"] as const);
    for (const [name, { x, y }] of units) {
      const text = shortened(name, labelSize, longestName);
      write(into, text, x + out * (radius + 7), y + labelSize * 0.36, { size: labelSize, anchor });
    }
  }
}

/** Three dots for the units that are left out. */
function drawDots(into: SvgSelection, x: number, y: number): void {
  for (const aside of [-7, 0, 7]) {
    const dot = into
      .append("circle")
      .attr("cx", hundredths(x))
      .attr("cy", hundredths(y + aside));
    dot.attr("r", 1.8).attr("fill", ink);
  }
}

function captionOf(layer: number, layers: number): string {
  if (layer === 0) return "inputs";
  if (layer === layers - 1) return "outputs";
  return layers === 3 ? "hidden" : `hidden ${layer}`;
}

function drawCaption(into: SvgSelection, { rows, size }: Layer, name: string, x: number, y: number): void {
  const shown = rows.filter((unit) => unit !== undefined).length;
  const middle: Lettering = { size: tickSize, anchor: "middle", colour: faintInk };
  write(into, shown < size ? `${size} ${name}` : name, x, y, middle);
  if (shown < size) write(into, `${shown} shown`, x, y + tickSize + 3, middle);
}
