import type { Directive } from "../syntax/ast.js";
import type { Span } from "../text/source.js";
import type { Environment } from "./environment.js";
import { numberOf } from "./readings.js";
import { type NumberTable, readNumberTable } from "./tables.js";

/** `.data w "w.csv"`, or rows: one a line by `+`, or each in parentheses. */
export function readData(definition: Directive, place: Environment): NumberTable | undefined {
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
  const spans: Span[] = [];
  let line = -1;
  for (const item of items) {
    const here = item.span.source.locate(item.span.start).line;
    if (here !== line || item.kind === "group") {
      rows.push([]);
      spans.push(item.span);
    }
    spans.push({ ...spans.pop()!, end: item.span.end });
    line = here;
    const cells = item.kind === "group" ? item.items : [item];
    for (const cell of cells) rows.at(-1)!.push(numberOf(cell, place, "a number of the table"));
  }
  return complainOfRagged(rows, spans, place) ? undefined : { header: undefined, rows };
}

const howMany = (count: number): string => (count === 1 ? "1 number" : `${count} numbers`);

function complainOfRagged(rows: readonly (readonly number[])[], spans: readonly Span[], place: Environment): boolean {
  const width = rows[0]!.length;
  const odd = rows.findIndex((row) => row.length !== width);
  if (odd < 0) return false;
  const message = `Row ${odd + 1} of this table has ${howMany(rows[odd]!.length)}, but the rows above it have ${width}.`;
  place.elaboration.complaints.error("bad-table", message, spans[odd]!);
  return true;
}
