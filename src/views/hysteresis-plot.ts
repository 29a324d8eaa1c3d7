import type { LoopPicture } from "../result/picture.js";
import { drawCurve, reducedLoop } from "./curve.js";
import type { Entry } from "./legend.js";
import { type Period, periodsOf, withoutMiddle } from "./periods.js";
import { polylinesOf } from "./polyline.js";
import type { Scale } from "./scale.js";
import { drawStack } from "./stack.js";
import type { SvgSelection } from "./svg-selection.js";
import { ink, lineStyle, loopWidth, periodColour } from "./theme.js";
import { drawLoopArrows, markStart } from "./time-order.js";

const mostNamed = 6;

/** Draws the current of a device over its voltage: each period in its colour, with its start and the order of time. */
export function drawLoop(svg: SvgSelection, picture: LoopPicture): void {
  const { voltage, current, logx, logy } = picture;
  const all = periodsOf(picture.time.values, picture.period);
  const shown = withoutMiddle(all);
  const axis = { log: logy, margin: 0.07, columns: [current], label: picture.ylabel };
  drawStack(svg, {
    title: picture.title,
    width: loopWidth,
    frameHeight: 380,
    x: { columns: [voltage], label: picture.xlabel, log: logx, margin: 0.07 },
    panels: [
      {
        left: axis,
        right: undefined,
        colours: { left: ink, right: ink },
        legend: legendOf(shown, all.length),
        draw: (into, x, y) => y && drawPeriods(into, picture, shown, all.length, x, y),
      },
    ],
    crossed: true,
  });
}

function drawPeriods(
  into: SvgSelection,
  { voltage, current }: LoopPicture,
  periods: readonly Period[],
  count: number,
  x: Scale,
  y: Scale,
): void {
  const drawn = periods.map(({ from, to, index }) => ({
    pieces: polylinesOf(voltage.values, current.values, x, y, from, to).map(reducedLoop),
    colour: colourOf(index, count),
  }));
  for (const { pieces, colour } of drawn) drawCurve(into, pieces, { colour, dash: undefined });
  const withArrows = drawn.length <= 3 ? drawn : [drawn[0]!, drawn.at(-1)!];
  for (const { pieces, colour } of withArrows) {
    for (const piece of pieces) drawLoopArrows(into, piece, colour);
  }
  markStart(into, drawn[0]?.pieces ?? []);
}

const colourOf = (index: number, count: number): string =>
  count < 2 ? lineStyle(0).colour : periodColour(index, count);

function legendOf(shown: readonly Period[], count: number): readonly Entry[] {
  const start: Entry = { kind: "start", name: "start" };
  if (count < 2) return [start];
  if (count <= mostNamed) {
    const named = shown.map(({ index }): Entry => {
      return { kind: "line", name: `period ${index + 1}`, style: { colour: colourOf(index, count), dash: undefined } };
    });
    return [start, ...named];
  }
  const name = shown.length === count ? `periods 1 to ${count}` : `${shown.length} of the periods 1 to ${count}`;
  return [start, { kind: "strip", name, colours: shown.map(({ index }) => colourOf(index, count)) }];
}
