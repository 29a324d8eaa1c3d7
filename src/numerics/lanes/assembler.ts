/** Writes modules of WebAssembly (W3C, WebAssembly Core Specification, 2.0). Bytes come from numbers here alone. */

/** Instructions, as bytes. */
export type Code = readonly number[];

/** A number as LEB128, unsigned. */
export const leb = (value: number): Code =>
  value < 128 ? [value] : [(value & 127) | 128, ...leb(Math.floor(value / 128))];

const text = (name: string): Code => [...leb(name.length), ...Array.from(name, (letter) => letter.charCodeAt(0))];
export const list = (parts: readonly Code[]): Code => [...leb(parts.length), ...parts.flat()];
const section = (id: number, content: Code): Code => [id, ...leb(content.length), ...content];

/** Types of values: whole numbers of 32 bits, doubles, two doubles. */
export const [i32, f64, v128] = [0x7f, 0x7c, 0x7b] as const;

export const get = (local: number): Code => [0x20, ...leb(local)];
export const set = (local: number): Code => [0x21, ...leb(local)];
/** A whole number; its last byte has a bit for the sign. */
export const number = (value: number): Code => [0x41, ...signed(value)];
const signed = (value: number): Code =>
  value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(Math.floor(value / 128))];
export const double = (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)];
export const plus: Code = [0x6a];
export const minus: Code = [0x6b];
/** Instructions of two doubles: of their places in the list behind the prefix of vectors. */
export const vector = (code: number): Code => [0xfd, ...leb(code)];
/** At so many bytes behind an address, which is a multiple of 8. */
const inMemory = (behind: number): Code => [3, ...leb(behind)];
export const loadAt = (behind: number): Code => [...vector(0), ...inMemory(behind)];
/** One double into both places. */
export const loadTwiceAt = (behind: number): Code => [...vector(10), ...inMemory(behind)];
export const storeAt = (behind: number): Code => [...vector(11), ...inMemory(behind)];
export const zeros: Code = [...vector(12), ...new Array<number>(16).fill(0)];
export const [added, subtracted, multiplied] = [vector(0xf0), vector(0xf1), vector(0xf2)] as const;

/** Repeats while what is left in a local, lessened, is not 0. */
export const loop = (inside: Code, counter: number, by: number): Code => [
  ...[0x03, 0x40, ...inside],
  ...[...get(counter), ...number(by), ...minus, 0x22, ...leb(counter), 0x0d, 0, 0x0b],
];

/** A function: the types of what it takes, of what it gives, and of the locals behind its parameters. */
export interface WrittenFunction {
  readonly name: string;
  readonly parameters: readonly number[];
  readonly results: readonly number[];
  readonly locals: readonly number[];
  readonly code: Code;
  /** It is called inside of the module alone. */
  readonly isInner?: boolean;
}

/** So many of a type. */
export const times = (count: number, type: number): readonly number[] => new Array<number>(count).fill(type);

function bodyOf({ locals, code }: WrittenFunction): Code {
  const runs: { count: number; readonly type: number }[] = [];
  for (const type of locals) {
    const last = runs.at(-1);
    if (last?.type === type) last.count++;
    else runs.push({ count: 1, type });
  }
  const body = [...list(runs.map(({ count, type }) => [...leb(count), type])), ...code, 0x0b];
  return [...leb(body.length), ...body];
}

/** A function that a module is given: of doubles, giving a double. It is called by its place among them. */
export interface GivenFunction {
  readonly name: string;
  readonly takes: number;
}

/** A module of functions, which takes its memory as `m.m`, and what it is given as `m` and the name. */
export function moduleOf(
  functions: readonly WrittenFunction[],
  given: readonly GivenFunction[] = [],
): Uint8Array<ArrayBuffer> {
  const signatures = [
    ...given.map(({ takes }) => ({ parameters: times(takes, f64), results: [f64] as readonly number[] })),
    ...functions,
  ];
  const types = signatures.map(({ parameters, results }) => [
    ...[0x60, ...leb(parameters.length), ...parameters],
    ...[...leb(results.length), ...results],
  ]);
  const memory = [...text("m"), ...text("m"), 2, 0, 1];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list(types)),
    ...section(2, list([memory, ...given.map(({ name }, k) => [...text("m"), ...text(name), 0, ...leb(k)])])),
    ...section(3, list(functions.map((_, k) => leb(given.length + k)))),
    ...section(
      7,
      list(
        functions.flatMap(({ name, isInner }, k) => (isInner ? [] : [[...text(name), 0, ...leb(given.length + k)]])),
      ),
    ),
    ...section(10, list(functions.map(bodyOf))),
  ]);
}
