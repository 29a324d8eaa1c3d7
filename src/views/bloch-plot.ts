import type { BlochPath, BlochPicture } from "../result/quantum-pictures.js";
import { drawCurve, reducedLoop } from "./curve.js";
import { writeFormula } from "./formula-text.js";
import { drawLegend, drawStart, type Entry, layLegend } from "./legend.js";
import { shortened } from "./lettering.js";
import { write } from "./pen.js";
import { type Period, periodsOf, withoutMiddle } from "./periods.js";
import { hundredths, type Polyline } from "./polyline.js";
import { drawEmpty, layTitle, openSheet, titleHeight } from "./sheet.js";
import { type Seen, Sphere } from "./sphere.js";
import type { SvgSelection } from "./svg-selection.js";
import { gridColour, ink, labelSize, lineStyle, loopWidth, padding, periodColour, zeroLineColour } from "./theme.js";

/** Spheres in a row. */
const mostInRow = 3;
const poleRoom = 26;
const sideRoom = 44;
const nameRoom = 24;
const globe = "#f7f7f9";
/** How strongly what is behind the sphere's middle is drawn. */
const behind = 0.35;

/** Draws the paths of Bloch vectors, each in its sphere, the excited state above; every period in its colour. */
export function drawBloch(svg: SvgSelection, picture: BlochPicture): void {
  const { time, paths, title } = picture;
  if (time.values.length === 0) {
    drawEmpty(svg, title, loopWidth, "no data");
    return;
  }
  const perRow = Math.min(mostInRow, paths.length);
  const radius = [150, 118, 96][perRow - 1]!;
  const named = paths.length > 1;
  const cell = { width: 2 * (radius + sideRoom), height: 2 * (radius + poleRoom) + (named ? nameRoom : 0) };
  const width = Math.max(loopWidth * 0.75, cell.width * perRow + 2 * padding);
  const lines = layTitle(title, width);
  const legend = layLegend(entriesOf(picture), width - 2 * padding);
  const top = titleHeight(lines) + legend.height + 4;
  const rows = Math.ceil(paths.length / perRow);
  const sheet = openSheet(svg, lines, width, top + rows * cell.height + padding / 2);
  drawLegend(sheet, legend, padding, titleHeight(lines));
  for (const [k, path] of paths.entries()) {
    const inRow = Math.min(perRow, paths.length - perRow * Math.floor(k / perRow));
    const left = (width - inRow * cell.width) / 2 + (k % perRow) * cell.width;
    const high = top + Math.floor(k / perRow) * cell.height;
    const sphere = new Sphere([left + cell.width / 2, high + poleRoom + radius], radius);
    drawSphere(sheet, sphere, path, time.values);
    if (!named) continue;
    const name = shortened(path.name, labelSize, cell.width);
    const under = high + 2 * (radius + poleRoom) + labelSize;
    write(sheet, name, left + cell.width / 2, under, { size: labelSize, anchor: "middle" });
  }
}

const shownPeriods = ({ values }: BlochPicture["time"], { period }: BlochPath): readonly Period[] =>
  withoutMiddle(periodsOf(values, period));

function entriesOf({ time, paths }: BlochPicture): readonly Entry[] {
  const start: Entry = { kind: "start", name: "start" };
  const all = paths.map(({ period }) => periodsOf(time.values, period).length);
  const count = all[0]!;
  const most = Math.max(...all);
  if (most < 2) return [start];
  const longest = paths[all.indexOf(most)]!;
  const colours = shownPeriods(time, longest).map((_, k, { length }) => periodColour(k, length));
  const name = all.every((other) => other === count)
    ? `periods 1 to ${count}`
    : "periods, the first to the last of each";
  return [start, { kind: "strip", name, colours }];
}

function drawSphere(into: SvgSelection, sphere: Sphere, path: BlochPath, time: Float64Array): void {
  const [cx, cy] = sphere.centre;
  const disc = into.append("circle").attr("cx", hundredths(cx)).attr("cy", hundredths(cy)).attr("r", sphere.radius);
  disc.attr("fill", globe).attr("stroke", zeroLineColour).attr("stroke-width", 1.2);
  drawGraticule(into, sphere);
  const periods = shownPeriods({ name: "", unit: "1", values: time }, path);
  const rounds = periods.map((period, k) => ({
    ...sphere.part(pointsOf(sphere, path, period)),
    colour: periods.length < 2 ? lineStyle(0).colour : periodColour(k, periods.length),
  }));
  const back = into.append("g").attr("stroke-opacity", behind);
  for (const round of rounds) drawPieces(back, round.back, round.colour);
  drawAxes(into, sphere);
  for (const round of rounds) drawPieces(into, round.front, round.colour);
  const first = path.x.findIndex((_, k) => isKnown(path, k));
  if (first < 0) return;
  const { x, y } = sphere.see(path.x[first]!, path.y[first]!, path.z[first]!);
  drawStart(into, x, y);
}

const drawPieces = (into: SvgSelection, pieces: readonly Polyline[], colour: string): void =>
  drawCurve(into, pieces.map(reducedLoop), { colour, dash: undefined });

const isKnown = ({ x, y, z }: BlochPath, k: number): boolean => Number.isFinite(x[k]! + y[k]! + z[k]!);

function pointsOf(sphere: Sphere, path: BlochPath, { from, to }: Period): readonly Seen[] {
  const points: Seen[] = [];
  for (let k = from; k < to; k++) if (isKnown(path, k)) points.push(sphere.see(path.x[k]!, path.y[k]!, path.z[k]!));
  return points;
}

/** The equator and the meridians of x and y, dashed where they are behind. */
function drawGraticule(into: SvgSelection, sphere: Sphere): void {
  const circles = [
    sphere.circle((t) => [Math.cos(t), Math.sin(t), 0]),
    sphere.circle((t) => [Math.cos(t), 0, Math.sin(t)]),
    sphere.circle((t) => [0, Math.cos(t), Math.sin(t)]),
  ];
  for (const [k, circle] of circles.entries()) {
    const { front, back } = sphere.part(circle);
    const colour = k === 0 ? zeroLineColour : gridColour;
    drawCurve(into, back, { colour, dash: "3 3", width: 1 });
    drawCurve(into, front, { colour, dash: undefined, width: 1 });
  }
}

/** The axes with the states or observables that they end in. */
function drawAxes(into: SvgSelection, sphere: Sphere): void {
  const size = labelSize;
  for (const [x, y, z] of [[1, 0, 0], [0, 1, 0], [0, 0, 1]] as const) {
    const [to, from] = [sphere.see(x, y, z), sphere.see(-x, -y, -z)];
    const line = { x: Float64Array.of(from.x, to.x), y: Float64Array.of(from.y, to.y) };
    drawCurve(into, [line], { colour: zeroLineColour, dash: undefined, width: 1 });
  } // biome-ignore format: an axis a bracket
  const [cx, cy] = sphere.centre;
  const r = sphere.radius;
  const middle = { size, anchor: "middle" } as const;
  writeFormula(into, "|e\\rangle", cx, cy - r - 8, middle);
  writeFormula(into, "|g\\rangle", cx, cy + r + 19, middle);
  const [x, y] = [sphere.see(1.24, 0, 0), sphere.see(0, 1, 0)];
  writeFormula(into, "x", x.x - 2, x.y + 12, { ...middle, colour: ink });
  writeFormula(into, "y", Math.max(y.x, cx + r * 0.9) + 6 + r * 0.08, y.y + 5, { size, colour: ink });
}
