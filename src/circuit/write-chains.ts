import type { Device } from "../devices/device.js";
import { neuronKind, perceptronKind, synapseKind } from "../devices/perceptrons/recognise.js";
import type { Complaints } from "../text/diagnostic.js";
import { formatQuantity } from "../units/quantity.js";
import { NodeSets } from "./connections.js";
import type { Network } from "./network.js";
import type { Part } from "./part.js";

/** The currents that write one weight: from `from` to `to`, of either sign. */
interface Window {
  readonly part: Part;
  /** What is written, as a message calls it: `s1`, `p1:w2`. */
  readonly name: string;
  readonly from: number; // A
  readonly to: number; // A
}

/**
 * Warns of weights that one pulse writes together: windows that overlap within a chain of write ports (a pulse passes
 * all of them), and ports in parallel, between which a pulse divides by their memristances.
 */
export function checkWriteChains(network: Network): void {
  if (![...network.kinds.devices].some((device) => isWritten(device) || perceptronKind(device) !== undefined)) return;
  const { nodes, parts, complaints } = network;
  const sets = new NodeSets(nodes.length);
  const ported = parts.filter(hasPort);
  const between = new Map<string, Part>();
  for (const part of ported) {
    const [p, q] = part.terminals as readonly [number, number];
    if (p !== 0 && q !== 0) sets.join(p, q);
    const other = between.get(`${p},${q}`) ?? between.get(`${q},${p}`);
    if (other !== undefined && p !== q) warnOfParallel(part, other, complaints);
    between.set(`${p},${q}`, part);
  }
  const chains = new Map<number | Part, Part[]>();
  for (const part of [...ported, ...parts.filter((it) => !hasPort(it) && perceptronOf(it) !== undefined)]) {
    const end = hasPort(part) ? part.terminals.slice(0, 2).find((node) => node !== 0) : undefined;
    const chain = end === undefined ? part : sets.of(end);
    chains.set(chain, [...(chains.get(chain) ?? []), part]);
  }
  for (const chain of chains.values()) checkWindows(chain.flatMap(windowsOf), complaints);
}

const perceptronOf = ({ device }: Part) => device && perceptronKind(device);

/** Whether a part is written between its first two terminals. */
export const hasPort = ({ device }: Part): boolean => device !== undefined && isWritten(device);

/** Whether a device is written between its first two terminals. */
export const isWritten = (device: Device): boolean =>
  (synapseKind(device) ?? neuronKind(device) ?? perceptronKind(device))?.port === true;

function windowsOf(part: Part): readonly Window[] {
  const { device, values, shown } = part;
  if (device === undefined || synapseKind(device)?.selection === "frequency") return [];
  const { ith = Number.NaN, a = Number.NaN, spacing = 0 } = values;
  const perceptron = perceptronKind(device);
  if (perceptron === undefined) return [{ part, name: shown, from: ith, to: ith + a }];
  return Array.from({ length: perceptron.inputs + 1 }, (_, k) => {
    const state = k < perceptron.inputs ? `w${k + 1}` : "b";
    return { part, name: `${shown}:${state}`, from: ith + k * spacing, to: ith + k * spacing + a };
  });
}

/** Tells of the first pair that overlaps; windows that touch do not. */
function checkWindows(windows: readonly Window[], complaints: Complaints): void {
  const sorted = windows.toSorted((a, b) => a.from - b.from);
  const second = sorted.findIndex((it, k) => k > 0 && it.from < sorted[k - 1]!.to * (1 - 1e-12));
  if (second < 0) return;
  const [low, high] = [sorted[second - 1]!, sorted[second]!];
  const range = ({ from, to }: Window): string => `${formatQuantity(from, "A")} to ${formatQuantity(to, "A")}`;
  const message = `One write pulse passes \`${low.name}\` and \`${high.name}\`, whose windows overlap: ${range(low)} and ${range(high)}. What is meant for one moves the other, even by a pulse of no height.`;
  const help = `put the thresholds \`ith\` at least \`a\` = ${formatQuantity(low.to - low.from, "A")} apart, or make \`a\` smaller.`;
  const notes = low.part === high.part ? [] : [{ message: `\`${low.name}\` stands here`, span: low.part.span }];
  complaints.warning("overlapping-windows", message, high.part.span, { help, notes });
}

function warnOfParallel(part: Part, other: Part, complaints: Complaints): void {
  const message = `The write ports of \`${other.shown}\` and \`${part.shown}\` are in parallel: a pulse divides between them by their weights.`;
  const help = "put them in series for one shared pulse: `prog=(p,m)` and `prog=(m,q)`.";
  const notes = [{ message: `\`${other.shown}\` stands here`, span: other.span }];
  complaints.warning("parallel-ports", message, part.span, { help, notes });
}
