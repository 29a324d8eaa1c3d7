import type { Device } from "../../devices/device.js";
import { synapse, synapseWithPort, tunedSynapse, tunedSynapseWithPort } from "../../devices/perceptrons/synapse.js";
import { synapsePair } from "../../devices/perceptrons/synapse-pair.js";
import type { Card } from "../card.js";
import { type Model, takeModel } from "../models.js";
import type { Unmeant } from "./imperfections.js";
import { numbersOf, wordOf } from "./model-settings.js";
import { groupNodes, writePort } from "./write-port.js";

const words = ["kind", "select"];

/** `YSYNAPSE s1 pre post model [w=] [prog=(p,q)]`, and `YSYNAPSE s1 row (col+,col-) model [w=]` for a pair. */
export function readSynapse(card: Card): void {
  const isPair = card.peek(1)?.kind === "group";
  const sensed = isPair ? pairNodes(card) : card.nodes("pre", "post");
  if (sensed === undefined) return;
  const model = takeModel(card, ["synapse"], "a synapse");
  if (model === undefined || !fits(card, model, isPair)) {
    for (const name of [...card.settings.keys()]) card.setting(name);
    return;
  }
  if (isPair) addPair(card, model, sensed);
  else addIdeal(card, model, sensed);
}

/** `row (col+,col-)`. */
function pairNodes(card: Card): readonly number[] | undefined {
  const row = card.nodes("row");
  const columns = groupNodes(card, card.next()!, ["col+", "col-"], "The columns");
  return row && columns && [...row, ...columns];
}

/** One node or two behind the first must be what the model's kind has. */
function fits(card: Card, model: Model, isPair: boolean): boolean {
  const kind = wordOf(model, "kind", ["ideal", "pair"]);
  if ((kind === "pair") === isPair) return true;
  const message = isPair
    ? `\`${card.shown}\` has a row and two columns, but its model is \`kind=ideal\`: that has \`pre\` and \`post\`.`
    : `\`${card.shown}\` has the model of a pair, which lies between a row and two columns.`;
  const help = isPair
    ? "write `kind=pair` in the model, or `YSYNAPSE name pre post model`."
    : "write `YSYNAPSE name row (col+,col-) model`.";
  card.error("wrong-kind", message, card.span, [model.span, "its model"], help);
  return false;
}

function addIdeal(card: Card, model: Model, sensed: readonly number[]): void {
  const tuned = wordOf(model, "select", ["amplitude", "frequency"]) === "frequency";
  const port = writePort(card);
  const plain = tuned ? tunedSynapse : synapse;
  const ported = tuned ? tunedSynapseWithPort : synapseWithPort;
  const device = port === undefined || port.length > 0 ? ported : plain;
  const unmeant: Unmeant = tuned ? { spread_ith: "a synapse that answers to a frequency has no threshold" } : {};
  const values = numbersOf(card, model, device.parameters, { starts: ["w"], words, unmeant });
  card.end();
  if (port !== undefined) card.add("ysynapse", [...port, ...sensed, 0], { device, values });
}

function addPair(card: Card, model: Model, terminals: readonly number[]): void {
  const port = card.setting("prog");
  if (port !== undefined) {
    const message = `\`${card.shown}\` is a pair: it is written through its row and columns, and has no \`prog=\`.`;
    card.error("no-port", message, port.span);
  }
  const { parameters } = synapsePair;
  const values = numbersOf(card, model, parameters, { starts: ["w", "gp", "gm"], words });
  card.end();
  const { w = 0, gmin = 0, gmax = 0, gunit = 1 } = values;
  const most = (gmax - gmin) / gunit;
  if (gmin > gmax) card.error("walls", `\`gmin\` of \`${card.shown}\` is above its \`gmax\`.`);
  else if (Math.abs(w) > most * (1 + 1e-12)) {
    const message = `\`${card.shown}\` has w = ${w}, but two conductances between gmin and gmax give ${-most} to ${most}: (gmax - gmin)/gunit.`;
    card.error("parameter-range", message);
  }
  for (const name of ["gp", "gm"] as const) {
    const g = values[name] ?? -1;
    if (g === -1 || (g >= gmin && g <= gmax)) continue;
    const message = `\`${card.shown}\` has ${name} = ${g} S, but must lie between gmin = ${gmin} and gmax = ${gmax}.`;
    card.error("parameter-range", message);
  }
  card.add("ysynapse", terminals, { device: synapsePair as Device, values });
}
