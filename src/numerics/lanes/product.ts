import {
  added,
  type Code,
  get,
  i32,
  loadAt,
  loadTwiceAt,
  loop,
  multiplied,
  number,
  plus,
  set,
  storeAt,
  times,
  v128,
  type WrittenFunction,
  zeros,
} from "./assembler.js";
import { instanceOf } from "./instance.js";

/** C = AB of one shape again and again: matrices of real numbers, row-major, of which A and B are written in place. */
export interface Product {
  /** From one row of B to the next, and of C: its columns, and some that are 0. */
  readonly width: number;
  readonly a: Float64Array; // size rows × inner, and rows that are nobody's
  readonly b: Float64Array; // size inner × width
  readonly c: Float64Array; // size rows × width, and rows that are nobody's
  multiply(): void;
}

/** Two doubles. */
const vector = 16;

/**
 * A product of one shape, by vector instructions where the host has them. A block of C stays in the processor's registers
 * while it is summed up: four rows of four columns, or of a single row sixteen columns.
 */
export function productOf(rows: number, inner: number, columns: number): Product {
  const block = rows === 1 ? { rows: 1, vectors: 8 } : { rows: 4, vectors: 2 };
  const whole = (count: number, by: number): number => Math.ceil(count / by) * by;
  const height = whole(rows, block.rows);
  const width = whole(columns, 2 * block.vectors);
  const shape = { height, inner, width, block };
  const places = [0, height * inner, (height + width) * inner, (height + width) * inner + height * width] as const;
  const made = instanceOf<{ multiply(): void }>([written(shape)], places[3]);
  const memory = made?.memory ?? new Float64Array(places[3]);
  const [a, b, c] = [0, 1, 2].map((k) => memory.subarray(places[k]!, places[k + 1]!)) as [Float64Array, Float64Array, Float64Array]; // biome-ignore format: one thought
  return { width, a, b, c, multiply: made?.multiply ?? (() => multiplyPlainly(a, b, c, inner, width)) };
}

interface Shape {
  readonly height: number;
  readonly inner: number;
  readonly width: number;
  readonly block: { readonly rows: number; readonly vectors: number };
}

/** The loops over blocks of rows, over blocks of columns, and over what is summed; A, B and C lie behind each other. */
function written({ height, inner, width, block }: Shape): WrittenFunction {
  const each = (count: number, of: (k: number) => Code): Code => Array.from({ length: count }, (_, k) => of(k)).flat();
  const [a, b, c, rowsStart, column, rowsLeft, columnsLeft, left] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
  const sum = (row: number, k: number): number => 8 + row * block.vectors + k;
  const right = (k: number): number => sum(block.rows, k);
  const factor = right(block.vectors);
  const bytes = 8 * inner;
  const stride = 8 * width;
  const places = { b: bytes * height, c: bytes * height + stride * inner };
  const grow = (local: number, by: number): Code => [...get(local), ...number(by), ...plus, ...set(local)];
  const summed = [
    ...each(block.vectors, (k) => [...get(b), ...loadAt(vector * k), ...set(right(k))]),
    ...each(block.rows, (row) => [
      ...[...get(a), ...loadTwiceAt(bytes * row), ...set(factor)],
      ...each(block.vectors, (k) => [
        ...[...get(sum(row, k)), ...get(factor), ...get(right(k)), ...multiplied],
        ...[...added, ...set(sum(row, k))],
      ]),
    ]),
    ...[...grow(a, 8), ...grow(b, stride)],
  ];
  const ofAll = (of: (row: number, k: number) => Code): Code =>
    each(block.rows, (row) => each(block.vectors, (k) => of(row, k)));
  const oneBlock = [
    ...[...get(column), ...set(b), ...get(rowsStart), ...set(a), ...number(inner), ...set(left)],
    ...ofAll((row, k) => [...zeros, ...set(sum(row, k))]),
    ...loop(summed, left, 1),
    ...ofAll((row, k) => [...get(c), ...get(sum(row, k)), ...storeAt(stride * row + vector * k)]),
    ...[...grow(c, vector * block.vectors), ...grow(column, vector * block.vectors)],
  ];
  const rowsOfBlocks = [
    ...[...number(places.b), ...set(column), ...number(width / (2 * block.vectors)), ...set(columnsLeft)],
    ...loop(oneBlock, columnsLeft, 1),
    ...[...grow(rowsStart, bytes * block.rows), ...grow(c, stride * (block.rows - 1))],
  ];
  const code = [
    ...[...number(0), ...set(rowsStart), ...number(places.c), ...set(c)],
    ...[...number(height / block.rows), ...set(rowsLeft)],
    ...loop(rowsOfBlocks, rowsLeft, 1),
  ];
  const locals = [...times(8, i32), ...times((block.rows + 1) * block.vectors + 1, v128)];
  return { name: "multiply", parameters: [], results: [], locals, code };
}

/** The same sums in the same order. */
function multiplyPlainly(a: Float64Array, b: Float64Array, c: Float64Array, inner: number, width: number): void {
  c.fill(0);
  for (let p = 0, row = 0; p < a.length; row += width) {
    for (let k = 0; k < inner; k++, p++) {
      const factor = a[p]!;
      for (let j = 0, q = k * width; j < width; j++, q++) c[row + j]! += factor * b[q]!;
    }
  }
}
