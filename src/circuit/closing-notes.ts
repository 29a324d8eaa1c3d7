import type { Source } from "../text/source.js";
import type { Circuit } from "./circuit.js";
import type { Elaboration } from "./elaboration.js";

/** Random functions that were not drawn: all of them without `.mc`; with it those of cards that are neither parameters, devices nor lines of a block. */
export function noteNominal({ draws, complaints }: Elaboration, runs: Circuit["runs"]): void {
  if (runs?.draws !== undefined && draws.stream === undefined) return;
  const why = runs?.draws
    ? "numbers are drawn in parameters, devices, models and quantum blocks only"
    : "numbers are drawn only in a Monte-Carlo analysis";
  for (const { name, span } of draws.nominal)
    complaints.note("nominal-value", `\`${name}\` gives its nominal value: ${why}.`, span);
}

/** Models and parameters of the main file that nothing uses: perhaps a slip of the hand. */
export function noteUnused({ complaints, declared, used }: Elaboration, main: Source | undefined): void {
  for (const [key, { title, span }] of declared) {
    if (used.has(key) || span.source !== main) continue;
    complaints.note("unused", `${title} is not used.`, span);
  }
}
