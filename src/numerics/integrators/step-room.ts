import { disturbedIn } from "../conditioning.js";
import { plainRoom } from "../kernel-room.js";
import { plainKernels } from "../linear/kernels/index.js";
import { type Furnished, type Room, roomFor } from "../linear/room.js";
import { toleranceArrays } from "../step-control.js";
import type { Pattern, System } from "../system.js";
import { chargeEntries } from "./charge-slopes.js";

/** From so many unknowns on a memory of its own is worth its making: some fifty microseconds. */
export const large = 300;
/** So many differences are kept of x and of q: ∇⁰ … ∇⁷, for methods of order 5. */
export const kept = 8;

/** What a method steps by, size n where nothing else is said. */
export type StepArrays = ReturnType<typeof stepArrays>;

/** Arrays for a system of this shape. */
export function stepArrays(room: Room, { pattern, charges }: Pick<System, "pattern" | "charges">) {
  const { entry, row, column } = chargeEntries(pattern, charges);
  const fixed = {
    charges: { entry: room.ints(entry), row: room.ints(row), column: room.ints(column) },
    disturbed: disturbedIn(room, pattern),
  };
  return { fixed, ...vectors(room, pattern) };
}

const vectors = (room: Room, { size: n, row }: Pattern) => ({
  x: room.doubles(n),
  predicted: room.doubles(n),
  miss: room.doubles(n),
  beta: room.doubles(n),
  step: room.doubles(n), // a correction
  q: room.doubles(n), // as loaded
  f: room.doubles(n),
  C: room.doubles(row.length),
  G: room.doubles(row.length),
  values: room.doubles(row.length), // G + αC
  predictedQ: room.doubles(n),
  movedQ: room.doubles(n), // at the solution
  ofX: room.doubles(kept * n),
  ofQ: room.doubles(kept * n),
  factor: room.doubles(kept),
  change: room.doubles(kept * kept),
  row: room.doubles(kept),
  ...toleranceArrays(room, n),
  asked: room.doubles(n), // what a step is asked for, from read to read
  ...{ moved: room.doubles(n), rounding: room.doubles(n), floor: room.doubles(n), digits: room.doubles(n) },
});

/** Rooms that nobody uses: a run of many stretches takes the same again. */
const free = new WeakMap<System, Furnished<StepArrays>[]>();

/** Arrays of zeros to step by, with the kernels that work on them; until `leave` they are the caller's. */
export function stepRoom(system: System): Furnished<StepArrays> {
  const n = system.pattern.size;
  const known = free.get(system)?.pop();
  if (known !== undefined) {
    for (const array of Object.values(known.arrays)) if (ArrayBuffer.isView(array)) array.fill(0);
    return known;
  }
  const own = system.stepRoom?.();
  if (own !== undefined) return own;
  if (n >= large) return roomFor((room) => stepArrays(room, system));
  return { arrays: stepArrays(plainRoom, system), kernels: plainKernels };
}

/** Gives a room back. */
export function leave(system: System, room: Furnished<StepArrays>): void {
  const rooms = free.get(system);
  if (rooms === undefined) free.set(system, [room]);
  else rooms.push(room);
}
