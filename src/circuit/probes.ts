import { statesOf } from "../devices/device.js";
import { call, type Formula, number } from "../expressions/formula.js";
import type { Expression, Word } from "../syntax/ast.js";
import type { Span } from "../text/source.js";
import type { Quantity } from "./circuit.js";
import type { Environment } from "./environment.js";
import type { Named, Part } from "./part.js";
import { memristorQuantity } from "./quantum/asking.js";
import { didYouMean, nearName } from "./readings.js";
import { portQuantity } from "./subcircuit-port.js";
import { textOf } from "./words.js";

// Every way to write a quantity is in one file, so that one can see which name wins.

type Probe = Extract<Expression, { kind: "probe" | "setting-of" }>;

/** Who reads a signal: where its names are looked up, and how what it reads becomes an input. */
export interface Reader {
  readonly place: Environment;
  input(quantity: Quantity): Formula;
  /** It reads unknowns only, as devices do: a current that is none is made one. */
  readonly unknownsOnly: boolean;
}

const failed: Formula = { kind: "number", value: Number.NaN };

/** What `v(a)`, `v(a,b)`, `i(v1)`, `x(m1)`, `n(m1:w)` or `@r1[r]` reads; NaN after having complained. */
export function probe(it: Probe, reader: Reader): Formula {
  if (it.kind === "setting-of") return settingOf(it, reader);
  const [first, second] = it.names as readonly [Word, Word?];
  if (it.quantity === "v") return second ? difference(first, second, reader) : voltage(first, reader);
  if (second !== undefined) {
    const message = `\`${it.quantity}(…)\` takes one name.`;
    reader.place.elaboration.complaints.error("too-many-names", message, second.span);
    return failed;
  }
  if (it.quantity === "n") return quantityByName(first, reader);
  const ofBlock = quantityOfBlock(textOf(first, reader.place), it.quantity, reader, first.span);
  if (ofBlock) return ofBlock;
  const port = it.quantity === "i" && portQuantity(textOf(first, reader.place), "i", reader, currentAt(first.span));
  if (port) return port;
  const part = device(textOf(first, reader.place), first.span, reader);
  if (part === undefined) return failed;
  return it.quantity === "i" ? current(part, reader, first.span) : state(part, reader, first.span);
}

/** `i(m1)` of a quantum memristor; undefined where the name means none. */
function quantityOfBlock(name: string, quantity: string, reader: Reader, span: Span): Formula | undefined {
  const { network, blocks, complaints } = reader.place.elaboration;
  const found = blocks.locate(name, reader.place);
  if (found === undefined) return undefined;
  const isInCircuit = (network.find(name, reader.place) ?? network.findNode(name, reader.place)) !== undefined;
  const kind = found.block.find(found.local)?.kind;
  if (kind !== "memristor" && kind !== "lc") {
    if (isInCircuit || found.block.local(name.toLowerCase()) === name.toLowerCase()) return undefined;
    const help = didYouMean(nearName(found.local, found.block.names("memristor", "lc")));
    const message = `The block \`${found.block.name}\` has no memristor \`${found.local}\`.`;
    complaints.error("unknown-memristor", message, span, help);
    return failed;
  }
  if (!isInCircuit) return memristorQuantity(name, quantity, reader, span);
  if (name.includes(".")) return undefined;
  const path = found.block.path(found.local);
  const message = `\`${name}\` is in the circuit and in a quantum block: write \`${path}\` for the latter.`;
  complaints.error("ambiguous-name", message, span);
  return failed;
}

/** The current through the device of a name. */
export function currentOf(name: string, span: Span, reader: Reader): Formula {
  const part = device(name, span, reader);
  return part ? current(part, reader, span) : failed;
}

/** `r(m1)`, `p(m1)`, `w(m1)`; undefined if the call is none of these. */
export function observableCall(call: Extract<Expression, { kind: "call" }>, reader: Reader): Formula | undefined {
  const [argument] = call.arguments;
  if (!["r", "p", "w"].includes(call.name) || call.arguments.length !== 1 || argument?.kind !== "name")
    return undefined;
  const ofBlock = quantityOfBlock(argument.name, call.name, reader, argument.span);
  if (ofBlock) return ofBlock;
  const port = portQuantity(argument.name, call.name, reader, currentAt(argument.span));
  if (port) return port;
  const part = device(argument.name, argument.span, reader);
  return part ? quantity(part, call.name, reader, call.span) : failed;
}

