import type { Device } from "../devices/device.js";
import { neuronKind, perceptronKind, synapseKind } from "../devices/perceptrons/recognise.js";
import type { Network } from "./network.js";
import type { Part } from "./part.js";

/**
 * Warns of resistors between a source and ideal synapses alone: those draw no current, so that the resistance, perhaps
 * meant as that of a line, has no effect.
 */
export function checkIdleLines(network: Network): void {
  if (![...network.kinds.devices].some(isIdealSynapse)) return;
  const { nodes, parts, complaints } = network;
  const at = Array.from(nodes, (): Part[] => []);
  for (const part of parts) for (const node of carryingNodes(part)) if (node !== 0) at[node]!.push(part);
  const told = new Set<Part["span"]>(); // once for all lines of a crossbar
  for (const part of parts) {
    const pre = preOf(part);
    if (pre === undefined || pre === 0) continue;
    const line = lineFrom(pre, at);
    const [resistor] = line.resistors;
    if (resistor === undefined || line.others.size > 1 || told.has(resistor.span)) continue;
    told.add(resistor.span);
    const message = `No current flows through \`${resistor.shown}\`: the ideal synapse \`${part.shown}\` behind it draws none, so this resistance has no effect on it.`;
    const help = "a pair of memristors (`kind=pair`) draws current; an ideal synapse may stand at the source itself.";
    const notes = [{ message: `\`${part.shown}\` stands here`, span: part.span }];
    complaints.warning("idle-lines", message, resistor.span, { help, notes });
  }
}

const isResistor = ({ element, terminals }: Part): boolean => element === "r" && terminals.length === 2;

/** The nodes of a device without those that it only looks at. */
function carryingNodes({ device, terminals }: Part): readonly number[] {
  const senses =
    device !== undefined && (synapseKind(device)?.kind === "ideal" || perceptronKind(device) !== undefined);
  if (!senses) return terminals;
  return terminals.filter((_, k) => !/^(pre|x\d+)$/.test(device.terminals[k]!));
}

const isIdealSynapse = (device: Device): boolean =>
  synapseKind(device)?.kind === "ideal" && neuronKind(device) === undefined;

function preOf({ device, terminals }: Part): number | undefined {
  if (device === undefined || !isIdealSynapse(device)) return undefined;
  return terminals[device.terminals.indexOf("pre")];
}

/** The resistors that hang together from a node on, and what else carries a current at their nodes; ground is one such. */
function lineFrom(start: number, at: readonly (readonly Part[])[]) {
  const resistors = new Set<Part>();
  const others = new Set<Part | "ground">();
  const seen = new Set<number>();
  const waiting = [start];
  for (let node = waiting.pop(); node !== undefined && others.size < 2; node = waiting.pop()) {
    if (node === 0) others.add("ground");
    if (node === 0 || seen.has(node)) continue;
    seen.add(node);
    for (const part of at[node]!) {
      if (!isResistor(part)) others.add(part);
      else {
        resistors.add(part);
        waiting.push(...part.terminals);
      }
    }
  }
  return { resistors: [...resistors], others };
}
