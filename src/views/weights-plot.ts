import type { WeightsPicture } from "../result/learning-pictures.js";
import type { Column } from "../result/result.js";
import { type Axis, axisOf, breadthOf, depthOf, drawBottomAxis, drawUprightAxis, drawZeroLines } from "./axis.js";
import { drawHistogram } from "./histogram.js";
import { drawLegend, type Entry, layLegend } from "./legend.js";
import { shortened } from "./lettering.js";
import { rule } from "./pen.js";
import { hundredths } from "./polyline.js";
import { place, type Scale } from "./scale.js";
import { drawEmpty, layTitle, openSheet, titleHeight } from "./sheet.js";
import type { SvgSelection } from "./svg-selection.js";
import { gridColour, ink, lineStyle, padding, pictureWidth, tickSize } from "./theme.js";

/** More weights than that are shown together, as one histogram. */
const mostRows = 40;
const rowHeight = { most: 34, least: 17 };
/** Of the marks of realisations about the middle of their row, in parts of its height. */
const scatter = 0.62;
const dotRadius = 1.6;

/** Draws where each weight ended in each realisation: a dot each, with the median and the span from 5 % to 95 %. */
export function drawWeightsPlot(svg: SvgSelection, picture: WeightsPicture): void {
  const { title, weights, xlabel, logx } = picture;
  const axis = axisOf(weights, { log: logx, margin: 0.04, wanted: 8, label: xlabel ?? "Weight" });
  if (axis === undefined) drawEmpty(svg, title, pictureWidth, "no data");
  else if (weights.length > mostRows) drawHistogram(svg, picture);
  else drawRows(svg, picture, axis);
}

function drawRows(svg: SvgSelection, { title, weights }: WeightsPicture, axis: Axis): void {
  const height = Math.max(rowHeight.least, Math.min(rowHeight.most, 320 / weights.length));
  const rows = axisOfRows(weights);
  const lines = layTitle(title, pictureWidth);
  const left = padding + breadthOf(rows);
  const runs = weights.reduce((most, { values }) => Math.max(most, values.length), 0);
  const legend = layLegend(entriesOf(weights, runs), pictureWidth - left - padding);
  const top = titleHeight(lines) + legend.height + 8;
  const frame = { left, top, right: pictureWidth - 26, bottom: top + height * weights.length };
  const sheet = openSheet(svg, lines, pictureWidth, frame.bottom + depthOf(axis, true) + padding);
  const x: Scale = { domain: axis.domain, from: frame.left, to: frame.right };
  const y: Scale = { domain: rows.domain, from: frame.top, to: frame.bottom };
  rule(sheet, axis.ticks.marks.map(({ value }) => [place(x, value), top, place(x, value), frame.bottom] as const), gridColour, 1); // biome-ignore format: one thought
  drawZeroLines(sheet, frame, x, undefined);
  weights.forEach(({ values }, k) => {
    drawRow(sheet, values, x, place(y, k), height);
  });
  drawBottomAxis(sheet, axis, x, frame, true);
  drawUprightAxis(sheet, rows, y, frame, { side: "left", breadth: breadthOf(rows), colour: ink });
  drawLegend(sheet, legend, left, titleHeight(lines));
}

/** An axis whose ticks are the names of the weights. */
function axisOfRows(weights: readonly Column[]): Axis {
  const marks = weights.map(({ name }, k) => ({ value: k, label: shortened(name, tickSize, 120) }));
  const domain = { low: -0.5, high: weights.length - 0.5, log: false };
  return { domain, ticks: { marks, minor: [], unit: "" }, label: "" };
}

function entriesOf(weights: readonly Column[], runs: number): readonly Entry[] {
  const bad = weights.reduce((sum, { values }) => sum + values.filter((value) => !Number.isFinite(value)).length, 0);
  return [
    { kind: "note", name: runs === 1 ? "one run" : `dot: one of ${runs} runs` },
    ...(runs === 1 ? [] : [{ kind: "note", name: "bar: 5–95 %, tick: median" } as const]),
    ...(bad > 0 ? [{ kind: "note", name: `${bad} values not finite` } as const] : []),
  ];
}

function drawRow(into: SvgSelection, values: Float64Array, x: Scale, middle: number, height: number): void {
  const sorted = values.filter(Number.isFinite).sort();
  if (sorted.length === 0) return;
  const dots = Array.from(values, (value, run) => {
    if (!Number.isFinite(value)) return "";
    const aside = scatter * height * (scattered(run + 1) - 0.5);
    return `M${hundredths(place(x, value))},${hundredths(middle + aside)}h0`;
  });
  // One path of points without length, whose round ends are dots: a thousand circles would be a slow picture.
  const path = into.append("path").attr("d", dots.join("")).attr("fill", "none").attr("stroke", lineStyle(0).colour);
  path
    .attr("stroke-width", 2 * dotRadius)
    .attr("stroke-linecap", "round")
    .attr("stroke-opacity", 0.55);
  const [low, median, high] = [0.05, 0.5, 0.95].map((part) => place(x, quantile(sorted, part)));
  const half = 0.36 * height;
  rule(into, [[low!, middle, high!, middle]], ink, 1.2);
  rule(into, [[median!, middle - half, median!, middle + half]], ink, 2.4);
}

/** Van der Corput's sequence to base 2 (Proc. Akad. Amsterdam 38, 813 (1935)): evenly spread, and the same each time. */
function scattered(index: number): number {
  let part = 0;
  for (let weight = 0.5; index > 0; weight /= 2, index >>= 1) part += weight * (index & 1);
  return part;
}

/** Linear between the values in order (Hyndman & Fan, The American Statistician 50, 361 (1996), type 7). */
function quantile(sorted: Float64Array, part: number): number {
  const at = part * (sorted.length - 1);
  const below = Math.floor(at);
  return sorted[below]! + (at - below) * ((sorted[below + 1] ?? sorted[below]!) - sorted[below]!);
}
