import type { MeasureTask } from "../circuit.js";
import type { Items } from "../items.js";
import { didYouMean, nearName, written } from "../readings.js";
import { nameOf } from "../words.js";
import { checkAlike } from "./print-card.js";

/** What is measured of one channel. */
const ofOne = ["rank", "kraus", "products", "trace_error", "corrected"] as const;
/** What is measured of two. */
const ofTwo = ["distance", "diamond_least", "diamond_most"] as const;

export type ChannelFigure = (typeof ofOne)[number] | (typeof ofTwo)[number];

/** `rank net`, `distance net small`; undefined after having complained. */
export function readChannelMeasure(items: Items): MeasureTask | undefined {
  const item = items.peek();
  const what = items.take(...ofOne, ...ofTwo);
  if (what === undefined) {
    const near = item?.kind === "word" ? nearName(nameOf(item, items.place), [...ofOne, ...ofTwo]) : undefined;
    const help = didYouMean(near).help ?? `there are ${[...ofOne, ...ofTwo].map((it) => `\`${it}\``).join(", ")}.`;
    const found = item === undefined ? "the end of the card" : `\`${written(item.span)}\``;
    items.error(
      "unknown-measure",
      `Expected what to measure of a channel, found ${found}.`,
      item?.span ?? items.span,
      help,
    );
    return undefined;
  }
  const isOfTwo = (ofTwo as readonly string[]).includes(what);
  const places: number[] = [];
  const { channels } = items.place.elaboration;
  const cards = Array.from({ length: isOfTwo ? 2 : 1 }, () => {
    const next = items.next();
    const found = next === undefined ? undefined : channels.named(next, items.place);
    if (next === undefined) {
      const needs = isOfTwo ? "two channels: `distance net small`" : `a channel: \`${what} net\``;
      items.error("missing-value", `\`${what}\` is of ${needs}.`, items.span);
    }
    if (found !== undefined) places.push(found.index);
    return found?.card;
  });
  const [one, other] = cards;
  if (one === undefined || cards.length !== places.length) return undefined;
  if (other !== undefined) checkAlike([one, other], items.span, items.place);
  return { kind: "channel", what, channels: places };
}
