import type { Waveform } from "../../devices/sources/waveform.js";
import { pwl } from "../../devices/sources/waveforms/pwl.js";
import type { Item, Word } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import type { Card } from "../card.js";
import { numberOf } from "../readings.js";
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
  const items = repeated ?? written;
  const file = card.setting("file");
  const inner = items.filter((item) => item.kind === "setting");
  const innerFile = inner.find(({ name }) => nameOf(name, card.place) === "file");
  const chosen = file ?? innerFile;
  const numbers = chosen ? fromFile(card, chosen.value) : pointsOf(card, items);
  const repeat = repeated === undefined ? settingOf(card, inner, "r") : 0;
  const td = settingOf(card, inner, "td");
  const hold = holds(card, inner);
  if (numbers === undefined || !ascends(card, numbers, items, chosen?.span ?? word.span)) return undefined;
  const times = Float64Array.from({ length: numbers.length / 2 }, (_, k) => numbers[2 * k]!);
  const levels = Float64Array.from({ length: numbers.length / 2 }, (_, k) => numbers[2 * k + 1]!);
  if (repeat !== undefined && repeat >= 0 && !times.includes(repeat)) {
    card.error("bad-repeat", `\`r=${repeat}\` is none of the times of the points of \`${card.shown}\`.`, word.span);
    return undefined;
  }
  const options = { ...(td !== undefined && { td }), ...(repeat !== undefined && repeat >= 0 && { repeat }), hold };
  return { waveform: pwl(times, levels, options), values: {} };
}

/** The points within LTspice's `repeat forever ( … ) endrepeat`; undefined where there is no `repeat`. */
function repeatedPoints(card: Card, items: readonly Item[]): readonly Item[] | undefined {
  const word = (item: Item | undefined) => (item?.kind === "word" ? nameOf(item, card.place) : undefined);
  if (word(items[0]) !== "repeat") return undefined;
  if (word(items[1]) !== "forever") {
    const help = "`repeat forever` goes on without end.";
    const message = "`repeat for` with a number of times is not supported yet.";
    card.error("not-supported-yet", message, items[0]!.span, undefined, help);
  }
  return items
    .slice(2)
    .flatMap((item) => (item.kind === "group" ? item.items : word(item) === "endrepeat" ? [] : item));
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
