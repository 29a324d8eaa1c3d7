import type { WeightsPicture } from "../result/learning-pictures.js";
import type { Column } from "../result/result.js";
import { hundredths } from "./polyline.js";
import { place, type Scale } from "./scale.js";
import { drawStack } from "./stack.js";
import type { SvgSelection } from "./svg-selection.js";
import { ink, lineStyle, pictureWidth } from "./theme.js";

const bins = 60;

/** Draws the values of many weights together: how many lie in each of sixty equal steps. */
export function drawHistogram(svg: SvgSelection, { title, weights, xlabel, ylabel, logy }: WeightsPicture): void {
  const { edges, counts } = binned(weights);
  const column = (name: string, values: Float64Array): Column => ({ name, unit: "1", values });
  const runs = weights.reduce((most, { values }) => Math.max(most, values.length), 0);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const bad = weights.reduce((sum, { values }) => sum + values.length, 0) - all;
  drawStack(svg, {
    title,
    width: pictureWidth,
    frameHeight: 300,
    x: { columns: [{ ...weights[0]!, values: edges }], label: xlabel ?? "Weight", log: false, margin: 0 },
    panels: [
      {
        left: {
          columns: [column("count", logy ? counts : Float64Array.of(0, 1.05 * Math.max(...counts)))],
          label: ylabel ?? "Weights",
          log: logy,
          margin: logy ? 0.05 : 0, // bars stand on the axis
        },
        right: undefined,
        colours: { left: ink, right: ink },
        legend: [
          { kind: "note", name: `${weights.length} weights of ${runs} ${runs === 1 ? "run" : "runs"}` },
          ...(bad > 0 ? [{ kind: "note", name: `${bad} values not finite` } as const] : []),
        ],
        draw: (into, x, y) => y && drawBars(into, edges, counts, x, y),
      },
    ],
    crossed: false,
  });
}

/** Counts in equal steps from the least value to the largest; one step where all are equal. */
function binned(weights: readonly Column[]): { edges: Float64Array; counts: Float64Array } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { values } of weights) {
    for (const value of values) if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  const count = high > low ? bins : 1;
  if (count === 1) [low, high] = [low - 0.5, high + 0.5];
  const counts = new Float64Array(count);
  for (const { values } of weights) {
    for (const value of values) {
      if (Number.isFinite(value)) counts[Math.min(count - 1, Math.floor((count * (value - low)) / (high - low)))]!++;
    }
  }
  return { edges: Float64Array.from({ length: count + 1 }, (_, k) => low + ((high - low) * k) / count), counts };
}

function drawBars(into: SvgSelection, edges: Float64Array, counts: Float64Array, x: Scale, y: Scale): void {
  const floor = hundredths(y.from);
  const bars = Array.from(counts, (count, k) => {
    if (count === 0) return "";
    const [left, right, top] = [place(x, edges[k]!), place(x, edges[k + 1]!), place(y, count)].map(hundredths);
    return `M${left},${floor}L${left},${top}L${right},${top}L${right},${floor}Z`;
  });
  const path = into.append("path").attr("d", bars.join("")).attr("fill", lineStyle(0).colour);
  path.attr("stroke", "#ffffff").attr("stroke-width", 0.6).attr("stroke-linejoin", "round");
}
