import type { Circuit } from "../circuit/circuit.js";
import type { TrainCard } from "../circuit/training/cards.js";
import { NetlistError } from "../text/diagnostic.js";
import { firstNeuron } from "./layers.js";
import { networkOf, type Placed } from "./network-of.js";
import { pairsOf } from "./stochastic-circuit.js";

/**
 * The network of a training, fit for its rule.
 *
 * @throws NetlistError where the circuit holds none, or one that the rule cannot train
 */
export function networkFor(circuit: Circuit, card: TrainCard): Placed {
  const placed = networkOf(circuit, card);
  const why = unfit(placed, card);
  if (why === undefined) return placed;
  throw new NetlistError([{ severity: "error", code: "wrong-network", span: card.span, ...why }]);
}

function unfit(
  { network }: Placed,
  { rule }: TrainCard,
): { readonly message: string; readonly help: string } | undefined {
  const hidden = network.synapses.find(({ from }) => from >= firstNeuron(network));
  if (rule === "delta" && hidden !== undefined)
    return {
      message: `\`rule=delta\` trains a single layer, but \`${hidden.name}\` comes from a neuron.`,
      help: "write `rule=backprop`.",
    };
  const outputs = network.outputs.map((unit) => unit - firstNeuron(network));
  const bent = outputs.find((k) => network.neurons[k]!.activation.name !== "linear");
  const inner = network.synapses.find(({ from }) => outputs.includes(from - firstNeuron(network)));
  if (rule === "ridge" && (bent !== undefined || inner !== undefined || network.grids !== undefined))
    return {
      message: `\`rule=ridge\` writes linear outputs that nothing else reads, and ${bent === undefined ? "they are read" : `\`${network.neurons[bent]!.name}\` is not linear`}.`,
      help: "write `activation=linear` in the model of the outputs, or `rule=backprop`.",
    };
  if (rule !== "stochastic" || pairsOf(network) !== undefined) return undefined;
  return {
    message:
      "`rule=stochastic` trains one linear neuron without a bias, and a synapse from each of two inputs for every bit.",
    help: "write `encode=onehot` in the data set, `activation=linear bias=none` in the neuron's model, and a synapse for each input.",
  };
}
