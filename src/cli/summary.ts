import type { Simulation } from "../analysis/simulation.js";
import type { Circuit } from "../circuit/circuit.js";
import type { Measured, Result, Table } from "../result/result.js";
import { formatQuantity } from "../units/quantity.js";
import { runsSummary } from "./runs-summary.js";
import type { Stopwatch } from "./stopwatch.js";

/** What a run did, line by line, for a person. */
export function summary(
  name: string,
  simulation: Simulation,
  time: Stopwatch,
  files: readonly string[],
): readonly string[] {
  const { circuit, results, measures, runs } = simulation;
  // Progress counts runs, where there are several: no analysis is timed by itself.
  const timeOf = (card: number): number | undefined => (runs ? undefined : time.of(card));
  return [
    `${name}: ${circuit.title || "no title"}`,
    `  ${label("circuit")}${[...contents(circuit), `${rounded(time.total)} in all`].join(", ")}`,
    ...results.map(
      (result) =>
        `  ${label(result.analysis)}${[...blockOf(result, circuit), costs(result, timeOf(result.card))].join(", ")}`,
    ),
    ...results.flatMap((result) => (runs ? [] : distortions(result).map((text) => `  ${label("four")}${text}`))),
    ...(runs ? [`  ${label("runs")}${plan(simulation)}`, ...runsSummary(simulation)] : []),
    ...measures.flatMap((measured) => (runs ? [] : [`  ${label("measure")}${measure(measured)}`])),
    ...(files.length > 0 ? [`  ${label("files")}${files.join("\n            ")}`] : []),
  ];
}

/** What a netlist describes: a circuit, quantum blocks, or both. */
function contents({ instances, nodes, blocks, channels }: Circuit): readonly string[] {
  const classical = [counted(instances.length, "device"), counted(nodes.length - 1, "node")];
  const quantum = blocks.length > 0 ? [counted(blocks.length, "quantum block")] : [];
  const alone = channels.length > 0 ? [counted(channels.length, "quantum channel")] : [];
  const others = [...quantum, ...alone];
  return [...(instances.length > 0 || others.length === 0 ? classical : []), ...others];
}

/** `9 runs: r 3 values, temp 3 values`. */
function plan({ circuit, runs }: Simulation): string {
  const axes = (circuit.runs?.axes ?? []).map(({ name, values }) => `${name} ${counted(values.length, "value")}`);
  const { draws } = circuit.runs ?? {};
  const all = draws ? [...axes, counted(draws.count, "draw")] : axes;
  return `${counted(runs?.columns[0]?.values.length ?? 0, "run")}: ${all.join(", ")}`;
}

/** Of several blocks the one that ran. */
function blockOf({ card }: Result, { analyses, blocks }: Circuit): readonly string[] {
  const ran = analyses[card];
  return ran?.kind === "qtran" && blocks.length > 1 ? [blocks[ran.block]!.name] : [];
}

const label = (word: string): string => word.padEnd(10);

function costs(result: Result, time: number | undefined): string {
  const { ended } = result;
  return [
    ...told(result),
    ...(time === undefined ? [] : [rounded(time)]),
    ...(ended === "complete" ? [] : [`incomplete: ${ended}`]),
  ].join(", ");
}

/** `v(out): THD 42.9 %, 1.273 V at 1 kHz`. */
function distortions({ tables = [] }: Result): readonly string[] {
  return tables.flatMap((table) => {
    const thd = tables.find(({ name }) => name === `${table.name}.thd`);
    return (thd?.columns ?? []).map(({ name, values }) => {
      const signal = name.slice("thd(".length, -1);
      const magnitude = table.columns.find((column) => column.name === `mag(${signal})`)!;
      const share = `${Number((100 * values[0]!).toPrecision(4))} %`;
      const [first, frequency] = [magnitude.values[1]!, table.columns[1]!.values[1]!];
      return `${signal}: THD ${share}, ${formatQuantity(first, magnitude.unit)} at ${formatQuantity(frequency, "Hz")}`;
    });
  });
}

/** `1.5 µV at the output in all, most of it from d1`. */
function loudest(tables: Result["tables"]): readonly string[] {
  const columns = tables?.find(({ name }) => name === "totals")?.columns ?? [];
  const only = ({ values }: { readonly values: Float64Array }): number => values[0] ?? 0;
  const sum = columns.find(({ name }) => name === "onoise");
  const parts = columns.filter(({ name }) => name.startsWith("onoise("));
  const [first] = parts.toSorted((a, b) => only(b) - only(a));
  if (sum === undefined || first === undefined || sum.values.length !== 1) return [];
  const device = first.name.slice("onoise(".length, -1);
  return [`${formatQuantity(only(sum), sum.unit)} at the output in all, most of it from ${device}`];
}

