import type { Runs } from "../circuit/runs/runs.js";
import type { LoopPicture, LoopsPicture, Picture, WavesPicture, XyPicture } from "../result/picture.js";
import type { Column } from "../result/result.js";
import type { Diagnostic } from "../text/diagnostic.js";
import { formatCell } from "../units/quantity.js";
import type { Ran, Simulated } from "./ran.js";
import { columnsOf } from "./rows.js";

/** A picture of a run. */
interface Shown<Kind extends Picture = Picture> {
  readonly run: Ran;
  readonly picture: Kind;
}

/** The most runs that have each a picture of their own, where pictures cannot share a frame. */
const mostAlone = 4;

/** The pictures of all runs: those of one card share a frame, a curve for each run, where they can. */
export const families = (ran: readonly Simulated[]): readonly Picture[] => groupsOf(ran).flatMap(family);

/** Tells of the pictures that `families` leaves out. */
export function leftOut(ran: readonly Simulated[], { axes, draws }: Runs): readonly Diagnostic[] {
  const cut = groupsOf(ran).filter((all) => all.length > mostAlone && family(all).length === mostAlone);
  const span = draws?.span ?? axes.at(-1)?.span;
  return cut.map((all) => {
    const message = `Of the pictures \`${all[0]!.picture.name}\`, one a run, only the first ${mostAlone} are drawn, of ${all.length}.`;
    return { severity: "note", code: "pictures-left-out", message, ...(span && { span }) };
  });
}

/** Pictures of one card, and of those that it has the same one of each run; each group by a name that no other has. */
function groupsOf(ran: readonly Simulated[]): readonly (readonly Shown[])[] {
  const groups = new Map<string, Shown[]>();
  for (const run of ran) {
    const met = new Map<string, number>();
    for (const picture of run.simulation.pictures) {
      const { card, name, byDefault } = picture;
      const before = met.get(card ?? "") ?? 0;
      met.set(card ?? "", before + 1);
      const key = card === undefined ? `${byDefault ?? false}:${name}` : `${card}:${before}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [{ run, picture }]);
      else group.push({ run, picture });
    }
  }
  const wanted = [...groups.values()]
    .map(([first]) => first!.picture)
    .filter(({ byDefault }) => byDefault === undefined);
  const asked = new Set(wanted.map(({ name }) => name));
  const shown = [...groups.values()].filter(([first]) => first!.picture.byDefault === undefined || !asked.has(first!.picture.name)); // biome-ignore format: one thought
  const used = new Set<string>();
  return shown.map((all) => {
    const name = freeName(all[0]!.picture.name, used);
    used.add(name);
    return all.map(({ run, picture }) => ({ run, picture: { ...picture, name } }));
  });
}

/** A name as it is, or counted on to the first that nobody has: which of a run's pictures is the second may differ from run to run. */
function freeName(name: string, used: ReadonlySet<string>): string {
  const [, stem, separator = "."] = /^(.*?)(?:(-|\.)\d+)?$/.exec(name)!;
  let free = name;
  for (let count = 1; used.has(free); count++) free = `${stem}${separator}${count}`;
  return free;
}

function family(all: readonly Shown[]): readonly Picture[] {
  const isOf = <Kind extends Picture["kind"]>(kind: Kind) => {
    const found = all.filter((it): it is Shown<Extract<Picture, { kind: Kind }>> => it.picture.kind === kind);
    return found.length === all.length ? found : undefined;
  };
  const [waves, xy, loop, loops] = [isOf("waves"), isOf("xy"), isOf("loop"), isOf("loops")];
  if (all.length === 1) return [all[0]!.picture];
  if (waves !== undefined) return [wavesOf(waves)];
  if (xy !== undefined) return [xyOf(xy)];
  if (loop !== undefined) return [loopsOf(loop)];
  if (loops !== undefined) return [loopsOf(loops)];
  return all.slice(0, mostAlone).map(({ run, picture }) => ({
    ...picture,
    name: `${picture.name}.run-${run.number}`,
    title: `${picture.title}, ${nameOf(run)}`,
  }));
}

const nameOf = ({ number, point }: Ran): string =>
  [
    ...point.axes.map(({ name, unit }, k) => `${name} = ${formatCell(point.values[k]!, unit)}`),
    ...(point.draw === undefined ? [] : [`run ${number}`]),
  ].join(", ");

/** The columns behind each other, and before them the sweeps around them: of the runs, then of the pictures. */
function joinedColumns<Kind extends WavesPicture | XyPicture>(
  all: readonly Shown<Kind>[],
  lists: readonly ((picture: Kind) => readonly Column[])[],
) {
  const [first] = all as [Shown<Kind>];
  const outer = (picture: Kind): readonly Column[] => picture.outer ?? [];
  // Names may meet in one picture, as of a signal on both axes: columns are joined by their places.
  const [of, ...rest] = [outer, ...lists].map((list) =>
    columnsOf(
      all.map(({ run, picture }) => ({
        run,
        result: list(picture).map((column, k) => ({ ...column, name: String(k) })),
      })),
    ),
  );
  const leading = 1 + first.run.point.axes.length;
  const lead = (rest[0] ?? []).slice(0, leading);
  const drawn = first.run.point.draw !== undefined;
  const own = (columns: readonly Column[], list: (picture: Kind) => readonly Column[]): readonly Column[] =>
    columns.slice(leading).map((column, k) => ({ ...column, name: list(first.picture)[k]!.name }));
  return {
    outer: [...lead.slice(1), ...(drawn ? lead.slice(0, 1) : []), ...own(of!, outer)],
    lists: rest.map((columns, k) => own(columns, lists[k]!)),
  };
}

function wavesOf(all: readonly Shown<WavesPicture>[]): Picture {
  const { outer, lists } = joinedColumns(all, [({ x }) => [x], ({ left }) => left, ({ right }) => right]);
  const events = all.flatMap(({ picture }) => picture.events ?? []).sort((a, b) => a.at - b.at);
  const { picture } = all[0]!;
  return { ...picture, x: lists[0]![0]!, outer, left: lists[1]!, right: lists[2]!, ...(picture.events && { events }) };
}

function xyOf(all: readonly Shown<XyPicture>[]): Picture {
  const { outer, lists } = joinedColumns(all, [({ x }) => [x], ({ y }) => y]);
  return { ...all[0]!.picture, x: lists[0]![0]!, outer, y: lists[1]! };
}

/** Loops of several runs in one frame, each told by its device and its run. */
function loopsOf(all: readonly Shown<LoopPicture | LoopsPicture>[]): Picture {
  const loops = all.flatMap(({ run, picture }) =>
    (picture.kind === "loop" ? [picture] : picture.loops).map((loop) => ({
      ...loop,
      run: nameOf(run),
    })),
  );
  const { name, named, title, xlabel, ylabel, logx, logy } = all[0]!.picture;
  return { kind: "loops", name, named, title, xlabel, ylabel, logx, logy, loops };
}
