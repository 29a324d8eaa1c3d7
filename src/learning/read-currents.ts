import type { Cells } from "./cells.js";
import type { EpochPlan } from "./epoch.js";
import type { Forward } from "./forward.js";
import type { Network, Synapse } from "./network.js";

/** A bound that rounding may miss is taken so much lower. */
const slack = 1 - 1e-9;

/**
 * The currents that a reading drives through memristors, from the row to the column or as v(pre) has it: of a synapse
 * drive·v, of a pair g·v, and in a perceptron of one memristor Σ gain·w·v through all its states (F. Silva, M. Sanz,
 * J. Seixas, E. Solano and Y. Omar, Neural Networks 122, 273, 2020, have the latter).
 */
export class ReadCurrents {
  /** For each perceptron of one memristor its neuron, and all weights that are its states. */
  readonly perceptrons: readonly { readonly neuron: number; readonly states: readonly number[] }[];
  readonly #synapses: readonly Synapse[]; // that are neither of a perceptron nor between lines

  constructor(
    readonly plan: EpochPlan,
    readonly forward: Forward,
  ) {
    const { network } = plan;
    this.perceptrons = perceptronsOf(plan);
    this.#synapses = network.synapses.filter((it) => it.lined !== true && !network.weights[it.weight]!.shared);
  }

  /** Writes the current through each weight's memristor, A; `values` are the answers that `forward` has just given. */
  load(weights: ArrayLike<number>, values: ArrayLike<number>, into: Float64Array): void {
    into.fill(0);
    for (const synapse of this.#synapses) {
      const current = fullDrive(synapse) * values[synapse.from]!;
      const { conductance, law } = this.plan.network.weights[synapse.weight]!;
      into[synapse.weight] = conductance === undefined ? current : (current * weights[synapse.weight]!) / law.max;
    }
    for (const { neuron, states } of this.perceptrons) {
      let sum = 0;
      for (const { gain, weight, from } of this.plan.synapsesTo[neuron]!)
        sum += gain * weights[weight]! * values[from]!;
      for (const state of states) into[state] = sum;
    }
    this.forward.linedCurrents(into);
  }
}

/** A of its memristor, at its greatest weight, by a value of 1 in the unit that it reads. */
const fullDrive = ({ drive = 1 }: Synapse): number => drive;

function perceptronsOf({ network, synapsesTo }: EpochPlan): ReadCurrents["perceptrons"] {
  return network.neurons.flatMap(({ bias }, neuron) => {
    const weights = synapsesTo[neuron]!.map(({ weight }) => weight);
    if (!weights.some((weight) => network.weights[weight]!.shared)) return [];
    return [{ neuron, states: bias === undefined ? weights : [...weights, bias.weight] }];
  });
}

/** From where on a reading may reach a threshold: a little below where it does, never above. */
export interface ReadLimits {
  /** Size units: |v| of what plain synapses and pairs read from a unit; Infinity where nothing can be reached. */
  readonly units: Float64Array;
  /** Size neurons: |Σ gain·w·v| of a perceptron of one memristor. */
  readonly neurons: Float64Array;
  /** V between the highest and the lowest driver of lines. */
  readonly lines: number;
}

/** The limits for the thresholds of one realisation's devices. */
export function readLimits({ network, first, synapsesTo }: EpochPlan, { ith }: Pick<Cells, "ith">): ReadLimits {
  const units = new Float64Array(first + network.neurons.length).fill(Number.POSITIVE_INFINITY);
  const neurons = new Float64Array(network.neurons.length).fill(Number.POSITIVE_INFINITY);
  const lower = (of: Float64Array, at: number, limit: number): void => {
    of[at] = Math.min(of[at]!, slack * limit);
  };
  let lines = Number.POSITIVE_INFINITY;
  for (const synapse of network.synapses) {
    const { weight, from, to, lined } = synapse;
    const { shared, conductance = 0, law } = network.weights[weight]!;
    if (lined === true) lines = Math.min(lines, (slack * ith[weight]!) / (conductance * law.max));
    else if (shared === true) lower(neurons, to, ith[weight]!);
    else if (fullDrive(synapse) !== 0) lower(units, from, ith[weight]! / Math.abs(fullDrive(synapse)));
  }
  for (const [k, { bias }] of network.neurons.entries()) {
    if (bias === undefined || neurons[k] === Number.POSITIVE_INFINITY || synapsesTo[k]!.length === 0) continue;
    lower(neurons, k, ith[bias.weight]!);
  }
  return { units, neurons, lines };
}

/** V between the highest and the lowest of what drives any grid, ground among them. */
export function spanOfLines({ grids = [] }: Network, values: ArrayLike<number>): number {
  return grids.reduce((widest, { sources }) => {
    let [low, high] = [0, 0];
    for (const { unit, volts } of sources) {
      low = Math.min(low, volts * values[unit]!);
      high = Math.max(high, volts * values[unit]!);
    }
    return Math.max(widest, high - low);
  }, 0);
}
