import type { BoundaryPicture } from "../result/learning-pictures.js";
import { type Axis, axisOf, breadthOf, depthOf, drawBottomAxis, drawUprightAxis } from "./axis.js";
import { barBeside, barRoom, drawColourBar, outline, Squares } from "./colour-squares.js";
import { contoursOf } from "./contour.js";
import { drawCurve } from "./curve.js";
import { drawLegend, type Entry, layLegend } from "./legend.js";
import { classMark, drawMark, mostMarks } from "./marks.js";
import { type Frame, rule } from "./pen.js";
import type { Polyline } from "./polyline.js";
import { hasPlace, place, type Scale } from "./scale.js";
import { drawEmpty, layTitle, openSheet, titleHeight } from "./sheet.js";
import { simplified } from "./simplify.js";
import type { SvgSelection } from "./svg-selection.js";
import { ink, padding, paper, pictureWidth } from "./theme.js";

/** Of the map, pixels. */
const side = 380;
const contourWidth = 2.4;

interface Scales {
  readonly x: Scale;
  readonly y: Scale;
  readonly colour: Scale;
}

/**
 * Draws the output over two inputs as colours, the line that parts the classes, and the samples, with a mark for each
 * class.
 */
export function drawBoundary(svg: SvgSelection, picture: BoundaryPicture): void {
  const { title, output, logx, logy, xlabel, ylabel } = picture;
  const x = axisOf([picture.x], { log: logx, margin: 0, wanted: 6, label: xlabel });
  const y = axisOf([picture.y], { log: logy, margin: 0, wanted: 6, label: ylabel });
  const bar = axisOf([output], { log: false, margin: 0, wanted: 6, label: undefined });
  if (x === undefined || y === undefined || bar === undefined) {
    drawEmpty(svg, title, pictureWidth, "no data");
    return;
  }
  const lines = layTitle(title, pictureWidth);
  const contours = contoursOf(output.values, picture.y.values.length, picture.x.values.length, picture.level);
  const legend = layLegend(entriesOf(picture, contours.length > 0, x, y), side + barRoom(bar));
  const top = Math.ceil(titleHeight(lines) + legend.height + 8);
  const names = Math.ceil(breadthOf(y));
  const left =
    padding + names + Math.max(0, Math.floor((pictureWidth - 2 * padding - names - side - barRoom(bar)) / 2));
  const frame = { left, top, right: left + side, bottom: top + side };
  const sheet = openSheet(svg, lines, pictureWidth, frame.bottom + depthOf(x, true) + padding);
  drawLegend(sheet, legend, left, titleHeight(lines));
  const scales = scalesOf(frame, x, y, bar);
  fillMap(sheet, picture, scales);
  const edges = contours.map(({ x, y }) => {
    return simplified({ x: pixels(x, picture.x.values, scales.x), y: pixels(y, picture.y.values, scales.y) }, 0.1);
  });
  drawContours(sheet, edges);
  outline(sheet, frame);
  drawBottomAxis(sheet, x, scales.x, frame, true);
  drawUprightAxis(sheet, y, scales.y, frame, { side: "left", breadth: names, colour: ink });
  const barFrame = barBeside(frame, side);
  drawColourBar(sheet, bar, scales.colour, barFrame);
  if (contours.length > 0) markLevel(sheet, place(scales.colour, picture.level), barFrame);
  drawSamples(sheet, picture, scales);
}

function scalesOf({ left, top, right, bottom }: Frame, x: Axis, y: Axis, bar: Axis): Scales {
  return {
    x: { domain: x.domain, from: left, to: right },
    y: { domain: y.domain, from: bottom, to: top },
    colour: { domain: bar.domain, from: bottom, to: top },
  };
}

/** Rectangles round the points of the grid; neighbours of one colour in a row are one rectangle. */
function fillMap(into: SvgSelection, { x, y, output }: BoundaryPicture, scales: Scales): void {
  const [across, down] = [edgesOf(x.values, scales.x), edgesOf(y.values, scales.y)];
  const squares = new Squares();
  const columns = x.values.length;
  for (let row = 0; row < y.values.length; row++) {
    const level = (column: number) => Squares.level(output.values[row * columns + column]!, scales.colour);
    for (let from = 0, to: number; from < columns; from = to) {
      for (to = from + 1; to < columns && level(to) === level(from); ) to++;
      const [bottom, top] = [down[row]!, down[row + 1]!];
      const [own, width, height] = [level(from), across[to]! - across[from]!, bottom - top];
      if (own !== undefined && width > 0 && height > 0) squares.add(own, across[from]!, top, width, height);
    }
  }
  squares.draw(into);
}

/** The middles between the values, and the first and the last value, in whole pixels. */
function edgesOf(values: Float64Array, scale: Scale): readonly number[] {
  const at = Array.from(values, (value) => place(scale, value));
  const middles = at.slice(1).map((next, k) => Math.round((next + at[k]!) / 2));
  return [Math.round(at[0]!), ...middles, Math.round(at.at(-1)!)];
}

/** Pixels of fractional indices into the values of an axis. */
function pixels(indices: Float64Array, values: Float64Array, scale: Scale): Float64Array {
  return indices.map((index) => {
    const first = Math.min(Math.floor(index), values.length - 2);
    return place(scale, values[first]! + (index - first) * (values[first + 1]! - values[first]!));
  });
}

/** Ink with a white rim: seen on light and on dark. */
function drawContours(into: SvgSelection, lines: readonly Polyline[]): void {
  drawCurve(into, lines, { colour: paper, dash: undefined, width: contourWidth + 2.6 });
  drawCurve(into, lines, { colour: ink, dash: undefined, width: contourWidth });
}

function markLevel(into: SvgSelection, y: number, { left, right }: Frame): void {
  rule(into, [[left, y, right, y]], paper, contourWidth + 2.6);
  rule(into, [[left, y, right, y]], ink, contourWidth);
}

/** Samples at one place with one class are one mark. */
function drawSamples(into: SvgSelection, { samples }: BoundaryPicture, { x, y }: Scales): void {
  const seen = new Set<string>();
  samples.class.forEach((kind, k) => {
    const [one, other] = [samples.x[k]!, samples.y[k]!];
    const key = `${kind} ${one} ${other}`;
    if (seen.has(key) || !within(one, x) || !within(other, y)) return;
    seen.add(key);
    drawMark(into, place(x, one), place(y, other), classMark(kind));
  });
}

const within = (value: number, { domain }: Scale): boolean =>
  hasPlace(value, domain) && value >= domain.low && value <= domain.high;

function entriesOf({ samples, output, level }: BoundaryPicture, crossed: boolean, x: Axis, y: Axis): readonly Entry[] {
  const outside = samples.x.filter((value, k) => {
    return (
      !within(value, { domain: x.domain, from: 0, to: 1 }) ||
      !within(samples.y[k]!, { domain: y.domain, from: 0, to: 1 })
    );
  }).length;
  const used = new Set(samples.class);
  const border: Entry = crossed
    ? { kind: "line", name: `${output.name} = ${level}`, style: { colour: ink, dash: undefined, width: contourWidth } }
    : { kind: "note", name: `${output.name} does not cross ${level}` };
  return [
    ...samples.classes
      .map((name, k) => ({ kind: "mark", name, style: classMark(k) }) as const)
      .filter((_, k) => used.has(k)),
    border,
    ...(outside > 0
      ? [{ kind: "note", name: `${outside} ${outside === 1 ? "sample" : "samples"} outside the map` } as const]
      : []),
    ...(samples.classes.length > mostMarks ? [{ kind: "note", name: "marks come again" } as const] : []),
  ];
}
