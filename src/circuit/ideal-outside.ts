import { imperfectionParameters } from "../devices/perceptrons/imperfections.js";
import { neuronKind, perceptronKind, synapseKind } from "../devices/perceptrons/recognise.js";
import type { Circuit } from "./circuit.js";
import type { Network, Part } from "./network.js";

/** Says of devices with imperfections that they are ideal in the analyses that are no trainings. */
export function noteIdealOutside({ parts, complaints }: Network, analyses: Circuit["analyses"]): void {
  const card = analyses.find(({ kind }) => kind !== "train" && kind !== "test" && kind !== "weights");
  if (card === undefined) return;
  for (const part of parts) {
    const name = imperfectionOf(part);
    if (name === undefined) continue;
    const message = `\`${part.shown}\`, as all of its kind, is ideal in \`.${card.kind}\`: \`${name}\` acts in trainings (\`.train\`, \`.test\`).`;
    complaints.note("acts-in-training", message, part.span);
    return;
  }
}

function imperfectionOf({ device, values }: Part): string | undefined {
  if (device === undefined || (synapseKind(device) ?? neuronKind(device) ?? perceptronKind(device)) === undefined)
    return undefined;
  return Object.keys(imperfectionParameters).find((name) => values[name] !== undefined && values[name] !== 0);
}
