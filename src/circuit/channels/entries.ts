import type { Item } from "../../syntax/ast.js";
import { type ComplexConstant, complexNumberOf } from "../complex-constant.js";
import { written } from "../readings.js";
import type { Settings } from "../settings.js";
import { readNumberTable } from "../tables.js";
import type { ComplexEntries } from "./card.js";

/** `((1,0),(0,-1i))`: a matrix row by row. Undefined after having complained. */
export function matrixOf(item: Item, given: Settings): ComplexEntries | undefined {
  const rows = rowsOf(item, given, (entry) => complexNumberOf(entry, given.place, "an entry of a matrix"));
  return rows && entriesOf(rows);
}

/** The same of real numbers; one that is not is told of. */
export const realRowsOf = (item: Item, given: Settings): readonly (readonly number[])[] | undefined =>
  rowsOf(item, given, (entry) => realOf(entry, given));

function realOf(entry: Item, given: Settings): number {
  const { re, im } = complexNumberOf(entry, given.place, "an entry of a matrix");
  if (im === 0) return re;
  const message = `\`${written(entry.span)}\` is not real, but a probability is.`;
  given.error("not-stochastic", message, entry.span);
  return Number.NaN;
}

/** `(((1,0),(0,1)),((0,1),(0,0)))`: matrices of one shape; or one alone. Undefined after having complained. */
export function matricesOf(item: Item, given: Settings): readonly ComplexEntries[] | undefined {
  const isList =
    item.kind === "group" &&
    item.items.length > 0 &&
    item.items.every((one) => one.kind === "group" && one.items[0]?.kind === "group");
  const matrices = (isList ? item.items : [item]).map((one) => matrixOf(one, given));
  const whole = matrices.filter((it) => it !== undefined);
  if (whole.length < matrices.length) return undefined;
  const [first] = whole;
  const odd = whole.findIndex(({ rows, columns }) => rows !== first!.rows || columns !== first!.columns);
  if (odd < 0) return whole;
  const [a, b] = [shape(first!), shape(whole[odd]!)];
  const message = `Kraus operators have one shape, but the first is ${a} and number ${odd + 1} is ${b}.`;
  given.error("bad-matrix", message, isList ? item.items[odd]!.span : item.span);
  return undefined;
}

export const shape = ({ rows, columns }: ComplexEntries): string => `${rows} × ${columns}`;

function rowsOf<Entry>(item: Item, given: Settings, read: (entry: Item) => Entry): Entry[][] | undefined {
  const { complaints } = given.place.elaboration;
  const before = complaints.errors;
  if (item.kind !== "group" || item.items.length === 0 || item.items.some((row) => row.kind !== "group")) {
    const message = `Expected a matrix row by row, as in \`((1,0),(0,1))\`, found \`${written(item.span)}\`.`;
    given.error("bad-matrix", message, item.span);
    return undefined;
  }
  const rows = item.items.map((row) => (row.kind === "group" ? row.items.map(read) : []));
  const width = rows[0]!.length;
  const odd = rows.findIndex((row) => row.length !== width || width === 0);
  if (odd >= 0) {
    const found = `Row ${odd + 1} of this matrix has`;
    const entries = (count: number) => `${count} ${count === 1 ? "entry" : "entries"}`;
    const message =
      width === 0 ? `${found} no entries.` : `${found} ${entries(rows[odd]!.length)}, but the first has ${width}.`;
    given.error("bad-matrix", message, item.items[odd]!.span);
  }
  return complaints.errors > before ? undefined : rows;
}

const entriesOf = (rows: readonly (readonly ComplexConstant[])[]): ComplexEntries => ({
  rows: rows.length,
  columns: rows[0]!.length,
  re: rows.flat().map(({ re }) => re),
  im: rows.flat().map(({ im }) => im),
});

/**
 * Kraus operators of a file: below each other, a row for each row, real and imaginary parts in turn; `out` rows are one.
 * Undefined after having complained.
 */
export function matricesOfFile(
  setting: string,
  out: number | undefined,
  given: Settings,
): readonly ComplexEntries[] | undefined {
  const file = given.text(setting);
  const span = given.at(setting);
  const table = file === undefined ? undefined : readNumberTable(file, span, given.place.elaboration);
  if (file === undefined || table === undefined) return undefined;
  const { rows, header = [] } = table;
  const leading = header.indexOf("re0");
  if (leading > 0) {
    const names = header
      .slice(0, leading)
      .map((name) => `\`${name}\``)
      .join(", ");
    const message = `\`${file}\` has operators of several runs, below each other: before \`re0\` stands ${names}, what was stepped.`;
    const help = "save them by a netlist without `.step` and `.mc`, or keep the rows of one run without these columns.";
    given.error("bad-table", message, span, help);
    return undefined;
  }
  const width = rows[0]?.length ?? 0;
  if (out === undefined) {
    const message = `Operators from a file need \`out=\`, how many rows each has: \`${file}\` has ${rows.length} rows.`;
    given.error("missing-value", message, span);
    return undefined;
  }
  if (rows.length === 0 || rows.length % out !== 0 || width % 2 !== 0) {
    const message = `\`${file}\` must have rows of real and imaginary parts in turn, ${out} for each operator; it has ${rows.length} of ${width} numbers.`;
    given.error("bad-table", message, span);
    return undefined;
  }
  return Array.from({ length: rows.length / out }, (_, a) => {
    const numbers = rows.slice(a * out, (a + 1) * out).flat();
    const part = (which: number) => numbers.filter((_, k) => k % 2 === which);
    return { rows: out, columns: width / 2, re: part(0), im: part(1) };
  });
}
