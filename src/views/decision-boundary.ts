import type { BoundaryPicture } from "../result/learning-pictures.js";
import { type Axis, axisOf, breadthOf, depthOf, drawBottomAxis, drawUprightAxis } from "./axis.js";
import { bordersOf } from "./class-borders.js";
import { barBeside, barRoom, drawColourBar, outline, Squares } from "./colour-squares.js";
import { drawCurve } from "./curve.js";
import { drawLegend, type Entry, layLegend } from "./legend.js";
import { classMark, drawMark, mostMarks } from "./marks.js";
import { type Frame, rule } from "./pen.js";
import type { Polyline } from "./polyline.js";
import { hasPlace, place, type Scale } from "./scale.js";
import { drawEmpty, layTitle, openSheet, titleHeight } from "./sheet.js";
import type { SvgSelection } from "./svg-selection.js";
import { ink, padding, paper, pictureWidth } from "./theme.js";

/** Of the map, pixels. */
const side = 380;
const borderWidth = 2.4;
const rimWidth = borderWidth + 2.6;

interface Axes {
  readonly x: Axis;
  readonly y: Axis;
  /** Of the colours. */
  readonly bar: Axis;
}

interface Scales {
  readonly x: Scale;
  readonly y: Scale;
  readonly colour: Scale;
}

/** Draws the output over two inputs as colours, the lines that part the classes, and the samples, marked by class. */
export function drawBoundary(svg: SvgSelection, picture: BoundaryPicture): void {
  const axes = axesOf(picture);
  if (axes === undefined) {
    drawEmpty(svg, picture.title, pictureWidth, "no data");
    return;
  }
  const { x, y, bar } = axes;
  const lines = layTitle(picture.title, pictureWidth);
  const names = Math.ceil(breadthOf(y));
  const needed = 2 * padding + names + side + barRoom(bar);
  const width = Math.max(pictureWidth, needed);
  const left = padding + names + Math.floor((width - needed) / 2);
  const legend = layLegend(entriesOf(picture, axes), side + barRoom(bar));
  const top = Math.ceil(titleHeight(lines) + legend.height + 8);
  const frame = { left, top, right: left + side, bottom: top + side };
  const sheet = openSheet(svg, lines, width, frame.bottom + depthOf(x, true) + padding);
  drawLegend(sheet, legend, left, titleHeight(lines));
  const scales = scalesOf(frame, axes);
  fillMap(sheet, picture, scales);
  drawBorders(sheet, bordersOf(picture, scales.x, scales.y));
  outline(sheet, frame);
  drawBottomAxis(sheet, x, scales.x, frame, true);
  drawUprightAxis(sheet, y, scales.y, frame, { side: "left", breadth: names, colour: ink });
  const barFrame = barBeside(frame, side);
  drawColourBar(sheet, bar, scales.colour, barFrame);
  if (crosses(picture)) markLevel(sheet, place(scales.colour, picture.level), barFrame);
  drawSamples(sheet, picture, scales);
}

function axesOf({ x, y, output, xlabel, ylabel, logx, logy }: BoundaryPicture): Axes | undefined {
  const wish = { margin: 0, wanted: 6 };
  const [across, up] = [axisOf([x], { ...wish, log: logx, label: xlabel }), axisOf([y], { ...wish, log: logy, label: ylabel })]; // biome-ignore format: a pair
  const bar = axisOf([output], { ...wish, log: false, label: undefined });
  return across && up && bar && { x: across, y: up, bar };
}

function scalesOf({ left, top, right, bottom }: Frame, { x, y, bar }: Axes): Scales {
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

/** Ink with a white rim: seen on light and on dark. */
function drawBorders(into: SvgSelection, lines: readonly Polyline[]): void {
  drawCurve(into, lines, { colour: paper, dash: undefined, width: rimWidth });
  drawCurve(into, lines, { colour: ink, dash: undefined, width: borderWidth });
}

function markLevel(into: SvgSelection, y: number, { left, right }: Frame): void {
  rule(into, [[left, y, right, y]], paper, rimWidth);
  rule(into, [[left, y, right, y]], ink, borderWidth);
}

/** Whether two classes are parted by a level, and the output is below it here and not there. */
const crosses = ({ output, level, rivals }: BoundaryPicture): boolean =>
  rivals === undefined && output.values.some((value) => value < level) && output.values.some((value) => value >= level);

/** Samples at one place with one class are one mark. */
function drawSamples(into: SvgSelection, { samples }: BoundaryPicture, { x, y }: Scales): void {
  const seen = new Set<string>();
  samples.class.forEach((kind, k) => {
    const [across, up] = [samples.x[k]!, samples.y[k]!];
    const key = `${kind} ${across} ${up}`;
    if (seen.has(key) || !within(across, x) || !within(up, y)) return;
    seen.add(key);
    drawMark(into, place(x, across), place(y, up), classMark(kind));
  });
}

const within = (value: number, { domain }: Pick<Axis, "domain">): boolean =>
  hasPlace(value, domain) && value >= domain.low && value <= domain.high;

function entriesOf(picture: BoundaryPicture, axes: Axes): readonly Entry[] {
  const { samples } = picture;
  const used = new Set(samples.class);
  const outside = samples.x.filter((value, k) => !within(value, axes.x) || !within(samples.y[k]!, axes.y)).length;
  const note = (name: string): Entry => ({ kind: "note", name });
  return [
    ...samples.classes.flatMap((name, k): Entry[] =>
      used.has(k) ? [{ kind: "mark", name, style: classMark(k) }] : [],
    ),
    borderEntry(picture),
    ...(outside > 0 ? [note(`${outside} ${outside === 1 ? "sample" : "samples"} outside the map`)] : []),
    ...(samples.classes.length > mostMarks ? [note("more classes than marks")] : []),
  ];
}

function borderEntry(picture: BoundaryPicture): Entry {
  const { output, level, rivals } = picture;
  const line = (name: string): Entry => {
    return { kind: "line", name, style: { colour: ink, dash: undefined, width: borderWidth } };
  };
  if (rivals) return line("border of classes");
  return crosses(picture) ? line(`${output.name} = ${level}`) : { kind: "note", name: `${output.name} does not cross ${level}` }; // biome-ignore format: one thought
}
