import type { Waveform } from "../../devices/sources/waveform.js";
import { pwl } from "../../devices/sources/waveforms/pwl.js";
import type { Item, Word } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import type { Card } from "../card.js";
import { numberOf, written } from "../readings.js";
import { readNumberTable } from "../tables.js";
import { nameOf, textOf } from "../words.js";
import { argumentsOf } from "./arguments.js";

/** A waveform with its numbers. */
export interface Shaped {
  readonly waveform: Waveform;
  readonly values: Readonly<Record<string, number>>;
}

/** `pwl(t1 v1 t2 v2 …) [r=t] [td=t]` and `pwl file="x.csv" [r=] [td=] [hold=yes]`. */
export function readPieces(card: Card, word: Word): Shaped | undefined {
  const written = argumentsOf(card);
  const repeated = repeatedPoints(card, written);
  if (Number.isNaN(repeated?.times)) return undefined;
  const items = repeated?.items ?? written;
  const file = card.setting("file");
  const inner = items.filter((item) => item.kind === "setting");
  const innerFile = inner.find(({ name }) => nameOf(name, card.place) === "file");
  const chosen = file ?? innerFile;
  const once = chosen ? fromFile(card, chosen.value) : pointsOf(card, items);
  const repeat = repeated?.times === Number.POSITIVE_INFINITY ? 0 : settingOf(card, inner, "r");
  const td = settingOf(card, inner, "td");
  const hold = holds(card, inner);
  if (once === undefined || !ascends(card, once, items, chosen?.span ?? word.span)) return undefined;
  const numbers = timesOver(repeated?.times ?? 1, once);
  if (numbers === undefined) {
    card.error("bad-repeat", `\`repeat for\` of \`${card.shown}\` makes more than ${mostPoints} points.`, word.span);
    return undefined;
  }
  const times = Float64Array.from({ length: numbers.length / 2 }, (_, k) => numbers[2 * k]!);
  const levels = Float64Array.from({ length: numbers.length / 2 }, (_, k) => numbers[2 * k + 1]!);
  if (repeat !== undefined && repeat >= 0 && !times.includes(repeat)) {
    card.error("bad-repeat", `\`r=${repeat}\` is none of the times of the points of \`${card.shown}\`.`, word.span);
    return undefined;
  }
  const options = { ...(td !== undefined && { td }), ...(repeat !== undefined && repeat >= 0 && { repeat }), hold };
  return { waveform: pwl(times, levels, options), values: {} };
}

/** What LTspice repeats, and how often. */
interface Repeated {
  readonly items: readonly Item[];
  /** Infinity: `forever`. */
  readonly times: number;
}

/**
 * The points within LTspice's `repeat for n ( … ) endrepeat` and `repeat forever ( … ) endrepeat`; undefined where there is no
 * `repeat`.
 */
function repeatedPoints(card: Card, items: readonly Item[]): Repeated | undefined {
  const word = (item: Item | undefined) => (item?.kind === "word" ? nameOf(item, card.place) : undefined);
  const [repeat, how, ...rest] = items;
  if (word(repeat) !== "repeat") return undefined;
  const isForever = word(how) === "forever";
  const points = isForever ? rest : rest.slice(1);
  return {
    items: points.flatMap((item) => (item.kind === "group" ? item.items : word(item) === "endrepeat" ? [] : item)),
    times: isForever ? Number.POSITIVE_INFINITY : repetitions(card, how, rest[0], repeat!),
  };
}

/** NaN after having complained. */
function repetitions(card: Card, how: Item | undefined, count: Item | undefined, repeat: Item): number {
  const help = "write `repeat for 5 (0 0 1m 1) endrepeat`.";
  if (how?.kind !== "word" || nameOf(how, card.place) !== "for" || count === undefined || count.kind === "group") {
    const message = "Behind `repeat` stands `forever`, or `for` and how often.";
    card.error("bad-repeat", message, how?.span ?? repeat.span, undefined, help);
    return Number.NaN;
  }
  const times = numberOf(count, card.place, "how often");
  if (Number.isNaN(times) || (Number.isInteger(times) && times >= 1)) return times;
  const message = `\`repeat for\` takes a whole number of at least 1, not \`${written(count.span)}\`.`;
  card.error("bad-repeat", message, count.span, undefined, help);
  return Number.NaN;
}

