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
  if (rule !== "stochastic" || pairsOf(network) !== undefined) return undefined;
  return {
    message:
      "`rule=stochastic` trains one linear neuron without a bias, and a synapse from each of two inputs for every bit.",
    help: "write `encode=onehot` in the data set, `activation=linear bias=none` in the neuron's model, and a synapse for each input.",
  };
}