function voltage(word: Word, reader: Reader): Formula {
  const { place } = reader;
  const { network, complaints } = place.elaboration;
  const name = textOf(word, place);
  const ofBlock = quantityOfBlock(name, "v", reader, word.span);
  if (ofBlock !== undefined) return ofBlock;
  const node = network.findNode(name, place);
  const part = find(name, place)?.part;
  if (node !== undefined && part !== undefined && !isVoltageOf(node, part)) {
    const message = `\`${name}\` is a node and a device: write \`v(${name},0)\` for the voltage of the node, \`n(${name}:v)\` for that of the device.`;
    complaints.error("ambiguous-name", message, word.span);
    return failed;
  }
  if (node !== undefined) return reader.input({ kind: "node", node });
  if (part !== undefined) return ownVoltage(part, reader);
  return portQuantity(name, "v", reader, currentAt(word.span)) ?? unknownNode(name, word.span, place);
}

/** A device between the node of its name and ground means the same by both. */
const isVoltageOf = (node: number, { terminals: [p, n] }: Part): boolean => p === undefined || (p === node && n === 0);

function difference(first: Word, second: Word, reader: Reader): Formula {
  const [a, b] = [first, second].map((word): Formula => {
    const name = textOf(word, reader.place);
    const node = reader.place.elaboration.network.findNode(name, reader.place);
    return node === undefined ? unknownNode(name, word.span, reader.place) : reader.input({ kind: "node", node });
  }) as [Formula, Formula];
  return minus(a, b);
}

const minus = (a: Formula, b: Formula): Formula =>
  b.kind === "number" && b.value === 0 ? a : { kind: "call", name: "-", arguments: [a, b] };

function unknownNode(name: string, span: Span, place: Environment): Formula {
  const { network, complaints } = place.elaboration;
  if (isInsideFailed(name, place)) return failed;
  const outside = "the main circuit has it: bring it in by a terminal of the subcircuit, or make it `.global`.";
  const more = network.isOutside(name, place)
    ? { help: outside }
    : didYouMean(nearName(name, network.nodeNames(place)));
  complaints.error("unknown-node", `There is no node \`${name}\` here.`, span, more);
  return failed;
}

/** `x1.n` where the card of `x1` is wrong: that has been told. */
function isInsideFailed(name: string, place: Environment): boolean {
  const { network } = place.elaboration;
  const steps = name.split(".").slice(0, -1);
  return steps.some((_, k) => network.find(steps.slice(0, k + 1).join("."), place)?.part?.failed);
}

/** `ymemristor!m1` and `ymemristor!x1:m1` are Xyce's names of `m1` and `x1.m1`. */
function plainName(name: string): string {
  const bang = name.indexOf("!");
  return bang > 0 && /^y\w+$/i.test(name.slice(0, bang)) ? name.slice(bang + 1) : name;
}

/** The device of a name; undefined after having complained. */
function device(written: string, span: Span, reader: Reader): Part | undefined {
  const named = find(written, reader.place);
  if (named?.part !== undefined) return named.part;
  const { network, complaints } = reader.place.elaboration;
  const name = plainName(written);
  if (isInsideFailed(name, reader.place)) return undefined;
  if (named !== undefined) {
    const message = `\`${name}\` is a subcircuit, which has no current or state of its own.`;
    const help = `ask for one of its parts, such as \`i(${name}.r1)\`, or put a 0 V source in series.`;
    complaints.error("not-a-device", message, span, { help });
    return undefined;
  }
  const [owner, quantityName] = /^(.+):(\w+)$/.exec(name)?.slice(1) ?? [];
  if (owner !== undefined && network.find(owner, reader.place)?.part !== undefined) {
    const help = `write \`n(${owner}:${quantityName})\`.`;
    complaints.error("unknown-device", `\`${name}\` is a quantity of a device, not a device.`, span, { help });
    return undefined;
  }
  const near = nearName(name, network.instanceNames(reader.place));
  complaints.error("unknown-device", `There is no device \`${name}\` here.`, span, didYouMean(near));
  return undefined;
}

