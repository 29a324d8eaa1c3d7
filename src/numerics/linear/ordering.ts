import type { Pattern } from "../system.js";
import { type Room, roomFor } from "./room.js";

/** A variable counts as dense from this many neighbours: this factor times √n, and no fewer than 16. */
const denseFactor = 10;

/** An order of elimination that keeps the factors of A + Aᵀ sparse: order[k] is eliminated k-th. */
export function minimumDegree({ size, columnStart, row }: Pattern): Int32Array {
  const { arrays, kernels } = roomFor((room) => ({
    columnStart: room.ints(columnStart),
    row: room.ints(row),
    graph: graphOf(room, size, row.length),
    lists: { first: room.ints(size + 1), after: room.ints(size), before: room.ints(size) },
    departures: { follower: room.ints(size), last: room.ints(size), pivot: room.ints(size) },
    order: room.ints(size),
  }));
  const dense = Math.max(16, Math.floor(denseFactor * Math.sqrt(size)));
  const { graph, lists, departures, order } = arrays;
  kernels.minimumDegree(arrays.columnStart, arrays.row, dense, graph, lists, departures, order);
  return order.slice();
}

function graphOf(room: Room, size: number, entries: number) {
  const ofAll = (): Int32Array => room.ints(size);
  // Elements that live have no more members than there were entries in all lists, and a new one no more than they.
  const memberRoom = 4 * entries;
  return {
    size,
    memberRoom,
    start: ofAll(),
    elements: ofAll(),
    length: ofAll(),
    list: room.ints(2 * entries + size),
    memberStart: ofAll(),
    memberCount: ofAll(),
    member: room.ints(memberRoom),
    weight: ofAll(),
    degree: ofAll(),
    mark: ofAll(),
    bucket: ofAll(),
    nextInBucket: ofAll(),
    hash: ofAll(),
    state: room.ints(6),
  };
}
