import type { Column } from "../result/result.js";
import { DataError } from "./data-error.js";
import { axesOf } from "./nesting.js";
import { readCsv } from "./read-csv.js";
import { readJson } from "./read-json.js";
import { readRaw } from "./read-raw.js";

/** What a result file holds of one analysis. */
export interface Table {
  readonly columns: readonly Column[];
  /** How many leading columns are axes, as in `Result`. */
  readonly axes: number;
  /** How many tables of the file have the same columns: the runs of a stepped netlist are plots of a raw file. */
  readonly alike: number;
}

/** One of the tables of a file. */
export type One = Omit<Table, "alike">;

/**
 * Reads a result file, CSV, raw or JSON, told apart by what stands in it. Of a file with several results the first with
 * more than one point is taken, of those that have all the columns `wanted`, if any has. Units are guessed from names
 * where the file states none. `name` is what the messages call the file; throws `DataError`.
 */
export function readTable(bytes: Uint8Array, name: string, wanted: readonly string[] = []): Table {
  try {
    return chosen(tablesOf(bytes), wanted);
  } catch (error) {
    if (error instanceof DataError) throw new DataError(`${name}: ${error.message}`);
    throw error;
  }
}

function tablesOf(bytes: Uint8Array): readonly One[] {
  const inferred = (columns: readonly Column[]): One => ({ columns, axes: axesOf(columns) });
  const start = new TextDecoder().decode(bytes.subarray(0, 64));
  if (start.startsWith("Title:")) return readRaw(bytes).map(({ columns }) => inferred(columns));
  return /^\s*\{/.test(start) ? readJson(utf8(bytes)) : [inferred(readCsv(utf8(bytes)))];
}

function chosen(tables: readonly One[], wanted: readonly string[]): Table {
  const curves = tables.filter(({ columns }) => (columns[0]?.values.length ?? 0) > 1);
  const names = wanted.map((each) => each.toLowerCase());
  const holds = ({ columns }: One): boolean =>
    names.every((each) => columns.some((column) => column.name.toLowerCase() === each));
  const table = curves.find(holds) ?? curves[0] ?? tables[0]!;
  const namesOf = ({ columns }: One): string => columns.map(({ name }) => name).join();
  return { ...table, alike: curves.filter((other) => namesOf(other) === namesOf(table)).length };
}

function utf8(bytes: Uint8Array): string {
  if (bytes.includes(0)) throw notText();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw notText();
  }
}

const notText = (): DataError =>
  new DataError(
    "The file is neither CSV or JSON in UTF-8 nor a raw file of ngspice's kind, which begins with `Title:`.",
  );
