import { Random } from "../../numerics/random.js";
import { ChannelTree } from "./channel-tree.js";
import { type Ensemble, Sweeps, startsOf } from "./ensemble.js";
import type { Group } from "./group.js";
import { LaneDescent } from "./lane-descent.js";
import { LaneGroup, lanesFor } from "./lane-group.js";
import { LaneRoom } from "./lane-room.js";
import { framed, LaneStarts } from "./lane-starts.js";
import { stateSize } from "./lane-state.js";
import { LaneTable } from "./lane-table.js";
import { LaneTree } from "./lane-tree.js";
import { LaneTreeGroup } from "./lane-tree-group.js";
import { SingleGroup } from "./single-group.js";
import type { Table } from "./table-cost.js";
import type { Shape } from "./trainable.js";

/**
 * All realisations of an ensemble at their starts: side by side where they go down by line searches, and the retraction is the
 * usual one.
 */
export function groupsOf(ensemble: Ensemble): readonly Group[] {
  const { trainable, options } = ensemble;
  if (options.retraction === "qr" && options.step !== "trust") {
    if (trainable.table) return channelsBeside(trainable.table, ensemble);
    if (trainable instanceof ChannelTree) return treesBeside(trainable, ensemble);
  }
  const sweeps = new Sweeps(ensemble);
  return startsOf(ensemble).map((start) => new SingleGroup(sweeps, start));
}

function channelsBeside(table: Table, { options, runs, keys }: Ensemble): readonly Group[] {
  const small = framed(table);
  const most = lanesFor(small);
  const shape = { rows: small.outputs * small.kraus, count: small.truth.length };
  const count = Math.ceil(runs / most);
  const size = LaneDescent.doubles(shape, most) + LaneTable.doubles(small, most) + LaneStarts.doubles(table, most);
  const states = count * stateSize(shape, shape.count, options.step === "cg", most);
  const room = new LaneRoom(size + states, table.truth, most);
  const descent = new LaneDescent(shape, options, room, most);
  const lanes = new LaneTable(small, room, most);
  const starts = new LaneStarts(table, most, room);
  const random = new Random(...keys);
  return Array.from({ length: count }, (_, k) => {
    const first = k * most;
    return new LaneGroup(descent, lanes, starts, random, first, Math.min(most, runs - first), most);
  });
}

function treesBeside(tree: ChannelTree, ensemble: Ensemble): readonly Group[] {
  const nameOf = ({ rows, count }: Shape): string => `${rows} ${count}`;
  const shapes = new Map(tree.shapes.map((shape) => [nameOf(shape), shape]));
  const each = [...shapes.values()].reduce((sum, shape) => sum + LaneDescent.doubles(shape, 1), 0);
  const isConjugate = ensemble.options.step === "cg";
  const held = tree.shapes.reduce((sum, shape) => sum + stateSize(shape, 0, isConjugate, 1), 0);
  const lanes = new LaneTree(tree, ensemble.runs, each, held);
  const { room, most } = lanes;
  const descents = new Map(
    [...shapes].map(([name, shape]) => [name, new LaneDescent(shape, ensemble.options, room, most)]),
  );
  const ofParts = tree.shapes.map((shape) => descents.get(nameOf(shape))!);
  const starts = startsOf(ensemble);
  return Array.from({ length: Math.ceil(starts.length / most) }, (_, k) => {
    return new LaneTreeGroup(lanes, ofParts, starts.slice(k * most, (k + 1) * most));
  });
}
