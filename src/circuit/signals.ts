import { statesOf } from "../devices/device.js";
import type { Formula } from "../expressions/formula.js";
import { resolve } from "../expressions/resolve.js";
import type { DynamicName } from "../expressions/scope.js";
import type { Expression, Item, Word } from "../syntax/ast.js";
import type { Span } from "../text/source.js";
import type { Quantity, Signal } from "./circuit.js";
import { ConstantScope } from "./constant-scope.js";
import type { Environment } from "./environment.js";
import { Inputs } from "./inputs.js";
import { noiseByCall, noiseByName, noiseByVoltage } from "./noise-card.js";
import type { Part } from "./part.js";
import { asked, phasorFunction, spicePhasor } from "./phasor-calls.js";
import { observableCall, probe, type Reader } from "./probes.js";
import { callOfBlock, isArguments } from "./quantum/call-of-block.js";
import { columnNames, observableCalls } from "./quantum/observable-calls.js";
import { qualifiedName, qualifiedText } from "./quantum/qualified.js";
import { written } from "./readings.js";
import { unitOf } from "./signal-units.js";
import { textOf } from "./words.js";

/** What names mean in an expression that is looked at and drives nothing. */
class OutputScope extends ConstantScope {
  override readonly time = true;
  readonly #reader: Reader;

  constructor(
    place: Environment,
    readonly inputs: Inputs<Quantity>,
  ) {
    super(place);
    this.#reader = { place, input: (quantity) => inputs.of(quantity), unknownsOnly: false };
  }

