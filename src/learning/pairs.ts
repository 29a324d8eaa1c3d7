import type { Circuit, Instance } from "../circuit/circuit.js";
import { NodeSets } from "../circuit/connections.js";
import type { TrainCard } from "../circuit/training/cards.js";
import { synapseKind } from "../devices/perceptrons/recognise.js";
import type { Diagnostic } from "../text/diagnostic.js";
import { type Cell, type Link, terminal } from "./connection.js";
import { firstNeuron } from "./grid.js";
import { alongLines, gridsOf, type PlacedMemristor } from "./lines.js";
import type { Network } from "./network.js";
import { pairWeights } from "./weight-of.js";

/** The pairs of a circuit as synapses: found along their lines, and solved with them. */
export class Pairs {
  readonly #drivers: ReadonlySet<number>; // nodes
  readonly #inputs: ReadonlySet<number>; // nodes
  readonly #columns = new Set<number>(); // nodes of lines to neurons
  readonly #ends = new Map<string, readonly [row: number, column: number]>(); // nodes, by the name of their weight
  readonly #memristors = new Map<string, PlacedMemristor>(); // by the name of their weight; weight −1 before it has a place

  constructor(
    readonly circuit: Circuit,
    readonly card: TrainCard,
    readonly cells: readonly Cell[],
    sources: ReadonlySet<number>,
    readonly problems: Diagnostic[],
  ) {
    this.#drivers = new Set([...sources, ...cells.map(({ out }) => out)]);
    this.#inputs = new Set(cells.flatMap(({ inputs }) => [...inputs.keys()]));
  }

  /** The memristors of a pair that lead to neurons, each a connection. */
  linksOf(instance: Instance, index: number): readonly Link[] {
    const row = terminal(instance, "row");
    return pairWeights(instance).flatMap(({ value, column, weight, gunit }): Link[] => {
      const node = terminal(instance, column);
      const end = this.#endOf(instance, node, this.#inputs, "neuron");
      if (end === undefined) return [];
      const from = this.#endOf(instance, row, this.#drivers, "driver") ?? row;
      const to = this.cells.find(({ inputs }) => inputs.has(end))!;
      const { iu = 1, rin = 0 } = to.instance.values;
      const scale = this.#scaleOf(from);
      this.#ends.set(weight.name, [from, end]);
      this.#memristors.set(weight.name, { weight: -1, a: row, b: node, conductance: gunit });
      return [
        {
          instance,
          from,
          to,
          gain: (to.inputs.get(end)! * gunit * scale) / iu,
          weight,
          place: { instance: index, value, unit: gunit },
          drive: instance.values["gmax"]! * scale,
          lined: from !== row || end !== node || rin !== 0,
        },
      ];
    });
  }

  /** Whether a device is a resistor on the way from pairs to a neuron. */
  isLine({ device, terminals }: Instance): boolean {
    return device.type === "resistor" && terminals.some((node) => this.#columns.has(node));
  }

  /** The one node of some that lines lead to from a node; undefined where there is none. */
  #endOf(instance: Instance, node: number, among: ReadonlySet<number>, what: string): number | undefined {
    const stops = new Set([...this.#drivers, ...this.#inputs]);
    const reached = alongLines(this.circuit, node, stops);
    if (among === this.#inputs) for (const it of reached) if (it !== 0 && !stops.has(it)) this.#columns.add(it);
    const ends = [...reached].filter((it) => among.has(it));
    if (ends.length <= 1) return ends[0];
    const names = ends.map((it) => `\`${this.circuit.nodes[it]}\``).join(" and ");
    const message = `The lines at \`${this.circuit.nodes[node]}\` lead \`${instance.name}\` to more than one ${what}: ${names}.`;
    this.#problem("forked-line", message, instance, "a line ends at one driver, or at one neuron.");
    return ends[0];
  }

  #scaleOf(node: number): number {
    return this.cells.find(({ out }) => out === node)?.instance.values["vu"] ?? 1;
  }

  #problem(code: string, message: string, { span }: Pick<Instance, "span">, help?: string): void {
    this.problems.push({ severity: "error", code, message, span, ...(help !== undefined && { help }) });
  }

  /** The weights of pairs, by the drivers and the inputs of neurons that they share. */
  arraysOf({ weights }: Pick<Network, "weights">): Pick<Network, "arrays"> {
    const sets = new NodeSets(this.circuit.nodes.length);
    for (const [row, column] of this.#ends.values()) if (row !== 0) sets.join(row, column);
    const members = weights.flatMap(({ name }, index) => {
      const ends = this.#ends.get(name);
      return ends === undefined ? [] : [{ index, root: sets.of(ends[1]) }];
    });
    const roots = [...new Set(members.map(({ root }) => root))];
    if (roots.length === 0) return {};
    return { arrays: roots.map((root) => members.flatMap((it) => (it.root === root ? [it.index] : []))) };
  }

  /** The grids of a network's pairs, once the places of units and weights are known. */
  gridsOf(
    order: readonly Cell[],
    { weights, synapses }: Pick<Network, "weights" | "synapses">,
    unitOf: ReadonlyMap<number, number>,
  ): Pick<Network, "grids"> {
    if (!synapses.some(({ lined }) => lined)) return {};
    const used = weights.flatMap(({ name }, weight) => {
      const found = this.#memristors.get(name);
      return found === undefined ? [] : [{ ...found, weight }];
    });
    const { grids, strangers } = gridsOf(
      this.circuit,
      [...used, ...this.#idle(new Set(weights.map(({ name }) => name)))],
      {
        source: (node) => {
          const unit = unitOf.get(node);
          return unit === undefined ? undefined : { unit, volts: this.#scaleOf(node) };
        },
        sink: (node) => {
          const neuron = order.findIndex(({ inputs }) => inputs.has(node));
          if (neuron < 0) return this.#inputs.has(node) ? { neuron: 0, gain: 0, rin: 0 } : undefined;
          const { instance, inputs } = order[neuron]!;
          const { iu = 1, rin = 0 } = instance.values;
          return { neuron, gain: inputs.get(node)! / iu, rin };
        },
      },
    );
    for (const { instance, node } of strangers) {
      const message = `\`${instance.name}\` stands at \`${this.circuit.nodes[node]}\`, between pairs and their neurons, where training knows resistors only.`;
      this.#problem("foreign-device", message, instance);
    }
    const first = unitOf.size - order.length;
    for (const grid of grids) {
      const neuron = firstNeuron(grid);
      const late = grid.sources.find(({ unit }) => unit >= first + neuron);
      if (late === undefined) continue;
      const message = `Lines bring the output of \`${order[late.unit - first]!.instance.name}\` to \`${order[neuron]!.instance.name}\`, which comes before it: training needs a network without cycles.`;
      this.#problem("cycle", message, this.card, "give each layer a crossbar of its own.");
    }
    return { grids };
  }

  /** Memristors that are no part of the network, yet load its lines. */
  #idle(known: ReadonlySet<string>) {
    return this.circuit.instances.flatMap((instance) => {
      if (synapseKind(instance.device)?.kind !== "pair") return [];
      return pairWeights(instance).flatMap(({ column, weight, gunit }) => {
        const [a, b] = [terminal(instance, "row"), terminal(instance, column)];
        if (known.has(weight.name)) return [];
        return [{ weight: undefined, a, b, conductance: (weight.initial ?? weight.middle ?? 0) * gunit }];
      });
    });
  }
}
