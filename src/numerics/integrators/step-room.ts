import { plainKernels } from "../linear/kernels/index.js";
import { type Furnished, type Room, roomFor } from "../linear/room.js";
import type { Pattern, System } from "../system.js";

/** From so many unknowns on a memory of its own is worth its making: some fifty microseconds. */
export const large = 300;
/** So many differences are kept of x and of q: ∇⁰ … ∇⁷, for methods of order 5. */
export const kept = 8;

/** What a method steps by, size n where nothing else is said. */
export type StepArrays = ReturnType<typeof stepArrays>;

/** Arrays for a matrix of this pattern. */
export const stepArrays = (room: Room, { size: n, row }: Pattern) => ({
  x: room.doubles(n),
  predicted: room.doubles(n),
  miss: room.doubles(n),
  beta: room.doubles(n),
  weight: room.doubles(n),
  step: room.doubles(n), // a correction
  q: room.doubles(n), // as loaded
  f: room.doubles(n),
  C: room.doubles(row.length),
  G: room.doubles(row.length),
  predictedQ: room.doubles(n),
  movedQ: room.doubles(n), // at the solution
  ofX: room.doubles(kept * n),
  ofQ: room.doubles(kept * n),
  factor: room.doubles(kept),
  change: room.doubles(kept * kept),
  row: room.doubles(kept),
});

/** Rooms that nobody uses: a run of many stretches takes the same again. */
const free = new WeakMap<System, Furnished<StepArrays>[]>();

/** Arrays of zeros to step by, with the kernels that work on them; until `leave` they are the caller's. */
export function stepRoom(system: System): Furnished<StepArrays> {
  const n = system.pattern.size;
  const known = free.get(system)?.pop();
  if (known !== undefined) {
    for (const array of Object.values(known.arrays)) array.fill(0);
    return known;
  }
  const own = system.stepRoom?.();
  if (own !== undefined) return own;
  if (n >= large) return roomFor((room) => stepArrays(room, system.pattern));
  const plain: Room = {
    ints: (content) => (typeof content === "number" ? new Int32Array(content) : content.slice()),
    doubles: (content) => (typeof content === "number" ? new Float64Array(content) : content.slice()),
  };
  return { arrays: stepArrays(plain, system.pattern), kernels: plainKernels };
}

/** Gives a room back. */
export function leave(system: System, room: Furnished<StepArrays>): void {
  const rooms = free.get(system);
  if (rooms === undefined) free.set(system, [room]);
  else rooms.push(room);
}
