import type { Circuit, Instance, Outputs, Signal, Unknown } from "../circuit/circuit.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import type { Column, Result } from "../result/result.js";
import type { Unit } from "../units/unit.js";

/** Above this many values, only source currents and the ports of devices are kept unless the netlist asks for more. */
const manyValues = 2e7;

/** Two values this near to each other, relative to the column or in the unit, are both sides of no jump. */
const alike = { relative: 1e-6, volts: 1e-9, amperes: 1e-15 };

/** The signals that an analysis shows: what `.print` and `.save` name, else every node voltage and source current. */
export function shownSignals(circuit: Circuit, analysis: Result["analysis"], points: number): readonly Signal[] {
  const asked = askedSignals(circuit.outputs, analysis);
  if (asked.length > 0) return asked;
  const sources = circuit.instances.flatMap((instance, k) => sourceCurrent(instance, k));
  const nodes = circuit.nodes.map((name, node) => nodeVoltage(circuit, name, node)).slice(1);
  const visible = nodes.filter(({ name }) => !name.includes("#"));
  const few = (visible.length + sources.length) * points > manyValues;
  return few ? sources : [...visible, ...sources];
}

function askedSignals(outputs: Outputs, analysis: Result["analysis"]): readonly Signal[] {
  const cards = outputs.columns.filter((card) => card.analysis === undefined || card.analysis === analysis);
  return distinct(cards.flatMap(({ signals }) => signals));
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

/** Values of signals at the points of an analysis, kept in columns that grow. */
export class Recorder {
  readonly #of: readonly ((t: number, x: Float64Array) => number)[];
  readonly #columns: Float64Array[];
  #size = 0;

  constructor(
    system: CompiledSystem,
    readonly axes: readonly { readonly name: string; readonly unit: Unit }[],
    readonly signals: readonly Signal[],
    expected: number,
  ) {
    this.#of = signals.map((signal) => system.evaluator(signal));
    this.#columns = [...axes, ...signals].map(() => new Float64Array(Math.max(16, expected)));
  }

  get points(): number {
    return this.#size;
  }

  /** The first axis at the point kept last; NaN before the first. */
  get lastAxis(): number {
    return this.#columns[0]![this.#size - 1] ?? Number.NaN;
  }

  /** Keeps a point: the values of the axes, then every signal at (t, x). */
  keep(axes: readonly number[], t: number, x: Float64Array): void {
    if (this.#size === this.#columns[0]?.length) this.#grow();
    const at = this.#size++;
    axes.forEach((value, k) => {
      this.#columns[k]![at] = value;
    });
    for (let k = 0; k < this.#of.length; k++) this.#columns[axes.length + k]![at] = this.#of[k]!(t, x);
  }

  /** Keeps a point unless every signal is, but for rounding, as at the point kept last. */
  keepIfChanged(axes: readonly number[], t: number, x: Float64Array): void {
    const before = this.#size - 1;
    this.keep(axes, t, x);
    const same = this.#columns.every((column, k) => {
      if (k < this.axes.length) return true;
      const [a, b] = [column[before]!, column[before + 1]!];
      const unit = this.signals[k - this.axes.length]!.unit;
      const floor = unit === "V" ? alike.volts : unit === "A" ? alike.amperes : 0;
      return Math.abs(a - b) <= floor + alike.relative * Math.max(Math.abs(a), Math.abs(b), this.#largest(column));
    });
    if (same) this.#size--;
  }

  #largest(column: Float64Array): number {
    let largest = 0;
    for (let k = Math.max(0, this.#size - 64); k < this.#size; k++) largest = Math.max(largest, Math.abs(column[k]!));
    return largest;
  }

  columns(): readonly Column[] {
    return [...this.axes, ...this.signals].map(({ name, unit }, k) => ({
      name,
      unit,
      values: this.#columns[k]!.subarray(0, this.#size),
    }));
  }

  #grow(): void {
    for (const [k, old] of this.#columns.entries()) {
      const wider = new Float64Array(old.length * 2);
      wider.set(old);
      this.#columns[k] = wider;
    }
  }
}
