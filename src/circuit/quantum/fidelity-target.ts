import type { Expression } from "../../syntax/ast.js";
import { didYouMean, nearName } from "../readings.js";
import type { Ket } from "./block.js";
import type { SystemMember } from "./block-names.js";
import { bells } from "./joint-state.js";
import { type KetReader, ketOfSum } from "./ket.js";

/** The ket that a state is compared with: a sum of kets, or a Bell state in quotes; undefined after having complained. */
export function targetOf(target: Expression, systems: readonly SystemMember[], reader: KetReader): Ket | undefined {
  if (target.kind !== "text") return ketOfSum(target, systems, reader);
  const names = Object.keys(bells);
  const re = Object.hasOwn(bells, target.text) ? bells[target.text as keyof typeof bells] : undefined;
  if (re === undefined) {
    const list = `there is ${names.map((it) => `\`"${it}"\``).join(", ")}; others are sums of kets: \`(ket(e,g)+ket(g,e))/sqrt(2)\`.`;
    const help = didYouMean(nearName(target.text, names)).help ?? list;
    reader.error("unknown-word", `\`"${target.text}"\` is not the name of a Bell state.`, target.span, help);
    return undefined;
  }
  if (systems.length === 2 && systems.every(({ kind }) => kind === "qubit")) return { re, im: [0, 0, 0, 0] };
  reader.error("unlike-systems", "A Bell state is one of two qubits.", target.span);
  return undefined;
}
