import type { Circuit, Instance } from "../circuit/circuit.js";
import type { TrainCard } from "../circuit/training/cards.js";
import { neuronKind, perceptronKind, synapseKind } from "../devices/perceptrons/recognise.js";
import { type Diagnostic, NetlistError } from "../text/diagnostic.js";
import { isConstantVoltage } from "./at-rest.js";
import { chainsOf } from "./chains.js";
import { type Cell, inputsOf, type Link, terminal } from "./connection.js";
import { foreignDevices } from "./foreign.js";
import type { Network, Neuron, Synapse, Weight } from "./network.js";
import { Pairs } from "./pairs.js";
import { biasOf, perceptronWeights, synapseWeight, type WeightPlace } from "./weight-of.js";

/** A network, and where in the circuit its parts stand. */
export interface Placed {
  readonly network: Network;
  /** For each weight the instance that keeps it and the name of its value there. */
  readonly places: readonly WeightPlace[];
  readonly cells: readonly number[]; // for each neuron its instance
}

/**
 * The feed-forward network that a training sees in a circuit: what its inputs reach through synapses and neurons.
 *
 * @throws NetlistError where the circuit is none: an output that no input reaches, a synapse that starts from nothing
 *   known, a cycle, another device in the way
 */
export function networkOf(circuit: Circuit, card: TrainCard): Placed {
  const reader = new Reader(circuit, card);
  const placed = reader.read();
  if (reader.problems.length > 0 || placed === undefined) throw new NetlistError(reader.problems);
  return placed;
}

class Reader {
  readonly problems: Diagnostic[] = [];
  readonly #cells: readonly Cell[];
  readonly #links: readonly Link[];
  readonly #inputs: readonly number[]; // nodes
  readonly #constants: ReadonlyMap<number, number>; // value by node
  readonly #pairs: Pairs;

  constructor(
    readonly circuit: Circuit,
    readonly card: TrainCard,
  ) {
    this.#cells = circuit.instances.flatMap((instance, index) => this.#cellOf(instance, index));
    this.#inputs = card.inputs.map((input) => (input.kind === "node" ? input.node : this.#sourceNode(input.instance)));
    this.#constants = this.#findConstants();
    this.#pairs = new Pairs(
      circuit,
      card,
      this.#cells,
      new Set([...this.#inputs, ...this.#constants.keys()]),
      this.problems,
    );
    this.#links = circuit.instances.flatMap((instance, index) => this.#linksOf(instance, index));
  }

  read(): Placed | undefined {
    const order = this.#ordered();
    if (order === undefined) return undefined;
    for (const problem of foreignDevices(this.circuit, order, this.#pairs)) this.problems.push(problem);
    const unitOf = this.#unitsOf(order);
    const weights: Weight[] = [];
    const places: WeightPlace[] = [];
    const add = (weight: Weight, place: WeightPlace): number => {
      places.push(place);
      return weights.push(weight) - 1;
    };
    const synapses = order.flatMap((cell, to) =>
      this.#linksTo(cell).map(
        (link): Synapse => ({
          name: link.instance.name,
          from: unitOf.get(link.from)!,
          to,
          weight: add(link.weight, link.place),
          gain: link.gain,
          ...(link.drive !== undefined && { drive: link.drive }),
          ...(link.lined && { lined: true }),
        }),
      ),
    );
    const neurons = order.map((cell) => this.#neuronOf(cell, add));
    const first = unitOf.size - order.length;
    const outputs = this.card.outputs.map((node) => {
      const unit = unitOf.get(node) ?? -1;
      return unit < first ? this.#complainOfOutput(node) : unit;
    });
    if (this.problems.length > 0) return undefined;
    const network: Network = {
      inputs: this.card.data.inputs,
      constants: [...this.#usedConstants(order)].map((node) => ({
        name: this.circuit.nodes[node]!,
        value: this.#constants.get(node)!,
      })),
      neurons,
      synapses,
      weights,
      outputs,
      chains: chainsOf(this.circuit, places),
      ...this.#pairs.arraysOf({ weights }),
      ...this.#pairs.gridsOf(order, { weights, synapses }, unitOf),
    };
    if (this.problems.length > 0) return undefined;
    return { network, places, cells: order.map(({ index }) => index) };
  }

  #problem(code: string, message: string, span = this.card.span, help?: string): void {
    this.problems.push({ severity: "error", code, message, span, ...(help !== undefined && { help }) });
  }

