import type { Device } from "../../devices/device.js";
import type { ParameterTable } from "../../devices/parameter.js";
import { isFilm } from "../../devices/perceptrons/activations.js";
import { makeNeuron } from "../../devices/perceptrons/neuron.js";
import type { NeuronKind } from "../../devices/perceptrons/recognise.js";
import type { Card } from "../card.js";
import { givenBy, type Model, takeModel } from "../models.js";
import { activationOf, type Chosen, filmWords } from "./activation.js";
import { allUnmeant } from "./imperfections.js";
import { numbersOf, wordOf } from "./model-settings.js";
import { resetNode } from "./reset-node.js";
import { groupNodes, writePort } from "./write-port.js";

/**
 * `YNEURON n1 in out model [b=] [prog=(p,q)] [reset=node]`, and `YNEURON n1 (in+,in-) out model` for the difference of two
 * currents; `YNODE` is the same.
 */
export function readNeuron(card: Card): void {
  const differential = card.peek()?.kind === "group";
  const nodes = differential ? differentNodes(card) : card.nodes("in", "out");
  if (nodes === undefined) return;
  const model = takeModel(card, ["neuron"], "a neuron");
  const port = writePort(card);
  const reset = resetNode(card);
  const chosen = model && activationOf(model);
  if (model === undefined || chosen === undefined) {
    for (const name of [...card.settings.keys()]) card.setting(name);
    return;
  }
  const kind = {
    ...chosen,
    bias: biasOf(model, chosen),
    differential,
    port: (port?.length ?? 0) > 0,
    reset: reset.length > 0,
  };
  checkKind(card, kind);
  const device = deviceOf(model, kind);
  const words = ["activation", "bias", ...filmWords(chosen), ...(kind.bias === "none" ? [] : ["train_bias"])];
  const starts = kind.bias === "none" ? [] : ["b"];
  const unmeant = kind.bias === "none" ? unmeantWithoutBias : {};
  const made = { train_bias: wordOf(model, "train_bias", ["yes", "no"]) === "yes" ? 1 : 0 };
  const values = numbersOf(card, model, device.parameters, { starts, words, unmeant, made });
  card.end();
  const terminals = [...(port ?? []), ...nodes, 0, ...(kind.reset ? reset : [])];
  if (port !== undefined) card.add("yneuron", terminals, { device, values });
}

const unmeantWithoutBias = allUnmeant("with `bias=none` a neuron has no memristor of its own");

/** `(in+,in-) out`. */
function differentNodes(card: Card): readonly number[] | undefined {
  const inputs = groupNodes(card, card.next()!, ["in+", "in-"], "The inputs");
  const out = card.nodes("out");
  return inputs && out && [...inputs, ...out];
}

/** The bias adds to the input, unless the activation itself reads it. */
function biasOf(model: Model, { readsBias, activation }: Chosen): NeuronKind["bias"] {
  const usual = readsBias && activation.name !== "hp_differential" ? "gain" : "additive";
  const others = (["additive", "gain", "none"] as const).filter((it) => it !== usual);
  const bias = wordOf(model, "bias", [usual, ...others]) as NeuronKind["bias"];
  const given = givenBy(model).find(({ name }) => name === "bias");
  if (bias !== "gain" || readsBias || given === undefined) return bias;
  const message = `\`bias=gain\` means nothing here: the activation \`${activation.name}\` does not read a bias.`;
  const help = "write `bias=additive`, or an activation that does: `hp`, `hp_differential`, an expression of b.";
  model.place.elaboration.complaints.error("no-effect", message, given.span, { help });
  return "additive";
}

function checkKind(card: Card, kind: NeuronKind): void {
  if (kind.port && kind.bias === "none") {
    card.error("no-effect", `\`${card.shown}\` has a write port, but its model has \`bias=none\`: nothing is written.`);
  }
  if (kind.reset && !isFilm(kind.activation)) {
    const message = `\`reset=\` of \`${card.shown}\` has no effect: only the nodes \`hp\` and \`hp_differential\` remember.`;
    card.error("no-effect", message);
  }
}

const devices = new WeakMap<Model, Map<string, Device>>();

/** One device for all neurons of a model with the same terminals. */
function deviceOf(model: Model, kind: NeuronKind): Device<ParameterTable> {
  let known = devices.get(model);
  if (known === undefined) devices.set(model, (known = new Map<string, Device>()));
  const { activation, bias, differential, port, reset } = kind;
  const key = `${bias} ${differential} ${port} ${reset}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const terminals = { port: port && bias !== "none", reset: reset && isFilm(activation) };
  const device = makeNeuron({ activation, bias, differential, ...terminals });
  known.set(key, device);
  return device;
}
