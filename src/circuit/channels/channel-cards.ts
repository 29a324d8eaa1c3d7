import type { Directive, Item } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import type { Environment } from "../environment.js";
import type { Placed } from "../expand.js";
import { didYouMean, nearName, written } from "../readings.js";
import { nameOf } from "../words.js";
import type { ChannelCard } from "./card.js";
import { readChannel } from "./channel-card.js";
import { compressedName, readCompress } from "./compress-card.js";

interface Entry {
  readonly card: Directive;
  readonly place: Environment;
  readonly name: string;
  readonly index: number;
  read: "not yet" | "pending" | ChannelCard | undefined;
}

/** The channels of a netlist by their names, each read when it is first asked for: a card may speak of those below it. */
export class ChannelCards {
  readonly #entries: readonly Entry[];
  readonly #byName = new Map<string, Entry>();
  /** The card that is being read. */
  #at: Entry | undefined;

  constructor(cards: readonly Placed[]) {
    const own = cards.flatMap(({ card, place }) =>
      card.kind === "directive" && (card.name === ".channel" || card.name === ".compress") ? [{ card, place }] : [],
    );
    this.#entries = own.map(({ card, place }, index) => {
      const name = card.name === ".channel" ? givenName(card, place) : compressedName(card, place);
      return { card, place, name, index, read: "not yet" };
    });
    for (const entry of this.#entries) this.#enter(entry);
  }

  #enter(entry: Entry): void {
    const before = this.#byName.get(entry.name);
    if (before === undefined) this.#byName.set(entry.name, entry);
    else if (entry.name !== "") {
      const help = entry.card.name === ".compress" ? "call what is compressed otherwise: `as=small`." : undefined;
      entry.place.elaboration.duplicate(`Channel \`${entry.name}\``, entry.card.span, before.card.span, help);
    }
  }

  /** All of them, by the places that cards speak of; undefined for one that is not sound. */
  readAll(): readonly (ChannelCard | undefined)[] {
    return this.#entries.map((entry) => this.#read(entry));
  }

  get any(): boolean {
    return this.#entries.length > 0;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /** Where the card stands that is being read. */
  get place(): Environment {
    return this.#at!.place;
  }

  get span(): Span {
    return this.#at!.card.span;
  }

  /** A channel by its name; undefined after having complained. */
  named(item: Item, place = this.place): { readonly card: ChannelCard; readonly index: number } | undefined {
    const { complaints } = place.elaboration;
    if (item.kind !== "word") {
      const message = `Expected the name of a channel, found \`${written(item.span)}\`.`;
      complaints.error("expected-name", message, item.span);
      return undefined;
    }
    const name = nameOf(item, place);
    const entry = this.#byName.get(name);
    if (entry === undefined) {
      const names = this.#soundNames();
      const list = names.map((it) => `\`${it}\``).join(", ");
      const near = didYouMean(nearName(name, names)).help;
      const help = near ?? (names.length > 0 ? `there is ${list}.` : `declare it: \`.channel ${name} in=4 out=2\`.`);
      complaints.error("unknown-channel", `There is no channel \`${name}\`.`, item.span, { help });
      return undefined;
    }
    if (entry.read === "pending") {
      complaints.error("channel-cycle", `Channel \`${name}\` is made of itself.`, item.span);
      return undefined;
    }
    const card = this.#read(entry);
    return card && { card, index: entry.index };
  }

  /** The channels that can be spoken of: sound ones. What is being read as this is asked has a fault, or is made of what has one. */
  #soundNames(): readonly string[] {
    const entries = [...this.#byName.values()];
    return entries.flatMap((it) => (it.read !== "pending" && this.#read(it) !== undefined ? [it.name] : []));
  }

  #read(entry: Entry): ChannelCard | undefined {
    if (typeof entry.read !== "string") return entry.read;
    const outer = this.#at;
    this.#at = entry;
    entry.read = "pending";
    const { card, place, name } = entry;
    entry.read =
      card.name === ".channel" ? readChannel(card, place, name, this) : readCompress(card, place, name, this);
    this.#at = outer;
    return entry.read;
  }
}

/** `.channel c …`, `.channel net = …`: the name, empty where there is none. */
function givenName({ items: [first] }: Directive, place: Environment): string {
  const word = first?.kind === "setting" ? first.name : first;
  return word?.kind === "word" ? nameOf(word, place) : "";
}
