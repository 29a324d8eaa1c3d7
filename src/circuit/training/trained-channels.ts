import type { ChannelCard, ChannelInput, ChannelNode, ChannelTree } from "../channels/card.js";
import type { CardSettings } from "./card-settings.js";

/** Complains of what a training cannot train in a channel. */
export function complainOfUntrainable(
  given: CardSettings,
  card: ChannelCard,
  channels: readonly (ChannelCard | undefined)[],
): void {
  const problem = problemOf(card, channels);
  if (problem !== undefined) given.error(problem.code, problem.message, given.at("channel"), problem.help);
}

interface Problem {
  readonly code: string;
  readonly message: string;
  readonly help: string;
}

const declare = "declare it by dimensions: `.channel c in=4 out=2 kraus=8`.";

function problemOf(
  { name, definition }: ChannelCard,
  channels: readonly (ChannelCard | undefined)[],
): Problem | undefined {
  if (definition.kind === "haar") return undefined;
  if (definition.kind === "network") return problemInside(name, nodesOf(definition.tree), channels);
  const message = `\`${name}\` is given as it is: there is nothing to train.`;
  return { code: "nothing-to-train", message, help: declare };
}

function problemInside(
  name: string,
  nodes: readonly ChannelNode[],
  channels: readonly (ChannelCard | undefined)[],
): Problem | undefined {
  const used = nodes.flatMap(({ channel }) => channels[channel] ?? []);
  const trained = used.filter(isDrawn);
  const twice = trained.find((card, k) => trained.indexOf(card) < k);
  if (twice !== undefined) {
    const message = `\`${twice.name}\` stands twice in \`${name}\`, but each place of a network is trained by itself.`;
    return { code: "shared-channel", message, help: "declare a channel for each place." };
  }
  const hiding = used.find((card) => !isDrawn(card) && madeOf(card, channels).some(isDrawn));
  if (hiding !== undefined) {
    const inside = madeOf(hiding, channels).find(isDrawn)!.name;
    const message = `\`${hiding.name}\` in \`${name}\` is made of \`${inside}\`, which would stay as it is drawn: a training moves the channels that a network names itself.`;
    return { code: "hidden-channel", message, help: `write out in \`${name}\` what \`${hiding.name}\` is made of.` };
  }
  if (trained.length > 0) return undefined;
  const message = `All channels of \`${name}\` are given as they are: there is nothing to train.`;
  return { code: "nothing-to-train", message, help: declare };
}

/** A channel that is declared by its dimensions is one that trainings move. */
const isDrawn = ({ definition }: ChannelCard): boolean => definition.kind === "haar";

/** What a channel is made of, directly or not. */
function madeOf({ definition }: ChannelCard, channels: readonly (ChannelCard | undefined)[]): readonly ChannelCard[] {
  const places =
    definition.kind === "network"
      ? nodesOf(definition.tree).map(({ channel }) => channel)
      : definition.kind === "compressed"
        ? [definition.of]
        : [];
  const parts = places.flatMap((place) => channels[place] ?? []);
  return parts.flatMap((part) => [part, ...madeOf(part, channels)]);
}

/** The channels that a training of one moves, by their places: itself, or of a network those that are declared by dimensions. */
export function movedBy(index: number, channels: readonly (ChannelCard | undefined)[]): readonly number[] {
  const definition = channels[index]?.definition;
  if (definition?.kind !== "network") return [index];
  return nodesOf(definition.tree).flatMap(({ channel }) => {
    const card = channels[channel];
    return card !== undefined && isDrawn(card) ? [channel] : [];
  });
}

/** The channels of a network, those that others take from first. */
export const nodesOf = (tree: ChannelNode): readonly ChannelNode[] => [
  ...tree.arguments.flatMap((branch: ChannelTree) => (branch.kind === "channel" ? nodesOf(branch) : [])),
  tree,
];

/** The inputs of a network in the order in which they are named, the first one the highest digit of a truth table's row. */
export const inputsOf = (tree: ChannelTree): readonly ChannelInput[] =>
  tree.kind === "input" ? [tree] : tree.arguments.flatMap(inputsOf);
