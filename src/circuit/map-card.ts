import type { PlotCard, Signal } from "./circuit.js";
import type { Items } from "./items.js";
import { complainOfOption, StyleReader } from "./plot-style.js";
import { written } from "./readings.js";
import { takeKind } from "./result-kind.js";
import { signalsOf } from "./signals.js";

type MapCard = Extract<PlotCard, { readonly kind: "map" }>;
type Cell = MapCard["cells"][number];

/** `.plot map [op|dc|tran] x(m*) [at=1u]`: signals whose names carry the numbers of a row and a column. */
export function readMap(items: Items): PlotCard | undefined {
  const { complaints } = items.place.elaboration;
  const before = complaints.errors;
  const analysis = takeKind(items);
  const style = new StyleReader(items, ["logx", "xunit", "mark"]);
  const signals: Signal[] = [];
  const names: string[] = [];
  let at: number | undefined;
  while (items.left > 0) {
    const place = items.number("at");
    if (place !== undefined) at = place;
    else if (!style.take() && !complainOfOption(items, ["at"])) {
      const item = items.next()!;
      names.push(written(item.span));
      for (const signal of signalsOf(item, items.place)) signals.push(signal);
    }
  }
  if (complaints.errors > before) return undefined;
  if (signals.length === 0) {
    const example = "`.plot map x(m*)` where the devices are called `m1_1`, `m1_2` …";
    items.error("missing-value", `\`.plot map\` needs signals over rows and columns: ${example}.`, items.span);
    return undefined;
  }
  const cells = cellsOf(signals, items);
  const name = names.join(" ");
  return cells && { kind: "map", analysis, cells, name, at, style: style.style(), span: items.span };
}

/** The signals by their places; undefined after having complained of the first that has none of its own. */
function cellsOf(signals: readonly Signal[], items: Items): readonly Cell[] | undefined {
  const cells: Cell[] = [];
  const taken = new Map<string, Signal>();
  for (const signal of signals) {
    const place = placeOf(signal.name);
    if (place === undefined) {
      const message = `\`${signal.name}\` has no place on a map: its name carries no row and column.`;
      items.error("no-place", message, signal.span, "names such as `m3_4` do: row 3, column 4.");
      return undefined;
    }
    const key = place.join();
    const other = taken.get(key);
    if (other !== undefined || signal.unit !== signals[0]!.unit) {
      const shown = [other ?? signals[0]!, signal].map(({ name }) => `\`${name}\``).join(" and ");
      const why = other !== undefined ? `have one place, row ${place[0]}, column ${place[1]}` : "have different units";
      items.error("no-place", `${shown} ${why}: a map shows one quantity of one crossbar.`, signal.span);
      return undefined;
    }
    taken.set(key, signal);
    cells.push({ row: place[0], column: place[1], signal });
  }
  return cells;
}

/** The last two numbers of a name that a `_` joins, else the last two: `x(xb.m3_4)` is at row 3, column 4. */
function placeOf(signal: string): readonly [row: number, column: number] | undefined {
  const name = signal.replace(/:[^:]*$/, "");
  const joined = [...name.matchAll(/(\d+)_(?=(\d+))/g)].at(-1);
  const [row, column] = joined ? [joined[1], joined[2]] : (name.match(/\d+/g) ?? []).slice(-2);
  return row === undefined || column === undefined ? undefined : [Number(row), Number(column)];
}
