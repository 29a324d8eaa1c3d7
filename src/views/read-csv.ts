import type { Column } from "../result/result.js";
import { unitOfName } from "./column-unit.js";
import { DataError } from "./data-error.js";

/**
 * Reads a CSV table (RFC 4180; lone LF is accepted): a header of names, then rows of numbers. An empty field is NaN.
 * Throws `DataError` for a field that is no number, a row of the wrong length, or a file without a header.
 */
export function readCsv(text: string): readonly Column[] {
  const records = parseRecords(text.replace(/^\uFEFF/, ""));
  const header = records.next().value;
  if (header === undefined) throw new DataError("The file is empty; a header such as `time,v(out)` must stand first.");
  const names = header.fields.map((name) => name.trim());
  checkNames(names);
  const values: number[][] = names.map(() => []);
  for (const record of records) addRow(record, names, values);
  return names.map((name, k) => ({ name, unit: unitOfName(name), values: Float64Array.from(values[k]!) }));
}

interface CsvRecord {
  /** The line on which it starts, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

function checkNames(names: readonly string[]): void {
  if (names.every((name) => name !== "" && !Number.isNaN(Number(name)))) {
    throw new DataError(
      `Line 1 holds the number \`${names[0]}\` where the names of the columns, such as \`time,v(out)\`, must stand.`,
    );
  }
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined) throw new DataError(`The header names the column \`${twice}\` twice.`);
}

function addRow({ line, fields }: CsvRecord, names: readonly string[], values: number[][]): void {
  if (names.length === 1 && names[0]!.includes(";") && fields.join().includes(";")) {
    throw new DataError("The fields are parted by semicolons: commas must part them, and the decimal mark is a point.");
  }
  if (fields.length !== names.length) {
    throw new DataError(`Line ${line} has ${fields.length} fields; the header names ${names.length} columns.`);
  }
  fields.forEach((field, k) => {
    const number = field.trim() === "" ? Number.NaN : Number(field);
    if (Number.isNaN(number) && !/^\s*(nan)?\s*$/i.test(field)) {
      throw new DataError(`Line ${line}, column \`${names[k]}\`: \`${field.slice(0, 40)}\` is not a number.`);
    }
    values[k]!.push(number);
  });
}

/** Splits text into records; quotes may hold commas, doubled quotes and line ends. Blank lines are passed over. */
function* parseRecords(text: string): Generator<CsvRecord, undefined> {
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const start = line;
    const fields: string[] = [];
    let end = "";
    do {
      const piece = nextField(text, at, start);
      fields.push(piece.field);
      line += piece.lines;
      at = piece.next;
      end = text[at++] ?? "";
    } while (end === ",");
    if (end === "\r" && text[at] === "\n") at++;
    line++;
    if (fields.length > 1 || fields[0] !== "") yield { line: start, fields };
  }
  return undefined;
}

const plainField = /[^,\r\n]*/y;
const quotedField = /"((?:[^"]|"")*)"(?=[,\r\n]|$)/y;

function nextField(text: string, at: number, line: number): { field: string; next: number; lines: number } {
  if (text[at] !== '"') {
    plainField.lastIndex = at;
    const field = plainField.exec(text)![0];
    return { field, next: at + field.length, lines: 0 };
  }
  quotedField.lastIndex = at;
  const found = quotedField.exec(text);
  if (found === null)
    throw new DataError(`Line ${line} has a quoted field that does not end before a comma or line end.`);
  const field = found[1]!.replaceAll('""', '"');
  return { field, next: at + found[0].length, lines: field.split("\n").length - 1 };
}
