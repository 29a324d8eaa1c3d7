import type { Source, Span } from "../../text/source.js";
import type { Elaboration } from "../elaboration.js";
import { openFile } from "../named-file.js";

/** A file of samples: text in rows and named columns, each cell with its place. */
export interface TextTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface Cell {
  readonly text: string;
  readonly span: Span;
}

/** Reads a CSV file whose first row names the columns; `#` before a comment. Undefined after having complained. */
export function readTextTable(file: string, span: Span, elaboration: Elaboration): TextTable | undefined {
  const { complaints } = elaboration;
  const source = openFile(file, span, elaboration);
  if (source === undefined) return undefined;
  const [first, ...rest] = [...lines(source)];
  if (first === undefined || rest.length === 0) {
    const what = first === undefined ? "is empty" : "has no rows below its first, which names the columns";
    complaints.error("bad-table", `\`${file}\` ${what}.`, span);
    return undefined;
  }
  if (complainOfDecimalCommas(file, first, rest, elaboration)) return undefined;
  const ragged = rest.find((cells) => cells.length !== first.length);
  if (ragged !== undefined) {
    const message = `This row of \`${file}\` has ${ragged.length} cells, but its first row names ${first.length} columns.`;
    complaints.error("bad-table", message, spanOf(ragged));
    return undefined;
  }
  return { header: first.map(({ text }) => text.toLowerCase()), rows: rest };
}

/** Semicolons between names and commas in numbers, as spreadsheets write them in half of Europe: cells cannot be told apart. */
function complainOfDecimalCommas(
  file: string,
  header: readonly Cell[],
  rows: readonly (readonly Cell[])[],
  { complaints }: Elaboration,
): boolean {
  const names = spanOf(header);
  const isSemicolons = names.source.text.slice(names.start, names.end).includes(";") && header.length > 1;
  const mixed = isSemicolons ? rows.find((cells) => cells.some(({ text }) => text.includes(";"))) : undefined;
  if (mixed === undefined) return false;
  const message = `\`${file}\` has \`;\` between the names of its columns, but this row has commas as well.`;
  const help =
    "it looks as if commas were decimal points: write points for them (`sed 's/,/./g'` does); `;` between cells may stay.";
  complaints.error("bad-table", message, spanOf(mixed), { help });
  return true;
}

const spanOf = (cells: readonly Cell[]): Span => ({ ...cells[0]!.span, end: cells.at(-1)!.span.end });

function* lines(source: Source): Iterable<readonly Cell[]> {
  let start = source.text.startsWith("\ufeff") ? 1 : 0;
  for (const line of source.text.slice(start).split("\n")) {
    if (line.trim() !== "" && !/^\s*#/.test(line)) yield cellsOf(line, start, source);
    start += line.length + 1;
  }
}

/** Cells between commas; quotes round a cell keep commas in it, and a quote in it is written twice. */
function cellsOf(line: string, start: number, source: Source): readonly Cell[] {
  const separator = line.includes(",") ? "," : line.includes(";") ? ";" : "\t";
  const pattern = new RegExp(`\\s*(?:"((?:[^"]|"")*)"|([^${separator}]*?))\\s*(?:${separator}|$)`, "gy");
  const cells: Cell[] = [];
  const text = line.replace(/\r$/, "");
  for (let at = 0; at <= text.length; ) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) break;
    const [whole, quoted, plain] = found;
    const end = start + at + Math.max(1, whole.length);
    cells.push({ text: quoted?.replaceAll('""', '"') ?? plain ?? "", span: { source, start: start + at, end } });
    at += whole.length;
    if (!whole.endsWith(separator)) break;
  }
  return cells;
}
