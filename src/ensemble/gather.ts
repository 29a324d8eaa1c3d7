import type { Simulation } from "../analysis/simulation.js";
import type { Circuit } from "../circuit/circuit.js";
import type { Column, Printed, Result, RunSpan, Statistics, Table } from "../result/result.js";
import type { Diagnostic } from "../text/diagnostic.js";
import { aligned } from "./aligned.js";
import { cardNames } from "./card-names.js";
import { families, leftOut } from "./families.js";
import { pointPictures } from "./point-pictures.js";
import type { PartOf, Ran, Simulated } from "./ran.js";
import { columnsOf, rowsOf } from "./rows.js";
import { runsPictures } from "./runs-pictures.js";

/** The runs of a deck as one simulation: their rows behind each other, led by the number of the run and what was stepped. */
export function gathered(nominal: Circuit, all: readonly Ran[], planned: number, wantsPictures: boolean): Simulation {
  const simulated = all.filter((it): it is Simulated => it.simulation !== undefined);
  const ran = aligned(simulated, cardNames(nominal));
  const whole = ran.length === planned && ran.every(({ simulation: { begun, cards } }) => begun === cards.length);
  const results = new Map<number, Result>();
  const cards = new Set(ran.flatMap(({ simulation }) => simulation.results.map(({ card }) => card)));
  for (const card of [...cards].sort((a, b) => a - b)) {
    const parts = ran.flatMap((run) => {
      const result = run.simulation.results.find((it) => it.card === card);
      return result === undefined ? [] : [{ run, result }];
    });
    if (parts.length > 0) results.set(card, joined(parts));
  }
  const table = runsTable(all);
  return {
    circuit: nominal,
    results: [...results.values()],
    begun: whole ? nominal.analyses.length : Math.min(nominal.analyses.length - 1, results.size),
    measures: ran.flatMap(({ number, simulation }) => simulation.measures.map((it) => ({ ...it, run: number }))),
    pictures: [
      ...families(ran),
      ...(wantsPictures ? [...runsPictures(nominal, table), ...pointPictures(nominal, [...results.values()])] : []),
    ],
    printed: printedOf(ran, results),
    diagnostics: [...distinct(all), ...(nominal.runs === undefined ? [] : leftOut(ran, nominal.runs))],
    failedAsserts: ran.flatMap((run) => run.simulation.failedAsserts.map((it) => told(it, run))),
    checkpoints: new Map(),
    runs: table,
  };
}

/** What a run was made with, as it stands in a title: `r=1000, temp=27`. */
const nameOf = ({ point }: Ran): string =>
  point.axes.map(({ name }, k) => `${name}=${Number(point.values[k]!.toPrecision(12))}`).join(", ");

function joined(parts: readonly PartOf<Result>[]): Result {
  const [{ result: first, run }] = parts as [PartOf<Result>];
  const spans: RunSpan[] = [];
  let from = 0;
  for (const part of parts) {
    const to = from + rowsOf(part.result.columns);
    spans.push({ run: part.run.number, name: nameOf(part.run), from, to });
    from = to;
  }
  const leading = 1 + run.point.axes.length;
  const tables = first.tables?.map((table, k) =>
    tableOf(
      table,
      parts.map((part) => ({ run: part.run, result: part.result.tables?.[k] })),
    ),
  );
  const ends = parts.map(({ result }) => result.ended);
  return {
    ...first,
    columns: columnsOf(parts.map((part) => ({ run: part.run, result: part.result.columns }))),
    axes: first.axes + leading,
    ended: ends.find((end) => end === "interrupted") ?? ends.find((end) => end === "failed") ?? "complete",
    statistics: total(parts.map(({ result }) => result.statistics)),
    runs: { leading, spans },
    ...(tables !== undefined && { tables }),
  };
}

const tableOf = (table: Table, parts: readonly PartOf<Table | undefined>[]): Table => ({
  ...table,
  columns: columnsOf(
    parts.flatMap(({ run, result }) => (result === undefined ? [] : [{ run, result: result.columns }])),
  ),
});

