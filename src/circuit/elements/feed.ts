import { pwl } from "../../devices/sources/waveforms/pwl.js";
import type { Word } from "../../syntax/ast.js";
import type { Card } from "../card.js";
import { written } from "../readings.js";
import { Settings } from "../settings.js";
import { textOf } from "../words.js";
import { argumentsOf } from "./arguments.js";
import type { Shaped } from "./piecewise.js";

/** `feed(ts.u period=1m [hold=yes] [scale=1] [offset=0])`: a row of a data set each period, from t = 0 on. */
export function readFeed(card: Card, word: Word): Shaped | undefined {
  const [first, ...rest] = argumentsOf(card);
  const given = new Settings("feed", rest, card.place, word.span, ["period", "hold", "scale", "offset"]);
  const period = given.number("period", undefined, [Number.MIN_VALUE, Infinity]);
  const [scale, offset] = [given.number("scale", 1), given.number("offset", 0)];
  const hold = given.flag("hold", true);
  if (given.value("period") === undefined)
    given.error("missing-value", "`feed` needs `period=`, how long a row lasts, s.", word.span, example);
  if (first?.kind !== "word") {
    const found = first === undefined ? "nothing" : `\`${written(first.span)}\``;
    card.error("missing-value", `\`feed\` of \`${card.shown}\` needs a column of a data set, found ${found}.`, first?.span ?? word.span, undefined, example); // biome-ignore format: one thought
    return undefined;
  }
  const { datasets } = card.elaboration;
  const column = datasets.column(textOf(first, card.place).toLowerCase(), first.span, card.place);
  if (column === undefined || period === undefined || ![period, scale, offset].every(Number.isFinite)) return undefined;
  datasets.feeds.push({ data: column.data, period, span: word.span });
  const { values } = column;
  // Before the first row nothing is fed.
  const times = Float64Array.from({ length: values.length + 1 }, (_, k) => (k - 1) * period);
  const levels = Float64Array.from(times, (_, k) => offset + (k === 0 ? 0 : scale * values[k - 1]!));
  return { waveform: pwl(times, levels, { hold }), values: {} };
}

const example = "write `feed(ts.u period=1m)`.";
