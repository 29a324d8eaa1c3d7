import { throughEdges } from "../devices/perceptrons/pulse-shape.js";
import { largestPulses } from "./largest-pulse.js";
import type { Network, WeightLaw } from "./network.js";
import type { Task } from "./task.js";

/**
 * A condition of the threshold-gated law that a training does not meet, with its numbers (F. Silva, M. Sanz, J. Seixas,
 * E. Solano and Y. Omar, Neural Networks 122, 273, 2020, state the law; the conditions follow from it). Weights are given
 * by their places in the network.
 */
export type Finding =
  /** Pulses may be as large as `largest`, and miss a window of `width`: the largest errors then teach nothing. */
  | { readonly kind: "narrow-window"; readonly weight: number; readonly width: number; readonly largest: number }
  /** Windows in one chain are `distance` apart and not `width`: each pulse for one of them moves the other too. */
  | {
      readonly kind: "overlapping-windows";
      readonly weights: readonly [number, number];
      readonly distance: number;
      readonly width: number;
    }
  /** The current that reads reaches a threshold. */
  | {
      readonly kind: "read-over-threshold";
      readonly weight: number;
      readonly current: number;
      readonly threshold: number;
    }
  /** Thresholds scatter by `spread` (a standard deviation), which is not small beside a window of `width`. */
  | { readonly kind: "scattered-thresholds"; readonly weight: number; readonly spread: number; readonly width: number }
  /**
   * On its way up and down a pulse for `weight` crosses the window of `other`, and moves it by `change` in all; what is
   * meant is `meant` at most.
   */
  | {
      readonly kind: "slow-edges";
      readonly weight: number;
      readonly other: number;
      readonly change: number;
      readonly meant: number;
    };

/** Checks a task before it runs. */
export function conditionsOf(task: Task): readonly Finding[] {
  const { network } = task;
  return [
    ...narrowWindows(task),
    ...overlappingWindows(network),
    ...readsOverThreshold(task),
    ...network.weights.flatMap(({ law }, weight) => scattered(law, weight)),
    ...(task.timing.rise > 0 ? slowEdges(task) : []),
  ];
}

function narrowWindows(task: Task): Finding[] {
  const largest = largestPulses(task);
  return task.network.weights.flatMap(({ trained, law: { a } }, weight) =>
    trained && a <= largest[weight]! ? [{ kind: "narrow-window", weight, width: a, largest: largest[weight]! }] : [],
  );
}

/** Rounding of the last digits of thresholds does not make windows overlap. */
const rounding = 1e-12;

function overlappingWindows({ chains, weights }: Network): Finding[] {
  return pairs(chains).flatMap(([lower, upper]) => {
    const weightsByThreshold = [lower, upper].toSorted((p, q) => weights[p]!.law.ith - weights[q]!.law.ith);
    const [low, high] = weightsByThreshold.map((k) => weights[k]!.law) as [WeightLaw, WeightLaw];
    const distance = high.ith - low.ith;
    if (distance >= low.a - rounding * high.ith) return [];
    return [
      {
        kind: "overlapping-windows",
        weights: [weightsByThreshold[0]!, weightsByThreshold[1]!],
        distance,
        width: low.a,
      },
    ];
  });
}

const pairs = (chains: Network["chains"]): (readonly [number, number])[] =>
  chains.flatMap((chain) => chain.flatMap((p, k) => chain.slice(k + 1).map((q) => [p, q] as const)));

/** A synapse's memristor carries what it reads, in weight units; only the inputs and constants are known beforehand. */
function readsOverThreshold({ network, data }: Task): Finding[] {
  const width = data.inputs.length + data.targets.length;
  const largest = [...network.inputs.map(() => 0), ...network.constants.map(({ value }) => Math.abs(value))];
  for (const [place, value] of data.train.entries()) {
    const input = place % width;
    if (input < network.inputs.length) largest[input] = Math.max(largest[input]!, Math.abs(value));
  }
  return network.synapses.flatMap(({ from, weight, drive = 1 }) => {
    if (network.weights[weight]!.shared === true) return []; // its current is the sum of what it reads
    const [current, threshold] = [Math.abs(drive) * (largest[from] ?? 0), network.weights[weight]!.law.ith];
    return current >= threshold ? [{ kind: "read-over-threshold", weight, current, threshold }] : [];
  });
}

function scattered({ ith, a, imperfections: of }: WeightLaw, weight: number): Finding[] {
  const spread = of.spreadThreshold * ith;
  return spread > 0 && a < 4 * spread ? [{ kind: "scattered-thresholds", weight, spread, width: a }] : [];
}

/** Both edges of the smallest pulse for a weight take every device below it along. */
function slowEdges(task: Task): Finding[] {
  const { chains, weights } = task.network;
  const { rise, write } = task.timing;
  const largest = largestPulses(task);
  return pairs(chains).flatMap(([p, q]) => {
    const [other, weight] = weights[p]!.law.ith < weights[q]!.law.ith ? [p, q] : [q, p];
    const [{ trained, law }, { ith, a, rate }] = [weights[weight]!, weights[other]!.law];
    const change = rate * throughEdges(rise, law.ith, law.ith - ith, a);
    return trained ? [{ kind: "slow-edges", weight, other, change, meant: largest[weight]! * law.rate * write }] : [];
  });
}
