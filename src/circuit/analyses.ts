import type { Directive, Item } from "../syntax/ast.js";
import type { Unit } from "../units/unit.js";
import type { AnalysisCard, Options, Sweep, TransientCard } from "./circuit.js";
import type { Environment } from "./environment.js";
import type { Placed } from "./expand.js";
import type { Part } from "./network.js";
import { didYouMean, nearName, numberOf, written } from "./readings.js";
import { readNumberTable } from "./tables.js";
import { nameOf, textOf } from "./words.js";

/** More output points than this are not interpolated: the steps themselves are put out. */
const mostGridPoints = 1e6;
/** More points than this are a slip. */
const mostSweepPoints = 1e8;

/** `.op`, `.dc` and `.tran`, in the order in which they stand. */
export function readAnalyses(cards: readonly Placed[], options: Options): readonly AnalysisCard[] {
  const found: AnalysisCard[] = [];
  for (const { card, place } of cards) {
    if (card.kind !== "directive") continue;
    if (card.name === ".op") found.push(readOp(card, place));
    const more =
      card.name === ".tran"
        ? readTransient(card, place, options)
        : card.name === ".dc"
          ? readSweep(card, place)
          : undefined;
    if (more !== undefined) found.push(more);
  }
  return found;
}

function readOp(card: Directive, place: Environment): AnalysisCard {
  const [extra] = card.items;
  if (extra !== undefined) behind(extra, place);
  return { kind: "op", span: card.span };
}

function behind(item: Item, place: Environment): void {
  const message = `\`${written(item.span)}\` stands behind a complete card.`;
  place.elaboration.complaints.error("text-behind-card", message, item.span);
}

/** `.tran [tstep] tstop [tstart [tmax]] [uic]`; one number alone is tstop. */
export function readTransient(card: Directive, place: Environment, options: Options): TransientCard | undefined {
  const { complaints } = place.elaboration;
  const numbers: { readonly value: number; readonly item: Item }[] = [];
  let uic = false;
  for (const item of card.items) {
    const word = item.kind === "word" ? nameOf(item, place) : undefined;
    if (word === "uic") uic = true;
    else if (word === "startup" || word === "steady" || word === "nodiscard" || word === "noop") {
      complaints.error("not-supported-yet", `\`${word}\` of \`.tran\` is not supported yet.`, item.span);
    } else if (item.kind === "setting" || numbers.length === 4) behind(item, place);
    else numbers.push({ value: numberOf(item, place, "a time"), item });
  }
  if (numbers.length === 0) {
    complaints.error(
      "missing-value",
      "`.tran` needs the time at which it stops: `.tran 1u 1m` or `.tran 1m`.",
      card.span,
    );
    return undefined;
  }
  if (numbers.some(({ value }) => Number.isNaN(value))) return undefined;
  const [first, second, third, fourth] = numbers;
  const stop = second ?? first!;
  const negative = numbers.find(({ value }) => value < 0);
  if (negative !== undefined || stop.value === 0) {
    complaints.error(
      "bad-time",
      "The times of `.tran` must not be negative, and it must stop behind 0.",
      (negative ?? stop).item.span,
    );
    return undefined;
  }
  const start = third?.value ?? 0;
  if (start >= stop.value) {
    complaints.error(
      "bad-time",
      "`.tran` starts to keep results only when it has stopped: tstart must be below tstop.",
      third!.item.span,
    );
    return undefined;
  }
  if (second !== undefined && first!.value > stop.value) {
    const help = "write the step first and the stop behind it: `.tran tstep tstop`.";
    complaints.error("bad-time", "The step of `.tran` is longer than the whole run.", first!.item.span, { help });
    return undefined;
  }
  const step = second === undefined || first!.value === 0 ? stop.value / 1000 : first!.value;
  const maxStep = fourth === undefined || fourth.value === 0 ? undefined : fourth.value;
  const points = (stop.value - start) / step;
  if (points > mostGridPoints && options.dialect !== "xyce") {
    const message = `An output every ${written(first!.item.span)} would be ${Number(points.toPrecision(3)).toExponential().replace("+", "")} points: the solver's own steps are put out instead.`;
    complaints.note("fine-grid", message, first!.item.span);
  }
  const grid = points <= mostGridPoints && options.dialect !== "xyce";
  return { kind: "tran", step, stop: stop.value, start, maxStep, uic, grid, span: card.span };
}

/** `.dc src a b step [src2 …]` and `.dc data="inputs.csv"`. */
function readSweep(card: Directive, place: Environment): AnalysisCard | undefined {
  const data = card.items.find((item) => item.kind === "setting");
  const sweeps = data ? fromData(card, data, place) : fromSteps(card, place);
  return sweeps && { kind: "dc", sweeps, span: card.span };
}

type Setting = Extract<Item, { kind: "setting" }>;

