import type { Column } from "../result/result.js";
import { shortened, shownName, textWidth } from "./lettering.js";
import { type Frame, rule, write } from "./pen.js";
import { boundedDomain, type Domain, domainOf, place, type Scale } from "./scale.js";
import { functionNames, quantityNames } from "./si-prefix.js";
import type { SvgSelection } from "./svg-selection.js";
import { faintInk, gridColour, ink, labelSize, letterColour, tickLength, tickSize, zeroLineColour } from "./theme.js";
import { type Ticks, ticksOf } from "./ticks.js";

/** An axis, not yet placed. */
export interface Axis {
  readonly domain: Domain;
  readonly ticks: Ticks;
  readonly label: string;
}

export interface AxisWish {
  readonly log: boolean;
  /** How far the axis goes beyond the data, in parts of the data's span. */
  readonly margin: number;
  /** What the quantity cannot leave: the axis ends there, whatever the margin. */
  readonly bounds?: readonly [low: number, high: number] | undefined;
  /** About how many ticks have a label. */
  readonly wanted: number;
  /** Ticks at whole numbers only, where that is what the columns hold: there is no half of a layer or an epoch. */
  readonly counts?: boolean;
  /** The label that the netlist asks for; the unit is put behind it. */
  readonly label: string | undefined;
}

/** The axis of columns that have one unit; undefined where no value can be drawn. */
export function axisOf(
  columns: readonly Column[],
  { log, margin, wanted, label, bounds, counts = false }: AxisWish,
): Axis | undefined {
  const values = columns.map((column) => column.values);
  const free = domainOf(values, log, margin);
  if (free === undefined) return undefined;
  const domain = bounds === undefined ? free : boundedDomain(free, bounds);
  const { unit } = columns[0]!;
  const whole = counts && unit === "1" && values.every((each) => each.every(Number.isInteger));
  const ticks = ticksOf(domain, unit, wanted, whole);
  const name = label === undefined ? nameOf(columns) : withoutUnit(label, unit);
  return { domain, ticks, label: ticks.unit === "" ? name : `${name} (${ticks.unit})`.trim() };
}

function nameOf(columns: readonly Column[]): string {
  const [first] = columns;
  if (columns.length === 1)
    return /^(time|frequency)$/.test(first!.name) ? quantityNames[first!.unit] || "Time" : shownName(first!.name);
  const calls = new Set(columns.map(({ name }) => /^([a-z]+)\(/.exec(name)?.[1]));
  const [shared] = calls;
  return quantityNames[first!.unit] || (calls.size === 1 && functionNames[shared ?? ""]) || "";
}

/** A label that ends in `(V)` or `[mV]` loses it, for the axis chooses its own prefix. */
function withoutUnit(label: string, unit: string): string {
  const [, name, bracket] = /^(.*?)\s*[([](\S*)[)\]]\s*$/.exec(label) ?? [];
  return bracket?.endsWith(unit) && bracket.length <= unit.length + 1 ? name! : label;
}

/** How many pixels the tick labels and the name of an upright axis take beside the frame. */
export function breadthOf({ ticks, label }: Axis): number {
  return labelRoom(ticks) + (label === "" ? 4 : labelSize + 8);
}

function labelRoom({ marks }: Ticks): number {
  return tickLength + 4 + marks.reduce((most, { label }) => Math.max(most, textWidth(label, tickSize)), 0);
}

/** How many pixels the axis takes below the frame. */
export function depthOf({ label }: Axis, labelled: boolean): number {
  return labelled ? tickLength + 4 + tickSize + (label === "" ? 0 : labelSize + 8) : tickLength;
}

/** Lines across the frame at the ticks. */
export function drawGrid(into: SvgSelection, frame: Frame, x: Scale, xTicks: Ticks, y: Scale, yTicks: Ticks): void {
  const { left, top, right, bottom } = frame;
  const upright = xTicks.marks.map(({ value }) => place(x, value)).map((at) => [at, top, at, bottom] as const);
  const level = yTicks.marks.map(({ value }) => place(y, value)).map((at) => [left, at, right, at] as const);
  rule(into, [...upright, ...level], gridColour, 1);
}

/** Lines through the origin where it lies within the frame, so that a pinch is seen to be one. */
export function drawZeroLines(into: SvgSelection, frame: Frame, x: Scale | undefined, y: Scale | undefined): void {
  const { left, top, right, bottom } = frame;
  if (x && crossesZero(x.domain)) rule(into, [[place(x, 0), top, place(x, 0), bottom]], zeroLineColour, 1);
  if (y && crossesZero(y.domain)) rule(into, [[left, place(y, 0), right, place(y, 0)]], zeroLineColour, 1);
}

const crossesZero = ({ low, high, log }: Domain): boolean => !log && low < 0 && high > 0;

/** The axis below the frame; without labels where another panel below has them. */
export function drawBottomAxis(into: SvgSelection, axis: Axis, scale: Scale, frame: Frame, labelled: boolean): void {
  const { left, right, bottom } = frame;
  const { marks, minor } = axis.ticks;
  const at = (value: number): number => place(scale, value);
  rule(
    into,
    [[left, bottom, right, bottom], ...marks.map(({ value }) => down(at(value), bottom, tickLength))],
    ink,
    1.2,
  );
  rule(into, minor.map((value) => down(at(value), bottom, tickLength * 0.6)), ink, 0.8); // biome-ignore format: one thought
  if (!labelled) return;
  const below = bottom + tickLength + 2 + tickSize;
  for (const { value, label } of marks) write(into, label, at(value), below, { size: tickSize, anchor: "middle" });
  const middle = (left + right) / 2;
  if (axis.label === "") return;
  const text = shortened(axis.label, labelSize, right - left);
  write(into, text, middle, below + labelSize + 8, { size: labelSize, anchor: "middle" });
}

const down = (x: number, from: number, length: number) => [x, from, x, from + length] as const;

/** The axis left of the frame, or right of it, with its name `breadth` pixels out. */
export function drawUprightAxis(
  into: SvgSelection,
  axis: Axis,
  scale: Scale,
  frame: Frame,
  { side, breadth, colour }: { readonly side: "left" | "right"; readonly breadth: number; readonly colour: string },
): void {
  const { top, bottom } = frame;
  const edge = frame[side];
  const out = side === "left" ? -1 : 1;
  const at = (value: number): number => place(scale, value);
  const tick = (value: number, length: number) => [edge, at(value), edge + out * length, at(value)] as const;
  const { marks, minor } = axis.ticks;
  rule(into, [[edge, top, edge, bottom], ...marks.map(({ value }) => tick(value, tickLength))], ink, 1.2);
  rule(into, minor.map((value) => tick(value, tickLength * 0.6)), faintInk, 0.8); // biome-ignore format: one thought
  const anchor = side === "left" ? "end" : "start";
  const beside = edge + out * (tickLength + 4);
  for (const { value, label } of marks)
    write(into, label, beside, at(value) + tickSize * 0.36, { size: tickSize, anchor });
  if (axis.label === "") return;
  const text = shortened(axis.label, labelSize, bottom - top);
  const x = edge + out * breadth + (side === "left" ? labelSize - 2 : -2);
  write(into, text, x, (top + bottom) / 2, {
    size: labelSize,
    anchor: "middle",
    upwards: true,
    colour: letterColour(colour),
  });
}
