import type { AnalysisCard, Circuit, Instance, Outputs, Signal, Unknown } from "../circuit/circuit.js";
import type { Diagnostic } from "../text/diagnostic.js";
import type { Unit } from "../units/unit.js";
import { explainMany } from "./explain.js";
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
  const asked = askedSignals(circuit.outputs, card);
  if (asked.length > 0) return { signals: asked, diagnostics: [] };
  if (card.kind === "qtran") return { signals: blockSignals(circuit.blocks[card.block]!, card.block), diagnostics: [] };
  const sources = circuit.instances.flatMap((instance, k) => sourceCurrent(instance, k));
  const nodes = circuit.nodes.slice(1).map((name, k) => nodeVoltage(circuit, name, k + 1));
  const all = [...nodes.filter(({ name }) => !name.includes("#")), ...sources, ...ofBlocks(circuit)];
  const fits = (signals: readonly Signal[]): boolean => signals.length * points <= manyValues;
  if (fits(all)) return { signals: all, diagnostics: [] };
  const withPorts = [...sources, ...ofBlocks(circuit), ...memristorPorts(circuit)];
  const signals = fits(withPorts) ? withPorts : sources;
  const kept = signals.length > sources.length ? "source currents and the ports of memristors" : "source currents";
  return { signals, diagnostics: [explainMany(all.length * points, kept, span)] };
}

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