/** More than this are a slip. */
const mostPoints = 1e6;

/** Times and values so many times behind each other, each beginning at the time at which the one before ends. */
function timesOver(times: number, once: readonly number[]): readonly number[] | undefined {
  if (times === 1 || times === Number.POSITIVE_INFINITY) return once;
  if ((times * once.length) / 2 > mostPoints) return undefined;
  const period = once.at(-2)!;
  return Array.from({ length: times }, (_, n) =>
    once.map((value, k) => (k % 2 === 0 ? n * period + value : value)),
  ).flat();
}

/**
 * Times and values. In LTspice a time with a plus sign is counted from the time before; nobody else writes the sign, so
 * it is read so everywhere but in decks that say that they are another's.
 */
function pointsOf(card: Card, items: readonly Item[]): readonly number[] {
  const { dialect, complaints } = card.elaboration;
  const numbers: number[] = [];
  for (const item of items) {
    if (item.kind === "setting") continue;
    const number = numberOf(item, card.place, "a time or a value");
    const isRelative = numbers.length % 2 === 0 && item.kind === "word" && textOf(item, card.place).startsWith("+");
    const counts = isRelative && (dialect === "auto" || dialect === "ltspice");
    numbers.push(counts ? number + (numbers.at(-2) ?? 0) : number);
    if (!counts || dialect !== "auto") continue;
    const message = `Times of \`${card.shown}\` with a plus sign are counted from the time before, as in LTspice.`;
    complaints.note("relative-time", message, card.span, { help: "without the sign they are counted from 0." });
  }
  return numbers;
}

type Settings = readonly Extract<Item, { kind: "setting" }>[];

function settingOf(card: Card, inner: Settings, name: string): number | undefined {
  const found = inner.find((setting) => nameOf(setting.name, card.place) === name);
  return found ? numberOf(found.value, card.place, `a time for \`${name}\``) : card.settingNumber(name);
}

function holds(card: Card, inner: Settings): boolean {
  const found = inner.find(({ name }) => nameOf(name, card.place) === "hold") ?? card.setting("hold");
  if (found === undefined) return false;
  const word = found.value.kind === "word" ? nameOf(found.value, card.place) : "";
  if (["yes", "1", "true"].includes(word)) return true;
  if (!["no", "0", "false"].includes(word)) card.error("unknown-word", "`hold` is `yes` or `no`.", found.value.span);
  return false;
}

function fromFile(card: Card, value: Extract<Item, { kind: "setting" }>["value"]): readonly number[] | undefined {
  const file = value.kind === "quoted" ? value.text : value.kind === "word" ? textOf(value, card.place) : undefined;
  if (file === undefined) {
    card.error("missing-file", "Expected the name of a file in quotes.", value.span);
    return undefined;
  }
  const table = readNumberTable(file, value.span, card.elaboration);
  const odd = table?.rows.find((row) => row.length !== 2);
  if (odd === undefined) return table?.rows.flat();
  card.error(
    "bad-table",
    `\`${file}\` has a row of ${odd.length} numbers: a waveform has two, time and value.`,
    value.span,
  );
  return undefined;
}

/** Points come in pairs, and their times do not fall. */
function ascends(card: Card, numbers: readonly number[], items: readonly Item[], span: Span): boolean {
  if (numbers.some(Number.isNaN)) return false;
  if (numbers.length < 2 || numbers.length % 2 !== 0) {
    const message = `\`pwl\` of \`${card.shown}\` needs pairs of a time and a value, found ${numbers.length} numbers.`;
    card.error("odd-points", message, items.at(-1)?.span ?? span);
    return false;
  }
  for (let k = 2; k < numbers.length; k += 2) {
    if (numbers[k]! >= numbers[k - 2]!) continue;
    const message = `The times of \`pwl\` of \`${card.shown}\` must not fall: ${numbers[k]} s comes behind ${numbers[k - 2]} s.`;
    card.error("times-fall", message, items[k]?.span ?? span);
    return false;
  }
  return true;
}
