import type { Formula } from "../expressions/formula.js";
import type { Expression } from "../syntax/ast.js";
import type { Environment } from "./environment.js";
import type { NumberTable } from "./tables.js";

type Call = Extract<Expression, { kind: "call" }>;

/** `w(i,j)` and `w.name(i)`: rows and columns are counted from 1. Undefined if it speaks of no table. */
export function dataValue(
  call: Call,
  place: Environment,
  evaluate: (expression: Expression) => number,
): Formula | undefined {
  const dot = call.name.indexOf(".");
  const table = place.find("data", dot < 0 ? call.name : call.name.slice(0, dot));
  if (table === undefined) return undefined;
  const numbers = table.definition.numbers();
  const column = dot < 0 ? undefined : call.name.slice(dot + 1);
  const value = numbers ? entry(numbers, call, call.arguments.map(evaluate), column, place) : Number.NaN;
  return { kind: "number", value };
}

function entry(
  { header, rows }: NumberTable,
  call: Call,
  places: readonly number[],
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
