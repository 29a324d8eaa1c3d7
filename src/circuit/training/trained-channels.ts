import type { ChannelCard, ChannelNode, ChannelTree } from "../channels/card.js";
import type { CardSettings } from "./card-settings.js";

/** Complains of what a training cannot train in a channel. */
export function complainOfUntrainable(given: CardSettings, card: ChannelCard, channels: readonly ChannelCard[]): void {
  const problem = problemOf(card, channels);
  if (problem !== undefined) given.error(problem.code, problem.message, given.at("channel"), problem.help);
}

interface Problem {
  readonly code: string;
  readonly message: string;
  readonly help: string;
}

const declare = "declare it by dimensions: `.channel c in=4 out=2 kraus=8`.";

function problemOf({ name, definition }: ChannelCard, channels: readonly ChannelCard[]): Problem | undefined {
  if (definition.kind === "haar") return undefined;
  if (definition.kind === "network") return problemInside(name, nodesOf(definition.tree), channels);
  const message = `\`${name}\` is given as it is: there is nothing to train.`;
  return { code: "nothing-to-train", message, help: declare };
}

function problemInside(
  name: string,
  nodes: readonly ChannelNode[],
  channels: readonly ChannelCard[],
): Problem | undefined {
  const used = nodes.flatMap(({ channel }) => channels[channel] ?? []);
  const twice = used.find((card, k) => used.indexOf(card) < k);
  if (twice !== undefined) {
    const message = `\`${twice.name}\` stands twice in \`${name}\`, but each place of a network is trained by itself.`;
    return { code: "shared-channel", message, help: "declare a channel for each place." };
  }
  const held = used.find((card) => card.definition.kind !== "haar");
  if (held === undefined) return undefined;
  const message = `\`${held.name}\` in \`${name}\` is given as it is, but a training moves all channels of a network.`;
  return { code: "nothing-to-train", message, help: declare };
}

/** The channels of a network, those that others take from first. */
export const nodesOf = (tree: ChannelNode): readonly ChannelNode[] => [
  ...tree.arguments.flatMap((branch: ChannelTree) => (branch.kind === "channel" ? nodesOf(branch) : [])),
  tree,
];
