import type { Circuit } from "../circuit/circuit.js";
import type { TrainCard } from "../circuit/training/cards.js";
import { synapseKind } from "../devices/perceptrons/recognise.js";
import { NetlistError } from "../text/diagnostic.js";
import { firstNeuron } from "./layers.js";
import type { Network } from "./network.js";
import { networkOf, type Placed } from "./network-of.js";
import { pairsOf } from "./stochastic-circuit.js";

interface Misfit {
  readonly message: string;
  readonly help: string;
}

/**
 * The network of a training, fit for its rule.
 *
 * @throws NetlistError where the circuit holds none, or one that the rule cannot train
 */
export function networkFor(circuit: Circuit, card: TrainCard): Placed {
  const placed = networkOf(circuit, card);
  const why = misfits[card.rule](placed.network) ?? tuned(circuit, placed, card);
  if (why === undefined) return placed;
  throw new NetlistError([{ severity: "error", code: "wrong-network", span: card.span, ...why }]);
}

/** What each rule cannot train. */
const misfits: Readonly<Record<TrainCard["rule"], (network: Network) => Misfit | undefined>> = {
  delta: manyLayers,
  backprop: () => undefined,
  ridge: noReadout,
  stochastic: (network) => (pairsOf(network) === undefined ? noMatrix : undefined),
};

function manyLayers(network: Network): Misfit | undefined {
  const hidden = network.synapses.find(({ from }) => from >= firstNeuron(network));
  if (hidden === undefined) return undefined;
  const message = `\`rule=delta\` trains a single layer, but \`${hidden.name}\` comes from a neuron.`;
  return { message, help: "write `rule=backprop`." };
}

function noReadout(network: Network): Misfit | undefined {
  const outputs = network.outputs.map((unit) => unit - firstNeuron(network));
  const bent = outputs.map((k) => network.neurons[k]!).find(({ activation }) => activation.name !== "linear");
  const inner = network.synapses.find(({ from }) => outputs.includes(from - firstNeuron(network)));
  const why = bent
    ? `\`${bent.name}\` is not linear`
    : inner
      ? `\`${inner.name}\` reads one`
      : network.grids && "they stand behind lines";
  if (why === undefined) return undefined;
  const help = "write `activation=linear` in the model of the outputs, or `rule=backprop`.";
  return { message: `\`rule=ridge\` writes linear outputs that nothing else reads, but ${why}.`, help };
}

const noMatrix: Misfit = {
  message:
    "`rule=stochastic` trains one linear neuron without a bias, and a synapse from each of two inputs for every bit.",
  help: "write `encode=onehot` in the data set, `activation=linear bias=none` in the neuron's model, and a synapse for each input.",
};

/** Pulses are told apart by their height: a memristor that answers to a frequency never moves. */
function tuned({ instances }: Circuit, { places }: Placed, { name }: TrainCard): Misfit | undefined {
  const of = places.find(({ instance }) => synapseKind(instances[instance]!.device)?.selection === "frequency");
  if (of === undefined) return undefined;
  const message = `\`${instances[of.instance]!.name}\` answers to a frequency, but the pulses of \`${name}\` are told apart by their height.`;
  return { message, help: "take a model with `select=amplitude`, or write the weights by sources in a `.tran`." };
}
