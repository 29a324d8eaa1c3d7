import type { Column, Result } from "../result/result.js";

/** Rows a chunk. */
const chunkRows = 20_000;
/** How wide the fields are: the index, and the numbers with their sign and exponent. */
const width = { index: 8, number: 17 };

/**
 * A result in columns of text as Xyce prints them with `format=std` (Xyce Reference Guide, section on `.PRINT`): headings in
 * upper case, an index, numbers with nine digits in fields of equal width, and a last line by which those who compare know
 * that the run went to its end. A blank in a heading becomes `_`, so that headings can be parted at blanks.
 */
export function* prnChunks({ columns, ended }: Pick<Result, "columns" | "ended">): Generator<string> {
  yield `${["Index".padEnd(width.index), ...columns.map(heading)].join(" ").trimEnd()}\n`;
  const rows = columns.reduce((most, { values }) => Math.max(most, values.length), 0);
  for (let from = 0; from < rows; from += chunkRows) {
    let text = "";
    for (let row = from; row < Math.min(from + chunkRows, rows); row++) text += line(columns, row);
    yield text;
  }
  if (ended === "complete") yield "End of Xyce(TM) Simulation\n";
}

const heading = ({ name }: Column): string => name.toUpperCase().replace(/\s+/g, "_").padEnd(width.number);

function line(columns: readonly Column[], row: number): string {
  const numbers = columns.map(({ values }) => exponential(values[row] ?? Number.NaN).padStart(width.number));
  return `${String(row).padEnd(width.index)} ${numbers.join(" ")}\n`;
}

/** Nine digits, and an exponent of two at least: 1.00000000e-03. */
function exponential(value: number): string {
  const [digits, exponent] = (value === 0 ? 0 : value).toExponential(8).split("e");
  if (exponent === undefined) return String(value);
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}