function solution({ analysis, statistics, tables }: Result): readonly string[] {
  const { points, steps, rejected, iterations, factorizations, method } = statistics;
  if (analysis === "qtran") return [counted(points, "point"), `${counted(steps, "step")} of ${method}`];
  return [
    counted(points, "point"),
    ...(analysis === "noise" ? loudest(tables) : []),
    ...(steps > 0 ? [`${counted(steps, "step")} of ${method}, ${rejected} rejected`] : []),
    counted(iterations, "Newton iteration"),
    counted(factorizations, "factorisation"),
  ];
}

function told(result: Result): readonly string[] {
  if (result.analysis === "channel") return channel(result);
  return result.analysis === "train" || result.analysis === "test" ? lesson(result) : solution(result);
}

/** `net, 16 → 2 levels, rank 32 of 512 products, distance 0.31 from c`. */
function channel({ name, columns }: Result): readonly string[] {
  const of = (column: string): number => columns.find((it) => it.name === column)?.values.at(-1) ?? Number.NaN;
  const compared = columns.flatMap(({ name: column, values }) => {
    const other = /^distance\((.*)\)$/.exec(column)?.[1];
    return other === undefined ? [] : [`distance ${Number(values.at(-1)!.toPrecision(4))} from ${other}`];
  });
  return [
    name!,
    `${of("in")} → ${of("out")} levels`,
    `rank ${of("rank")} of ${counted(of("products"), "product")}`,
    ...compared,
  ];
}

/** What was learned, or what a test made of it. */
function lesson(result: Result): readonly string[] {
  const share = lastOf(result, "correct");
  const right = Number.isNaN(share) ? [] : [`${Number((100 * share).toPrecision(4))} % right`];
  if (result.analysis === "test") return [result.name!, counted(lastOf(result, "samples"), "sample"), ...right];
  const last = result.runs?.spans.at(-1)?.run;
  const where = last === undefined ? [] : [`in run ${last}`];
  const figures = result.tables?.find((table) => table.name === "metrics");
  const { wrong } = result.statistics;
  const most =
    wrong === undefined ? [] : [`wrong answers up to ${Number((100 * wrong).toPrecision(3))} % in the kept run`];
  return figures === undefined
    ? [...training(result), ...(result.statistics.points === 0 ? [] : [...right, ...where, ...most])]
    : [...readout(result, figures), ...where];
}

/** `quantum, 300 rows, 12 features, r2 0.96`; of several runs the figures are those of the last. */
function readout({ name, columns, tables, runs }: Result, figures: Table): readonly string[] {
  const leading = runs?.leading ?? 0;
  const features = (tables?.find((table) => table.name === "features")?.columns.length ?? 1) - 1 - leading;
  const told = figures.columns.slice(leading).filter(({ values }) => !Number.isNaN(values.at(-1)!)); // what another run of the deck asks for has none
  const found = told.map((it) => `${it.name} ${Number(it.values.at(-1)!.toPrecision(4))}`);
  return [name!, counted(columns[0]!.values.length, "row"), counted(features, "feature"), ...found];
}

function training(result: Result): readonly string[] {
  const { name, statistics, tables, runs } = result;
  const starts = tables?.find((table) => table.name === "weights")?.columns[0]?.values.length;
  const error = `mean error ${Number(lastOf(result, "error.mean").toPrecision(3))}`;
  const { method, points, steps, rejected, iterations, pulses, evaluations, products, kept } = statistics;
  const rows = result.columns[runs?.leading ?? 0]!;
  const epochs = points - rows.values.reduce((sum, row) => sum + Number(row === 0), 0); // a start is none
  return [
    name!,
    ...(starts === undefined ? [] : [counted(starts, "run"), counted(epochs, rows.name)]),
    pulses === undefined ? method : `${counted(pulses, "pulse")} (${method})`,
    ...(evaluations === undefined ? [] : [`${counted(evaluations, "evaluation")} of the cost`]),
    ...(products === undefined ? [] : [`${counted(products, "product")} with its Hessian`]),
    ...(iterations > 0
      ? [`${counted(steps, "step")}, ${rejected} rejected, ${counted(iterations, "Newton iteration")}`]
      : []),
    points === 0 ? `no ${rows.name} with a value` : error,
    ...(kept === undefined || runs !== undefined || (starts ?? 1) < 2 ? [] : [`run ${kept} is kept`]),
  ];
}

const lastOf = ({ columns }: Result, column: string): number =>
  columns.find((it) => it.name === column)?.values.at(-1) ?? Number.NaN;

const measure = ({ name, value, unit }: Measured): string =>
  `${name} = ${value === null ? "nothing found" : formatQuantity(value, unit)}`;

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** A time that nobody needs to the microsecond: two digits, and whole milliseconds. */
const rounded = (seconds: number): string =>
  formatQuantity(seconds < 0.01 ? Math.max(0.001, Number(seconds.toFixed(3))) : Number(seconds.toPrecision(2)), "s");
