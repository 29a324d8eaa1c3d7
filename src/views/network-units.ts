import type { NetworkUnit } from "../result/learning-pictures.js";
import { shortened, textWidth } from "./lettering.js";
import type { Layer } from "./network-layers.js";
import type { Place, Places } from "./network-places.js";
import { type Lettering, write } from "./pen.js";
import { hundredths } from "./polyline.js";
import type { SvgSelection } from "./svg-selection.js";
import { faintInk, ink, labelSize, paper, tickSize } from "./theme.js";

const longestName = 110;

/** Room beside an outermost layer for the names of its units, pixels. */
export function nameRoom({ rows }: Layer, units: readonly NetworkUnit[]): number {
  const names = rows.flatMap((unit) => (unit === undefined ? [] : [textWidth(units[unit]!.name, labelSize)]));
  return Math.min(longestName, Math.max(...names, 30)) + 30;
}

/** Draws the units: neurons and inputs as circles, constants as squares, dots for what is left out. */
export function drawUnits(
  into: SvgSelection,
  units: readonly NetworkUnit[],
  layers: readonly Layer[],
  places: Places,
): void {
  for (const [unit, place] of places.of) drawUnit(into, units[unit]!.kind, place, places.radius);
  layers.forEach(({ rows }, layer) => {
    const named = rows.flatMap((unit) => {
      return unit === undefined ? [] : [{ ...units[unit]!, place: places.of.get(unit)! }];
    });
    const side = layer === 0 ? "left" : layer === layers.length - 1 ? "right" : "below";
    drawNames(into, named, side, places);
    const gap = rows.indexOf(undefined);
    if (gap >= 0) drawDots(into, places.x[layer]!, places.y[layer]![gap]!);
  });
}

/** Half the side of a constant's square, in radii of the circles. */
const square = 0.85;

function drawUnit(into: SvgSelection, kind: NetworkUnit["kind"], { x, y }: Place, radius: number): void {
  const shape =
    kind === "constant"
      ? into.append("path").attr("d", squareAt(x, y, square * radius))
      : into.append("circle").attr("cx", hundredths(x)).attr("cy", hundredths(y)).attr("r", hundredths(radius));
  shape.attr("fill", paper).attr("stroke", ink).attr("stroke-width", 1.4);
}

function squareAt(x: number, y: number, half: number): string {
  const [left, top, side] = [x - half, y - half, 2 * half].map(hundredths);
  return `M${left},${top}h${side}v${side}h${-side!}Z`;
}

interface Named {
  readonly name: string;
  readonly kind: NetworkUnit["kind"];
  readonly place: Place;
}

/** Names stand in their units if all of a layer fit; else beside or below them; else they are left out. */
function drawNames(
  into: SvgSelection,
  units: readonly Named[],
  side: "left" | "right" | "below",
  { radius, spacing }: Places,
): void {
  const middle: Lettering = { size: tickSize, anchor: "middle" };
  const each = (writeName: (name: string, place: Place) => void): void => {
    for (const { name, place } of units) writeName(name, place);
  };
  const room = (kind: NetworkUnit["kind"]): number => 2 * (kind === "constant" ? square * radius : radius) - 4;
  if (units.every(({ name, kind }) => textWidth(name, tickSize) <= room(kind))) {
    each((name, { x, y }) => write(into, name, x, y + tickSize * 0.36, middle));
  } else if (side === "below") {
    if (spacing < 2 * radius + 2 * tickSize) return;
    each((name, { x, y }) => {
      write(into, shortened(name, tickSize, longestName), x, y + radius + tickSize + 1, { ...middle, rimmed: true });
    });
  } else {
    const [out, anchor] = side === "left" ? ([-1, "end"] as const) : ([1, "start"] as const);
    each((name, { x, y }) => {
      const text = shortened(name, labelSize, longestName);
      write(into, text, x + out * (radius + 7), y + labelSize * 0.36, { size: labelSize, anchor });
    });
  }
}

/** Three dots for the units that are left out. */
function drawDots(into: SvgSelection, x: number, y: number): void {
  for (const aside of [-7, 0, 7]) {
    const dot = into
      .append("circle")
      .attr("cx", hundredths(x))
      .attr("cy", hundredths(y + aside));
    dot.attr("r", 1.8).attr("fill", ink);
  }
}

/** Writes below each layer what it is, and how many units it has where some are left out. */
export function drawCaptions(into: SvgSelection, layers: readonly Layer[], { x }: Places, y: number): void {
  const middle: Lettering = { size: tickSize, anchor: "middle", colour: faintInk };
  layers.forEach(({ rows, size }, k) => {
    const shown = rows.filter((unit) => unit !== undefined).length;
    const name = captionOf(k, layers.length);
    write(into, shown < size ? `${size} ${name}` : name, x[k]!, y, middle);
    if (shown < size) write(into, `${shown} shown`, x[k]!, y + tickSize + 3, middle);
  });
}

function captionOf(layer: number, layers: number): string {
  if (layer === 0) return "inputs";
  if (layer === layers - 1) return "outputs";
  return layers === 3 ? "hidden" : `hidden ${layer}`;
}
