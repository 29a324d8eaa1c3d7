import type { Formula } from "../expressions/formula.js";
import type { Directive, Expression, Item, Word } from "../syntax/ast.js";
import { readFrequencies } from "./ac-card.js";
import type { Circuit, NoiseCard, Quantity, Signal } from "./circuit.js";
import type { Environment } from "./environment.js";
import { Inputs } from "./inputs.js";
import { Items } from "./items.js";
import type { Network } from "./network.js";
import { probe } from "./probes.js";
import { didYouMean, nearName, written } from "./readings.js";
import { textOf } from "./words.js";

/** `.noise v(out[,ref]) source dec|oct|lin n f1 f2`. */
export function readNoise(card: Directive, place: Environment): NoiseCard | undefined {
  const items = new Items(card.items, place, card.span);
  const output = readOutput(items.next(), items);
  const input = output && readInput(items.next(), items);
  const frequencies = input && readFrequencies(items, ".noise v(out) v1 dec 10 1 1Meg");
  if (output === undefined || input === undefined || frequencies === undefined) return undefined;
  skipSummary(items);
  items.end();
  place.elaboration.noiseInput = input.unit;
  return { kind: "noise", ...frequencies, output, input: input.instance, span: card.span };
}

const shape = "`.noise v(out) v1 dec 10 1 1Meg`: a voltage, the source it is referred to, the frequencies";

/** `v(out)` or `v(a,b)`. */
function readOutput(item: Item | undefined, items: Items): Signal | undefined {
  const { place } = items;
  const asked = item?.kind === "expression" && !item.lone ? item.expression : undefined;
  if (asked?.kind !== "probe" || asked.quantity !== "v") {
    const found = item === undefined ? "the end of the card" : `\`${written(item.span)}\``;
    const message = `Expected the voltage whose noise is wanted, found ${found}: ${shape}.`;
    items.error("expected-signal", message, item?.span ?? items.span);
    return undefined;
  }
  const { complaints } = place.elaboration;
  const before = complaints.errors;
  const inputs = new Inputs<Quantity>();
  const formula = probe(asked, { place, input: (it) => inputs.of(it), unknownsOnly: true });
  if (complaints.errors > before) return undefined;
  return { name: written(asked.span).toLowerCase(), unit: "V", formula, inputs: inputs.all, span: asked.span };
}

/** An independent source. */
function readInput(
  item: Item | undefined,
  items: Items,
): { readonly instance: number; readonly unit: "V/√Hz" | "A/√Hz" } | undefined {
  const { network } = items.place.elaboration;
  const name = item?.kind === "word" ? textOf(item, items.place) : undefined;
  if (item === undefined || name === undefined) {
    const message = `Expected the source that noise is referred to: ${shape}.`;
    items.error("missing-value", message, item?.span ?? items.span);
    return undefined;
  }
  const part = network.find(name, items.place)?.part;
  if (part?.failed) return undefined;
  if (part !== undefined && (part.element === "v" || part.element === "i") && "dc" in part.values)
    return { instance: part.index, unit: part.element === "v" ? "V/√Hz" : "A/√Hz" };
  const near = part === undefined ? nearName(name, network.instanceNames(items.place)) : undefined;
  const message =
    part === undefined
      ? `There is no source \`${name}\` to refer noise to.`
      : `Noise cannot be referred to \`${name}\`: that needs an independent source.`;
  items.error(part === undefined ? "unknown-device" : "not-a-source", message, item.span, didYouMean(near)?.help);
  return undefined;
}

/** ngspice's last number says how often it prints contributions, which are in the data here. */
function skipSummary(items: Items): void {
  const item = items.peek();
  if (items.left !== 1 || item?.kind !== "word" || !/^\d+$/.test(textOf(item, items.place))) return;
  items.next();
  const message = "The number of points a summary has no effect: the data has the contributions of all devices.";
  items.place.elaboration.complaints.note("not-modelled", message, item.span);
}

const names = {
  onoise: "onoise",
  inoise: "inoise",
  onoise_spectrum: "onoise",
  inoise_spectrum: "inoise",
  gain: "gain",
} as const;

/** `onoise`, `inoise`, `gain`, as names or as LTspice's `V(onoise)`; undefined where the netlist has no `.noise`. */
export function noiseByName(
  name: string,
  place: Environment,
  input: (quantity: Quantity) => Formula,
): Formula | undefined {
  const { noiseInput } = place.elaboration;
  if (noiseInput === undefined || !Object.hasOwn(names, name)) return undefined;
  const of = names[name as keyof typeof names];
  const unit = of === "inoise" ? noiseInput : of === "gain" ? (noiseInput === "V/√Hz" ? "1" : "Ω") : "V/√Hz";
  return input({ kind: "noise", of, unit });
}

/** LTspice's `V(onoise)`, where no node has that name. */
export function noiseByVoltage(
  { quantity, names: words }: { readonly quantity: string; readonly names: readonly Word[] },
  place: Environment,
  input: (quantity: Quantity) => Formula,
): Formula | undefined {
  const [word, second] = words;
  if (quantity !== "v" || word === undefined || second !== undefined) return undefined;
  const name = textOf(word, place).toLowerCase();
  const { network } = place.elaboration;
  if (network.findNode(name, place) !== undefined || network.find(name, place) !== undefined) return undefined;
  return noiseByName(name, place, input);
}

/** `onoise(r1)`, `inoise(r1)`: what one device makes of it. */
export function noiseByCall(
  { name, arguments: operands, span }: Extract<Expression, { kind: "call" }>,
  place: Environment,
  input: (quantity: Quantity) => Formula,
): Formula | undefined {
  const { noiseInput, network, complaints } = place.elaboration;
  const [operand] = operands;
  if (noiseInput === undefined || (name !== "onoise" && name !== "inoise") || operands.length !== 1) return undefined;
  const device = written(operand!.span);
  const part = network.find(device, place)?.part;
  if (part?.device !== undefined && part.device.noise !== undefined)
    return input({
      kind: "noise",
      of: name,
      instance: part.index,
      unit: name === "onoise" ? "V/√Hz" : noiseInput,
    });
  const failed: Formula = { kind: "number", value: Number.NaN };
  if (part?.failed) return failed;
  const help = part === undefined ? didYouMean(nearName(device, network.instanceNames(place))) : {};
  const message = part === undefined ? `There is no device \`${device}\` here.` : `\`${device}\` has no noise.`;
  complaints.error(part === undefined ? "unknown-device" : "no-noise", message, span, help);
  return failed;
}

/** Tells of devices that conduct but have no noise. */
export function checkNoise(network: Network, analyses: Circuit["analyses"]): void {
  const card = analyses.find(({ kind }) => kind === "noise");
  if (card === undefined) return;
  const { parts, complaints } = network;
  const noisy = parts.filter(({ device }) => device?.noise !== undefined);
  if (noisy.length === 0)
    complaints.warning("no-noise", "No device of this netlist has noise, so every answer of `.noise` is 0.", card.span);
  const quiet = parts.filter(({ element, device }) => (element.startsWith("y") || element === "x") && !device?.noise);
  if (quiet.length === 0) return;
  const list = quiet
    .slice(0, 4)
    .map(({ shown }) => `\`${shown}\``)
    .join(", ");
  const message = `${list}${quiet.length > 4 ? " and others" : ""} ${quiet.length > 1 ? "have" : "has"} no noise here.`;
  const help = "memristors have, and devices of `.device` with two terminals that claim to be `pinched`.";
  complaints.note("no-noise", message, card.span, { help });
}
