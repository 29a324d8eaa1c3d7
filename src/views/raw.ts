import type { Column, Result } from "../result/result.js";
import type { Unit } from "../units/unit.js";

/** What stands above the data of a raw file. */
export interface RawHeading {
  readonly title: string;
  readonly date: Date;
  /** Of pinched, such as `0.1.0`. */
  readonly version: string;
  readonly seed: number;
  /** Of the netlist's text, in hexadecimal. */
  readonly sha256: string;
  /** Every option in force: numbers and words. */
  readonly options: object;
}

/**
 * ngspice cuts header lines into pieces of 511 bytes, and would *execute* a piece that starts with `Command:`. So what
 * comes from a netlist is kept well below that, on one line.
 */
const titleBytes = 240;
const nameBytes = 200;
const writerBytes = 480;
const chunkPoints = 20_000;

const plotNames: Readonly<Record<Result["analysis"], string>> = {
  op: "Operating Point",
  dc: "DC transfer characteristic",
  tran: "Transient Analysis",
  ac: "AC Analysis",
  noise: "Noise Spectral Density Curves",
  qtran: "Evolution of a quantum block",
  train: "Training",
  test: "Test of a training",
  channel: "Quantum channel",
};

const types: Partial<Record<Unit, string>> = {
  V: "voltage",
  A: "current",
  s: "time",
  Hz: "frequency",
  dB: "decibel",
  rad: "phase",
};

/**
 * Results in ngspice's binary raw format, a plot each, one behind the other: a header of text lines, then the numbers
 * point by point as little-endian doubles. A piece is of use until the next is asked for.
 */
export function* rawChunks(results: readonly Result[], heading: RawHeading): Generator<Uint8Array> {
  const above = { title: oneLine(heading.title), date: calendarDate(heading.date), writer: writerOf(heading) };
  const room = reused();
  for (const result of results) {
    const plots = plotsOf(result);
    const heads = headers(plots[0] ?? result, above);
    for (const plot of plots) {
      yield encoder.encode(heads(plot));
      yield* points(numbersOf(plot), room);
    }
  }
}

const encoder = new TextEncoder();

/** A result of one run, and what it was run with. */
interface Plot extends Result {
  readonly step?: string;
}

/** Of several runs each is a plot of its own, and what it was run with stands in its title. */
function plotsOf(result: Result): readonly Plot[] {
  const { columns, runs } = result;
  if (runs === undefined) return [result];
  const own = columns.slice(runs.leading);
  return runs.spans.map(({ run, name, from, to }, k) => ({
    ...result,
    step: name === "" ? `run ${run}` : name,
    columns: own.map((column) => ({
      name: column.name,
      unit: column.unit,
      values: column.parts?.[k] ?? column.values.subarray(from, to),
    })),
  }));
}

/** What headers say beside the numbers of their plots. */
interface Above {
  readonly title: string;
  readonly date: string;
  readonly writer: string;
}

/** The headers of plots that differ in their runs and numbers of points alone. */
function headers(result: Result, { title, date, writer }: Above): (plot: Plot) => string {
  const { analysis } = result;
  const variables = variableLines(result);
  const [name, flags] = [plotNames[analysis], analysis === "ac" ? "complex" : "real"];
  const before = `Date: ${date}\nPlotname: ${name}\nFlags: ${flags}\nNo. Variables: ${variables.length}`;
  const behind = `Command: set rawwriter = "${writer}"\n${["Variables:", ...variables, "Binary:", ""].join("\n")}`;
  return ({ step, columns }) =>
    `Title: ${titleOf(title, step)}\n${before}\nNo. Points: ${pointCount(columns)}\n${behind}`;
}

function variableLines({ analysis, columns }: Result): readonly string[] {
  const taken = new Set<string>();
  return variablesOf(analysis, columns).map(
    (column, k) => `\t${k}\t${rawName(column.name, k, taken)}\t${types[column.unit] ?? "notype"}`,
  );
}

interface Variable extends Column {
  /** Its imaginary part, of a complex one. */
  readonly imaginary?: Float64Array;
}

