import type { AnalysisCard, Circuit, Instance, Outputs, Signal, Unknown } from "../circuit/circuit.js";
import { dataOf } from "../circuit/phasor-calls.js";
import type { Diagnostic } from "../text/diagnostic.js";
import type { Unit } from "../units/unit.js";
import { explainMany } from "./explain.js";
import { noiseSignals } from "./noise.js";
import { portSignals } from "./ports.js";
import { blockSignals } from "./quantum/block-signals.js";
import { tells } from "./told.js";

/** Above this many values, only source currents and the ports of memristors are kept unless the netlist asks for more. */
const manyValues = 2e7;

/** What an analysis shows, and what is to be said of it. */
export interface Shown {
  readonly signals: readonly Signal[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The signals that an analysis shows: what `.print` and `.save` name, else every node voltage and source current. */
export function shownSignals(circuit: Circuit, card: AnalysisCard, points: number): Shown {
  const { span } = card;
  const asked = dataSignals(card, askedSignals(circuit.outputs, card));
  if (asked.length > 0) return { signals: asked, diagnostics: [] };
  if (card.kind === "noise") return { signals: noiseSignals(circuit, card), diagnostics: [] };
  if (card.kind === "qtran") return { signals: blockSignals(circuit.blocks[card.block]!, card.block), diagnostics: [] };
  const sources = circuit.instances.flatMap((instance, k) => sourceCurrent(instance, k));
  const nodes = nodeVoltages(circuit);
  const all = [...nodes, ...sources, ...ofBlocks(circuit)];
  if (card.kind === "ac") return { signals: dataOf([...nodes, ...sources]), diagnostics: [] };
  const fits = (signals: readonly Signal[]): boolean => signals.length * points <= manyValues;
  if (fits(all)) return { signals: all, diagnostics: [] };
  const withPorts = [...sources, ...ofBlocks(circuit), ...memristorPorts(circuit)];
  const signals = fits(withPorts) ? withPorts : sources;
  const kept = signals.length > sources.length ? "source currents and the ports of memristors" : "source currents";
  return { signals, diagnostics: [explainMany(all.length * points, kept, span)] };
}

/** In data of small signals what is complex has two columns. */
const dataSignals = ({ kind }: AnalysisCard, signals: readonly Signal[]): readonly Signal[] =>
  kind === "ac" ? dataOf(signals) : signals;

/** The signals of a `.print` with a file of its own. */
export const printedSignals = (card: AnalysisCard, signals: readonly Signal[]): readonly Signal[] =>
  dataSignals(
    card,
    distinct(signals).filter((signal) => tells(card, signal)),
  );

/** The voltages of all nodes that the netlist names. */
export const nodeVoltages = (circuit: Circuit): readonly Signal[] =>
  circuit.nodes.flatMap((name, k) => (k === 0 || name.includes("#") ? [] : [nodeVoltage(circuit, name, k)]));

const ofBlocks = ({ blocks }: Circuit): readonly Signal[] =>
  blocks.flatMap((block, k) => (block.isInCircuit ? blockSignals(block, k) : []));

/** Voltage and current of every memristive device with two terminals. */
const memristorPorts = ({ instances }: Circuit): readonly Signal[] =>
  instances.flatMap((instance, k) => {
    if (!instance.device.claims?.pinched || instance.terminals.length !== 2) return [];
    const { voltage, current } = portSignals(instance, k);
    return [voltage, current];
  });

function askedSignals(outputs: Outputs, of: AnalysisCard): readonly Signal[] {
  const cards = outputs.columns.filter(({ analysis }) => analysis === undefined || analysis === of.kind);
  return distinct(cards.flatMap(({ signals }) => signals)).filter((signal) => tells(of, signal));
}

/** The same signals, each name once, in the order of their first appearance. */
export function distinct(signals: readonly Signal[]): readonly Signal[] {
  const byName = new Map<string, Signal>();
  for (const signal of signals) if (!byName.has(signal.name)) byName.set(signal.name, signal);
  return [...byName.values()];
}

const first = { kind: "input", index: 0 } as const;

function nodeVoltage(circuit: Circuit, name: string, node: number): Signal {
  return signalOf(`v(${name})`, "V", { kind: "node", node }, circuit.instances[0]!);
}

function sourceCurrent(instance: Instance, k: number): readonly Signal[] {
  const { element, name, device } = instance;
  const index = device.own.findIndex(({ role, unit }) => role === "branch" && unit === "A");
  if (element !== "v" || index < 0) return [];
  return [signalOf(`i(${name})`, "A", { kind: "own", instance: k, index }, instance)];
}

const signalOf = (name: string, unit: Unit, input: Unknown, { span }: Instance): Signal => ({
  name,
  unit,
  formula: first,
  inputs: [input],
  span,
});
