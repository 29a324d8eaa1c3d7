import type { ConfusionPicture } from "../result/learning-pictures.js";
import { outline, rectangle } from "./colour-squares.js";
import { shortened, textWidth } from "./lettering.js";
import { type Frame, write } from "./pen.js";
import { drawEmpty, layTitle, openSheet, titleHeight } from "./sheet.js";
import type { SvgSelection } from "./svg-selection.js";
import {
  faintInk,
  gridColour,
  inkOn,
  labelSize,
  legendSize,
  padding,
  pictureWidth,
  shareColour,
  tickSize,
} from "./theme.js";

/** The longer side of the matrix is about this long, pixels. */
const side = 400;
const largest = 96;
const smallest = 12;
/** Cells lower than that have no room for a share below the count. */
const roomForTwo = 34;
const longestName = 130;
/** Counts in smaller letters than that are left out, pixels. */
const legible = 7;

/** The matrix with its sums. */
interface Table {
  readonly classes: readonly string[];
  readonly counts: Float64Array;
  /** Samples of each true class. */
  readonly sums: readonly number[];
}

/**
 * Draws how many samples of each class (rows) were given which class (columns): counts, and shares of their row, which
 * the colour shows as well; the accuracy under the title.
 */
export function drawConfusion(svg: SvgSelection, picture: ConfusionPicture): void {
  const { classes, counts, title } = picture;
  const size = classes.length;
  const sums = classes.map((_, row) => sumOf(counts.subarray(row * size, (row + 1) * size)));
  const total = sumOf(Float64Array.from(sums));
  if (!(total > 0)) {
    drawEmpty(svg, title, pictureWidth, "no data: nothing was classified");
    return;
  }
  const table: Table = { classes, counts, sums };
  const cell = Math.max(smallest, Math.min(largest, Math.floor(side / size)));
  const name = Math.min(longestName, Math.max(...classes.map((each) => textWidth(each, labelSize))));
  const upright = name > cell - 6;
  const names = Math.ceil(name + labelSize + 18);
  const width = Math.max(pictureWidth, names + cell * size + 2 * padding);
  const lines = layTitle(title, width);
  const top = Math.ceil(titleHeight(lines) + legendSize + 14);
  const left = Math.floor((width - cell * size - names) / 2) + names;
  const frame = { left, top, right: left + cell * size, bottom: top + cell * size };
  const below = (upright ? name : labelSize) + labelSize + 18;
  const sheet = openSheet(svg, lines, width, frame.bottom + below + padding);
  write(sheet, subtitleOf(table, total, cell), width / 2, titleHeight(lines) + legendSize, { size: legendSize, anchor: "middle", colour: faintInk }); // biome-ignore format: one thought
  drawCells(sheet, table, frame, cell);
  outline(sheet, frame);
  drawClasses(sheet, picture, frame, cell, upright);
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

function subtitleOf({ classes, counts }: Table, total: number, cell: number): string {
  const right = classes.reduce((sum, _, k) => sum + counts[k * (classes.length + 1)]!, 0);
  const accuracy = `Accuracy ${percent(right / total, 1)}: ${number(right)} of ${number(total)} samples`;
  return sizeOfCounts(counts, cell) === undefined
    ? `${accuracy}; the darker, the larger the share of its row`
    : accuracy;
}

/** Never rounded up to all, nor down to none. */
function percent(share: number, digits: number): string {
  const text = (100 * share).toFixed(digits);
  const [none, all] = [(0).toFixed(digits), (100).toFixed(digits)];
  if (text === all && share < 1) return `> ${(100 - 10 ** -digits).toFixed(digits)} %`;
  if (text === none && share > 0) return `< ${(10 ** -digits).toFixed(digits)} %`;
  return `${share === 1 || share === 0 ? Math.round(100 * share) : text} %`;
}

const number = (count: number): string => String(Number.isInteger(count) ? count : Number(count.toPrecision(4)));

/** The counts' size, pixels, so that the widest fits its cell; undefined where they could not be read. */
function sizeOfCounts(counts: Float64Array, cell: number): number | undefined {
  const widest = Math.max(...Array.from(counts, (count) => textWidth(number(count), 1)));
  const size = Math.floor(2 * Math.min(cell >= 60 ? 17 : labelSize, (cell - 6) / widest)) / 2;
  return size < legible ? undefined : size;
}

function drawCells(into: SvgSelection, { classes, counts, sums }: Table, { left, top }: Frame, cell: number): void {
  const size = sizeOfCounts(counts, cell);
  const places = Array.from(counts, (count, k) => {
    const [row, column] = [Math.floor(k / classes.length), k % classes.length];
    const share = sums[row]! > 0 ? count / sums[row]! : undefined;
    return { count, share, right: row === column, x: left + cell * column, y: top + cell * row };
  });
  const grounds = new Map<string, string>();
  for (const { share, x, y } of places) {
    const ground = shareColour(share ?? 0);
    grounds.set(ground, (grounds.get(ground) ?? "") + rectangle(x, y, cell, cell));
  }
  for (const [ground, squares] of grounds) {
    const path = into.append("path").attr("d", squares).attr("fill", ground);
    path.attr("stroke", gridColour).attr("stroke-width", 1);
  }
  if (size === undefined) return;
  const withShares = cell >= roomForTwo && textWidth("100 %", tickSize) <= cell - 4;
  for (const { count, share, right, x, y } of places) {
    const two = withShares && share !== undefined;
    const look = { anchor: "middle", colour: inkOn(shareColour(share ?? 0)) } as const;
    const [middle, baseline] = [x + cell / 2, y + cell / 2 + size * (two ? 0.05 : 0.36)];
    write(into, number(count), middle, baseline, { ...look, size, bold: right });
    if (two) write(into, percent(share, 0), middle, baseline + tickSize + 3, { ...look, size: tickSize });
  }
}

function drawClasses(
  into: SvgSelection,
  { classes, xlabel, ylabel }: ConfusionPicture,
  frame: Frame,
  cell: number,
  upright: boolean,
): void {
  const { left, top, right, bottom } = frame;
  const size = Math.min(labelSize, cell - 1);
  const named = classes.map((name) => shortened(name, size, longestName));
  named.forEach((name, k) => {
    const middle = cell * (k + 0.5) + size * 0.36;
    write(into, name, left - 7, top + middle, { size, anchor: "end" });
    if (upright) write(into, name, left + middle, bottom + 7, { size, anchor: "end", upwards: true });
    else write(into, name, left + cell * (k + 0.5), bottom + size + 5, { size, anchor: "middle" });
  });
  const widest = Math.max(...named.map((name) => textWidth(name, size)));
  const label = { size: labelSize, anchor: "middle" } as const;
  write(into, ylabel ?? "True class", left - widest - 15, (top + bottom) / 2, { ...label, upwards: true });
  const under = bottom + (upright ? widest : size) + labelSize + 13;
  write(into, xlabel ?? "Answer", (left + right) / 2, under, label);
}
