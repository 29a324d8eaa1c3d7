import type { LoopPicture } from "../result/picture.js";
import { reducedLoop } from "./curve.js";
import type { Period } from "./periods.js";
import { type Polyline, polylinesOf } from "./polyline.js";
import { domainOf, type Scale } from "./scale.js";

/** Neighbouring periods whose loops lie upon one another: they are drawn once, for the eye would see one anyway. */
export interface Round {
  /** The first of the periods, whose rows are drawn. */
  readonly first: Period;
  readonly last: Period;
}

/** Loops that are nowhere further apart are one to the eye, pixels. */
const apart = 0.8;
/** About the frame of a loop, pixels. */
const frame = { width: 470, height: 380 };

/** Gathers periods into rounds. A last period that was cut short stays alone. */
export function roundsOf(picture: LoopPicture, periods: readonly Period[]): readonly Round[] {
  if (periods.length < 2) return periods.map((period) => ({ first: period, last: period }));
  const trace = tracer(picture);
  const rounds: Round[] = [];
  let leader: readonly Polyline[] = [];
  for (const period of periods) {
    const lines = trace(period);
    const round = rounds.at(-1);
    if (round && near(lines, leader) && near(leader, lines)) {
      rounds[rounds.length - 1] = { ...round, last: period };
      continue;
    }
    rounds.push({ first: period, last: period });
    leader = lines;
  }
  return rounds;
}

/** Draws the loop of a period in the mind: its lines in a frame as large as the picture's. */
function tracer({ voltage, current, logx, logy }: LoopPicture): (period: Period) => readonly Polyline[] {
  const [v, i] = [domainOf([voltage.values], logx, 0), domainOf([current.values], logy, 0)];
  if (v === undefined || i === undefined) return () => [];
  const x: Scale = { domain: v, from: 0, to: frame.width };
  const y: Scale = { domain: i, from: 0, to: frame.height };
  return ({ from, to }) => polylinesOf(voltage.values, current.values, x, y, from, to).map(reducedLoop);
}

/** Is every corner of some lines near to others? */
function near(lines: readonly Polyline[], others: readonly Polyline[]): boolean {
  return lines.every(({ x, y }) => x.every((_, k) => others.some((other) => isNear(x[k]!, y[k]!, other))));
}

function isNear(px: number, py: number, { x, y }: Polyline): boolean {
  for (let k = 1; k < x.length; k++) {
    const [ax, ay, dx, dy] = [x[k - 1]!, y[k - 1]!, x[k]! - x[k - 1]!, y[k]! - y[k - 1]!];
    const square = dx * dx + dy * dy;
    const along = square === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / square));
    if (Math.hypot(px - ax - along * dx, py - ay - along * dy) <= apart) return true;
  }
  return false;
}
