import { throughEdges } from "../devices/perceptrons/pulse-shape.js";
import { type Cells, movesPlainly, switchesPlainly } from "./cells.js";
import type { EpochPlan, Tally } from "./epoch.js";
import { Forward } from "./forward.js";
import { countPulse, type Hardware } from "./hardware.js";
import type { Weight } from "./network.js";
import { ReadDisturb } from "./read-disturb.js";

/** Reads and writes by the closed form of the threshold-gated law; where lines resist, it solves their grids to read. */
export function closedForm(plan: EpochPlan): Hardware {
  const forward = new Forward(plan);
  const reading = new ReadDisturb(plan, forward);
  let last: { readonly read: Float64Array; readonly values: Float64Array } | undefined;
  return {
    begin: (cells) => reading.begin(cells),
    forward(read, values, slopes, biasSlopes) {
      last = { read, values };
      forward.answer(read, values, slopes, biasSlopes);
    },
    disturb(weights, cells, tally) {
      if (last !== undefined) reading.move(last.read, last.values, weights, cells, tally);
    },
    pulse: (index, s, weights, cells, tally) => pulse(plan, index, s, weights, cells, tally),
  };
}

/** A pulse for one weight goes through all of its chain; each device moves while the current is in its own window. */
function pulse(plan: EpochPlan, index: number, s: number, weights: Float64Array, cells: Cells, tally: Tally): void {
  const { reach, rise } = plan;
  const { weights: devices } = plan.network;
  const size = Math.abs(s);
  const height = size + devices[index]!.law.ith;
  countPulse(s, tally);
  for (const other of plan.chainOf[index]!) {
    const device = devices[other]!;
    const own = other === index;
    const excess = own && switchesPlainly(device) ? size : size + (devices[index]!.law.ith - cells.ith[other]!);
    const { a, rate } = device.law;
    const isWithin = excess >= 0 && excess < a;
    if (own && !isWithin) tally.missed++;
    if (!isWithin && !(rise > 0 && excess > 0)) continue;
    let change = isWithin ? excess * reach[other]! : 0;
    if (rise > 0) change += rate * throughEdges(rise, height, excess, a);
    const before = weights[other]!;
    weights[other] = after(device, other, before, s > 0 ? change : -change, cells);
    if (!own) tally.crossTalk = Math.max(tally.crossTalk, Math.abs(weights[other]! - before));
  }
}

/** Where a change takes a device that stands at w. */
function after(device: Weight, index: number, w: number, change: number, cells: Cells): number {
  if (!movesPlainly(device)) return cells.moved(index, w, change);
  return Math.min(device.law.max, Math.max(device.law.min, w + change));
}
