import type { EpochPlan } from "./epoch.js";
import type { Hardware } from "./hardware.js";

/** How a write is checked: `verify=2% max=20`. */
export interface Verify {
  /** How far from the change that is wanted a weight may stay, over that change. */
  readonly tolerance: number;
  /** Pulses that one write may take. */
  readonly max: number;
}

/**
 * Writes with a look at what came of it: behind each pulse the weight is read, with all that falsifies a reading, and the
 * next pulse makes up for the difference from
 *
 *     (the reading that the sample's answer was made of) + (the change that the pulse stands for)
 *
 * until it is within the tolerance, or `max` pulses are spent. What is wanted is a change of the reading, so that it
 * corrects for the scatter of gains too; and noise of readings that is above the change is what the write then follows.
 */
export function verified(hardware: Hardware, { reach }: EpochPlan, { tolerance, max }: Verify): Hardware {
  let before: Float64Array = new Float64Array(0);
  return {
    begin: (cells) => hardware.begin(cells),
    disturb: (weights, cells, tally) => hardware.disturb(weights, cells, tally),
    forward(read, values, slopes, biasSlopes) {
      before = read;
      hardware.forward(read, values, slopes, biasSlopes);
    },
    pulse(index, s, weights, cells, tally) {
      if (s === 0) return;
      const target = before[index]! + s * reach[index]!;
      let left = s;
      tally.writes++;
      for (let tries = 1; ; tries++) {
        hardware.pulse(index, left, weights, cells, tally);
        left = (target - cells.read(index, weights[index]!)) / reach[index]!;
        if (Math.abs(left) <= tolerance * Math.abs(s)) return;
        if (tries === max) break;
      }
      tally.unreached++;
    },
  };
}
