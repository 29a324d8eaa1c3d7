import type { LoopPicture } from "../result/picture.js";
import { drawCurve, reducedLoop } from "./curve.js";
import { leftOut } from "./left-out.js";
import type { Entry } from "./legend.js";
import { periodsOf, withoutMiddle } from "./periods.js";
import { polylinesOf } from "./polyline.js";
import { type Round, roundsOf } from "./rounds.js";
import type { Scale } from "./scale.js";
import { drawStack } from "./stack.js";
import type { SvgSelection } from "./svg-selection.js";
import { ink, lineStyle, loopWidth, periodColour } from "./theme.js";
import { drawLoopArrows, markStart } from "./time-order.js";

/** More rounds than that are told by a strip of their colours. */
const mostNamed = 6;

/** Draws the current of a device over its voltage: each period in its colour, with its start and the order of time. */
export function drawLoop(svg: SvgSelection, picture: LoopPicture): void {
  const { voltage, current, logx, logy } = picture;
  const all = periodsOf(picture.time.values, picture.period);
  const shown = withoutMiddle(all);
  const rounds = roundsOf(picture, shown);
  drawStack(svg, {
    title: picture.title,
    width: loopWidth,
    frameHeight: 380,
    x: {
      columns: [voltage],
      label: picture.xlabel ?? nameOfAxis("Voltage across", picture),
      log: logx,
      margin: 0.07,
    },
    panels: [
      {
        left: {
          columns: [current],
          label: picture.ylabel ?? nameOfAxis("Current through", picture),
          log: logy,
          margin: 0.07,
        },
        right: undefined,
        colours: { left: ink, right: ink },
        legend: [
          { kind: "start", name: "start" },
          ...legendOf(rounds, shown.length, all.length, picture.firstPeriod ?? 1),
          ...leftOut([current], logy),
        ],
        draw: (into, x, y) => y && drawRounds(into, picture, rounds, x, y),
      },
    ],
    crossed: true,
  });
}

const nameOfAxis = (what: string, { device, normalised }: LoopPicture): string =>
  `${what} ${device}${normalised ? ", normalised" : ""}`;

function drawRounds(
  into: SvgSelection,
  { voltage, current }: LoopPicture,
  rounds: readonly Round[],
  x: Scale,
  y: Scale,
): void {
  const drawn = rounds.map(({ first: { from, to } }, k) => ({
    pieces: polylinesOf(voltage.values, current.values, x, y, from, to).map(reducedLoop),
    colour: colourOf(k, rounds.length),
  }));
  for (const { pieces, colour } of drawn) drawCurve(into, pieces, { colour, dash: undefined });
  const withArrows = drawn.length <= 3 ? drawn : [drawn[0]!, drawn.at(-1)!];
  for (const { pieces, colour } of withArrows) {
    for (const piece of pieces) drawLoopArrows(into, piece, colour);
  }
  markStart(into, drawn[0]?.pieces ?? []);
}

const colourOf = (round: number, rounds: number): string =>
  rounds < 2 ? lineStyle(0).colour : periodColour(round, rounds);

/** `shown` of the `count` periods are drawn, as rounds. */
function legendOf(rounds: readonly Round[], shown: number, count: number, from: number): readonly Entry[] {
  if (count < 2) return from === 1 ? [] : [{ kind: "note", name: `period ${from}` }];
  const line = (name: string, k: number): Entry => {
    return { kind: "line", name, style: { colour: colourOf(k, rounds.length), dash: undefined } };
  };
  const all = `${shown === count ? "" : `${shown} of the `}periods ${from} to ${from + count - 1}`;
  if (rounds.length === 1) return [line(`${all} coincide`, 0)];
  if (rounds.length <= mostNamed && shown === count) return rounds.map((round, k) => line(nameOf(round, from), k));
  return [{ kind: "strip", name: all, colours: rounds.map((_, k) => colourOf(k, rounds.length)) }];
}

const nameOf = ({ first, last }: Round, from: number): string =>
  first === last ? `period ${first.index + from}` : `periods ${first.index + from} to ${last.index + from}`;
