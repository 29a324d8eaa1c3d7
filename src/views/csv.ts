import { decimalRows } from "../numerics/decimals/decimal-rows.js";
import type { Column } from "../result/result.js";

/** Fields a chunk: large enough to write fast, small enough to be forgotten while it is young. */
const chunkFields = 20_000;
/** So many numbers are written by the host before kernels would be made. */
const fewFields = 1000;

/**
 * The columns as CSV (RFC 4180: comma, CRLF, quotes where a name needs them): a header, then a row a point, every
 * number as the shortest decimal that reads back as the same double, zero without a sign. A shorter column leaves its last fields empty.
 * What comes as bytes is of use until the next is asked for.
 */
export function* csvChunks(columns: readonly Column[]): Generator<string | Uint8Array> {
  yield `${columns.map(({ name }) => field(name)).join(",")}\r\n`;
  const rows = columns.reduce((most, { values }) => Math.max(most, values.length), 0);
  const chunkRows = Math.min(rows, Math.ceil(chunkFields / Math.max(1, columns.length)));
  if (rows * columns.length < fewFields) {
    if (rows > 0) yield rowsText(columns, rows);
    return;
  }
  const text = decimalRows(columns.map(({ values }) => values), chunkRows); // biome-ignore format: one thought
  for (let from = 0; from < rows; from += chunkRows) yield text(from, Math.min(from + chunkRows, rows));
}

function rowsText(columns: readonly Column[], rows: number): string {
  const lines: string[] = [];
  const fields = new Array<number | undefined>(columns.length);
  for (let row = 0; row < rows; row++) {
    for (const [k, { values }] of columns.entries()) fields[k] = values[row];
    lines.push(fields.join(",")); // which writes numbers as String does, and nothing for undefined
  }
  return `${lines.join("\r\n")}\r\n`;
}

function field(name: string): string {
  return /[",\r\n]|^\s|\s$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
