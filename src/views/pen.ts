import { legible } from "./lettering.js";
import { hundredths } from "./polyline.js";
import type { SvgSelection } from "./svg-selection.js";
import { ink, paper } from "./theme.js";

/** A rectangle in pixels; y grows downwards. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Lettering {
  readonly size: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly colour?: string;
  readonly bold?: boolean;
  /** With a white rim, to be read upon lines. */
  readonly rimmed?: boolean;
  /** Turned by a quarter, to be read from the right. */
  readonly upwards?: boolean;
}

/** Writes a text whose baseline is at (x, y). Whatever a netlist put into it, it stays text. */
export function write(
  into: SvgSelection,
  text: string,
  x: number,
  y: number,
  { size, anchor = "start", colour = ink, bold = false, upwards = false, rimmed = false }: Lettering,
): void {
  const [left, top] = [hundredths(x), hundredths(y)];
  if (rimmed) {
    const rim = into.append("text").attr("x", left).attr("y", top).attr("font-size", size).attr("fill", paper);
    rim.attr("stroke", paper).attr("stroke-width", 3.6).attr("stroke-linejoin", "round");
    if (anchor !== "start") rim.attr("text-anchor", anchor);
    rim.text(legible(text));
  }
  const element = into.append("text").attr("x", left).attr("y", top).attr("font-size", size).attr("fill", colour);
  if (anchor !== "start") element.attr("text-anchor", anchor);
  if (bold) element.attr("font-weight", "bold");
  if (upwards) element.attr("transform", `rotate(-90 ${left} ${top})`);
  element.text(legible(text));
}

/** Draws straight strokes, each from (x1, y1) to (x2, y2), as one path. */
export function rule(
  into: SvgSelection,
  strokes: readonly (readonly [x1: number, y1: number, x2: number, y2: number])[],
  colour: string,
  width: number,
): void {
  if (strokes.length === 0) return;
  const path = strokes.map((stroke) => {
    const [x1, y1, x2, y2] = stroke.map(hundredths);
    return `M${x1},${y1}L${x2},${y2}`;
  });
  into.append("path").attr("d", path.join("")).attr("fill", "none").attr("stroke", colour).attr("stroke-width", width);
}
