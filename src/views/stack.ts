import type { Column } from "../result/result.js";
import {
  type Axis,
  type AxisWish,
  axisOf,
  breadthOf,
  depthOf,
  drawBottomAxis,
  drawGrid,
  drawUprightAxis,
  drawZeroLines,
} from "./axis.js";
import { drawLegend, type Entry, type Legend, layLegend } from "./legend.js";
import { textWidth } from "./lettering.js";
import type { Frame } from "./pen.js";
import { place, type Scale } from "./scale.js";
import { drawEmpty, layTitle, openSheet, titleHeight } from "./sheet.js";
import type { SvgSelection } from "./svg-selection.js";
import { ink, padding, tickSize } from "./theme.js";

/** Frames one above the other that share the axis at the bottom; most pictures have one. */
export interface Stack {
  readonly title: string;
  readonly width: number;
  /** Of each frame that says nothing else, pixels. */
  readonly frameHeight: number;
  readonly x: AxisColumns;
  readonly panels: readonly Panel[];
  /** Also a line at x = 0. */
  readonly crossed: boolean;
}

export interface AxisColumns {
  readonly columns: readonly Column[];
  readonly label: string | undefined;
  readonly log: boolean;
  readonly margin: number;
  /** What the quantity cannot leave. */
  readonly bounds?: readonly [low: number, high: number] | undefined;
}

export interface Panel {
  /** Of its frame, where it differs from that of the others, pixels. */
  readonly height?: number;
  readonly left: AxisColumns;
  readonly right: AxisColumns | undefined;
  /** The colour of the axes' names, where each side has one curve. */
  readonly colours: { readonly left: string; readonly right: string };
  readonly legend: readonly Entry[];
  draw(into: SvgSelection, x: Scale, left: Scale | undefined, right: Scale | undefined): void;
}

/** A panel with its axes chosen; an axis is undefined where there is nothing to draw. */
interface Measured {
  readonly panel: Panel;
  readonly left: Axis | undefined;
  readonly right: Axis | undefined;
  readonly legend: Legend;
}

/** How far the names of the upright axes stand from the frames, pixels. */
interface Breadth {
  readonly left: number;
  readonly right: number;
}

const panelGap = 16;
/** At the sheet's edge, free of labels, pixels. */
const edge = 5;

/** Draws a stack of panels, each with its legend above its frame. */
export function drawStack(svg: SvgSelection, stack: Stack): void {
  const axes = stack.panels.map((panel) => uprightAxes(panel, panel.height ?? stack.frameHeight));
  const breadth = {
    left: Math.max(0, ...axes.map((each) => (each.left ? breadthOf(each.left) : 0))),
    right: Math.max(26 - padding, ...axes.map((each) => (each.right ? breadthOf(each.right) : 0))),
  };
  const left = padding + breadth.left;
  const widest = stack.width - padding - breadth.right;
  const right = widest - overhang(axisThatFits(stack.x, widest - left), left, widest, stack.width);
  const x = axisThatFits(stack.x, right - left);
  const drawable = axes.some((axis) => axis.left ?? axis.right);
  if (x === undefined || !drawable) {
    drawEmpty(svg, stack.title, stack.width, emptyReason(stack));
    return;
  }
  const title = layTitle(stack.title, stack.width);
  const measured = axes.map((each) => ({ ...each, legend: layLegend(each.panel.legend, right - left) }));
  const { frames, bottom } = placeFrames(measured, stack.frameHeight, titleHeight(title), left, right);
  const sheet = openSheet(svg, title, stack.width, bottom + depthOf(x, true) + padding);
  measured.forEach((each, k) => {
    drawPanel(sheet, each, frames[k]!, x, { breadth, crossed: stack.crossed, lowest: k === measured.length - 1 });
  });
}

function uprightAxes(panel: Panel, height: number) {
  const wanted = Math.max(3, Math.floor(height / 45));
  const axis = ({ columns, ...wish }: AxisColumns): Axis | undefined => axisOf(columns, { ...wish, wanted });
  return { panel, left: axis(panel.left), right: panel.right && axis(panel.right) };
}

/** The axis with the most labels, up to eight, that do not touch one another. */
function axisThatFits({ columns, ...wish }: AxisColumns, room: number): Axis | undefined {
  let axis: Axis | undefined;
  for (let wanted = 8; wanted >= 2; wanted--) {
    const asked: AxisWish = { ...wish, wanted, counts: true };
    axis = axisOf(columns, asked);
    if (axis === undefined || labelsFit(axis, room)) return axis;
  }
  return axis;
}

/** How far the last label of the axis would come too near to the sheet's edge, pixels. */
function overhang(axis: Axis | undefined, from: number, to: number, width: number): number {
  const last = axis?.ticks.marks.at(-1);
  if (axis === undefined || last === undefined) return 0;
  const end = place({ domain: axis.domain, from, to }, last.value) + textWidth(last.label, tickSize) / 2;
  return Math.max(0, end + edge - width);
}

function labelsFit({ ticks: { marks } }: Axis, room: number): boolean {
  const widest = marks.reduce((sofar, { label }) => Math.max(sofar, textWidth(label, tickSize)), 0);
  return marks.length < 2 || (widest + 14) * marks.length <= room;
}

function emptyReason({ x, panels }: Stack): string {
  const columns = [...x.columns, ...panels.flatMap(({ left, right }) => [...left.columns, ...(right?.columns ?? [])])];
  const log = x.log || panels.some(({ left, right }) => left.log || right?.log);
  const finite = columns.some(({ values }) => values.some(Number.isFinite));
  return log && finite ? "no data: a logarithmic axis shows positive values only" : "no data";
}

function placeFrames(panels: readonly Measured[], height: number, start: number, left: number, right: number) {
  let bottom = start - panelGap / 2;
  const frames = panels.map(({ legend, panel }): Frame => {
    const top = bottom + panelGap + (legend.height === 0 ? 0 : legend.height + 6);
    bottom = top + (panel.height ?? height);
    return { left, top, right, bottom };
  });
  return { frames, bottom };
}

function drawPanel(
  into: SvgSelection,
  { panel, left, right, legend }: Measured,
  frame: Frame,
  x: Axis,
  place: { readonly breadth: Breadth; readonly crossed: boolean; readonly lowest: boolean },
): void {
  const xScale: Scale = { domain: x.domain, from: frame.left, to: frame.right };
  const upright = (axis: Axis | undefined): Scale | undefined =>
    axis && { domain: axis.domain, from: frame.bottom, to: frame.top };
  const [leftScale, rightScale] = [upright(left), upright(right)];
  const main = left ?? right!;
  if (main !== undefined) {
    drawGrid(into, frame, xScale, x.ticks, (leftScale ?? rightScale)!, main.ticks);
    drawZeroLines(into, frame, place.crossed ? xScale : undefined, leftScale ?? rightScale);
  }
  panel.draw(into, xScale, leftScale, rightScale);
  drawBottomAxis(into, x, xScale, frame, place.lowest);
  for (const [side, axis, scale] of [["left", left, leftScale] as const, ["right", right, rightScale] as const]) {
    const colour = left && right ? panel.colours[side] : ink;
    if (axis && scale) drawUprightAxis(into, axis, scale, frame, { side, breadth: place.breadth[side], colour });
  }
  drawLegend(into, legend, frame.left, frame.top - legend.height - 6);
}
