import type { Complaints } from "../../text/diagnostic.js";
import type { QuantumBlock } from "./block.js";
import type { BlockNames } from "./block-names.js";

const units = { pos: "√(ħ/2mω)(a + a†)", mom: "i√(mħω/2)(a† − a)" };

/** Complains of `pos` and `mom` of oscillators that have no frequency to measure them by. */
export function checkLengths(
  blocks: readonly QuantumBlock[],
  names: readonly BlockNames[],
  complaints: Complaints,
): void {
  for (const [k, block] of blocks.entries()) {
    for (const { name, system, span } of names[k]!.lengths) {
      const own = block.systems[system];
      if (own?.kind !== "oscillator" || own.omega > 0 || Number.isNaN(own.omega)) continue;
      const message = `\`${name}\` is ${units[name]}, but \`${own.name}\` has no \`omega=\` above 0.`;
      const help = `with \`omega=1\` at \`${own.name}\` the vacuum's variances are both ½; \`ann\` and \`cre\` need none.`;
      complaints.error("parameter-range", message, span, { help });
    }
  }
}
