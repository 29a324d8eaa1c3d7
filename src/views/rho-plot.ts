import type { RhoPicture } from "../result/quantum-pictures.js";
import type { Column } from "../result/result.js";
import { formatQuantity } from "../units/quantity.js";
import { type Axis, axisOf } from "./axis.js";
import { barBeside, barRoom, drawColourBar, outline, Squares } from "./colour-squares.js";
import { textWidth } from "./lettering.js";
import { type Frame, rule, write } from "./pen.js";
import type { Scale } from "./scale.js";
import { drawEmpty, layTitle, openSheet, titleHeight } from "./sheet.js";
import type { SvgSelection } from "./svg-selection.js";
import {
  faintInk,
  gridColour,
  inkOn,
  labelSize,
  mapColour,
  padding,
  paper,
  phaseColour,
  pictureWidth,
  signColour,
  tickSize,
} from "./theme.js";

/** The longer side of each map is about this long, pixels. */
const side = 250;
const largest = 62;
/** A cell with less room than this carries no number. */
const numbered = 40;
const shortest = 150;
const headRoom = 24;
/** Between two maps, pixels. */
const between = 34;
/** A number this small beside the largest has no phase. */
const noise = 1e-9;
/** One this small has no sign to be seen: its cell stays white. */
const unseen = 1 / 64;
/** Names of neighbours stand this far apart at least, pixels. */
const apart = tickSize + 2;

/** One of the two maps of a matrix. */
interface Map {
  readonly title: string;
  readonly values: Float64Array;
  readonly axis: Axis;
  colour(part: number): string;
  /** Values nearer to 0 are left white. */
  readonly white: number;
}

/**
 * Draws a density matrix as two maps: real and imaginary parts in colours that tell their sign, or magnitudes and phases.
 * Small matrices carry their numbers, so that they are read in grey too.
 */
export function drawRho(svg: SvgSelection, picture: RhoPicture): void {
  const { basis } = picture;
  if (![...picture.re, ...picture.im].every(Number.isFinite)) {
    drawEmpty(svg, picture.title, pictureWidth, "no data");
    return;
  }
  const maps = mapsOf(picture);
  const n = basis.length;
  const cell = Math.max(8, Math.min(largest, Math.floor(side / n)));
  const names = basis.map((name) => `|${name}⟩`);
  const nameWidth = Math.max(...names.map((name) => textWidth(name, tickSize)));
  const upright = nameWidth + 4 > cell;
  const shared = maps[0]!.axis === maps[1]!.axis;
  const left = padding + nameWidth + 6;
  const bars = maps.map(({ axis }, k) => (shared && k === 0 ? 0 : barRoom(axis)));
  const needed = left + 2 * cell * n + between + bars[0]! + bars[1]! + padding;
  const width = Math.ceil(Math.max(pictureWidth, needed));
  const lines = layTitle(picture.title, width);
  const top = Math.ceil(titleHeight(lines)) + headRoom;
  const start = Math.floor(left + (width - needed) / 2);
  const second = start + cell * n + bars[0]! + between;
  const frames = [start, second].map((x): Frame => ({ left: x, top, right: x + cell * n, bottom: top + cell * n }));
  const below = frames[0]!.bottom + (upright ? nameWidth + 10 : tickSize + 8);
  const bottom = Math.max(below, top + shortest) + tickSize + 10;
  const sheet = openSheet(svg, lines, width, bottom + padding);
  for (const [k, map] of maps.entries()) {
    const frame = frames[k]!;
    drawMap(sheet, map, frame, cell, n);
    drawNames(sheet, basis, frame, cell, upright, k === 0);
    if (shared && k === 0) continue;
    const bar = barBeside(frame, shortest);
    drawColourBar(sheet, map.axis, { domain: map.axis.domain, from: bar.bottom, to: bar.top }, bar, map.colour);
  }
  const { at } = picture;
  const place = `${picture.matrix} at ${at.name} = ${formatQuantity(Number(at.values[0]!.toPrecision(4)), at.unit)}`;
  write(sheet, place, frames[0]!.left, bottom, { size: tickSize, colour: faintInk });
}

