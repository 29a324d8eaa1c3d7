import { added, type Code, get, loadAt, multiplied, set, storeAt, subtracted, zeros } from "./assembler.js";
import { instanceOf } from "./instance.js";
import { type LaneFunction, laneFunction } from "./lane-function.js";

/**
 * What is done to columns of complex matrices that stand side by side, one a lane: of each entry the real parts of all lanes,
 * then their imaginary parts. Addresses are bytes in `memory`; `apart` is the bytes of a lane's width, a multiple of 16.
 */
export interface LaneKernels {
  readonly memory: Float64Array;
  /** c = Σ a*·b over rows. */
  overlap(a: number, b: number, c: number, rows: number, apart: number): void;
  /** y −= c·a, row by row. */
  takeOut(a: number, y: number, c: number, rows: number, apart: number): void;
  /** s += Σ |a|² over rows; s is real. */
  addSquares(a: number, s: number, rows: number, apart: number): void;
  /** s += Σ Re a*b over rows; s is real. */
  addInner(a: number, b: number, s: number, rows: number, apart: number): void;
  /** y = s·a with a real s. */
  scale(a: number, y: number, s: number, rows: number, apart: number): void;
  /** y = a + s·b with a real s. */
  move(a: number, b: number, y: number, s: number, rows: number, apart: number): void;
}

const times = (a: Code, b: Code): Code => [...a, ...b, ...multiplied];
const plus = (a: Code, b: Code): Code => [...a, ...b, ...added];
const less = (a: Code, b: Code): Code => [...a, ...b, ...subtracted];
const from = (address: Code): Code => [...address, ...loadAt(0)];
const into = (address: Code, value: Code): Code => [...address, ...value, ...storeAt(0)];

const functions: readonly LaneFunction[] = [
  {
    name: "overlap",
    rowed: 2,
    single: 1,
    vectors: 6,
    body: ({ row, single, vector }) => {
      const [x, y, u, v, re, im] = [0, 1, 2, 3, 4, 5].map(vector) as [number, number, number, number, number, number];
      const [X, Y, U, V] = [get(x), get(y), get(u), get(v)];
      return {
        before: [...zeros, ...set(re), ...zeros, ...set(im)],
        row: [
          ...[...from(row(0)), ...set(x), ...from(row(0, true)), ...set(y)],
          ...[...from(row(1)), ...set(u), ...from(row(1, true)), ...set(v)],
          ...[...plus(get(re), plus(times(X, U), times(Y, V))), ...set(re)],
          ...[...plus(get(im), less(times(X, V), times(Y, U))), ...set(im)],
        ],
        after: [...into(single(0), get(re)), ...into(single(0, true), get(im))],
      };
    },
  },
  {
    name: "takeOut",
    rowed: 2,
    single: 1,
    vectors: 4,
    body: ({ row, single, vector }) => {
      const [x, y, u, v] = [0, 1, 2, 3].map(vector) as [number, number, number, number];
      const [X, Y, U, V] = [get(x), get(y), get(u), get(v)];
      return {
        before: [...from(single(0)), ...set(u), ...from(single(0, true)), ...set(v)],
        row: [
          ...[...from(row(0)), ...set(x), ...from(row(0, true)), ...set(y)],
          ...into(row(1), less(from(row(1)), less(times(X, U), times(Y, V)))),
          ...into(row(1, true), less(from(row(1, true)), plus(times(X, V), times(Y, U)))),
        ],
      };
    },
  },
  {
    name: "addSquares",
    rowed: 1,
    single: 1,
    vectors: 3,
    body: ({ row, single, vector }) => {
      const [x, y, sum] = [0, 1, 2].map(vector) as [number, number, number];
      const [X, Y] = [get(x), get(y)];
      return {
        before: [...from(single(0)), ...set(sum)],
        row: [
          ...[...from(row(0)), ...set(x), ...from(row(0, true)), ...set(y)],
          ...[...plus(get(sum), plus(times(X, X), times(Y, Y))), ...set(sum)],
        ],
        after: into(single(0), get(sum)),
      };
    },
  },
  {
    name: "addInner",
    rowed: 2,
    single: 1,
    vectors: 1,
    body: ({ row, single, vector }) => {
      const sum = vector(0);
      const real = times(from(row(0)), from(row(1)));
      const imaginary = times(from(row(0, true)), from(row(1, true)));
      return {
        before: [...from(single(0)), ...set(sum)],
        row: [...plus(get(sum), plus(real, imaginary)), ...set(sum)],
        after: into(single(0), get(sum)),
      };
    },
  },
  {
    name: "scale",
    rowed: 2,
    single: 1,
    vectors: 1,
    body: ({ row, single, vector }) => {
      const S = get(vector(0));
      return {
        before: [...from(single(0)), ...set(vector(0))],
        row: [...into(row(1), times(S, from(row(0)))), ...into(row(1, true), times(S, from(row(0, true))))],
      };
    },
  },
  {
    name: "move",
    rowed: 3,
    single: 1,
    vectors: 1,
    body: ({ row, single, vector }) => {
      const S = get(vector(0));
      const moved = (imaginary: boolean): Code =>
        into(row(2, imaginary), plus(from(row(0, imaginary)), times(S, from(row(1, imaginary)))));
      return { before: [...from(single(0)), ...set(vector(0))], row: [...moved(false), ...moved(true)] };
    },
  },
];

/** Kernels with a memory of their own; undefined where the host has none. */
export const laneKernels = (doubles: number): LaneKernels | undefined =>
  instanceOf<Omit<LaneKernels, "memory">>(functions.map(laneFunction), doubles);
