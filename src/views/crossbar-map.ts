import type { MapPicture } from "../result/picture.js";
import type { Column } from "../result/result.js";
import { formatQuantity } from "../units/quantity.js";
import { axisOf } from "./axis.js";
import { barBeside, barRoom, drawColourBar, outline, Squares } from "./colour-squares.js";
import { shortened, textWidth } from "./lettering.js";
import { type Frame, write } from "./pen.js";
import type { Scale } from "./scale.js";
import { drawEmpty, layTitle, openSheet, titleHeight } from "./sheet.js";
import type { SvgSelection } from "./svg-selection.js";
import { faintInk, labelSize, padding, pictureWidth, tickSize } from "./theme.js";

/** The longer side of the map is about this long, pixels. */
const side = 360;
/** The largest cell, so that a small crossbar does not become a chessboard. */
const largest = 64;
/** The shortest that the bar of colours is. */
const shortest = 160;
/** Between the title and the map, pixels. */
const titleGap = 8;

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
  const needed = names + cell * columns.length + barRoom(bar) + padding;
  const width = Math.max(pictureWidth, needed);
  const lines = layTitle(title, width);
  const top = Math.ceil(titleHeight(lines)) + titleGap;
  const left = names + Math.floor((width - needed) / 2);
  const frame = { left, top, right: left + cell * columns.length, bottom: top + cell * rows.length };
  const barFrame = barBeside(frame, shortest);
  const below = frame.bottom + tickSize + 8 + labelSize + 6;
  const note = below + (picture.at === undefined ? 0 : tickSize + 8);
  const sheet = openSheet(svg, lines, width, Math.max(note, barFrame.bottom) + padding);
  const scale = { domain: bar.domain, from: barFrame.bottom, to: barFrame.top };
  squaresOf(picture, frame, cell, scale).draw(sheet);
  outline(sheet, frame);
  drawIndices(sheet, picture, frame, cell);
  drawColourBar(sheet, bar, scale, barFrame);
  if (picture.at !== undefined) drawPlace(sheet, picture.at, frame.left, note);
}

const widest = (indices: readonly number[]): number =>
  indices.reduce((most, index) => Math.max(most, textWidth(String(index), tickSize)), 0);

function squaresOf({ cells, columns }: MapPicture, { left, top }: Frame, cell: number, scale: Scale): Squares {
  const squares = new Squares();
  cells.values.forEach((value, k) => {
    const level = Squares.level(value, scale);
    if (level === undefined) return;
    const x = left + cell * (k % columns.length);
    const y = top + cell * Math.floor(k / columns.length);
    squares.add(level, x, y, cell, cell);
  });
  return squares;
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

/** Where on the axis the values are: `time = 1 µs`. */
function drawPlace(into: SvgSelection, { name, unit, values }: Column, x: number, y: number): void {
  const text = `${name} = ${formatQuantity(Number(values[0]!.toPrecision(4)), unit)}`;
  write(into, text, x, y, { size: tickSize, colour: faintInk });
}
