import type { Card } from "../card.js";
import { nodeOf } from "../readings.js";

/** The node of `reset=`; empty without it, and after having complained. */
export function resetNode(card: Card): readonly number[] {
  const setting = card.setting("reset");
  const node = setting && nodeOf(setting.value, card.place);
  return node === undefined ? [] : [node];
}
