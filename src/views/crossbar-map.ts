import type { MapPicture } from "../result/picture.js";
import type { Column } from "../result/result.js";
import { formatQuantity } from "../units/quantity.js";
import { type Axis, axisOf, breadthOf, drawUprightAxis } from "./axis.js";
import { shortened, textWidth } from "./lettering.js";
import { type Frame, write } from "./pen.js";
import { hasPlace, place, type Scale } from "./scale.js";
import { drawEmpty, layTitle, openSheet, titleHeight } from "./sheet.js";
import type { SvgSelection } from "./svg-selection.js";
import { faintInk, ink, labelSize, mapColour, padding, pictureWidth, tickSize } from "./theme.js";

/** The longer side of the map is about this long, pixels. */
const side = 360;
/** The largest cell, so that a small crossbar does not become a chessboard. */
const largest = 64;
/** The shortest that the bar of colours is. */
const shortest = 160;
/** How many colours are told apart. */
const levels = 64;
const barWidth = 18;
const barGap = 20;

/**
 * Draws the values of a crossbar as coloured squares, rows from top to bottom, with a bar that says what the colours
 * mean. Larger is darker; a place without a cell, or without a finite value, stays white.
 */
export function drawMap(svg: SvgSelection, picture: MapPicture): void {
  const { cells, rows, columns, title, logy } = picture;
  const bar = axisOf([cells], { log: logy, margin: 0, wanted: 5, label: undefined });
  if (bar === undefined) {
    drawEmpty(svg, title, pictureWidth, "no data");
    return;
  }
  const cell = Math.max(1, Math.min(largest, Math.floor(side / Math.max(rows.length, columns.length))));
  const names = Math.ceil(padding + labelSize + 12 + widest(rows));
  const needed = names + cell * columns.length + barGap + barWidth + Math.ceil(breadthOf(bar)) + padding;
  const width = Math.max(pictureWidth, needed);
  const lines = layTitle(title, width);
  const top = Math.ceil(titleHeight(lines));
  const left = names + Math.floor((width - needed) / 2);
  const frame = { left, top, right: left + cell * columns.length, bottom: top + cell * rows.length };
  const barFrame = barBeside(frame);
  const below = Math.max(frame.bottom + tickSize + 8 + labelSize + 6, barFrame.bottom);
  const noteHeight = picture.at === undefined ? 0 : tickSize + 8;
  const sheet = openSheet(svg, lines, width, below + noteHeight + padding);
  const scale = { domain: bar.domain, from: barFrame.bottom, to: barFrame.top };
  fill(sheet, squaresOf(picture, frame, cell, scale));
  outline(sheet, frame);
  drawIndices(sheet, picture, frame, cell);
  drawBar(sheet, bar, scale, barFrame);
  if (picture.at !== undefined) drawPlace(sheet, picture.at, frame.left, below + noteHeight);
}

const widest = (indices: readonly number[]): number =>
  indices.reduce((most, index) => Math.max(most, textWidth(String(index), tickSize)), 0);

function barBeside({ top, right, bottom }: Frame): Frame {
  const left = right + barGap;
  return { left, top, right: left + barWidth, bottom: Math.max(bottom, top + shortest) };
}

/** Squares of each colour as the data of one path: a crossbar may have a million of them. */
type Squares = readonly string[][];

function squaresOf({ cells, columns }: MapPicture, { left, top }: Frame, cell: number, scale: Scale): Squares {
  const squares: string[][] = Array.from({ length: levels }, () => []);
  cells.values.forEach((value, k) => {
    if (!hasPlace(value, scale.domain)) return;
    const part = (place(scale, value) - scale.from) / (scale.to - scale.from);
    const x = left + cell * (k % columns.length);
    const y = top + cell * Math.floor(k / columns.length);
    squares[Math.min(levels - 1, Math.floor(part * levels))]!.push(square(x, y, cell, cell));
  });
  return squares;
}

const square = (x: number, y: number, width: number, height: number): string =>
  `M${x},${y}h${width}v${height}h${-width}z`;

function fill(into: SvgSelection, squares: Squares): void {
  squares.forEach((some, level) => {
    if (some.length === 0) return;
    into
      .append("path")
      .attr("d", some.join(""))
      .attr("fill", mapColour(level / (levels - 1)));
  });
}

function outline(into: SvgSelection, { left, top, right, bottom }: Frame): void {
  const path = into.append("path").attr("d", square(left, top, right - left, bottom - top));
  path.attr("fill", "none").attr("stroke", ink).attr("stroke-width", 1);
}

/** The least of 1, 2, 5, 10, 20 … that is not below. */
function roundStride(least: number): number {
  for (let power = 1; ; power *= 10) for (const digit of [1, 2, 5]) if (digit * power >= least) return digit * power;
}

/** The numbers of rows and columns, as many as have room. */
function drawIndices(into: SvgSelection, picture: MapPicture, frame: Frame, cell: number): void {
  const { rows, columns } = picture;
  const { left, top, right, bottom } = frame;
  const rowStride = roundStride((tickSize * 1.3) / cell);
  const columnStride = roundStride((widest(columns) + 6) / cell);
  rows.forEach((row, k) => {
    const y = top + cell * (k + 0.5) + tickSize * 0.36;
    if (row % rowStride === 0) write(into, String(row), left - 5, y, { size: tickSize, anchor: "end" });
  });
  const under = bottom + tickSize + 4;
  columns.forEach((column, k) => {
    const x = left + cell * (k + 0.5);
    if (column % columnStride === 0) write(into, String(column), x, under, { size: tickSize, anchor: "middle" });
  });
  const middle = { size: labelSize, anchor: "middle" } as const;
  const rowName = shortened(picture.ylabel ?? "Row", labelSize, Math.max(60, bottom - top));
  write(into, rowName, left - widest(rows) - 10, (top + bottom) / 2, { ...middle, upwards: true });
  const columnName = shortened(picture.xlabel ?? "Column", labelSize, Math.max(60, right - left));
  write(into, columnName, (left + right) / 2, under + labelSize + 6, middle);
}

function drawBar(into: SvgSelection, axis: Axis, scale: Scale, frame: Frame): void {
  const { left, top, right, bottom } = frame;
  const edge = (level: number): number => Math.round(bottom - ((bottom - top) * level) / levels);
  const steps = Array.from({ length: levels }, (_, level) => {
    return [square(left, edge(level + 1), right - left, edge(level) - edge(level + 1))];
  });
  fill(into, steps);
  outline(into, frame);
  drawUprightAxis(into, axis, scale, frame, { side: "right", breadth: breadthOf(axis), colour: ink });
}

/** Where on the axis the values are: `time = 1 µs`. */
function drawPlace(into: SvgSelection, { name, unit, values }: Column, x: number, y: number): void {
  const text = `${name} = ${formatQuantity(Number(values[0]!.toPrecision(4)), unit)}`;
  write(into, text, x, y, { size: tickSize, colour: faintInk });
}
