import { readBytes } from "../files/read.js";
import { realPath } from "../files/real-path.js";
import { checkFile, checkNoInput, writeWhole } from "../files/write.js";
import type { Picture } from "../result/picture.js";
import type { Column } from "../result/result.js";
import { similar } from "../text/similar.js";
import { readTable, type Table } from "../views/read-table.js";
import { stemOf } from "./decks.js";
import { type ExitCode, exitCode, UsageError } from "./exit-code.js";
import type { Terminal } from "./terminal.js";
import { voice } from "./voice.js";

export interface PlotOptions {
  readonly x?: string;
  readonly y?: readonly string[];
  readonly iv?: string;
  readonly out?: string;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** More curves than that cannot be told apart. */
const mostCurves = 8;

/** Draws a picture from a result file. */
export async function plot(path: string, options: PlotOptions, terminal: Terminal): Promise<ExitCode> {
  const out = options.out ?? `${stemOf(path)}.svg`;
  if (out !== "-") {
    checkNoInput(out, new Set([realPath(path)]));
    checkFile(out);
  }
  // Before anything is read: the DOM that comes with it does not load once a pipe on standard input was read.
  const { svgOf } = await import("./svg.js");
  const bytes = path === "-" ? terminal.input() : readBytes(path);
  if (isNetlist(bytes)) throw new UsageError(`\`${path}\` is a netlist.`, `to simulate it: \`pinched run ${path}\`.`);
  const table = readTable(bytes, path, wantedOf(options));
  const { picture, cut } =
    options.iv === undefined ? curves(table, path, options) : loop(table.columns, path, options.iv, options);
  if (cut !== undefined) voice(terminal, options).line(`The picture shows ${cut}.`);
  if (options.iv !== undefined && table.alike > 1)
    voice(terminal, options).line(
      `The file holds ${table.alike} runs; the first is drawn. Data in CSV shows them all.`,
    );
  const svg = svgOf(picture);
  if (out === "-") terminal.out(svg);
  else {
    writeWhole(out, [svg]);
    voice(terminal, options).line(`Wrote ${out}.`);
  }
  return exitCode.well;
}

/** No result has a line that begins with a dot card. */
const isNetlist = (bytes: Uint8Array): boolean =>
  !bytes.includes(0) &&
  /^[ \t]*\.(end|tran|op|dc|model|subckt|param|include)\b/im.test(new TextDecoder().decode(bytes));

const wantedOf = ({ x, y = [], iv }: PlotOptions): readonly string[] => [
  ...(x === undefined ? [] : [x]),
  ...y,
  ...(iv === undefined ? [] : [`i(${iv})`]),
];

const style = { name: "", named: true, xlabel: undefined, ylabel: undefined, logx: false, logy: false };

interface Shown {
  readonly picture: Picture;
  /** What of the file is drawn, where it is not all: "the first 8 of 12 runs". */
  readonly cut: string | undefined;
}

/** What is drawn of so many; undefined where it is all of them. */
const cutOf = (all: number, what: string): string | undefined =>
  all > mostCurves ? `the first ${mostCurves} of ${all} ${what}` : undefined;

/** A picture says itself what it leaves out. */
const titled = (title: string, cut: string | undefined): string => (cut === undefined ? title : `${title}: ${cut}`);

function curves({ columns, axes }: Table, path: string, { x, y = [] }: PlotOptions): Shown {
  const own = columns[Math.max(0, axes - 1)]!;
  const outer = columns.slice(0, Math.max(0, axes - 1));
  const axis = x === undefined ? own : columnOf(columns, x);
  const others = columns.filter((it) => it !== axis && !outer.includes(it));
  const wanted = y.length > 0 ? y.map((name) => columnOf(columns, name)) : others.slice(0, mostCurves);
  if (wanted.length === 0)
    throw new UsageError(`\`${path}\` has one column only: there is nothing to draw against it.`);
  const cut = y.length > 0 ? undefined : cutOf(others.length, "columns; `--y` chooses others");
  const title = titled(stemOf(path), y.length > 0 ? undefined : cutOf(others.length, "columns"));
  const picture: Picture =
    axis === own
      ? { ...style, kind: "waves", title, x: axis, outer, left: wanted, right: [] }
      : { ...style, kind: "xy", title, x: axis, outer: outer.includes(axis) ? [] : outer, y: wanted };
  return { picture, cut };
}

function loop(columns: readonly Column[], path: string, device: string, { x, y = [] }: PlotOptions): Shown {
  if (x !== undefined || y.length > 0) throw new UsageError("`--iv` chooses both axes: leave out `--x` and `--y`.");
  const [voltage, current] = [voltageOf(columns, device), columnOf(columns, `i(${device})`)];
  const time = columns.find(({ name }) => name === "time") ?? columns[0]!;
  const whole = { device, time, voltage, current, period: undefined };
  const runs = spansOf(columns);
  const cut = cutOf(runs.length, "runs");
  const title = titled(stemOf(path), cut);
  if (runs.length < 2) return { picture: { ...style, kind: "loop", title, ...whole }, cut };
  const loops = runs.slice(0, mostCurves).map(({ name, from, to }) => {
    const part = (column: Column): Column => ({ ...column, values: column.values.subarray(from, to) });
    return { ...whole, device: name, time: part(time), voltage: part(voltage), current: part(current) };
  });
  return { picture: { ...style, kind: "loops", title, loops }, cut };
}

/** The rows of each run in the data of several, which begins with the columns `run` and what was stepped. */
function spansOf(columns: readonly Column[]): readonly { name: string; from: number; to: number }[] {
  const [run] = columns;
  const at = columns.findIndex(({ name }) => name === "time");
  if (run?.name !== "run" || at < 1) return [];
  const starts = [...run.values.keys()].filter((row) => row === 0 || run.values[row] !== run.values[row - 1]);
  const stepped = columns.slice(1, at);
  return starts.map((from, k) => {
    const values = stepped.map(({ name, values }) => `${name} = ${Number(values[from]!.toPrecision(6))}`);
    const name = values.length > 0 ? values.join(", ") : `run ${run.values[from]}`;
    return { name, from, to: starts[k + 1] ?? run.values.length };
  });
}

/** The column `v(device)`; without it the one voltage that there is. */
function voltageOf(columns: readonly Column[], device: string): Column {
  const own = columns.find(({ name }) => name.toLowerCase() === `v(${device.toLowerCase()})`);
  if (own) return own;
  const voltages = columns.filter(({ name }) => /^v\(/i.test(name));
  if (voltages.length === 1) return voltages[0]!;
  throw new UsageError(
    `There is no column \`v(${device})\`, and ${voltages.length === 0 ? "no other voltage" : "more than one voltage"}.`,
    `add \`v(${device})\` to the \`.print\` of the netlist, or name the axes with \`--x\` and \`--y\`.`,
  );
}

const whatIsKept =
  "A result keeps what the `.print` of its netlist names; without one, voltages of nodes and currents of sources.";

function columnOf(columns: readonly Column[], name: string): Column {
  const found = columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  const names = columns.map((column) => column.name);
  const near = similar(name, names);
  const shown = names
    .slice(0, 12)
    .map((it) => `\`${it}\``)
    .join(", ");
  const here = near ? `did you mean \`${near}\`?` : `there are ${shown}${names.length > 12 ? " …" : ""}.`;
  throw new UsageError(`There is no column \`${name}\`.`, `${here} ${whatIsKept}`);
}
