/**
 * Writes a module of WebAssembly (W3C, WebAssembly Core Specification, 2.0) whose functions go over lanes, two at a time by
 * vector instructions. Bytes come from numbers here alone.
 */

/** Instructions, as bytes. */
export type Code = readonly number[];

/** A number as LEB128, unsigned. */
const leb = (value: number): Code => (value < 128 ? [value] : [(value & 127) | 128, ...leb(Math.floor(value / 128))]);

const text = (name: string): Code => [...leb(name.length), ...Array.from(name, (letter) => letter.charCodeAt(0))];
const list = (parts: readonly Code[]): Code => [...leb(parts.length), ...parts.flat()];
const section = (id: number, content: Code): Code => [id, ...leb(content.length), ...content];

const [i32, v128] = [0x7f, 0x7b];

export const get = (local: number): Code => [0x20, ...leb(local)];
export const set = (local: number): Code => [0x21, ...leb(local)];
const number = (value: number): Code => [0x41, ...leb(value)];
const plus: Code = [0x6a];
const minus: Code = [0x6b];
/** Instructions of two doubles: of their places in the list behind the prefix of vectors. */
const vector = (code: number): Code => [0xfd, ...leb(code)];
const inMemory: Code = [3, 0]; // aligned to 8 bytes, at the address itself
export const load: Code = [...vector(0), ...inMemory];
export const store: Code = [...vector(11), ...inMemory];
export const zeros: Code = [...vector(12), ...new Array<number>(16).fill(0)];
export const [added, subtracted, multiplied] = [vector(0xf0), vector(0xf1), vector(0xf2)] as const;

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

function codeOf({ rowed, single, vectors, body }: LaneFunction): Code {
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
  /** Repeats while what is left in a local, lessened, is not 0. */
  const loop = (inside: Code, counter: number, by: number): Code => [
    ...[0x03, 0x40, ...inside],
    ...[...get(counter), ...number(by), ...minus, 0x22, ...leb(counter), 0x0d, 0, 0x0b],
  ];
  const oneRow = [...row, ...each(rowed, (k) => grow(cursor + k, [...get(apart), ...get(apart), ...plus]))];
  const twoLanes = [
    ...each(rowed, (k) => [...get(k), ...set(cursor + k)]),
    ...(before ?? []),
    ...[...get(rows), ...set(rowsLeft)],
    ...loop(oneRow, rowsLeft, 1),
    ...(after ?? []),
    ...each(addresses, (k) => grow(k, number(16))),
  ];
  const code = [
    ...list([
      [...leb(rowed + 2), i32],
      [...leb(vectors), v128],
    ]),
    ...[...get(apart), ...set(left)],
    ...loop(twoLanes, left, 16),
    0x0b,
  ];
  return [...leb(code.length), ...code];
}

/** A module of such functions, which takes its memory as `m.m`. */
export function moduleOf(functions: readonly LaneFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ rowed, single }) => [
    0x60,
    ...list(Array.from({ length: rowed + single + 2 }, () => [i32])),
    0,
  ]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list(types)),
    ...section(2, list([[...text("m"), ...text("m"), 2, 0, 1]])),
    ...section(3, list(functions.map((_, k) => leb(k)))),
    ...section(7, list(functions.map(({ name }, k) => [...text(name), 0, ...leb(k)]))),
    ...section(10, list(functions.map(codeOf))),
  ]);
}
