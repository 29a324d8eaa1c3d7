import type { ChannelCard, ChannelNode, ChannelTree } from "../channels/card.js";
import type { CardSettings } from "./card-settings.js";
import { inputsOf } from "./trained-channels.js";

/**
 * Complains of a truth table that no channels of these dimensions have. Two things that a channel is given are of one kind if the
 * answer is the same for both, whatever else the network is given; if not, what becomes of them must be told apart behind it.
 * All stay orthogonal, in levels of the output or in Kraus operators: n states of one kind take ⌈n/r⌉ levels of a channel of r
 * operators, and n operators where the kind is an answer, which is one level. Channels that all have room for that can do
 * it; those that are held may not.
 */
export function complainOfReach(
  given: CardSettings,
  { card, index }: { readonly card: ChannelCard; readonly index: number },
  channels: readonly (ChannelCard | undefined)[],
  truth: readonly number[],
): void {
  const { name, definition, input } = card;
  const alone = { kind: "input" as const, name: "", dimension: input };
  const root: ChannelNode =
    definition.kind === "network" ? definition.tree : { kind: "channel", channel: index, arguments: [alone] };
  const problem = new Reach(channels, truth, name, root).problem(root, 1);
  if (problem === undefined) return;
  const message = `This truth table is out of reach of \`${name}\`: ${problem.message}.`;
  given.error(
    "out-of-reach",
    message,
    given.at("channel"),
    `${problem.help}, or \`unreachable=yes\` to see how far it comes.`,
  );
}

interface Problem {
  readonly message: string;
  readonly help: string;
}

/** A part of a network is a part of the tree, and how many rows of the table one of its own is, by inputs that stand behind. */
class Reach {
  constructor(
    readonly channels: readonly (ChannelCard | undefined)[],
    readonly truth: readonly number[],
    readonly name: string,
    readonly root: ChannelNode,
  ) {}

  /** The first one that has not enough room, of those that others take from before these. */
  problem(node: ChannelNode, after: number): Problem | undefined {
    for (const { branch, behind } of branchesOf(node)) {
      const below = branch.kind === "channel" ? this.problem(branch, behind * after) : undefined;
      if (below !== undefined) return below;
    }
    const own = this.channels[node.channel];
    const states = this.#statesOf(node, after);
    return own && (node === this.root ? this.#answers(own, states) : keeping(own, [...states.values()]));
  }

  #answers({ name, count }: ChannelCard, states: ReadonlyMap<string, number>): Problem | undefined {
    for (const [answer, n] of states) {
      if (n <= count) continue;
      const who = name === this.name ? `${n} inputs` : `${n} states of what \`${name}\` is given`;
      const message = `${who} have output ${answer}, and take as many Kraus operators; it has ${count}`;
      return { message, help: `write \`kraus=${n}\`` };
    }
    return undefined;
  }

  /** Of each kind how many orthogonal states a channel is given. */
  #statesOf(node: ChannelNode, after: number): ReadonlyMap<string, number> {
    const branches = branchesOf(node).map(({ branch, rows, behind }) => {
      const kinds = this.#kindsOf(branch, behind * after);
      return { kindOf: (row: number) => kinds[Math.floor(row / behind) % rows]!, levels: this.#levelsOf(branch, behind * after) }; // biome-ignore format: one thought
    });
    const seen = new Set<string>();
    const states = new Map<string, number>();
    for (const [row, kind] of this.#kindsOf(node, after).entries()) {
      const parts = branches.map(({ kindOf }) => kindOf(row));
      const key = parts.join(" ");
      if (seen.has(key)) continue;
      seen.add(key);
      const own = product(parts.map((part, k) => branches[k]!.levels(part)));
      states.set(kind, (states.get(kind) ?? 0) + own);
    }
    return states;
  }

  /** How many levels of what a part gives a kind takes at least. */
  #levelsOf(part: ChannelTree, after: number): (kind: string) => number {
    const own = part.kind === "channel" ? this.channels[part.channel] : undefined;
    if (part.kind === "input" || own === undefined) return () => 1;
    const states = this.#statesOf(part, after);
    return (kind) => Math.ceil(states.get(kind)! / own.count);
  }

  /** Of each row of what a part is given its kind: the answers to it. Levels of an input are kept apart. */
  #kindsOf(part: ChannelTree, after: number): readonly string[] {
    const rows = rowsOf(part);
    if (part.kind === "input") return Array.from({ length: rows }, (_, level) => `${level}`);
    const kinds: string[] = Array(rows).fill("");
    for (const [at, answer] of this.truth.entries()) kinds[Math.floor(at / after) % rows] += `${answer}`;
    return kinds;
  }
}

function keeping({ name, count, output }: ChannelCard, states: readonly number[]): Problem | undefined {
  const levels = states.reduce((sum, n) => sum + Math.ceil(n / count), 0);
  if (levels <= output) return undefined;
  const all = states.reduce((sum, n) => sum + n, 0);
  const kinds = states.length === 1 ? "one kind" : `${states.length} kinds that must be told apart behind it`;
  const message = `\`${name}\` is given ${all} states of ${kinds}, which takes ${levels} levels with its ${count} Kraus operators; it gives ${output}`;
  return { message, help: states.length > output ? "let it give more levels" : "allow it more operators" };
}

/** What a channel takes; of each its rows, and how many rows of the channel are one of them by what stands behind it. */
function branchesOf({ arguments: all }: ChannelNode) {
  const rows = all.map(rowsOf);
  return all.map((branch, k) => ({ branch, rows: rows[k]!, behind: product(rows.slice(k + 1)) }));
}

const rowsOf = (part: ChannelTree): number => product(inputsOf(part).map(({ dimension }) => dimension));

const product = (values: readonly number[]): number => values.reduce((all, value) => all * value, 1);
