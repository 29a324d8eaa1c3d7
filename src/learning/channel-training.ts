import type { Circuit } from "../circuit/circuit.js";
import type { ChannelTrainCard } from "../circuit/training/cards.js";
import { inputsOf, nodesOf } from "../circuit/training/trained-channels.js";
import { channelsOf } from "../equations/channels/built.js";
import type { Columns } from "../numerics/linear/columns.js";
import { NetlistError } from "../text/diagnostic.js";
import { type Checkpoint, hashed } from "./checkpoint.js";
import type { Trained } from "./ideal.js";
import { keptRun } from "./keep.js";
import { ChannelTree } from "./stiefel/channel-tree.js";
import { sufficientOf } from "./stiefel/descent.js";
import type { Ensemble } from "./stiefel/ensemble.js";
import { trainEnsemble } from "./stiefel/history.js";
import { pointOf } from "./stiefel/point-of.js";
import { singleChannel } from "./stiefel/single.js";
import type { Trainable } from "./stiefel/trainable.js";
import type { Branch, Tree, TreeNode } from "./stiefel/tree.js";

/** A training of channels that has run. */
export interface ChannelLesson {
  readonly card: ChannelTrainCard;
  /** What was trained, by their places among the circuit's channels. */
  readonly channels: readonly number[];
  readonly names: readonly string[];
  /** The dimension of what each gives. */
  readonly outputs: readonly number[];
  readonly trained: Trained;
  /** The realisation that the circuit keeps, from 0. */
  readonly kept: number;
  /** Its channels. */
  readonly points: readonly Columns[];
  /** The largest probability of a wrong answer that they leave a row of the truth table. */
  readonly wrong: number;
  /** How often line searches asked for the cost. */
  readonly evaluations: number;
  /** How many products with the cost's Hessian were made. */
  readonly products: number;
  /** Whether a checkpoint can be kept of it. */
  readonly resumable: boolean;
}

/** Of a checkpoint: some 200 MB of text, which take seconds to be written; what a text of V8 can hold ends at 512. */
const mostNumbers = 1e7;

/** Of what stands in a checkpoint; one of another form is not taken up. */
const checkpointForm = 4;

/** Trains what a card asks for; yields the fraction that is done. */
export function* trainChannel(
  circuit: Circuit,
  card: ChannelTrainCard,
  from: unknown,
  interrupted: () => boolean,
): Generator<number, ChannelLesson> {
  const { channels, trainable, held } = trainableOf(circuit, card);
  const seed = card.seed ?? circuit.options.seed;
  const ensemble: Ensemble = {
    trainable,
    options: { t0: card.t0, retraction: card.retraction, step: card.step, enough: sufficientOf(card.step, card.cost) },
    runs: card.runs,
    keys: [seed, "train", card.name, "start"],
  };
  const { iterations: _, span: __, ...plain } = { ...card, held: held.map(({ re, im }) => [...re, ...im]) };
  const task = hashed(
    JSON.stringify([checkpointForm, plain, seed, channels.map((k) => circuit.channels[k]!.definition)]),
  );
  const checkpoint = checkpointOf(from, task, card);
  const { iterations, stopBelow } = card;
  const ran = yield* trainEnsemble(ensemble, { iterations, stopBelow, task, from: checkpoint }, interrupted);
  const [names, outputs] = [
    channels.map((k) => circuit.channels[k]!.name),
    channels.map((k) => circuit.channels[k]!.output),
  ];
  const { trained, evaluations, products, numbers, pointsOf } = ran;
  const kept = keptRun(trained, card.keep);
  const points = pointsOf(kept);
  trainable.begin(points);
  const wrong = trainable.errors().reduce((most, q) => Math.max(most, q), 0);
  const resumable = numbers <= mostNumbers;
  return { card, channels, names, outputs, trained, evaluations, products, kept, points, wrong, resumable };
}

function checkpointOf(from: unknown, task: string, { name, span }: ChannelTrainCard): Checkpoint | undefined {
  if (from === undefined) return undefined;
  if (typeof from === "object" && from !== null && (from as Checkpoint).task === task) return from as Checkpoint;
  const message = `The checkpoint of \`${name}\` is of another training: the netlist or the seed have changed.`;
  const help = "run without `--resume` to train from the start.";
  throw new NetlistError([{ severity: "error", code: "other-training", message, span, help }]);
}

function trainableOf(
  circuit: Circuit,
  { channel, moved, truth, cost }: ChannelTrainCard,
): { readonly channels: readonly number[]; readonly trainable: Trainable; readonly held: readonly Columns[] } {
  const { definition, output, count } = circuit.channels[channel]!;
  if (definition.kind !== "network") {
    const trainable = singleChannel({ outputs: output, kraus: count, truth, kind: cost });
    return { channels: moved, trainable, held: [] };
  }
  const tree = treeOf(nodesOf(definition.tree), circuit, moved);
  const held = tree.nodes.flatMap((node) => node.held ?? []);
  return { channels: moved, trainable: new ChannelTree(tree, truth, cost), held };
}

function treeOf(nodes: ReturnType<typeof nodesOf>, circuit: Circuit, moved: readonly number[]): Tree {
  const inputs = inputsOf(nodes.at(-1)!);
  const places = new Map(nodes.map((node, place) => [node, place]));
  const tree = nodes.map(({ channel, arguments: takes }): TreeNode => {
    const { input, output, count } = circuit.channels[channel]!;
    const branches = takes.map((branch): Branch => {
      if (branch.kind === "channel") return { node: places.get(branch)! };
      return { wire: inputs.indexOf(branch) };
    });
    if (moved.includes(channel)) return { part: { input, output, kraus: count }, takes: branches };
    const given = channelsOf(circuit).at(channel)!.channel; // those that cannot be made are errors of the netlist
    return { part: { input, output, kraus: given.count }, takes: branches, held: pointOf(given) };
  });
  return { nodes: tree, wires: inputs.map(({ dimension }) => dimension) };
}
