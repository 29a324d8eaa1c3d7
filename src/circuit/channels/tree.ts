import type { Item } from "../../syntax/ast.js";
import { written } from "../readings.js";
import { nameOf } from "../words.js";
import type { ChannelCard, ChannelNode, ChannelTree } from "./card.js";
import type { ChannelCards } from "./channel-cards.js";

/** A tree with the dimensions of what it takes and gives, and the Kraus operators it has at most. */
interface Sized<Tree> {
  readonly tree: Tree;
  readonly input: number;
  readonly output: number;
  readonly count: number;
}

/** Entries of the products of Kraus operators that one step of a composition may have: 128 MB of complex numbers. */
const mostEntries = 2 ** 23;

/** `c3(c1(x1,x2),c2(x3,x4))`: a channel behind others. Inputs share equally what a channel takes beside what it is given. */
export class TreeReader {
  readonly #inputs = new Set<string>();

  constructor(readonly cards: ChannelCards) {}

  /** Undefined after having complained. */
  read(items: readonly Item[]): Sized<ChannelNode> | undefined {
    const [word, group, ...more] = items;
    if (word?.kind !== "word" || group?.kind !== "group") {
      const at = word ?? group;
      const found = at === undefined ? "nothing" : `\`${written(at.span)}\``;
      const message = `Expected a channel and what it is given, as in \`c2(c1(x1,x2))\`, found ${found}.`;
      this.#error("bad-network", message, at);
      return undefined;
    }
    if (more.length > 0) {
      this.#error("text-behind-card", `\`${written(more[0]!.span)}\` stands behind a complete network.`, more[0]);
      return undefined;
    }
    return this.#node(word, group.items);
  }

  #error(code: string, message: string, item: Item | undefined, help?: string): undefined {
    const span = item?.span ?? this.cards.span;
    this.cards.place.elaboration.complaints.error(code, message, span, { ...(help !== undefined && { help }) });
  }

  #node(word: Item, items: readonly Item[]): Sized<ChannelNode> | undefined {
    const found = this.cards.named(word);
    const given = this.#given(items);
    if (found === undefined || given === undefined) return undefined;
    const { card, index } = found;
    const rest = this.#leftFor(card, given, word);
    if (rest === undefined) return undefined;
    const parts = given.map((it): Sized<ChannelTree> => {
      if (typeof it !== "string") return it;
      return { tree: { kind: "input", name: it, dimension: rest }, input: rest, output: rest, count: 1 };
    });
    const product = (of: (part: Sized<ChannelTree>) => number) => parts.reduce((sum, part) => sum * of(part), 1);
    const [input, operators] = [product((it) => it.input), card.count * product((it) => it.count)];
    const entries = operators * input * Math.max(card.output, card.input / card.count);
    if (entries > mostEntries) {
      const message = `What \`${card.name}\` is given here makes ${operators} products of ${card.output} × ${input} entries, too many to be multiplied out.`;
      return this.#error("too-large", message, word, "compress what it is given, or take channels of fewer operators.");
    }
    const tree: ChannelNode = { kind: "channel", channel: index, arguments: parts.map((part) => part.tree) };
    return { tree, input, output: card.output, count: Math.min(operators, input * card.output) };
  }

  /** What a channel is given: other channels with what these are given, or names of inputs. */
  #given(items: readonly Item[]): readonly (Sized<ChannelNode> | string)[] | undefined {
    const all: (Sized<ChannelNode> | string | undefined)[] = [];
    for (let k = 0; k < items.length; k++) {
      const [item, next] = [items[k]!, items[k + 1]];
      if (item.kind === "word" && next?.kind === "group") {
        all.push(this.#node(item, next.items));
        k++;
      } else all.push(this.#input(item));
    }
    const whole = all.filter((it) => it !== undefined);
    return whole.length < all.length ? undefined : whole;
  }

  #input(item: Item): string | undefined {
    if (item.kind !== "word") {
      const message = `Expected an input or a channel, found \`${written(item.span)}\`.`;
      return this.#error("bad-network", message, item);
    }
    const name = nameOf(item, this.cards.place);
    if (this.cards.has(name)) {
      const message = `\`${name}\` is a channel, and needs what it is given behind it.`;
      return this.#error("bad-network", message, item, `write \`${name}(x1,x2)\`, or call the input otherwise.`);
    }
    if (this.#inputs.has(name)) {
      const message = `Input \`${name}\` is used twice, but a quantum state cannot be copied.`;
      return this.#error("copied-input", message, item);
    }
    this.#inputs.add(name);
    return name;
  }

  /** The dimension of each input among what a channel is given. */
  #leftFor(card: ChannelCard, given: readonly (Sized<ChannelNode> | string)[], at: Item): number | undefined {
    const inputs = given.filter((it) => typeof it === "string").length;
    const outputs = given.flatMap((it) => (typeof it === "string" ? [] : [it.output]));
    const known = outputs.reduce((product, d) => product * d, 1);
    const each = Math.round((card.input / known) ** (1 / Math.max(1, inputs)));
    if (given.length > 0 && known * each ** inputs === card.input && (inputs === 0 || each > 1)) return each;
    const takes = `\`${card.name}\` takes a state of dimension ${card.input}`;
    const own = outputs.length > 0 ? [outputs.join(" × ")] : [];
    const gets = [...own, ...(inputs > 0 ? [`${inputs} ${inputs === 1 ? "input" : "like inputs"}`] : [])].join(" and ");
    const message = `${takes}, ${gets === "" ? "but is given nothing" : `which ${gets} cannot make up`}.`;
    return this.#error("unlike-dimensions", message, at);
  }
}