/** In small signals `re(v(out))` and `im(v(out))` behind it are the two parts of one variable. */
function variablesOf(analysis: Result["analysis"], columns: readonly Column[]): readonly Variable[] {
  if (analysis !== "ac") return columns;
  const variables: Variable[] = [];
  for (let k = 0; k < columns.length; k++) {
    const [column, next] = [columns[k]!, columns[k + 1]];
    const inner = /^re\((.*)\)$/.exec(column.name)?.[1];
    if (inner === undefined || next?.name !== `im(${inner})`) variables.push(column);
    else {
      variables.push({ name: inner, unit: column.unit, values: column.values, imaginary: next.values });
      k++;
    }
  }
  return variables;
}

/** The columns of numbers as they stand in the file: of complex data each variable has two. */
function numbersOf({ analysis, columns }: Result): readonly Column[] {
  if (analysis !== "ac") return columns;
  const zeros = new Float64Array(pointCount(columns));
  return variablesOf(analysis, columns).flatMap(({ name, unit, values, imaginary = zeros }) => [
    { name, unit, values },
    { name, unit, values: imaginary },
  ]);
}

/** A title of one line, and what was stepped behind it. */
function titleOf(title: string, step: string | undefined): string {
  if (step === undefined) return cut(title, titleBytes);
  const behind = ` [${cut(oneLine(step), titleBytes / 2)}]`;
  return cut(title, titleBytes - encoder.encode(behind).length) + behind;
}

/**
 * What made the file, and what would make it again. ngspice *executes* the header line in which it stands, as the setting
 * of a variable, and cuts it at 511 bytes; so there is nothing in it that a user wrote, and no more than fits.
 */
function writerOf({ version, seed, sha256, options }: RawHeading): string {
  const settings = Object.entries({ seed, sha256, ...options }).map(([name, value]) => `${name}=${value}`);
  const words = [version, "(ngspice dialect)", ...settings].map((word) => word.replace(/[^\w.+=() -]/g, ""));
  return `pinched ${words.join(" ")}`.slice(0, writerBytes);
}

/** `room` is taken for each piece. */
function* points(columns: readonly Column[], room: (size: number) => Float64Array): Generator<Uint8Array> {
  const count = pointCount(columns);
  const width = columns.length;
  for (let from = 0; from < count; from += chunkPoints) {
    const to = Math.min(from + chunkPoints, count);
    const numbers = room((to - from) * width);
    for (let k = 0; k < width; k++) spread(columns[k]!.values, from, to, numbers, k, width);
    yield littleEndian(numbers);
  }
}

/** Writes a part of a column into every so many-th place: a function of its own, which is quick sooner than a generator. */
function spread(
  values: Float64Array,
  from: number,
  to: number,
  numbers: Float64Array,
  first: number,
  width: number,
): void {
  for (let row = from, at = first; row < to; row++, at += width) numbers[at] = values[row]!;
}

/** Gives room for so many numbers, again and again the same. */
function reused(): (size: number) => Float64Array {
  let room = new Float64Array(0);
  return (size) => {
    if (room.length < size) room = new Float64Array(size);
    return room.subarray(0, size);
  };
}

const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The bytes of numbers, which change places where the processor has them the other way. */
function littleEndian(numbers: Float64Array): Uint8Array {
  const bytes = new Uint8Array(numbers.buffer, 0, numbers.byteLength);
  if (!isLittle) for (let at = 0; at < bytes.length; at += 8) bytes.subarray(at, at + 8).reverse();
  return bytes;
}

const pointCount = (columns: readonly Column[]): number => columns[0]?.values.length ?? 0;

/** As C's `asctime`, in universal time, with the two blanks that ngspice puts before the year. */
function calendarDate(date: Date): string {
  const [, day, month, time] = /^(\w+), \d+ (\w+) \d+ ([\d:]+)/.exec(date.toUTCString())!;
  return `${day} ${month} ${String(date.getUTCDate()).padStart(2)} ${time}  ${date.getUTCFullYear()}`;
}

/** A name without blanks (they part the fields of a variable's line), short, and not yet taken. */
function rawName(name: string, index: number, taken: Set<string>): string {
  const short = cut(oneLine(name).replaceAll(" ", ""), nameBytes);
  const unique = short === "" || taken.has(short) ? `${short}#${index}` : short;
  taken.add(unique);
  return unique;
}

/** The text with every run of blanks and control characters as one blank. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, " ").trim();
}

/** The longest beginning of a text that has at most so many bytes in UTF-8. */
function cut(text: string, bytes: number): string {
  if (3 * text.length <= bytes) return text;
  const buffer = new Uint8Array(bytes);
  const { read } = encoder.encodeInto(text, buffer);
  return text.slice(0, read);
}