function total(all: readonly Statistics[]): Statistics {
  const [first] = all as [Statistics];
  const sum = (what: "points" | "steps" | "rejected" | "iterations" | "factorizations"): number =>
    all.reduce((value, one) => value + one[what], 0);
  return {
    ...first,
    method: [...new Set(all.map(({ method }) => method))].join(", "),
    points: sum("points"),
    steps: sum("steps"),
    rejected: sum("rejected"),
    iterations: sum("iterations"),
    factorizations: sum("factorizations"),
    ...(first.kept !== undefined && { kept: all.at(-1)!.kept! }), // that of the run whose error is told, the last
    ...(first.pulses !== undefined && { pulses: all.reduce((value, { pulses = 0 }) => value + pulses, 0) }),
    ...(first.evaluations !== undefined && {
      evaluations: all.reduce((value, { evaluations = 0 }) => value + evaluations, 0),
    }),
    ...(first.wrong !== undefined && { wrong: all.reduce((most, { wrong = 0 }) => Math.max(most, wrong), 0) }),
    ...(first.products !== undefined && { products: all.reduce((value, { products = 0 }) => value + products, 0) }),
  };
}

/** Files that `.print` cards ask for by themselves: those of one card and analysis become one. */
function printedOf(ran: readonly Simulated[], results: ReadonlyMap<number, Result>): readonly Printed[] {
  const groups = new Map<string, (PartOf<Result> & { readonly printed: Printed })[]>();
  for (const run of ran) {
    for (const printed of run.simulation.printed) {
      const { result, file, format } = printed;
      const key = `${result.card} ${format} ${file}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [{ run, result, printed }]);
      else group.push({ run, result, printed });
    }
  }
  return [...groups.values()].map((parts) => {
    const { file, format, result } = parts[0]!.printed;
    return { file, format, result: file === undefined ? results.get(result.card)! : joined(parts) };
  });
}

/** What is said in several runs is said once, with the first run that says it; what a note says of all of them, without. */
function distinct(all: readonly Ran[]): readonly Diagnostic[] {
  const said = new Map<string, { it: Diagnostic; runs: Set<Ran> }>();
  for (const run of all) {
    for (const it of run.diagnostics) {
      const { severity, code, span, message } = it;
      const key = `${severity} ${code} ${span?.source.name} ${span?.start} ${severity === "note" ? message : ""}`;
      const before = said.get(key);
      if (before === undefined) said.set(key, { it, runs: new Set([run]) });
      else before.runs.add(run);
    }
  }
  const ofAll = (it: Diagnostic, runs: number): boolean => it.severity === "note" && runs === all.length;
  return [...said.values()].map(({ it, runs }) => (ofAll(it, runs.size) ? it : told(it, [...runs][0]!)));
}

function told(it: Diagnostic, run: Ran): Diagnostic {
  const name = nameOf(run);
  const message = `this is of run ${run.number}${name === "" ? "" : `, ${name}`}; of others it is not told again`;
  return { ...it, notes: [...(it.notes ?? []), { message }] };
}

/** A row for each run: its number, what was stepped, what it drew, what it measured. */
function runsTable(all: readonly Ran[]): Table {
  const axes = all[0]?.point.axes ?? [];
  const found = new Map<string, { unit: Column["unit"]; readonly values: Float64Array }>();
  const put = (row: number, name: string, unit: Column["unit"], value: number): void => {
    const column = found.get(name) ?? { unit, values: new Float64Array(all.length).fill(Number.NaN) };
    column.unit = unit;
    column.values[row] = value;
    found.set(name, column);
  };
  for (const [row, { draws, simulation }] of all.entries()) {
    for (const { place, value } of draws) put(row, place, "1", value);
    for (const { name, unit, value } of simulation?.measures ?? []) put(row, name, unit, value ?? Number.NaN);
  }
  const columns: readonly Column[] = [
    { name: "run", unit: "1", values: Float64Array.from(all, ({ number }) => number) },
    ...axes.map(({ name, unit }, k) => ({
      name,
      unit,
      values: Float64Array.from(all, ({ point }) => point.values[k]!),
    })),
    ...[...found].map(([name, column]) => ({ name, ...column })),
  ];
  return { name: "runs", alone: true, columns: columns.filter(({ name }) => name !== "") };
}
