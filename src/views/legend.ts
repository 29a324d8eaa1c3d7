import { shortened, shortenedApart, textWidth } from "./lettering.js";
import { drawMark, type MarkStyle } from "./marks.js";
import { rule, write } from "./pen.js";
import { hundredths } from "./polyline.js";
import type { SvgSelection } from "./svg-selection.js";
import { bandOpacity, curveWidth, ink, type LineStyle, legendSize, paper } from "./theme.js";

/** An entry: a line and its name, a band, a strip of colours, a mark, the mark of a start, or words alone. */
export type Entry =
  | { readonly kind: "line"; readonly name: string; readonly style: LineStyle }
  | { readonly kind: "band"; readonly name: string; readonly style: LineStyle }
  | { readonly kind: "mark"; readonly name: string; readonly style: MarkStyle }
  | { readonly kind: "strip"; readonly name: string; readonly colours: readonly string[] }
  | { readonly kind: "start"; readonly name: string }
  | { readonly kind: "note"; readonly name: string };

/** A legend with its places found; it stands above a frame, so that it hides no curve. */
export interface Legend {
  readonly entries: readonly Placed[];
  /** In pixels; 0 for a legend without entries. */
  readonly height: number;
}

interface Placed {
  readonly entry: Entry;
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

const rowHeight = legendSize + 6;
const sampleWidth = 30;
const gap = 18;
/** Of a name, pixels; more where at most two share the legend. */
const longestName = { ofFew: 400, ofMany: 205 };
const mostRows = 6;
const mostColumns = 8;

interface Named {
  readonly entry: Entry;
  readonly name: string;
}

/**
 * Lays entries into rows of `room` pixels, in as many columns as there is room for. Where one row does not hold them,
 * what is said about all curves stands in rows of its own below their names.
 */
export function layLegend(entries: readonly Entry[], room: number): Legend {
  const named = namesOf(entries);
  if (columnWidths(named, room).length === named.length) return inColumns(named, room);
  const names = inColumns(
    named.filter(({ entry }) => !isRemark(entry)),
    room,
  );
  const remarks = oneAfterOther(
    named.filter(({ entry }) => isRemark(entry)),
    room,
  );
  const below = remarks.entries.map((entry) => ({ ...entry, y: entry.y + names.height }));
  return { entries: [...names.entries, ...below], height: names.height + remarks.height };
}

const isRemark = ({ kind }: Entry): boolean => kind === "note" || kind === "band";

/** The names as they have room. */
function namesOf(entries: readonly Entry[]): readonly Named[] {
  const longest = entries.length <= 2 ? longestName.ofFew : longestName.ofMany;
  const ofCurves = entries.filter(({ kind }) => kind !== "note").map(({ name }) => name);
  const short = shortenedApart(ofCurves, legendSize, longest);
  return entries.map((entry) => {
    const name = entry.kind === "note" ? shortened(entry.name, legendSize, longestName.ofFew) : undefined;
    return { entry, name: name ?? short[ofCurves.indexOf(entry.name)]! };
  });
}

function inColumns(named: readonly Named[], room: number): Legend {
  const widths = columnWidths(named, room);
  const shown = withinRows(named, widths.length);
  const placed = shown.map(({ entry, name }, k) => {
    const x = widths.slice(0, k % widths.length).reduce((sum, width) => sum + width, 0);
    return { entry, name, x, y: Math.floor(k / widths.length) * rowHeight };
  });
  return { entries: placed, height: Math.ceil(shown.length / widths.length) * rowHeight };
}

/** A new row begins where the last has no more room. */
function oneAfterOther(named: readonly Named[], room: number): Legend {
  let [x, rows] = [0, Math.min(1, named.length)];
  const placed = named.map(({ entry, name }): Placed => {
    const width = widthOf({ entry, name });
    if (x > 0 && x + width - gap > room) [x, rows] = [0, rows + 1];
    const place = { entry, name, x, y: (rows - 1) * rowHeight };
    x += width;
    return place;
  });
  return { entries: placed, height: rows * rowHeight };
}

const widthOf = ({ entry, name }: Named): number => sampleOf(entry) + 6 + textWidth(name, legendSize) + gap;

/** The widths of the columns, each as wide as its widest entry: as many columns as fit, at least one. */
function columnWidths(named: readonly Named[], room: number): readonly number[] {
  const widths = named.map(widthOf);
  for (let count = Math.min(named.length, mostColumns); count > 1; count--) {
    const columns = Array.from({ length: count }, (_, column) =>
      Math.max(...widths.filter((_, k) => k % count === column)),
    );
    if (columns.reduce((sum, width) => sum + width, -gap) <= room) return columns;
  }
  return [Math.max(0, ...widths)];
}

/** Where there are too many entries, the last place says how many are not named. */
function withinRows(named: readonly Named[], columns: number): readonly Named[] {
  const places = mostRows * columns;
  if (named.length <= places) return named;
  const more: Entry = { kind: "note", name: `and ${named.length - places + 1} more` };
  return [...named.slice(0, places - 1), { entry: more, name: more.name }];
}

const sampleOf = (entry: Entry): number => {
  if (entry.kind === "note") return 0;
  if (entry.kind === "start" || entry.kind === "mark") return 10;
  return entry.kind === "strip" ? Math.min(entry.colours.length * 12, 72) : sampleWidth;
};

/** Draws a legend whose upper left corner is at (left, top). */
export function drawLegend(into: SvgSelection, legend: Legend, left: number, top: number): void {
  for (const { entry, name, x, y } of legend.entries) {
    const middle = top + y + rowHeight / 2;
    drawSample(into, entry, left + x, middle);
    write(into, name, left + x + sampleOf(entry) + 6, middle + legendSize * 0.36, { size: legendSize });
  }
}

function drawSample(into: SvgSelection, entry: Entry, x: number, y: number): void {
  if (entry.kind === "note") return;
  if (entry.kind === "start") drawStart(into, x + 5, y);
  else if (entry.kind === "mark") drawMark(into, x + 5, y, entry.style);
  else if (entry.kind === "band") drawBandSample(into, entry.style, x, y);
  else if (entry.kind === "strip") drawStrip(into, entry.colours, x, y, sampleOf(entry));
  else drawLineSample(into, entry.style, x, y);
}

function drawLineSample(into: SvgSelection, { colour, dash, width }: LineStyle, x: number, y: number): void {
  const path = into
    .append("path")
    .attr("d", `M${hundredths(x)},${hundredths(y)}h${sampleWidth}`)
    .attr("fill", "none");
  path.attr("stroke", colour).attr("stroke-width", width ?? curveWidth + 0.3);
  if (dash !== undefined) path.attr("stroke-dasharray", dash);
}

function drawBandSample(into: SvgSelection, { colour }: LineStyle, x: number, y: number): void {
  const [top, bottom] = [y - 5, y + 5];
  const shade = `M${hundredths(x)},${hundredths(top)}h${sampleWidth}v10h${-sampleWidth}Z`;
  into.append("path").attr("d", shade).attr("fill", colour).attr("fill-opacity", bandOpacity);
  const edges = [top, bottom].map((edge) => [x, edge, x + sampleWidth, edge] as const);
  rule(into, edges, colour, 0.6);
}

function drawStrip(into: SvgSelection, colours: readonly string[], x: number, y: number, width: number): void {
  const each = width / colours.length;
  for (const [k, colour] of colours.entries()) {
    rule(into, [[x + k * each, y, x + (k + 1) * each, y]], colour, 8);
  }
}

/** The mark of a curve's first point. */
export function drawStart(into: SvgSelection, x: number, y: number): void {
  const circle = into.append("circle").attr("cx", hundredths(x)).attr("cy", hundredths(y)).attr("r", 4);
  circle.attr("fill", paper).attr("stroke", ink).attr("stroke-width", 1.5);
}