  override name(name: string, span: Span): Formula | undefined {
    return super.name(name, span) ?? noiseByName(name, this.place, this.#reader.input);
  }

  override probe(it: Extract<Expression, { kind: "probe" | "setting-of" }>): Formula | undefined {
    const noise = it.kind === "probe" ? noiseByVoltage(it, this.place, this.#reader.input) : undefined;
    return noise ?? probe(it, this.#reader);
  }

  override call(call: Extract<Expression, { kind: "call" }>): Formula | undefined {
    const known = super.call(call) ?? observableCall(call, this.#reader) ?? this.#ofBlock(call);
    const more = known ?? noiseByCall(call, this.place, this.#reader.input);
    return more ?? spicePhasor(call, this.#reader) ?? this.#partOf(call);
  }

  /** `db(v(out)/v(in))`: a part of a complex amplitude. */
  #partOf(call: Extract<Expression, { kind: "call" }>): Formula | undefined {
    const name = phasorFunction(call);
    return name && asked(name, resolve(call.arguments[0]!, this, this.place.elaboration.complaints));
  }

  /** A quantity of a quantum block, which is one number here. */
  #ofBlock(call: Extract<Expression, { kind: "call" }>): Formula | undefined {
    const [first, second] = observableCalls(call, this.#reader) ?? [];
    if (first === undefined || second === undefined) return first;
    const text = written(call.span);
    const one = call.name === "bloch" ? `${text.slice(0, -1)},x)` : `re(${text})`;
    const message = `\`${text}\` is more than one number.`;
    this.place.elaboration.complaints.error("too-many-names", message, call.span, { help: `write \`${one}\`.` });
    return { kind: "number", value: Number.NaN };
  }

  override dynamic(name: DynamicName, _inputs: readonly Formula[], span: Span): Formula | undefined {
    const message = `\`${name}\` cannot stand in an output: give it to a source, \`B1 n 0 v={${name}(…)}\`, and look at \`v(n)\`.`;
    this.place.elaboration.complaints.error("dynamic-in-output", message, span);
    return undefined;
  }
}

/** A signal as an expression says it. */
export function signalOf(expression: Expression, name: string, span: Span, place: Environment): Signal {
  const inputs = new Inputs<Quantity>();
  const formula = resolve(expression, new OutputScope(place, inputs), place.elaboration.complaints);
  return signalBy(formula, inputs.all, name, span, place);
}

function signalBy(formula: Formula, inputs: readonly Quantity[], name: string, span: Span, place: Environment): Signal {
  const { programs, signalNames, network } = place.elaboration;
  const content = `${programs.keyOf(formula)} ${JSON.stringify(inputs)}`;
  return { name: signalNames.of(name, content), unit: unitOf(formula, inputs, network), formula, inputs, span };
}

/** The signals that an item lists: several where a name has a wildcard. */
export function signalsOf(item: Item, place: Environment): readonly Signal[] {
  if (item.kind === "expression") return ofExpression(item, place);
  if (item.kind === "word") return ofWord(item, place);
  if (item.kind === "group" && isArguments(item.span)) return [];
  if (item.kind === "group") return item.items.flatMap((inner) => signalsOf(inner, place));
  const message = `Expected a signal such as \`v(out)\` or \`{v(a)*2}\`, found \`${written(item.span)}\`.`;
  place.elaboration.complaints.error("expected-signal", message, item.span);
  return [];
}

/** One signal, where only one may stand. */
export function oneSignal(item: Item | undefined, place: Environment, span: Span): Signal | undefined {
  const { complaints } = place.elaboration;
  if (item === undefined) {
    complaints.error("missing-value", "Expected a signal such as `v(out)`, found the end of the card.", span);
    return undefined;
  }
  const before = complaints.errors;
  const [signal, second] = signalsOf(item, place);
  if (second !== undefined) {
    complaints.error("too-many-names", "One signal may stand here, but this name means several.", item.span);
  }
  return complaints.errors > before ? undefined : signal;
}

type Braced = Extract<Item, { kind: "expression" }>;

function ofExpression({ expression, lone, span }: Braced, place: Environment): readonly Signal[] {
  if (expression.kind === "probe" && !lone) {
    return spread(expression, place).map((it) => signalOf(it, probeName(it, place), span, place));
  }
  const columns = expression.kind === "call" && !lone ? columnsOf(expression, span, place) : undefined;
  return columns ?? [signalOf(expression, expressionName(expression, lone, span, place), span, place)];
}

/** What a call gives of a quantum block: several columns where it is several numbers; undefined if it is of no block. */
function columnsOf(
  call: Extract<Expression, { kind: "call" }>,
  span: Span,
  place: Environment,
): readonly Signal[] | undefined {
  const inputs = new Inputs<Quantity>();
  const formulas = observableCalls(call, { place, input: (quantity) => inputs.of(quantity), unknownsOnly: false });
  if (formulas === undefined) return undefined;
  const names = columnNames(call, expressionName(call, false, span, place), formulas.length);
  // One of several quantities by itself is the same content as where it is asked for alone, and has the same name.
  return formulas.map((formula, k) =>
    formula.kind === "input"
      ? signalBy({ kind: "input", index: 0 }, [inputs.all[formula.index]!], names[k]!, span, place)
      : signalBy(formula, inputs.all, names[k]!, span, place),
  );
}

/** `v(out)`: as it stands at the head of a column. */
function probeName({ quantity, names }: Extract<Expression, { kind: "probe" }>, place: Environment): string {
  return `${quantity}(${names.map((word) => qualifiedName(textOf(word, place).toLowerCase(), place)).join(",")})`;
}

/** `{v(a)*2}`; what is a call or a name by itself goes without braces. */
function expressionName(expression: Expression, lone: boolean, span: Span, place: Environment): string {
  const text = qualifiedText(expression, span, place).replace(/\s+/g, " ").trim().toLowerCase();
  if (/^\{.*\}$/.test(text)) return text;
  if (/^'.*'$/.test(text)) return `{${text.slice(1, -1).trim()}}`;
  const plain = !lone && (expression.kind === "call" || expression.kind === "setting-of");
  return plain ? text.replaceAll(" ", "") : `{${text}}`;
}

/** A word among signals: `all`, `time` (which is always there), ngspice's `v1#branch`. */
function ofWord(word: Word, place: Environment): readonly Signal[] {
  const text = textOf(word, place);
  const name = text.toLowerCase();
  const { network, complaints } = place.elaboration;
  if (name === "time") return [];
  if (name === "all") return all(word.span, place);
  const inputs = new Inputs<Quantity>();
  const noise = noiseByName(name, place, (quantity) => inputs.of(quantity));
  if (noise !== undefined && network.findNode(name, place) === undefined)
    return [signalBy(noise, inputs.all, name, word.span, place)];
  const branch = /^(.+)#branch$/.exec(name);
  const quantity = branch ? "i" : "v";
  const target = branch ? branch[1]! : name;
  const known = branch ? network.find(target, place)?.part : network.findNode(target, place);
  if (known === undefined) {
    const called = callOfBlock(name);
    const help = called
      ? `names of the block stand within the call: \`${called.call}(${called.block}.a,…)\`, or without the block's name where there is one.`
      : "a signal is `v(node)`, `i(device)`, `x(memristor)` or an expression in braces.";
    complaints.error("expected-signal", `\`${text}\` is no signal.`, word.span, { help });
    return [];
  }
  return [named(quantity, target, word.span, place)];
}

/** Every node voltage and every source current. */
function all(span: Span, place: Environment): readonly Signal[] {
  const { network } = place.elaboration;
  const nodes = network.nodes.slice(1).map((name) => named("v", name, span, place));
  const sources = network.made().filter(({ element }) => element === "v");
  return [...nodes, ...sources.map(({ name }) => named("i", name, span, place))];
}

function named(quantity: "v" | "i" | "x" | "n", name: string, span: Span, place: Environment): Signal {
  const expression = { kind: "probe", quantity, names: [{ kind: "word", parts: [name], span }], span } as const;
  return signalOf(expression, `${quantity}(${name})`, span, place);
}

type Probe = Extract<Expression, { kind: "probe" }>;

/** The items that one with a wildcard stands for, each with the name that it matched; undefined without a wildcard. */
export function spreadItem(item: Item, place: Environment): readonly { item: Item; match: string }[] | undefined {
  if (item.kind !== "expression" || item.lone || item.expression.kind !== "probe") return undefined;
  const wild = item.expression.names.findIndex((word) => textOf(word, place).includes("*"));
  if (wild < 0) return undefined;
  return spread(item.expression, place).map((expression) => ({
    item: { ...item, expression },
    match: textOf(expression.names[wild]!, place).toLowerCase(),
  }));
}

/** The probes that one with a wildcard stands for. */
function spread(it: Probe, place: Environment): readonly Probe[] {
  const wild = it.names.findIndex((word) => textOf(word, place).includes("*"));
  if (wild < 0) return [it];
  const word = it.names[wild]!;
  const pattern = textOf(word, place);
  const names = matching(it.quantity, pattern, place);
  if (names.length === 0) {
    const what = it.quantity === "v" ? "node" : "device";
    place.elaboration.complaints.error("no-match", `No ${what} matches \`${pattern}\`.`, word.span);
  }
  return names.map((name) => ({ ...it, names: it.names.with(wild, { kind: "word", parts: [name], span: word.span }) }));
}

function matching(quantity: Probe["quantity"], pattern: string, place: Environment): readonly string[] {
  const { network } = place.elaboration;
  const colon = quantity === "n" ? pattern.lastIndexOf(":") : -1;
  const wanted = colon < 0 ? pattern : pattern.slice(0, colon);
  const regex = new RegExp(`^${wanted.toLowerCase().split("*").map(literally).join(".*")}$`);
  const behind = colon < 0 ? "" : pattern.slice(colon);
  const fits = (part: Part): boolean =>
    !part.failed &&
    part.terminals.length > 0 &&
    (quantity !== "x" || hasOneState(part)) &&
    (quantity !== "i" || part.terminals.length === 2);
  const names = quantity === "v" ? network.nodes.slice(1) : network.parts.filter(fits).map(({ name }) => name);
  return names.filter((name) => !name.includes("#") && regex.test(name)).map((name) => name + behind);
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const hasOneState = ({ device }: Part): boolean => device !== undefined && statesOf(device).length === 1;
