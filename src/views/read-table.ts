import type { Column } from "../result/result.js";
import { DataError } from "./data-error.js";
import { readCsv } from "./read-csv.js";
import { readRaw } from "./read-raw.js";

/**
 * Reads the columns of a result file, CSV or raw, told apart by what stands in it. Of a raw file with several plots the
 * first with more than one point is taken. Units are guessed from names where the file states none. `name` is what the
 * messages call the file; throws `DataError`.
 */
export function readTable(bytes: Uint8Array, name: string): readonly Column[] {
  try {
    return isRaw(bytes) ? firstCurve(bytes) : readCsv(utf8(bytes));
  } catch (error) {
    if (error instanceof DataError) throw new DataError(`${name}: ${error.message}`);
    throw error;
  }
}

function isRaw(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(0, 6)) === "Title:";
}

function firstCurve(bytes: Uint8Array): readonly Column[] {
  const plots = readRaw(bytes);
  return (plots.find(({ columns }) => (columns[0]?.values.length ?? 0) > 1) ?? plots[0]!).columns;
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
  new DataError("The file is neither CSV in UTF-8 nor a raw file of ngspice's kind, which begins with `Title:`.");
