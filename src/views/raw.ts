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
 * point by point as little-endian doubles.
 */
export function* rawChunks(results: readonly Result[], heading: RawHeading): Generator<Uint8Array> {
  for (const result of results.flatMap(plotsOf)) {
    yield new TextEncoder().encode(header(result, heading));
    yield* points(numbersOf(result));
  }
}

/** Of several runs each is a plot of its own, and what it was run with stands in its title. */
function plotsOf(result: Result): readonly (Result & { readonly step?: string })[] {
  const { columns, runs } = result;
  if (runs === undefined) return [result];
  return runs.spans.map(({ run, name, from, to }) => ({
    ...result,
    step: name === "" ? `run ${run}` : name,
    columns: columns.slice(runs.leading).map((column) => ({ ...column, values: column.values.subarray(from, to) })),
  }));
}

function header({ analysis, columns, step }: Result & { readonly step?: string }, heading: RawHeading): string {
  const { title, date } = heading;
  const taken = new Set<string>();
  return [
    `Title: ${titleOf(title, step)}`,
    `Date: ${calendarDate(date)}`,
    `Plotname: ${plotNames[analysis]}`,
    `Flags: ${analysis === "ac" ? "complex" : "real"}`,
    `No. Variables: ${variablesOf(analysis, columns).length}`,
    `No. Points: ${pointCount(columns)}`,
    `Command: set rawwriter = "${writerOf(heading)}"`,
    "Variables:",
    ...variablesOf(analysis, columns).map(
      (column, k) => `\t${k}\t${rawName(column.name, k, taken)}\t${types[column.unit] ?? "notype"}`,
    ),
    "Binary:",
    "",
  ].join("\n");
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

function titleOf(title: string, step: string | undefined): string {
  if (step === undefined) return cut(oneLine(title), titleBytes);
  const behind = ` [${cut(oneLine(step), titleBytes / 2)}]`;
  return cut(oneLine(title), titleBytes - new TextEncoder().encode(behind).length) + behind;
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

function* points(columns: readonly Column[]): Generator<Uint8Array> {
  const count = pointCount(columns);
  const width = columns.length;
  for (let from = 0; from < count; from += chunkPoints) {
    const to = Math.min(from + chunkPoints, count);
    const view = new DataView(new ArrayBuffer((to - from) * width * 8));
    for (let k = 0; k < width; k++) {
      const { values } = columns[k]!;
      for (let row = from; row < to; row++) view.setFloat64(((row - from) * width + k) * 8, values[row]!, true);
    }
    yield new Uint8Array(view.buffer);
  }
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
  const buffer = new Uint8Array(bytes);
  const { read } = new TextEncoder().encodeInto(text, buffer);
  return text.slice(0, read);
}
