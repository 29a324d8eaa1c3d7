import type { Span } from "../text/source.js";
import { readQuantity } from "../units/quantity.js";
import type { Elaboration } from "./elaboration.js";
import { openFile } from "./named-file.js";

/** Numbers of a file in rows, with the names of the columns where the first row has any. */
export interface NumberTable {
  readonly header: readonly string[] | undefined;
  readonly rows: readonly (readonly number[])[];
}

/** Reads a file of numbers: commas, semicolons, tabs or blanks between them, `#`, `*` or `;` before a comment. */
export function readNumberTable(file: string, span: Span, elaboration: Elaboration): NumberTable | undefined {
  const { complaints } = elaboration;
  const source = openFile(file, span, elaboration);
  if (source === undefined) return undefined;
  const lines = source.text.replace(/^\ufeff/, "").split(/\r?\n/);
  const rows: number[][] = [];
  let header: string[] | undefined;
  let at = 0;
  for (const line of lines) {
    const start = at;
    at += line.length + 1;
    const cells = cellsOf(line);
    if (cells.length === 0) continue;
    const numbers = cells.map(numberIn);
    if (rows.length === 0 && header === undefined && numbers.every(Number.isNaN)) {
      header = cells.map((cell) => cell.replace(/^"|"$/g, "").toLowerCase());
      continue;
    }
    const bad = numbers.findIndex(Number.isNaN);
    if (bad >= 0) {
      const message = `Expected a number in \`${file}\`, found \`${cells[bad]}\`.`;
      complaints.error("bad-number", message, { source, start, end: start + Math.max(1, line.length) });
      return undefined;
    }
    const width = (header ?? rows[0] ?? numbers).length;
    if (numbers.length !== width) {
      const message = `This row of \`${file}\` has ${numbers.length} ${numbers.length === 1 ? "number" : "numbers"}, but the table has ${width} columns.`;
      complaints.error("bad-table", message, { source, start, end: start + Math.max(1, line.trimEnd().length) });
      return undefined;
    }
    rows.push(numbers);
  }
  return { header, rows };
}

function cellsOf(line: string): string[] {
  const text = line.trim();
  if (text === "" || /^[#*;]/.test(text)) return [];
  const separator = text.includes(",") ? "," : text.includes(";") ? ";" : /\s+/;
  return text.split(separator).map((cell) => cell.trim());
}

/** What has digits, signs, points and powers of ten alone, if it is a number at all, is one to JavaScript as well. */
const plain = /^[-+.\de]+$/i;

function numberIn(text: string): number {
  const value = plain.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  const reading = readQuantity(text);
  return "error" in reading ? Number.NaN : reading.value;
}

/** The points of `table("file.csv", x)`: x₁, y₁, x₂, y₂ … */
export function readTable(file: string, span: Span, elaboration: Elaboration): readonly number[] | undefined {
  const table = readNumberTable(file, span, elaboration);
  if (table === undefined) return undefined;
  const odd = table.rows.find((row) => row.length !== 2);
  if (odd !== undefined || table.rows.length === 0) {
    const message =
      odd === undefined
        ? `\`${file}\` has no numbers.`
        : `\`${file}\` has a row of ${odd.length} numbers: a table has two, x and y.`;
    elaboration.complaints.error("bad-table", message, span);
    return undefined;
  }
  return table.rows.flat();
}
