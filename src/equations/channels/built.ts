import type { ChannelCard, ChannelNode, ChannelTree, ComplexEntries } from "../../circuit/channels/card.js";
import { Random } from "../../numerics/random.js";
import {
  type Channel,
  emptyChannel,
  haarChannel,
  identityChannel,
  preservationError,
  stochasticChannel,
} from "../../quantum/channel.js";
import { sketched, tracePreserving, truncated } from "../../quantum/channel-compression.js";
import { type ChannelDistance, channelDistance } from "../../quantum/channel-distance.js";
import { standardChannel } from "../../quantum/channel-kinds.js";
import { composed, sideBySide } from "../../quantum/channel-products.js";
import { minimalForm } from "../../quantum/choi.js";

/** A channel as it was made. */
export interface Built {
  readonly channel: Channel;
  /** The Kraus operators there would be if products were only multiplied out; more than `channel` has where they were merged. */
  readonly products: number;
  /** By how much traces were not preserved before they were made to be; 0 where nothing had to be done. */
  readonly corrected: number;
}

/** What of a circuit its channels are made from. */
export interface Declared {
  /** Undefined: one with a fault, of which no other is made. */
  readonly channels: readonly (ChannelCard | undefined)[];
  readonly options: { readonly seed: number };
}

/** The channels of a circuit, each made when it is first asked for. */
export class BuiltChannels {
  readonly #distances = new Map<string, ChannelDistance>();
  readonly #made: (Built | "lost" | undefined)[];

  constructor(readonly declared: Declared) {
    this.#made = declared.channels.map(() => undefined);
  }

  /** A channel by its place; undefined: it, or one that it is made of, loses a state altogether or has a fault. */
  at(index: number): Built | undefined {
    const card = this.declared.channels[index];
    const made = (this.#made[index] ??= (card && this.#make(card)) ?? "lost");
    return made === "lost" ? undefined : made;
  }

  /** How far two channels are from each other, both of one shape; found once. */
  distance(one: number, other: number): ChannelDistance | undefined {
    const key = `${one} ${other}`;
    const [a, b] = [this.at(one)?.channel, this.at(other)?.channel];
    if (a === undefined || b === undefined) return undefined;
    const found = this.#distances.get(key) ?? channelDistance(a, b);
    this.#distances.set(key, found);
    return found;
  }

  #make(card: ChannelCard): Built | undefined {
    const { definition: it, input, output, count, name } = card;
    const as = (channel: Channel) => ({ channel, products: channel.count, corrected: 0 });
    const seed = (own: number | undefined) => own ?? this.declared.options.seed;
    switch (it.kind) {
      case "kraus":
        return as(fromEntries(it.operators));
      case "unitary":
        return as(fromEntries([it.matrix]));
      case "stochastic":
        return as(stochasticChannel(it.rows));
      case "standard":
        return as(standardChannel(it.type, it.p));
      case "haar":
        return as(haarChannel(input, output, count, new Random("channel", seed(it.seed), name)));
      case "network":
        return this.#network(it.tree);
      case "compressed":
        return this.#compressed(it.of, it, new Random("compress", seed(it.seed), name));
    }
  }

  #network(node: ChannelNode): Built | undefined {
    const own = this.at(node.channel);
    const parts = node.arguments.map((part) => this.#part(part));
    const known = parts.filter((part) => part !== undefined);
    if (own === undefined || known.length < parts.length) return undefined;
    const before = known.map(({ channel }) => channel).reduce(sideBySide);
    const products = known.reduce((product, part) => product * part.products, own.products);
    return { channel: asFewAsNeeded(composed(own.channel, before)), products, corrected: 0 };
  }

  #part(part: ChannelTree): Built | undefined {
    if (part.kind === "channel") return this.#network(part);
    return { channel: identityChannel(part.dimension), products: 1, corrected: 0 };
  }

  #compressed(
    of: number,
    { rank, method }: { rank: number; method: "choi" | "sketch" },
    random: Random,
  ): Built | undefined {
    const whole = this.at(of)?.channel;
    if (whole === undefined) return undefined;
    const raw = method === "choi" ? truncated(whole, rank) : sketched(whole, rank, random);
    const channel = tracePreserving(raw);
    return channel && { channel, products: channel.count, corrected: preservationError(raw).error };
  }
}

/** More operators than the Choi matrix has eigenvalues are merged. */
const asFewAsNeeded = (channel: Channel): Channel =>
  channel.count > channel.input * channel.output ? minimalForm(channel) : channel;

function fromEntries(operators: readonly ComplexEntries[]): Channel {
  const { rows, columns } = operators[0]!;
  const channel = emptyChannel(columns, rows, operators.length);
  operators.forEach(({ re, im }, a) => {
    channel.re.set(re, a * rows * columns);
    channel.im.set(im, a * rows * columns);
  });
  return channel;
}

const known = new WeakMap<Declared["channels"], BuiltChannels>();

/** The channels of a circuit; asked again, they are not made again. */
export function channelsOf({ channels, options }: Declared): BuiltChannels {
  const made = known.get(channels) ?? new BuiltChannels({ channels, options });
  known.set(channels, made);
  return made;
}
