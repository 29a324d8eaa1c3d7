import type { NetworkPicture } from "../result/learning-pictures.js";
import { decimal, exponentOf } from "./decimal.js";
import { drawLegend, type Entry, layLegend } from "./legend.js";
import { layersOf } from "./network-layers.js";
import { placesOf, spacingOf } from "./network-places.js";
import { drawCaptions, drawUnits, nameRoom } from "./network-units.js";
import { drawBias, drawWeights, styleOf, unknownStyle, type Weights, weightsOf } from "./network-weights.js";
import { drawEmpty, layTitle, openSheet, titleHeight } from "./sheet.js";
import type { SvgSelection } from "./svg-selection.js";
import { ink, type LineStyle, negativeStyle, padding, pictureWidth, positiveStyle, tickSize } from "./theme.js";

/** At least, pixels: networks of many layers are wider than other pictures. */
const betweenLayers = 105;

/**
 * Draws a feed-forward network, layers from left to right: a line for each weight, as wide as its size, with its sign
 * in colour and dashes; a bias as a short line from above. Of large layers the first and the last units are shown.
 */
export function drawNetwork(svg: SvgSelection, picture: NetworkPicture): void {
  const layers = layersOf(picture);
  if (layers.length === 0) {
    drawEmpty(svg, picture.title, pictureWidth, "no data: the network has no units");
    return;
  }
  const [before, after] = [nameRoom(layers[0]!, picture.units), nameRoom(layers.at(-1)!, picture.units)];
  const width = Math.max(pictureWidth, 2 * padding + before + after + betweenLayers * (layers.length - 1));
  const lines = layTitle(picture.title, width);
  const weights = weightsOf(picture, layers);
  const legend = layLegend(entriesOf(picture, weights), width - 2 * padding);
  const top = titleHeight(lines) + legend.height + 14;
  const rows = layers.reduce((most, layer) => Math.max(most, layer.rows.length), 2.5);
  const bottom = top + spacingOf(layers) * rows + 8;
  const places = placesOf(layers, { left: padding + before, top, right: width - padding - after, bottom });
  const sheet = openSheet(svg, lines, width, bottom + 2 * tickSize + 14 + padding);
  drawLegend(sheet, legend, padding, titleHeight(lines));
  drawWeights(sheet, weights, places);
  for (const [unit, place] of places.of) {
    const { bias } = picture.units[unit]!;
    if (bias !== undefined) drawBias(sheet, bias, weights, place, places);
  }
  drawUnits(sheet, picture.units, layers, places);
  drawCaptions(sheet, layers, places, bottom + tickSize + 8);
}

function entriesOf({ units, connections }: NetworkPicture, weights: Weights): readonly Entry[] {
  const unknown = weights.all.filter((weight) => !Number.isFinite(weight)).length;
  const { length } = weights.shown;
  const line = (name: string, style: LineStyle): Entry => ({ kind: "line", name, style });
  const note = (name: string): Entry => ({ kind: "note", name });
  return [
    line("w > 0", { ...positiveStyle, width: 3 }),
    line("w < 0", { ...negativeStyle, width: 3 }),
    ...scaleOf(weights.largest).map((size) => line(`|w| = ${size}`, { ...styleOf(size, weights), colour: ink })),
    ...(units.some(({ bias }) => bias !== undefined) ? [note("from above: bias")] : []),
    ...(unknown > 0 ? [line(unknown === 1 ? "not a number" : `${unknown} not numbers`, unknownStyle)] : []),
    ...(length < connections.length ? [note(`${length} of ${connections.length} weights shown`)] : []),
  ];
}

/** Three round sizes, the largest not above the largest weight. */
function scaleOf(largest: number): readonly number[] {
  if (largest === 0) return [];
  const exponent = exponentOf(largest);
  const sizes = [1, 0, -1].flatMap((more) => [5, 2, 1].map((digit) => decimal(digit, exponent + more)));
  return sizes.filter((size) => size <= largest).slice(0, 3);
}
