import type { LearningCurvePicture, LearningSeries } from "../result/learning-pictures.js";
import type { Column } from "../result/result.js";
import { drawBand } from "./band.js";
import { drawCurve, reduced } from "./curve.js";
import { drawnSeries, edgesOf, linesOf, meanOf, runsOf } from "./distributions.js";
import { leftOut } from "./left-out.js";
import type { Entry } from "./legend.js";
import { polylinesOf } from "./polyline.js";
import type { Scale } from "./scale.js";
import { drawEmpty } from "./sheet.js";
import { drawStack, type Panel } from "./stack.js";
import type { SvgSelection } from "./svg-selection.js";
import { ink, type LineStyle, lineStyle, medianStyle, pictureWidth } from "./theme.js";

/** The share of samples classified right takes a low panel of its own, pixels. */
const shareHeight = 110;

/**
 * Draws the error over the epochs: the mean over the realisations, the band between their 5 % and 95 % quantiles, the
 * median where it is given; below it the share of samples classified right.
 */
export function drawLearningCurve(svg: SvgSelection, picture: LearningCurvePicture): void {
  const { title, xlabel, logx } = picture;
  const series = drawnSeries(picture.series);
  if (series.length > 0 && series.every(({ runs, diverged }) => runs === diverged)) {
    drawEmpty(svg, title, pictureWidth, "no data: every run diverged");
    return;
  }
  const classifies = series.some(({ correct }) => correct?.values.some(Number.isFinite));
  drawStack(svg, {
    title,
    width: pictureWidth,
    frameHeight: 280,
    x: { columns: series.map(({ epoch }) => epoch), label: xlabel ?? rowsOf(series), log: logx, margin: 0 },
    panels: series.length === 0 ? [] : [errorPanel(picture, series), ...(classifies ? [sharePanel(series)] : [])],
    crossed: false,
  });
}

/** What rows of these series are: iterations where they are of all, epochs otherwise. */
const rowsOf = (series: readonly LearningSeries[]): string =>
  series.length > 0 && series.every(({ epoch }) => epoch.name === "iteration") ? "Iteration" : "Epoch";

function errorPanel({ ylabel, logy }: LearningCurvePicture, series: readonly LearningSeries[]): Panel {
  const lines = linesOf(series);
  return {
    left: { columns: [...lines, ...edgesOf(series)], label: ylabel ?? "Error", log: logy, margin: 0.04 },
    right: undefined,
    colours: { left: ink, right: ink },
    legend: [...entriesOf(series), ...leftOut(lines, logy)],
    draw(into, x, y) {
      if (y === undefined) return;
      series.forEach(({ epoch, low, high, runs }, k) => {
        if (runs === 1) return;
        drawBand(into, { x: epoch.values, low: low.values, high: high.values }, x, y, lineStyle(k));
      });
      series.forEach(({ epoch, median, mean }, k) => {
        if (median) drawLine(into, epoch, median, x, y, medianStyle(lineStyle(k).colour));
        drawLine(into, epoch, mean, x, y, lineStyle(k));
      });
    },
  };
}

function drawLine(into: SvgSelection, x: Column, y: Column, xScale: Scale, yScale: Scale, style: LineStyle): void {
  drawCurve(into, polylinesOf(x.values, y.values, xScale, yScale).map(reduced), style);
}

function sharePanel(series: readonly LearningSeries[]): Panel {
  const whole: Column = { name: "share", unit: "1", values: Float64Array.of(0, 1) };
  return {
    height: shareHeight,
    left: { columns: [whole], label: "Share right", log: false, margin: 0.06 },
    right: undefined,
    colours: { left: ink, right: ink },
    legend: [],
    draw(into, x, y) {
      series.forEach(({ epoch, correct }, k) => {
        if (y && correct) drawLine(into, epoch, correct, x, y, lineStyle(k));
      });
    },
  };
}

/** One training says what its lines are; of several each has its name, and a note says what the lines are. */
function entriesOf(series: readonly LearningSeries[]): readonly Entry[] {
  const median = series.some((each) => each.median !== undefined);
  const equal = runsOf(series);
  const many = equal ?? "the runs";
  const band = lineStyle(series.length === 1 ? 0 : 4);
  const spread = series.some(({ runs }) => runs > 1);
  return [
    ...series.map((each, k): Entry => {
      const name = series.length === 1 ? meanOf(many) : nameOf(each, equal === undefined);
      return { kind: "line", name, style: lineStyle(k) };
    }),
    ...(series.length === 1 ? [] : [{ kind: "note", name: `line: ${meanOf(many)}` } as const]),
    ...(median ? [{ kind: "line", name: "median", style: medianStyle(lineStyle(0).colour) } as const] : []),
    ...(spread ? [{ kind: "band", name: "5–95 % of the runs", style: band } as const] : []),
    ...series.filter(({ diverged }) => diverged > 0).map((each) => divergence(each, series.length > 1)),
  ];
}

const nameOf = ({ name, runs }: LearningSeries, counted: boolean): string =>
  counted ? `${name} (${runs} ${runs === 1 ? "run" : "runs"})` : name;

function divergence({ name, runs, diverged }: LearningSeries, named: boolean): Entry {
  return { kind: "note", name: `${named ? `${name}: ` : ""}${diverged} of ${runs} runs diverged` };
}
