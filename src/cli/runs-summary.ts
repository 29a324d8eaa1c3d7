import type { Simulation } from "../analysis/simulation.js";
import type { Column } from "../result/result.js";
import { formatCell } from "../units/quantity.js";
import { table } from "./table.js";

/** Of more runs only how their measures are spread is told. */
const mostRows = 16;

/** What came of several runs, for a person: a row for each, and of many how their measures are spread. */
export function runsSummary({ circuit, runs, measures }: Simulation): readonly string[] {
  if (runs === undefined) return [];
  const axes = circuit.runs?.axes ?? [];
  const count = runs.columns[0]!.values.length;
  const names = [...new Set(measures.map(({ name }) => name))];
  const measured = runs.columns.filter((column, k) => k > axes.length && names.includes(column.name));
  const told = [...runs.columns.slice(0, 1 + axes.length), ...measured];
  const few = count <= mostRows && told.length > 1;
  const rows = few
    ? [told.map(({ name }) => name), ...Array.from({ length: count }, (_, row) => told.map(cellOf(row)))]
    : [];
  const spread = circuit.runs?.draws !== undefined || !few ? spreadOf(measured) : [];
  return [rows, spread].flatMap((lines) => (lines.length === 0 ? [] : table(lines, " ".repeat(12)).split("\n")));
}

const cellOf =
  (row: number) =>
  ({ unit, values }: Column): string =>
    Number.isNaN(values[row]) ? "–" : formatCell(values[row]!, unit);

/** Mean, standard deviation, least and greatest of each measure, over the runs in which it has a value. */
function spreadOf(measured: readonly Column[]): readonly (readonly string[])[] {
  if (measured.length === 0) return [];
  const rows = measured.map(({ name, unit, values }) => {
    const found = values.filter((value) => !Number.isNaN(value));
    const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
    const square = found.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (found.length - 1);
    const least = found.reduce((a, b) => Math.min(a, b), Infinity);
    const most = found.reduce((a, b) => Math.max(a, b), -Infinity);
    const cells = [mean, Math.sqrt(square), least, most].map((value) =>
      Number.isFinite(value) ? formatCell(value, unit) : "–",
    );
    return [name, ...cells, String(found.length)];
  });
  return [["measure", "mean", "st. dev.", "least", "most", "runs"], ...rows];
}
