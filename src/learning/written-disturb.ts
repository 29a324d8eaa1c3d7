import { switchesPlainly } from "./cells.js";
import type { EpochPlan } from "./epoch.js";
import { readLimits } from "./read-currents.js";

// The part of a written epoch that lets readings move weights.

/** Lines of code. */
export const text = (parts: readonly string[]): string => parts.join("\n");

/** The code of a product. */
export const times = (gain: number, factor: string): string => (gain === 1 ? factor : `${gain} * ${factor}`);

/** Asks whether a reading may reach a threshold, and lets it move weights then. */
export function disturbCode(plan: EpochPlan): string {
  const conditions = mayReach(plan).map(({ size }, k) => `Math.abs(${size}) >= l${k}`);
  if (conditions.length === 0) return "";
  const { weights, neurons } = plan.network;
  const put = (list: string, name: string, count: number): string =>
    text(Array.from({ length: count }, (_, k) => `all.${list}[${k}] = ${name}${k};`));
  return `if (${conditions.join(" || ")}) {
      ${put("read", "r", weights.length)}
      ${put("weights", "w", weights.length)}
      ${put("values", "v", plan.first + neurons.length)}
      reading.move(all.read, all.values, all.weights, cells, tallyA);
      ${text(weights.map((_, k) => `w${k} = all.weights[${k}];`))}
    }`;
}

/** Takes what `disturbCode` compares with, `l0` and on, out of the limits. */
export const limitsCode = (plan: EpochPlan): string =>
  text(mayReach(plan).map(({ limit }, k) => `const l${k} = limits.${limit};`));

/** What is compared with which of the limits: of an input or a constant only if it can come to it. */
function mayReach(plan: EpochPlan): readonly { readonly size: string; readonly limit: string }[] {
  const { network, first, sources, data, synapsesTo } = plan;
  const limits = readLimits(plan, { ith: Float64Array.from(network.weights, ({ law }) => law.ith) });
  const width = data.inputs.length + data.targets.length;
  const largest = (unit: number): number => {
    if (unit >= first) return Number.POSITIVE_INFINITY;
    if (unit >= data.inputs.length) return Math.abs(network.constants[unit - data.inputs.length]!.value);
    return data.train.reduce((most, value, k) => (k % width === unit ? Math.max(most, Math.abs(value)) : most), 0);
  };
  const scattered = new Set(
    network.synapses.flatMap(({ from, weight }) => (switchesPlainly(network.weights[weight]!) ? [] : [from])),
  );
  const isReached = (unit: number): boolean => scattered.has(unit) || largest(unit) >= limits.units[unit]!;
  const plain = sources.filter((unit) => limits.units[unit]! < Number.POSITIVE_INFINITY && isReached(unit));
  const shared = network.neurons.flatMap((_, k) => (limits.neurons[k]! < Number.POSITIVE_INFINITY ? [k] : []));
  const current = (k: number): string =>
    synapsesTo[k]!.map(({ from, weight, gain }) => `${times(gain, `r${weight}`)} * v${from}`).join(" + ");
  return [
    ...plain.map((unit) => ({ size: `v${unit}`, limit: `units[${unit}]` })),
    ...shared.map((k) => ({ size: current(k), limit: `neurons[${k}]` })),
  ];
}
