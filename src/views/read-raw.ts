import type { Column } from "../result/result.js";
import type { Unit } from "../units/unit.js";
import { unitOfName } from "./column-unit.js";
import { DataError } from "./data-error.js";

/** One plot of a raw file. */
export interface RawPlot {
  readonly title: string;
  /** The analysis in the words of the program that wrote it: `Transient Analysis`. */
  readonly plotName: string;
  readonly columns: readonly Column[];
}

/**
 * Reads every plot of an ngspice raw file, binary or ASCII. A complex column becomes two, `re(v(out))` and
 * `im(v(out))`; a complex axis keeps its real part. Throws `DataError` where the file is not what it must be.
 */
export function readRaw(bytes: Uint8Array): readonly RawPlot[] {
  const plots: RawPlot[] = [];
  let at = 0;
  while (at < bytes.length) {
    const header = readHeader(bytes, at);
    const { cells, next } = header.binary ? readBinary(bytes, header) : readAscii(bytes, header);
    plots.push({ title: header.title, plotName: header.plotName, columns: columnsOf(header, cells) });
    at = next;
    while (bytes[at] === 0x0a || bytes[at] === 0x0d) at++;
  }
  if (plots.length === 0) throw new DataError("The raw file is empty.");
  return plots;
}

interface Header {
  readonly title: string;
  readonly plotName: string;
  readonly complex: boolean;
  readonly points: number;
  readonly variables: readonly { readonly name: string; readonly type: string }[];
  readonly binary: boolean;
  /** The first byte of the data. */
  readonly start: number;
}

function readHeader(bytes: Uint8Array, from: number): Header {
  const fields = new Map<string, string>();
  const variables: { name: string; type: string }[] = [];
  let at = from;
  let inVariables = false;
  for (;;) {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) throw new DataError("The raw file ends within its header; `Binary:` or `Values:` must close it.");
    const line = new TextDecoder().decode(bytes.subarray(at, end)).replace(/\r$/, "");
    at = end + 1;
    const [, key = "", value = ""] = /^([\w. ]+):\s*(.*)$/.exec(line) ?? [];
    if (/^(binary|values)$/i.test(key)) {
      return headerOf(fields, variables, key.toLowerCase() === "binary", at);
    }
    if (/^variables$/i.test(key)) inVariables = true;
    else if (inVariables) variables.push(readVariable(line));
    else if (key !== "") fields.set(key.toLowerCase(), value);
    else if (line.trim() !== "") throw new DataError(`\`${line.slice(0, 60)}\` is no line of a raw file's header.`);
  }
}

function readVariable(line: string): { name: string; type: string } {
  const [, name, type] = /^\s*\d+\s+(\S+)\s+(\S+)/.exec(line) ?? [];
  if (name === undefined || type === undefined) {
    throw new DataError(`\`${line.trim().slice(0, 60)}\` must be a variable's number, name and type.`);
  }
  return { name, type: type.toLowerCase() };
}

function headerOf(
  fields: ReadonlyMap<string, string>,
  variables: readonly { name: string; type: string }[],
  binary: boolean,
  start: number,
): Header {
  const count = (key: string): number => {
    const value = Number(fields.get(key) ?? Number.NaN);
    if (!Number.isInteger(value) || value < 0) throw new DataError(`The raw file's header lacks a sound \`${key}:\`.`);
    return value;
  };
  if (count("no. variables") !== variables.length) {
    throw new DataError(`The raw file announces ${count("no. variables")} variables and lists ${variables.length}.`);
  }
  return {
    title: fields.get("title") ?? "",
    plotName: fields.get("plotname") ?? "",
    complex: /\bcomplex\b/i.test(fields.get("flags") ?? ""),
    points: count("no. points"),
    variables,
    binary,
    start,
  };
}

/** Cells point by point; a complex one takes two. */
interface Cells {
  readonly cells: Float64Array;
  readonly next: number;
}

function readBinary(bytes: Uint8Array, header: Header): Cells {
  const count = header.points * header.variables.length * (header.complex ? 2 : 1);
  const next = header.start + count * 8;
  if (next > bytes.length) {
    throw new DataError(
      `The raw file announces ${header.points} points but ends after ${bytes.length - header.start} bytes of data, ` +
        `${count * 8} are needed; only all-double files can be read.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + header.start, count * 8);
  const cells = new Float64Array(count);
  for (let k = 0; k < count; k++) cells[k] = view.getFloat64(k * 8, true);
  return { cells, next };
}

function readAscii(bytes: Uint8Array, header: Header): Cells {
  const end = endOfValues(bytes, header.start);
  const words = new TextDecoder().decode(bytes.subarray(header.start, end)).split(/\s+/).filter(Boolean);
  const width = header.variables.length;
  const parts = header.complex ? 2 : 1;
  if (words.length !== header.points * (width + 1)) {
    throw new DataError(`The raw file announces ${header.points} points of ${width} values and holds others.`);
  }
  const cells = new Float64Array(header.points * width * parts);
  for (let point = 0, k = 0; point < header.points; point++) {
    const row = words.slice(point * (width + 1) + 1, (point + 1) * (width + 1)); // the first word counts the points
    for (const word of row) for (const part of word.split(",")) cells[k++] = Number(part);
  }
  return { cells, next: end };
}

/** Where the values of an ASCII plot end: before the next plot's `Title:`, or with the file. */
function endOfValues(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x54, from); at >= 0; at = bytes.indexOf(0x54, at + 1)) {
    if (new TextDecoder().decode(bytes.subarray(at, at + 6)) === "Title:") return at;
  }
  return bytes.length;
}

const units: Readonly<Record<string, Unit>> = { voltage: "V", current: "A", time: "s", frequency: "Hz" };

function columnsOf({ variables, complex, points }: Header, cells: Float64Array): readonly Column[] {
  const parts = complex ? 2 : 1;
  return variables.flatMap(({ name, type }, k) => {
    const part = (offset: number): Float64Array => {
      const values = new Float64Array(points);
      for (let row = 0; row < points; row++) values[row] = cells[(row * variables.length + k) * parts + offset]!;
      return values;
    };
    const unit = units[type] ?? unitOfName(name);
    if (!complex || k === 0) return [{ name, unit, values: part(0) }];
    return [
      { name: `re(${name})`, unit, values: part(0) },
      { name: `im(${name})`, unit, values: part(1) },
    ];
  });
}
