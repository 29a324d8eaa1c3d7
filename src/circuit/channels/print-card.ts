import type { Directive } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import type { Environment } from "../environment.js";
import { Items } from "../items.js";
import { didYouMean, nearName, written } from "../readings.js";
import { nameOf } from "../words.js";
import type { ChannelCards } from "./channel-cards.js";

/** `.print channel net …`: what there is to tell of a channel; runs among the analyses. */
export interface ChannelPrint {
  readonly kind: "channel-print";
  /** Its place among the circuit's channels. */
  readonly channel: number;
  /** Matrices that are written into tables. */
  readonly tables: readonly (typeof channelTables)[number][];
  /** Places of the channels that it is compared with. */
  readonly others: readonly number[];
  readonly span: Span;
}

export const channelTables = ["choi", "kraus"] as const;
const words = ["rank", ...channelTables];

export const isChannelPrint = ({ name, items: [first] }: Directive, place: Environment): boolean =>
  name === ".print" && first?.kind === "word" && nameOf(first, place) === "channel";

/** `.print channel net [rank] [choi] [kraus] [distance=other | distance=(a,b)]`; undefined after having complained. */
export function readChannelPrint(
  card: Directive,
  place: Environment,
  channels: ChannelCards,
): ChannelPrint | undefined {
  const { complaints } = place.elaboration;
  const before = complaints.errors;
  const items = new Items(card.items.slice(1), place, card.span);
  const first = items.next();
  if (first === undefined) {
    items.error("missing-name", "`.print channel` needs a channel: `.print channel net rank`.", card.span);
    return undefined;
  }
  const own = channels.named(first, place);
  const tables: ChannelPrint["tables"][number][] = [];
  const others: number[] = [];
  while (items.left > 0) {
    const distance = items.setting("distance");
    const word = distance === undefined ? items.take(...words) : undefined;
    const table = channelTables.find((it) => it === word);
    if (table !== undefined && !tables.includes(table)) tables.push(table);
    if (word !== undefined) continue;
    if (distance === undefined) return complainOfWord(items);
    for (const item of distance.value.kind === "group" ? distance.value.items : [distance.value]) {
      const other = channels.named(item, place);
      if (own === undefined || other === undefined) continue;
      checkAlike([own.card, other.card], item.span, place);
      others.push(other.index);
    }
  }
  if (own === undefined || complaints.errors > before) return undefined;
  return { kind: "channel-print", channel: own.index, tables, others, span: card.span };
}

function complainOfWord(items: Items): undefined {
  const item = items.peek()!;
  const word = item.kind === "setting" ? item.name : item;
  const near = word.kind === "word" ? nearName(nameOf(word, items.place), [...words, "distance"]) : undefined;
  const help = didYouMean(near).help ?? "there are `rank`, `choi`, `kraus` and `distance=` another channel.";
  items.error("unknown-word", `\`${written(item.span)}\` is nothing that is told of a channel.`, item.span, help);
}

interface Shaped {
  readonly name: string;
  readonly input: number;
  readonly output: number;
}

/** Channels that are compared have one shape; complains where they have not. */
export function checkAlike([a, b]: readonly [Shaped, Shaped], span: Span, { elaboration }: Environment): void {
  if (a.input === b.input && a.output === b.output) return;
  const [one, other] = [a, b].map(({ name, input, output }) => `\`${name}\` goes from ${input} to ${output} levels`);
  const message = `These channels cannot be compared: ${one}, but ${other}.`;
  elaboration.complaints.error("unlike-dimensions", message, span);
}
