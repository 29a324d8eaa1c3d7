import type { Directive } from "../../syntax/ast.js";
import type { Environment } from "../environment.js";
import { Items } from "../items.js";
import { readNumberTable } from "../tables.js";
import type { WeightsCard } from "./cards.js";

/** `.weights "w.csv"`: a table whose header names devices and their states; its first row is taken. */
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
    const [device, value = "w"] = name.split(":") as [string, string?];
    const part = place.elaboration.network.find(device, place)?.part;
    const known =
      part?.device === undefined ? [] : [...Object.keys(part.device.parameters), ...Object.keys(part.values)];
    if (part !== undefined && known.includes(value)) return [{ instance: part.index, value, number: row[k]! }];
    const why = part === undefined ? "which is no device" : `but that device keeps no \`${value}\``;
    if (!part?.failed) items.error("unknown-device", `\`${item.text}\` has a column \`${name}\`, ${why}.`, item.span);
    return [];
  });
  return { kind: "weights", weights, span: card.span };
}