function find(written: string, place: Environment): Named | undefined {
  const { network } = place.elaboration;
  const name = plainName(written);
  const found = network.find(name, place) ?? network.find(pathOfPort(name, place), place);
  return found ?? (name.includes(":") ? network.find(name.replaceAll(":", "."), place) : undefined);
}

/** `pair.p1` for `p1` where a netlist's one block has such a port; other names as they are. */
function pathOfPort(name: string, place: Environment): string {
  const found = place.elaboration.blocks.locate(name, place);
  const isPort = found?.block.find(found.local)?.kind === "port";
  return isPort ? found!.block.path(found!.local).slice(place.path.length) : name;
}

/** `n(m1:w)`, and Xyce's `n(ymemristor!m1_x)` and `n(ymemristor!m1:r)`. */
function quantityByName(word: Word, reader: Reader): Formula {
  const text = textOf(word, reader.place);
  const bar = text.lastIndexOf("_");
  const before = bar > 0 ? find(text.slice(0, bar), reader.place)?.part : undefined;
  const colon = text.includes("!") && before !== undefined ? -1 : text.lastIndexOf(":"); // part of Xyce's path there
  if (colon > 0) {
    const name = text.slice(colon + 1).toLowerCase();
    const ofBlock = quantityOfBlock(text.slice(0, colon), name, reader, word.span);
    if (ofBlock !== undefined) return ofBlock;
    const port = portQuantity(text.slice(0, colon), name, reader, currentAt(word.span));
    if (port !== undefined) return port;
    const part = device(text.slice(0, colon), word.span, reader);
    const isXyces = part?.xyce?.isDifferential && name === "r" && text.includes("!");
    return part ? quantity(part, isXyces ? "rd" : name, reader, word.span) : failed;
  }
  if (before !== undefined)
    return asXyce(before, text, quantity(before, text.slice(bar + 1).toLowerCase(), reader, word.span));
  const node = reader.place.elaboration.network.findNode(text, reader.place);
  if (node !== undefined) return reader.input({ kind: "node", node });
  const message = `\`n(${text})\` is not a quantity: write \`n(device:quantity)\`, such as \`n(m1:x)\`.`;
  reader.place.elaboration.complaints.error("unknown-quantity", message, word.span);
  return failed;
}

/** `n(ymemristor!m1_x)` in the unit that Xyce prints it in. */
function asXyce({ xyce }: Part, text: string, formula: Formula): Formula {
  if (xyce?.state === undefined || !/![^!]*_x$/i.test(text)) return formula;
  const { offset, factor } = xyce.state;
  return call("+", number(offset), call("*", number(factor), formula));
}

/** A quantity of a device by its name: `v i p r`, a state, an observable. */
function quantity(part: Part, name: string, reader: Reader, span: Span): Formula {
  const { device } = part;
  const own = device?.own.findIndex((unknown) => unknown.name === name) ?? -1;
  if (own >= 0) return ownUnknown(part, own, reader);
  if (name === "v") return ownVoltage(part, reader);
  if (name === "i") return current(part, reader, span);
  if (!reader.unknownsOnly && device?.observables?.some((observable) => observable.name === name)) {
    return reader.input({ kind: "observable", instance: part.index, name });
  }
  const both = () => [ownVoltage(part, reader), current(part, reader, span)];
  if (name === "r") return { kind: "call", name: "/", arguments: both() };
  if (name === "p" || name === "w") return { kind: "call", name: "*", arguments: both() };
  if (part.device === undefined && part.failed) return failed;
  return unknownQuantity(part, name, reader, span);
}

/** An own unknown by its name: whoever reads it sees the quantity itself, in whatever coordinate it stands. */
function ownUnknown({ device, index: instance }: Part, index: number, reader: Reader): Formula {
  const read = reader.input({ kind: "own", instance, index });
  return device?.own[index]?.coordinate === "logit" ? { kind: "call", name: "logistic", arguments: [read] } : read;
}

