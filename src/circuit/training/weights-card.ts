import type { Directive } from "../../syntax/ast.js";
import type { Environment } from "../environment.js";
import { Items } from "../items.js";
import { readNumberTable } from "../tables.js";
import type { WeightsCard } from "./cards.js";

/** `.weights "w.csv"`: a table whose header names devices; its first row is taken. */
export function readWeights(card: Directive, place: Environment): WeightsCard | undefined {
  const items = new Items(card.items, place, card.span);
  const item = items.next();
  if (item?.kind !== "quoted") {
    items.error("missing-value", '`.weights` needs a file in quotes: `.weights "w.csv"`.', item?.span ?? card.span);
    return undefined;
  }
  items.end();
  const table = readNumberTable(item.text, item.span, place.elaboration);
  const [row] = table?.rows ?? [];
  if (table === undefined) return undefined;
  if (table.header === undefined || row === undefined) {
    const message = `\`${item.text}\` needs a first row with the names of devices, and a row of their weights below.`;
    items.error("bad-table", message, item.span);
    return undefined;
  }
  const weights = table.header.flatMap((name, k) => {
    if (name === "run") return [];
    const part = place.elaboration.network.find(name, place)?.part;
    if (part !== undefined) return [{ instance: part.index, value: row[k]! }];
    items.error("unknown-device", `\`${item.text}\` has a weight for \`${name}\`, which is no device.`, item.span);
    return [];
  });
  return { kind: "weights", weights, span: card.span };
}
