import type { Directive } from "../../syntax/ast.js";
import type { Environment } from "../environment.js";
import { CardSettings } from "../training/card-settings.js";
import { nameOf } from "../words.js";
import { type ChannelCard, compressions } from "./card.js";
import { mostEntries } from "./channel-card.js";
import type { ChannelCards } from "./channel-cards.js";

const settings = ["rank", "method", "seed", "as"];

/** `.compress net rank=4 [method=choi | sketch] [seed=] [as=small]`: the channel, by fewer Kraus operators, as another. */
export function readCompress(
  card: Directive,
  place: Environment,
  name: string,
  cards: ChannelCards,
): ChannelCard | undefined {
  const { complaints } = place.elaboration;
  const before = complaints.errors;
  const given = new CardSettings(".compress", card.items, place, card.span, settings);
  const [first] = card.items;
  const of = first?.kind === "word" ? cards.named(first) : undefined;
  const rank = given.count("rank", undefined);
  const method = given.word("method", compressions) ?? "choi";
  const seed = given.count("seed", undefined, 0);
  if (rank === undefined) given.error("missing-value", "`.compress` needs `rank=`, how many Kraus operators are left.");
  if (seed !== undefined && method === "choi")
    given.error("no-effect", "`seed=` is of `method=sketch`: nothing is drawn otherwise.", given.at("seed"));
  if (of === undefined || rank === undefined || Number.isNaN(rank)) return undefined;
  const { input, output } = of.card;
  if (rank * output < input) {
    const message = `${rank} Kraus ${rank === 1 ? "operator" : "operators"} of ${output} × ${input} cannot preserve traces: \`${of.card.name}\` needs a rank of ${Math.ceil(input / output)} or more.`;
    given.error("parameter-range", message, given.at("rank"));
  }
  if (method === "sketch" && rank * input * output > mostEntries) {
    const message = `${rank} operators of ${output} × ${input} are too many to draw: up to ${mostEntries} entries in all.`;
    given.error("too-large", message, given.at("rank"));
  }
  if (method === "choi" && rank > input * output) {
    const message = `No channel from ${input} to ${output} levels needs more than ${input * output} Kraus operators: nothing is left out by a rank of ${rank}.`;
    complaints.warning("no-effect", message, given.at("rank"));
  }
  if (complaints.errors > before) return undefined;
  const definition = { kind: "compressed", of: of.index, rank, method, seed } as const;
  return { name, input, output, count: rank, definition, span: card.span };
}

/** What the card calls the channel that it makes: `as=`, else the other's name with the method behind it. */
export function compressedName({ items: [first, ...rest] }: Directive, place: Environment): string {
  const word = (name: string): string | undefined => {
    const setting = rest.find((it) => it.kind === "setting" && nameOf(it.name, place) === name);
    return setting?.kind === "setting" && setting.value.kind === "word" ? nameOf(setting.value, place) : undefined;
  };
  if (first?.kind !== "word") return word("as") ?? "";
  return word("as") ?? `${nameOf(first, place)}_${word("method") ?? compressions[0]}`;
}
