import { didYouMean, nearName } from "../readings.js";
import type { Settings } from "../settings.js";
import type { QuantumBlock } from "./block.js";

/** The place of the block that `block=` names, or of the only one; undefined after having complained. `why` says who wants it. */
export function blockNamed(given: Settings, blocks: readonly QuantumBlock[], why: string): number | undefined {
  const { complaints } = given.place.elaboration;
  const name = given.text("block")?.toLowerCase();
  const names = blocks.map((it) => it.name);
  const found = name === undefined ? (blocks.length === 1 ? 0 : -1) : names.indexOf(name);
  if (found >= 0 || complaints.incomplete) return found < 0 ? undefined : found;
  const list = names.map((it) => `\`block=${it}\``).join(" or ");
  if (blocks.length === 0) {
    if (complaints.failed) return undefined;
    const help = "write one: `.quantum q`, its lines, `.endquantum`.";
    given.error("no-block", `${why}, but there is none.`, given.span, help);
  } else if (name === undefined) given.error("which-block", `There are ${blocks.length} blocks: write ${list}.`);
  else {
    const help = didYouMean(nearName(name, names)).help ?? `there is ${list}.`;
    given.error("unknown-block", `There is no block \`${name}\`.`, given.at("block"), help);
  }
  return undefined;
}