function unknownQuantity(part: Part, name: string, { place }: Reader, span: Span): Formula {
  const names = ["v", "i", "p", "r", ...quantityNames(part)];
  const near = nearName(name, names);
  const help = near
    ? `did you mean \`${near}\`?`
    : `it has ${[...new Set(names)].map((it) => `\`${it}\``).join(", ")}.`;
  place.elaboration.complaints.error("unknown-quantity", `\`${part.shown}\` has no quantity \`${name}\`.`, span, {
    help,
  });
  return failed;
}

const quantityNames = ({ device }: Part): readonly string[] => [
  ...(device?.own ?? []).map(({ name }) => name),
  ...(device?.observables ?? []).map(({ name }) => name),
];

function ownVoltage({ terminals: [p = 0, n = 0] }: Part, reader: Reader): Formula {
  return minus(reader.input({ kind: "node", node: p }), reader.input({ kind: "node", node: n }));
}

const currentAt = (span: Span) => (part: Part, reader: Reader) => current(part, reader, span);

/** The current into the first terminal of a device and out of the second. */
function current(part: Part, reader: Reader, span: Span): Formula {
  if (part.failed) return failed;
  const { device } = part;
  if (!hasOneCurrent(part)) {
    const message = `\`${part.shown}\` has ${part.terminals.length} terminals, so it has no single current: put a 0 V source in series with the one you mean.`;
    const own = device?.observables?.some(({ name }) => name === "id");
    const help = own ? { help: `\`n(${part.shown}:id)\` is the current into its drain, without that of charges.` } : {};
    reader.place.elaboration.complaints.error("no-single-current", message, span, help);
    return failed;
  }
  const index = part.branch ?? device?.own.findIndex(({ name, role }) => name === "i" && role === "branch") ?? -1;
  if (index >= 0) return reader.input({ kind: "own", instance: part.index, index });
  const charged = device?.slopes === undefined || device.slopes.q.some(([row]) => row === 0);
  if (!reader.unknownsOnly && !charged) return reader.input({ kind: "current", instance: part.index, terminal: 0 });
  part.measured = true;
  return reader.input({ kind: "own", instance: part.index, index: device?.own.length ?? 0 });
}

/** Two terminals, or two that carry the current and two that only look, or a current that it calls its own. */
const hasOneCurrent = ({ terminals, device }: Part): boolean =>
  terminals.length === 2 ||
  (terminals.length === 4 && device?.terminals[2] === "cp") ||
  device?.own.some(({ name, role }) => name === "i" && role === "branch") === true;

/** `x(m1)`: the state of a device that has one. */
function state(part: Part, reader: Reader, span: Span): Formula {
  const states = part.device === undefined ? [] : statesOf(part.device);
  if (part.failed) return failed;
  if (states.length === 1) return ownUnknown(part, part.device!.own.indexOf(states[0]!), reader);
  const { complaints } = reader.place.elaboration;
  const list = states.map(({ name }) => `\`n(${part.shown}:${name})\``).join(", ");
  const message =
    states.length === 0
      ? `\`${part.shown}\` has no state, so \`x(${part.shown})\` means nothing.`
      : `\`${part.shown}\` has ${states.length} states: name the one you mean, ${list}.`;
  complaints.error("no-single-state", message, span);
  return failed;
}

/** Longer names that SPICE has for values of elements. */
const valueNames: Readonly<Record<string, string>> = { resistance: "r", capacitance: "c", inductance: "l" };

/** `@r1[resistance]`: a value of a device, or a quantity of it. */
function settingOf({ device: word, setting, span }: Extract<Probe, { kind: "setting-of" }>, reader: Reader): Formula {
  const part = device(textOf(word, reader.place), word.span, reader);
  if (part === undefined) return failed;
  const name = valueNames[setting] ?? setting;
  const value = part.values[name];
  if (part.drawn) reader.place.elaboration.draws.touched++;
  if (value !== undefined) return { kind: "number", value };
  return quantity(part, name, reader, span);
}
