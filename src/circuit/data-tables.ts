import type { Formula } from "../expressions/formula.js";
import type { Directive, Expression } from "../syntax/ast.js";
import { numberOf } from "./card.js";
import { constantOf } from "./constant-scope.js";
import type { Defined, Environment } from "./environment.js";
import { type NumberTable, readNumberTable } from "./tables.js";

/** The numbers of a `.data` card; undefined after having complained. */
export function dataTable(defined: Defined<"data">): NumberTable | undefined {
  if (!read.has(defined)) read.set(defined, readData(defined));
  return read.get(defined);
}

const read = new WeakMap<Defined<"data">, NumberTable | undefined>();

/** `.data w "w.csv"`, or rows: one a line by `+`, or each in parentheses. */
function readData({ definition, place }: Defined<"data">): NumberTable | undefined {
  const [, first, ...rest] = definition.items;
  const { elaboration } = place;
  if (first?.kind === "quoted" && rest.length === 0) return readNumberTable(first.text, first.span, elaboration);
  return readRows(definition, place);
}

function readRows(definition: Directive, place: Environment): NumberTable | undefined {
  const { complaints } = place.elaboration;
  const items = definition.items.slice(1);
  if (items.length === 0) {
    const help = 'write `.data w "w.csv"`, or rows in parentheses.';
    complaints.error("missing-value", "`.data` needs a file or rows of numbers.", definition.span, { help });
    return undefined;
  }
  const rows: number[][] = [];
  let line = -1;
  for (const item of items) {
    const here = item.span.source.locate(item.span.start).line;
    if (here !== line || item.kind === "group") rows.push([]);
    line = here;
    const cells = item.kind === "group" ? item.items : [item];
    rows.at(-1)!.push(...cells.map((cell) => numberOf(cell, place, "a number of the table")));
  }
  return { header: undefined, rows };
}

/** `w(i,j)` and `w.name(i)`: rows and columns are counted from 1. Undefined if it speaks of no table. */
export function dataValue(call: Extract<Expression, { kind: "call" }>, place: Environment): Formula | undefined {
  const dot = call.name.indexOf(".");
  const table = place.find("data", dot < 0 ? call.name : call.name.slice(0, dot));
  if (table === undefined) return undefined;
  const numbers = dataTable(table);
  const value = numbers ? entry(numbers, call, dot < 0 ? undefined : call.name.slice(dot + 1), place) : Number.NaN;
  return { kind: "number", value };
}

function entry(
  { header, rows }: NumberTable,
  call: Extract<Expression, { kind: "call" }>,
  column: string | undefined,
  place: Environment,
): number {
  const { complaints } = place.elaboration;
  const wanted = column === undefined ? [1, 2] : [1];
  if (
    !wanted.includes(call.arguments.length) ||
    (column === undefined && call.arguments.length === 1 && !isList(rows))
  ) {
    const form = column === undefined ? `${call.name}(row,column)` : `${call.name}(row)`;
    complaints.error("argument-count", `A number of this table is \`${form}\`, counted from 1.`, call.span);
    return Number.NaN;
  }
  const places = call.arguments.map((argument) => constantOf(argument, place));
  if (places.some(Number.isNaN)) return Number.NaN;
  const [row, at] = column === undefined ? inTable(places, rows) : [places[0]!, (header?.indexOf(column) ?? -1) + 1];
  if (column !== undefined && at === 0) {
    const names = header?.map((name) => `\`${name}\``).join(", ");
    const message = `This table has no column \`${column}\`${names ? `: it has ${names}` : ", for its columns have no names"}.`;
    complaints.error("unknown-column", message, call.span);
    return Number.NaN;
  }
  const value = rows[row - 1]?.[at - 1];
  if (value !== undefined) return value;
  const size = `${rows.length} rows and ${rows[0]?.length ?? 0} columns`;
  complaints.error("outside-table", `Row ${row}, column ${at} is outside this table of ${size}.`, call.span);
  return Number.NaN;
}

const isList = (rows: NumberTable["rows"]): boolean => rows.length === 1 || rows.every((row) => row.length === 1);

/** A table that is a single row or column may be read by one number. */
function inTable(places: readonly number[], rows: NumberTable["rows"]): readonly [number, number] {
  const [first, second] = places as [number, number?];
  if (second !== undefined) return [first, second];
  return rows.length === 1 ? [1, first] : [first, 1];
}
