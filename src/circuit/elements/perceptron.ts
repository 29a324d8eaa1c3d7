import type { Device } from "../../devices/device.js";
import { isFilm, sigmoid } from "../../devices/perceptrons/activations.js";
import { makePerceptron, mostInputs } from "../../devices/perceptrons/perceptron.js";
import type { Card } from "../card.js";
import { givenBy, type Model, takeModel } from "../models.js";
import { nodeOf } from "../readings.js";
import { activationOf } from "./activation.js";
import { numbersOf } from "./model-settings.js";
import { writePort } from "./write-port.js";

/** `YPERCEPTRON p1 (x1,x2) out model [w1= w2= b=] [prog=(p,q)]`. */
export function readPerceptron(card: Card): void {
  const inputs = inputsOf(card);
  const [out] = card.nodes("out") ?? [];
  const model = out === undefined ? undefined : takeModel(card, ["perceptron"], "a perceptron");
  const port = writePort(card);
  const device = model && inputs && deviceOf(card, model, inputs.length, (port?.length ?? 0) > 0);
  if (model === undefined || device === undefined || inputs === undefined || out === undefined) {
    for (const name of [...card.settings.keys()]) card.setting(name);
    return;
  }
  const starts = [...inputs.map((_, k) => `w${k + 1}`), "b"];
  const values = numbersOf(card, model, device.parameters, { starts, words: ["activation"] });
  card.end();
  if (port !== undefined) card.add("yperceptron", [...port, ...inputs, out, 0], { device, values });
}

/** `(x1,x2)`, or one node alone. */
function inputsOf(card: Card): readonly number[] | undefined {
  const item = card.peek();
  if (item?.kind !== "group") return card.nodes("in");
  card.next();
  const nodes = item.items.map((inner) => nodeOf(inner, card.place));
  if (nodes.length > 0 && nodes.length <= mostInputs)
    return nodes.includes(undefined) ? undefined : (nodes as number[]);
  const message = `\`${card.shown}\` has ${nodes.length} inputs, but one memristor can have 1 to ${mostInputs}.`;
  card.error(
    "node-count",
    message,
    item.span,
    undefined,
    "take `YSYNAPSE` and `YNEURON`, a memristor for each weight.",
  );
  return undefined;
}

const devices = new WeakMap<Model, Map<string, Device>>();

function deviceOf(card: Card, model: Model, inputs: number, port: boolean): Device | undefined {
  const named = givenBy(model).some(({ name }) => name === "activation");
  const chosen = named ? activationOf(model) : { activation: sigmoid, readsBias: false };
  if (chosen === undefined) return undefined;
  if (isFilm(chosen.activation) || chosen.readsBias) {
    const message = `\`${card.shown}\` cannot have the activation \`${chosen.activation.name}\`: in one memristor the bias adds to the input.`;
    card.error("wrong-kind", message, card.span, [model.span, "its model"]);
    return undefined;
  }
  const known = devices.get(model) ?? new Map<string, Device>();
  devices.set(model, known);
  const device = known.get(`${inputs} ${port}`) ?? makePerceptron(inputs, chosen.activation, port);
  known.set(`${inputs} ${port}`, device);
  return device;
}