  #cellOf(instance: Instance, index: number): readonly Cell[] {
    const { device } = instance;
    if (neuronKind(device) !== undefined)
      return [{ index, instance, out: terminal(instance, "out"), inputs: inputsOf(instance) }];
    if (perceptronKind(device) !== undefined)
      return [{ index, instance, out: terminal(instance, "out"), inputs: new Map() }];
    return [];
  }

  #linksOf(instance: Instance, index: number): readonly Link[] {
    const kind = synapseKind(instance.device)?.kind;
    if (kind === "ideal") return this.#synapseLink(instance, index);
    if (kind === "pair") return this.#pairs.linksOf(instance, index);
    const cell = this.#cells.find((it) => it.index === index);
    if (cell === undefined || perceptronKind(instance.device) === undefined) return [];
    return perceptronWeights(instance).map(({ weight, value, input }) => {
      const from = terminal(instance, input);
      const gain = instance.values["gm"]! * this.#scaleOf(from);
      return { instance, from, to: cell, gain, weight, place: { instance: index, value } };
    });
  }

  #synapseLink(instance: Instance, index: number): readonly Link[] {
    const post = terminal(instance, "post");
    const to = this.#cells.find((cell) => cell.inputs.has(post));
    if (to === undefined) return [];
    const from = terminal(instance, "pre");
    const { gm, gout } = instance.values as { gm: number; gout: number };
    const gain = (to.inputs.get(post)! * gm * gout * this.#scaleOf(from)) / to.instance.values["iu"]!;
    const drive = gm * this.#scaleOf(from);
    const place = { instance: index, value: "w" };
    return [{ instance, from, to, gain, weight: synapseWeight(instance), place, drive }];
  }

  /** Volts of one unit of what a node carries: the `vu` of a neuron, 1 for data. */
  #scaleOf(node: number): number {
    return this.#cells.find(({ out }) => out === node)?.instance.values["vu"] ?? 1;
  }

  #sourceNode(index: number): number {
    const { terminals, name, span } = this.circuit.instances[index]!;
    const [plus, minus] = terminals as [number, number];
    if (minus === 0) return plus;
    if (plus === 0)
      this.#problem("bad-input", `\`${name}\` is an input upside down: its second node must be ground.`, span);
    else this.#problem("bad-input", `\`${name}\` is an input between two nodes: its second node must be ground.`, span);
    return plus;
  }

  /** Nodes at which a source holds a voltage for ever. */
  #findConstants(): ReadonlyMap<number, number> {
    const inputs = new Set(this.card.inputs.map((input) => (input.kind === "source" ? input.instance : -1)));
    return new Map(
      this.circuit.instances.flatMap((instance, index) => {
        const [plus, minus] = instance.terminals as [number, number];
        const isConstant = isConstantVoltage(instance) && !inputs.has(index);
        return isConstant && minus === 0 ? [[plus, instance.values["dc"]!] as const] : [];
      }),
    );
  }

  #linksTo(cell: Cell): readonly Link[] {
    return this.#links.filter(({ to }) => to === cell);
  }

  /** The cells that outputs depend on, each behind all that it depends on. */
  #ordered(): readonly Cell[] | undefined {
    const order: Cell[] = [];
    const open = new Set<Cell>();
    const visit = (cell: Cell): boolean => {
      if (order.includes(cell)) return true;
      if (open.has(cell)) {
        this.#problem(
          "cycle",
          `\`${cell.instance.name}\` depends on its own output: training needs a network without cycles.`,
        );
        return false;
      }
      open.add(cell);
      const sound = this.#linksTo(cell).every((link) => this.#visitStart(link, visit));
      open.delete(cell);
      order.push(cell);
      return sound;
    };
    const cells = this.card.outputs.flatMap((node) => this.#cells.find(({ out }) => out === node) ?? []);
    return cells.every(visit) ? order : undefined;
  }

  #visitStart({ from, instance }: Link, visit: (cell: Cell) => boolean): boolean {
    const cell = this.#cells.find(({ out }) => out === from);
    if (cell !== undefined) return visit(cell);
    if (from === 0 || this.#inputs.includes(from) || this.#constants.has(from)) return true;
    const node = this.circuit.nodes[from]!;
    const message = `\`${instance.name}\` starts at \`${node}\`, which is no input of this training, no constant source and no neuron's output.`;
    this.#problem("unknown-unit", message, instance.span, "name it in `inputs=`, or drive it by a neuron.");
    return false;
  }

  #usedConstants(order: readonly Cell[]): ReadonlySet<number> {
    const starts = order.flatMap((cell) => this.#linksTo(cell).map(({ from }) => from));
    return new Set(starts.filter((node) => !this.#inputs.includes(node) && this.#constants.has(node)));
  }

  #unitsOf(order: readonly Cell[]): ReadonlyMap<number, number> {
    const nodes = [...this.#inputs, ...this.#usedConstants(order), ...order.map(({ out }) => out)];
    return new Map(nodes.map((node, unit) => [node, unit] as const));
  }

  #neuronOf({ instance, index }: Cell, add: (weight: Weight, place: WeightPlace) => number): Neuron {
    const { activation } = neuronKind(instance.device) ?? perceptronKind(instance.device)!;
    const bias = biasOf(instance);
    const weight = bias && add(bias.weight, { instance: index, value: "b" });
    return {
      name: instance.name,
      activation,
      bias: bias === undefined ? undefined : { kind: bias.kind, weight: weight! },
    };
  }

  #complainOfOutput(node: number): number {
    const name = this.circuit.nodes[node]!;
    const message = `No path from the inputs reaches the output \`${name}\`: it is no neuron's \`out\`.`;
    this.#problem("unreached-output", message);
    return -1;
  }
}
