import type { Loop, LoopPicture, LoopsPicture } from "../result/picture.js";
import { branchEntries, branchStyle } from "./branches.js";
import { drawCurve, reducedLoop } from "./curve.js";
import { leftOut } from "./left-out.js";
import type { Entry } from "./legend.js";
import { periodsOf, withoutMiddle } from "./periods.js";
import { type Polyline, polylinesOf } from "./polyline.js";
import { roundsOf } from "./rounds.js";
import type { Scale } from "./scale.js";
import { drawStack } from "./stack.js";
import type { SvgSelection } from "./svg-selection.js";
import { ink, type LineStyle, lineStyle, loopWidth } from "./theme.js";
import { drawArrowPair, markStart } from "./time-order.js";

/** More loops than this carry no arrows: they would hide more than they tell. */
const mostWithArrows = 4;

/**
 * Draws the loops of several devices in one frame, each device in its colour; of several runs, each run in its colour and
 * each device in its dash. Periods that coincide are drawn once.
 */
export function drawLoops(svg: SvgSelection, picture: LoopsPicture): void {
  const { loops, logx, logy } = picture;
  const { styles, entries } = looksOf(loops);
  drawStack(svg, {
    title: picture.title,
    width: loopWidth,
    frameHeight: 380,
    x: {
      columns: loops.map(({ voltage }) => voltage),
      label: picture.xlabel ?? nameOfAxis("Voltage", picture),
      log: logx,
      margin: 0.07,
    },
    panels: [
      {
        left: {
          columns: loops.map(({ current }) => current),
          label: picture.ylabel ?? nameOfAxis("Current", picture),
          log: logy,
          margin: 0.07,
        },
        right: undefined,
        colours: { left: ink, right: ink },
        legend: [
          ...(loops.length === 0 ? [] : [{ kind: "start", name: "start" } as const]),
          ...entries,
          ...leftOut(loops.map(({ current }) => current), logy), // biome-ignore format: one thought
        ],
        draw(into, x, y) {
          if (y === undefined) return;
          for (const [k, loop] of loops.entries()) {
            const pieces = piecesOf({ ...picture, ...loop, kind: "loop" }, x, y);
            drawCurve(into, pieces, styles[k]!);
            if (loops.length <= mostWithArrows && pieces[0]) drawArrowPair(into, pieces[0], k, styles[k]!.colour);
            markStart(into, pieces);
          }
        },
      },
    ],
    crossed: true,
  });
}

/** The looks of the loops and the legend that tells them. */
function looksOf(loops: readonly Loop[]): { styles: readonly LineStyle[]; entries: readonly Entry[] } {
  const [devices, runs] = [unique(loops.map(({ device }) => device)), unique(loops.map(({ run }) => run ?? ""))];
  const lines = (names: readonly string[], style: (k: number) => LineStyle) =>
    names.map((name, k): Entry => ({ kind: "line", name, style: style(k) }));
  if (runs.length < 2) return { styles: loops.map((_, k) => lineStyle(k)), entries: lines(devices, lineStyle) };
  const alone = devices.length === 1;
  const branches = runs.map((run) => ({ name: alone ? `${devices[0]}, ${run}` : run }));
  return {
    styles: loops.map(({ device, run }) =>
      branchStyle(runs.indexOf(run!), runs.length, alone ? undefined : devices.indexOf(device)),
    ),
    entries: [
      ...(alone ? [] : lines(devices, (k) => ({ ...lineStyle(k), colour: ink }))),
      ...branchEntries(branches, alone),
    ],
  };
}

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];

const nameOfAxis = (what: string, { loops }: LoopsPicture): string =>
  loops.some(({ normalised }) => normalised) ? `${what}, normalised` : what;

function piecesOf(picture: LoopPicture, x: Scale, y: Scale): readonly Polyline[] {
  const { time, voltage, current, period } = picture;
  return roundsOf(picture, withoutMiddle(periodsOf(time.values, period))).flatMap(({ first: { from, to } }) =>
    polylinesOf(voltage.values, current.values, x, y, from, to).map(reducedLoop),
  );
}
