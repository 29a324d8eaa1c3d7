import type { Directive, Item } from "../syntax/ast.js";
import type { Span } from "../text/source.js";
import type { Options, TransientCard } from "./circuit.js";
import type { Environment } from "./environment.js";
import { Items } from "./items.js";
import { numberOf, written } from "./readings.js";

/** More output points than this are not interpolated: the steps themselves are put out. */
const mostGridPoints = 1e6;

/** A number of the card and where it stands. */
interface Time {
  readonly value: number; // s
  readonly span: Span;
}

/** `.tran [tstep] tstop [tstart [tmax]] [uic]`; one number alone is tstop. */
export function readTransient(card: Directive, place: Environment, options: Options): TransientCard | undefined {
  const items = new Items(card.items, place, card.span);
  const { times, uic } = readTimes(items);
  if (times.length === 0) {
    const message = "`.tran` needs the time at which it stops: `.tran 1u 1m` or `.tran 1m`.";
    items.error("missing-value", message, card.span);
    return undefined;
  }
  if (!areGood(times, items)) return undefined;
  const [first, second, third, fourth] = times as [Time, Time?, Time?, Time?];
  const stop = (second ?? first).value;
  const start = third?.value ?? 0;
  const step = second === undefined || first.value === 0 ? stop / 1000 : first.value;
  const maxStep = fourth?.value || undefined;
  const grid = isGrid((stop - start) / step, first, options, items);
  return { kind: "tran", step, stop, start, maxStep, uic, grid, span: card.span };
}

/** Words of `.tran` that other simulators know. */
const later = ["startup", "steady", "nodiscard", "noop"] as const;

function readTimes(items: Items): { readonly times: readonly Time[]; readonly uic: boolean } {
  const times: Time[] = [];
  let uic = false;
  while (items.left > 0) {
    const item = items.peek() as Item;
    const unbuilt = items.take(...later);
    if (unbuilt !== undefined)
      items.error("not-supported-yet", `\`${unbuilt}\` of \`.tran\` is not supported yet.`, item.span);
    else if (items.take("uic")) uic = true;
    else if (item.kind === "setting" || times.length === 4) items.end();
    else times.push({ value: numberOf(items.next()!, items.place, "a time"), span: item.span });
  }
  return { times, uic };
}

/** Complains of times that make no run. */
function areGood(times: readonly Time[], items: Items): boolean {
  if (times.some(({ value }) => Number.isNaN(value))) return false;
  const [first, second, third] = times as [Time, Time?, Time?];
  const stop = second ?? first;
  const negative = times.find(({ value }) => value < 0);
  if (negative !== undefined || stop.value === 0) {
    const message = "The times of `.tran` must not be negative, and it must stop behind 0.";
    items.error("bad-time", message, (negative ?? stop).span);
    return false;
  }
  if (third !== undefined && third.value >= stop.value) {
    const message = "`.tran` starts to keep results only when it has stopped: tstart must be below tstop.";
    items.error("bad-time", message, third.span);
    return false;
  }
  if (second !== undefined && first.value > stop.value) {
    const help = "write the step first and the stop behind it: `.tran tstep tstop`.";
    items.error("bad-time", "The step of `.tran` is longer than the whole run.", first.span, help);
    return false;
  }
  return true;
}

/** Whether output is interpolated at so many points, or stands at the solver's own steps. */
function isGrid(points: number, step: Time, { dialect }: Options, { place }: Items): boolean {
  if (dialect === "xyce") return false;
  if (points <= mostGridPoints) return true;
  const count = Number(points.toPrecision(3)).toExponential().replace("+", "");
  const message = `An output every ${written(step.span)} would be ${count} points: the solver's own steps are put out instead.`;
  place.elaboration.complaints.note("fine-grid", message, step.span);
  return false;
}
