import type { Environment } from "../environment.js";
import type { QtranCard, QuantumBlock } from "./block.js";

/** About what rounding leaves open of R, a difference of two integrals up to the stop over a window: parts of ε·stop/window. */
const ofRounding = 0.1;
/** From where on it is told, and from where on there is nothing left to be told. */
const limits = { told: 1e-8, useless: 1e-3 };

/** Says of photonic memristors whose window is so short beside the run that reflectivities lose their digits. */
export function checkWindows({ stop, start }: QtranCard, block: QuantumBlock, { elaboration }: Environment): void {
  const { complaints } = elaboration;
  for (const { name, window, span } of block.photonics) {
    const open = (ofRounding * Number.EPSILON * Math.max(stop, start)) / window;
    if (!(window > 0 && open > limits.told)) continue; // a window that is none has been told of
    const [part, digits] = [window / stop, open].map((value) => Number(value.toPrecision(1)));
    const message = `The window of \`${block.name}.${name}\` is ${part} of the run: its reflectivity, a difference of what came in up to its two ends, is known to about ${digits} only.`;
    const help = "take a longer `window=`, or a shorter run; without a memory the reflectivity is n_in itself.";
    if (open > limits.useless) complaints.error("window-too-short", message, span, { help });
    else complaints.warning("window-too-short", message, span, { help });
  }
}
