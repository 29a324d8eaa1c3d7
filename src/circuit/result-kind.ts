import type { ResultKind } from "./circuit.js";
import type { Items } from "./items.js";

const laterKinds = ["train", "tf", "sens", "hb"] as const;

/** The kind of result that the next word names, if any; analyses that are not built are told of. */
export function takeKind(items: Items): ResultKind | undefined {
  const kind = items.take("op", "dc", "tran", "ac", "noise", "qtran");
  if (kind !== undefined) return kind;
  const item = items.peek();
  const later = items.take(...laterKinds);
  if (later !== undefined) items.error("not-supported-yet", `\`${later}\` is not supported yet.`, item!.span);
  return undefined;
}