function mapsOf({ re, im, parts }: RhoPicture): readonly [Map, Map] {
  if (parts === "re") {
    const most = [...re, ...im].reduce((sofar, value) => Math.max(sofar, Math.abs(value)), 0);
    const axis = axisFor(Float64Array.of(-most, most));
    return [
      { title: "Re ρ", values: re, axis, colour: signColour, white: unseen * most },
      { title: "Im ρ", values: im, axis, colour: signColour, white: unseen * most },
    ];
  }
  const size = re.map((value, k) => Math.hypot(value, im[k]!));
  const most = size.reduce((sofar, value) => Math.max(sofar, value), 0);
  const phase = re.map((value, k) => (size[k]! > noise * most ? Math.atan2(im[k]!, value) / Math.PI : Number.NaN));
  return [
    { title: "|ρ|", values: size, axis: axisFor(Float64Array.of(0, most)), colour: mapColour, white: 0 },
    { title: "arg ρ / π", values: phase, axis: axisFor(Float64Array.of(-1, 1)), colour: phaseColour, white: 0 },
  ];
}

function axisFor(values: Float64Array): Axis {
  const column: Column = { name: "", unit: "1", values };
  return axisOf([column], { log: false, margin: 0, wanted: 5, label: undefined })!;
}

function drawMap(
  into: SvgSelection,
  { title, values, axis, colour, white }: Map,
  frame: Frame,
  cell: number,
  n: number,
): void {
  const scale: Scale = { domain: axis.domain, from: frame.bottom, to: frame.top };
  const squares = new Squares();
  const numbers: (() => void)[] = [];
  values.forEach((value, k) => {
    const level = Squares.level(value, scale);
    if (level === undefined) return;
    const [x, y] = [frame.left + cell * (k % n), frame.top + cell * Math.floor(k / n)];
    const isWhite = Math.abs(value) < white;
    if (!isWhite) squares.add(level, x, y, cell, cell);
    if (cell < numbered) return;
    const text = shownNumber(value);
    const ground = isWhite ? paper : Squares.colour(level, colour);
    numbers.push(() =>
      write(into, text, x + cell / 2, y + cell / 2 + tickSize * 0.33, {
        size: tickSize - 1,
        anchor: "middle",
        colour: inkOn(ground),
      }),
    );
  });
  squares.draw(into, colour);
  const places = Array.from({ length: n - 1 }, (_, k) => cell * (k + 1));
  const { left, top, right, bottom } = frame;
  rule(
    into,
    places.flatMap((at) => [[left + at, top, left + at, bottom] as const, [left, top + at, right, top + at] as const]),
    gridColour,
    0.8,
  );
  for (const number of numbers) number();
  outline(into, frame);
  const middle = (frame.left + frame.right) / 2;
  write(into, title, middle, frame.top - 8, { size: labelSize, anchor: "middle" });
}

/** Two digits behind the point, a true minus, and no sign of a zero. */
function shownNumber(value: number): string {
  const text = value.toFixed(2);
  return Number(text) === 0 ? "0" : text.replace("-", "−");
}

/** Kets of the rows beside the first map, bras of the columns below both. */
function drawNames(
  into: SvgSelection,
  basis: readonly string[],
  { left, top, bottom }: Frame,
  cell: number,
  upright: boolean,
  rows: boolean,
): void {
  const every = Math.ceil(apart / cell);
  for (const [k, name] of basis.entries()) {
    if (k % every > 0) continue;
    const middle = cell * (k + 0.5);
    if (rows) write(into, `|${name}⟩`, left - 6, top + middle + tickSize * 0.36, { size: tickSize, anchor: "end" });
    const bra = `⟨${name}|`;
    if (upright) {
      const x = left + middle + tickSize * 0.36;
      write(into, bra, x, bottom + 5, { size: tickSize, anchor: "end", upwards: true });
    } else write(into, bra, left + middle, bottom + tickSize + 4, { size: tickSize, anchor: "middle" });
  }
}