function fromData(card: Directive, setting: Setting, place: Environment): readonly Sweep[] | undefined {
  const { complaints } = place.elaboration;
  const extra = card.items.find((item) => item !== setting);
  if (extra !== undefined) behind(extra, place);
  if (nameOf(setting.name, place) !== "data" || setting.value.kind !== "quoted") {
    complaints.error("unexpected-text", 'A sweep by a file is `.dc data="inputs.csv"`.', setting.span);
    return undefined;
  }
  const table = readNumberTable(setting.value.text, setting.value.span, place.elaboration);
  if (table === undefined) return undefined;
  if (table.header === undefined || table.rows.length === 0) {
    const message = `\`${setting.value.text}\` needs a first row with the names of sources, and rows of numbers below.`;
    complaints.error("bad-table", message, setting.value.span);
    return undefined;
  }
  const short = table.rows.find((row) => row.length !== table.header!.length);
  if (short !== undefined) {
    const message = `\`${setting.value.text}\` has ${table.header.length} columns, but a row of ${short.length} numbers.`;
    complaints.error("bad-table", message, setting.value.span);
    return undefined;
  }
  const targets = table.header.map((name) => targetOf(name, setting.value.span, place));
  if (targets.some((target) => target === undefined)) return undefined;
  return [{ targets: targets as Sweep["targets"][number][], points: table.rows }];
}

function fromSteps(card: Directive, place: Environment): readonly Sweep[] | undefined {
  const { complaints } = place.elaboration;
  const sweeps: Sweep[] = [];
  for (let k = 0; k < card.items.length; k += 4) {
    const [name, ...range] = card.items.slice(k, k + 4);
    const shown = name?.kind === "word" ? textOf(name, place) : undefined;
    const word = shown?.toLowerCase();
    if (shown === undefined || word === undefined || range.length < 3) {
      const help = "a sweep is a source and three numbers: `.dc V1 0 5 0.1`.";
      complaints.error("missing-value", "`.dc` ends before its sweep is complete.", name?.span ?? card.span, { help });
      return undefined;
    }
    if (word === "dec" || word === "oct" || word === "lin" || word === "list") {
      complaints.error("not-supported-yet", `\`.dc ${word}\` is not supported yet.`, name!.span);
      return undefined;
    }
    const target = targetOf(shown, name!.span, place);
    const [from, to, step] = range.map((item) => numberOf(item, place, "a number")) as [number, number, number];
    const points = stepped(from, to, step, range[2]!, place);
    if (target === undefined || points === undefined) return undefined;
    sweeps.push({ targets: [target], points });
  }
  if (sweeps.length > 0) return sweeps;
  complaints.error("missing-value", "`.dc` needs a source and three numbers: `.dc V1 0 5 0.1`.", card.span);
  return undefined;
}

/** The source that a sweep sets. */
function targetOf(name: string, span: Item["span"], place: Environment): Sweep["targets"][number] | undefined {
  const { complaints, network } = place.elaboration;
  const part = network.find(name, place)?.part;
  if (part?.failed) return undefined;
  if (part === undefined) {
    if (place.parameter(name.toLowerCase()) !== undefined) {
      complaints.error(
        "not-supported-yet",
        `A sweep of \`${name}\` is not supported yet: only sources and resistors can be swept.`,
        span,
      );
      return undefined;
    }
    const near = nearName(name, network.instanceNames(place));
    complaints.error("unknown-device", `There is no source \`${name}\` to sweep.`, span, didYouMean(near));
    return undefined;
  }
  const swept = sweptValue(part);
  if (swept !== undefined) return { instance: part.index, name: part.name, ...swept };
  complaints.error(
    "cannot-sweep",
    `\`${name}\` cannot be swept: a sweep sets independent sources and resistors.`,
    span,
  );
  return undefined;
}

function sweptValue({ element, values }: Part): { readonly setting: string; readonly unit: Unit } | undefined {
  if (element === "v" && "dc" in values) return { setting: "dc", unit: "V" };
  if (element === "i" && "dc" in values) return { setting: "dc", unit: "A" };
  if (element === "r" && "r" in values) return { setting: "r", unit: "Ω" };
  return undefined;
}

/** from, from + step, …, to; the last point is `to` itself where it lies on the grid but for rounding. */
function stepped(
  from: number,
  to: number,
  step: number,
  item: Item,
  place: Environment,
): readonly (readonly number[])[] | undefined {
  const { complaints } = place.elaboration;
  if ([from, to, step].some(Number.isNaN)) return undefined;
  if (step === 0 && from !== to) {
    complaints.error("bad-step", "The step of a sweep must not be 0.", item.span);
    return undefined;
  }
  const count = from === to ? 0 : (to - from) / step;
  if (count < 0) {
    const help = `write \`${-step}\`.`;
    complaints.error(
      "bad-step",
      `The sweep goes from ${from} to ${to}, but its step of ${step} leads away.`,
      item.span,
      { help },
    );
    return undefined;
  }
  if (count > mostSweepPoints) {
    complaints.error(
      "bad-step",
      `The sweep would have ${Math.round(count)} points; at most ${mostSweepPoints} are allowed.`,
      item.span,
    );
    return undefined;
  }
  const whole = Math.floor(count + 1e-9);
  return Array.from({ length: whole + 1 }, (_, k) => [
    k === whole && Math.abs(count - whole) < 1e-9 ? to : from + k * step,
  ]);
}
