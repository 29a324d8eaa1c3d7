import { Random } from "../../numerics/random.js";
import { type Ensemble, Sweeps, startsOf } from "./ensemble.js";
import type { Group } from "./group.js";
import { LaneDescent } from "./lane-descent.js";
import { LaneGroup, lanesFor } from "./lane-group.js";
import { LaneRoom } from "./lane-room.js";
import { framed, LaneStarts } from "./lane-starts.js";
import { SingleGroup } from "./single-group.js";
import type { Table } from "./table-cost.js";

/**
 * All realisations of an ensemble at their starts: side by side where they are of one channel that goes down by line searches,
 * and the retraction is the usual one.
 */
export function groupsOf(ensemble: Ensemble): readonly Group[] {
  const { table } = ensemble.trainable;
  const { retraction, step } = ensemble.options;
  if (table && retraction === "qr" && step !== "trust") return sideBySide(table, ensemble);
  const sweeps = new Sweeps(ensemble);
  return startsOf(ensemble).map((start) => new SingleGroup(sweeps, start));
}

function sideBySide(table: Table, { options, runs, keys }: Ensemble): readonly Group[] {
  const small = framed(table);
  const most = lanesFor(small);
  const room = new LaneRoom(LaneDescent.doubles(small, most) + LaneStarts.doubles(table, most), table.truth);
  const descent = new LaneDescent(small, options, most, room);
  const starts = new LaneStarts(table, most, room);
  const random = new Random(...keys);
  return Array.from({ length: Math.ceil(runs / most) }, (_, k) => {
    const first = k * most;
    return new LaneGroup(descent, starts, random, first, Math.min(most, runs - first));
  });
}
