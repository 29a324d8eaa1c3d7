import { type Code, get, i32, loop, number, plus, set, times, v128, type WrittenFunction } from "./assembler.js";

/**
 * A function of addresses that goes over lanes and, for each two of them, over rows. Its parameters are addresses of what has
 * rows, `rowed` of them, and of what has one value a lane; then the number of rows, and bytes from real to imaginary parts.
 */
export interface LaneFunction {
  readonly name: string;
  readonly rowed: number;
  readonly single: number;
  /** How many vectors it keeps. */
  readonly vectors: number;
  readonly body: (places: Places) => { readonly before?: Code; readonly row: Code; readonly after?: Code };
}

/** Where a function finds things. */
export interface Places {
  /** Puts the address of the real part of a row of the k-th matrix; with `imaginary` that of its imaginary part. */
  readonly row: (k: number, imaginary?: boolean) => Code;
  /** Of the k-th of those that have no rows. */
  readonly single: (k: number, imaginary?: boolean) => Code;
  /** The local that holds the k-th vector. */
  readonly vector: (k: number) => number;
}

/** Writes it. */
export function laneFunction({ name, rowed, single, vectors, body }: LaneFunction): WrittenFunction {
  const addresses = rowed + single;
  const [rows, apart] = [addresses, addresses + 1];
  const cursor = apart + 1;
  const [left, rowsLeft] = [cursor + rowed, cursor + rowed + 1];
  const shifted = (address: Code, imaginary = false): Code =>
    imaginary ? [...address, ...get(apart), ...plus] : address;
  const { before, row, after } = body({
    row: (k, imaginary) => shifted(get(cursor + k), imaginary),
    single: (k, imaginary) => shifted(get(rowed + k), imaginary),
    vector: (k) => rowsLeft + 1 + k,
  });
  const each = (count: number, of: (k: number) => Code): Code => Array.from({ length: count }, (_, k) => of(k)).flat();
  const grow = (local: number, by: Code): Code => [...get(local), ...by, ...plus, ...set(local)];
  const oneRow = [...row, ...each(rowed, (k) => grow(cursor + k, [...get(apart), ...get(apart), ...plus]))];
  const twoLanes = [
    ...each(rowed, (k) => [...get(k), ...set(cursor + k)]),
    ...(before ?? []),
    ...[...get(rows), ...set(rowsLeft)],
    ...loop(oneRow, rowsLeft, 1),
    ...(after ?? []),
    ...each(addresses, (k) => grow(k, number(16))),
  ];
  const code = [...get(apart), ...set(left), ...loop(twoLanes, left, 16)];
  const locals = [...times(rowed + 2, i32), ...times(vectors, v128)];
  return { name, parameters: times(addresses + 2, i32), results: [], locals, code };
}
