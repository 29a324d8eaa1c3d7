import type { Circuit, MeasureName, PlotCard } from "../circuit/circuit.js";
import type { Runs } from "../circuit/runs/runs.js";
import { captionOf } from "../result/caption.js";
import type { WavesPicture } from "../result/picture.js";
import type { Column, Table } from "../result/result.js";

/** `.plot runs area`: measures over what goes round fastest, a curve for each value of what is stepped around it, and each draw. */
export function runsPictures({ runs, title, outputs }: Circuit, table: Table): readonly WavesPicture[] {
  const cards = outputs.plots.filter((card): card is Extract<PlotCard, { kind: "runs" }> => card.kind === "runs");
  if (cards.length === 0 || runs === undefined || (table.columns[0]?.values.length ?? 0) < 2) return [];
  const [run, ...others] = branchesTogether(table.columns, runs) as [Column, ...Column[]];
  const axes = others.slice(0, runs.axes.length);
  const x = axes.at(-1) ?? run;
  const draws = runs.draws !== undefined && axes.length > 0 ? [drawsOf(run, runs.draws.count)] : [];
  const of = ({ name }: MeasureName): readonly Column[] => others.slice(axes.length).filter((it) => it.name === name);
  return cards.flatMap(({ left, right, style }, k) => {
    const [shown, second] = [left.flatMap(of), right.flatMap(of)];
    if (shown.length + second.length === 0) return [];
    return {
      kind: "waves" as const,
      ...captionOf(style, `runs-${k + 1}`, title),
      x,
      outer: [...axes.slice(0, -1), ...draws],
      left: shown,
      right: second,
    };
  });
}

/** Rows of one curve behind each other: in the table the draws go round fastest, in a picture what is stepped last does. */
function branchesTogether(columns: readonly Column[], { axes, draws }: Runs): readonly Column[] {
  const inner = axes.at(-1)?.values.length;
  if (draws === undefined || inner === undefined) return columns;
  const { count } = draws;
  const place = (number: number): number => {
    const [draw, step] = [(number - 1) % count, Math.floor((number - 1) / count)];
    return (Math.floor(step / inner) * count + draw) * inner + (step % inner);
  };
  const numbers = columns[0]!.values;
  const order = [...numbers.keys()].sort((a, b) => place(numbers[a]!) - place(numbers[b]!));
  return columns.map((column) => ({ ...column, values: Float64Array.from(order, (row) => column.values[row]!) }));
}

const drawsOf = ({ values }: Column, count: number): Column => ({
  name: "draw",
  unit: "1",
  values: values.map((number) => ((number - 1) % count) + 1),
});
