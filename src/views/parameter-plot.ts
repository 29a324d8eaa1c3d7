import type { ParameterPicture, ParameterSeries } from "../result/learning-pictures.js";
import { drawCurve, reduced } from "./curve.js";
import { drawnSeries, edgesOf, linesOf, meanOf, runsOf } from "./distributions.js";
import { leftOut } from "./left-out.js";
import type { Entry } from "./legend.js";
import { drawMark, filledMark } from "./marks.js";
import { rule } from "./pen.js";
import { polylinesOf } from "./polyline.js";
import { hasPlace, place, type Scale } from "./scale.js";
import { drawStack } from "./stack.js";
import type { SvgSelection } from "./svg-selection.js";
import { ink, lineStyle, medianStyle, pictureWidth } from "./theme.js";

/** Bars of several series at one place stand so far apart, pixels. */
const apart = 7;
const halfCap = 3;

/** Draws a quantity against a parameter: the mean over realisations as marks, 5–95 % as bars, the median as a line. */
export function drawParameterPlot(svg: SvgSelection, picture: ParameterPicture): void {
  const { title, xlabel, ylabel, logx, logy, bounds } = picture;
  const series = drawnSeries(picture.series);
  const lines = linesOf(series);
  const columns = [...lines, ...edgesOf(series)];
  const label = ylabel ?? series[0]?.mean.name;
  drawStack(svg, {
    title,
    width: pictureWidth,
    frameHeight: 300,
    x: { columns: series.map(({ parameter }) => parameter), label: xlabel ?? series[0]?.parameter.name, log: logx, margin: 0.05 }, // biome-ignore format: one thought
    panels: [
      {
        left: { columns, label, log: logy, margin: 0.05, bounds },
        right: undefined,
        colours: { left: ink, right: ink },
        legend: [...entriesOf(series), ...leftOut(lines, logy)],
        draw(into, x, y) {
          if (y === undefined) return;
          series.forEach((each, k) => {
            const aside = apart * (k - (series.length - 1) / 2);
            drawSeries(into, each, k, { ...x, from: x.from + aside, to: x.to + aside }, y);
          });
        },
      },
    ],
    crossed: false,
  });
}

function drawSeries(into: SvgSelection, series: ParameterSeries, index: number, x: Scale, y: Scale): void {
  const { parameter, mean, median } = series;
  const style = lineStyle(index);
  const at = (column: { readonly values: Float64Array }) => polylinesOf(parameter.values, column.values, x, y);
  if (median) drawCurve(into, at(median).map(reduced), medianStyle(style.colour));
  drawCurve(into, at(mean).map(reduced), { ...style, width: 1 });
  if (series.runs !== 1) rule(into, barsOf(series, x, y), style.colour, 1.4);
  for (const piece of at(mean)) {
    for (const [i, across] of piece.x.entries()) drawMark(into, across, piece.y[i]!, filledMark(index));
  }
}

/** Upright bars with caps; on a logarithmic axis a bar without a lower end reaches down to the frame. */
function barsOf({ parameter, low, high }: ParameterSeries, x: Scale, y: Scale) {
  return [...parameter.values.keys()].flatMap((i) => {
    const [from, to] = [low.values[i]!, high.values[i]!];
    if (!hasPlace(parameter.values[i]!, x.domain) || !hasPlace(to, y.domain) || !Number.isFinite(from)) return [];
    const at = place(x, parameter.values[i]!);
    const [bottom, top] = [place(y, Math.max(from, y.domain.low)), place(y, to)];
    const cap = (level: number) => [at - halfCap, level, at + halfCap, level] as const;
    return [[at, bottom, at, top] as const, cap(top), ...(hasPlace(from, y.domain) ? [cap(bottom)] : [])];
  });
}

function entriesOf(series: readonly ParameterSeries[]): readonly Entry[] {
  const equal = runsOf(series);
  const many = equal ?? "the runs";
  const median = series.some((each) => each.median !== undefined);
  return [
    ...series.map(({ name, runs }, k): Entry => {
      const several = equal === undefined && runs !== undefined ? `${name} (${runs} runs)` : name;
      return { kind: "mark", name: series.length === 1 ? meanOf(many) : several, style: filledMark(k) };
    }),
    ...(median ? [{ kind: "line", name: "median", style: medianStyle(lineStyle(0).colour) } as const] : []),
    ...barNote(series, many),
  ];
}

function barNote(series: readonly ParameterSeries[], many: string): readonly Entry[] {
  if (series.every(({ runs }) => runs === 1)) return [];
  return [
    { kind: "note", name: series.length === 1 ? "bar: 5–95 % of the runs" : `mark: mean of ${many}, bar: 5–95 %` },
  ];
}
