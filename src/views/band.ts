import { reduced } from "./curve.js";
import { type Polyline, pathData, polylinesOf } from "./polyline.js";
import { hasPlace, type Scale } from "./scale.js";
import type { SvgSelection } from "./svg-selection.js";
import { bandOpacity, type LineStyle } from "./theme.js";

/** Columns of one length: the band reaches from `low` to `high`. */
export interface Band {
  readonly x: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Shades the band between two curves, and draws its edges thin, so that it is seen in grey print too. Where its lower
 * edge has no place on a logarithmic axis the band reaches down to the frame.
 */
export function drawBand(into: SvgSelection, band: Band, x: Scale, y: Scale, { colour, dash }: LineStyle): void {
  const shade = shadeOf(band, x, y);
  if (shade !== "") into.append("path").attr("d", shade).attr("fill", colour).attr("fill-opacity", bandOpacity);
  const edges = [band.low, band.high].flatMap((edge) => polylinesOf(band.x, edge, x, y).map(reduced));
  const lines = edges.filter((edge) => edge.x.length > 1).map(pathData);
  if (lines.length === 0) return;
  const path = into.append("path").attr("d", lines.join("")).attr("fill", "none").attr("stroke", colour);
  path.attr("stroke-width", 0.6);
  if (dash !== undefined) path.attr("stroke-dasharray", dash);
}

function shadeOf({ x, low, high }: Band, xScale: Scale, yScale: Scale): string {
  const ends = (i: number): boolean => Number.isFinite(low[i]!) && hasPlace(high[i]!, yScale.domain);
  const raised = low.map((value, i) => (ends(i) ? Math.max(value, yScale.domain.low) : Number.NaN));
  const lowered = high.map((value, i) => (ends(i) ? value : Number.NaN));
  const [lower, upper] = [raised, lowered].map((edge) => polylinesOf(x, edge, xScale, yScale));
  return upper!.map((edge, k) => areaBetween(reduced(edge), reduced(lower![k]!))).join("");
}

function areaBetween(upper: Polyline, lower: Polyline): string {
  if (upper.x.length < 2) return "";
  const back = pathData({ x: lower.x.toReversed(), y: lower.y.toReversed() });
  return `${pathData(upper)}${back.replace("M", "L")}Z`;
}
