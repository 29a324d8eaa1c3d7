import type { Device } from "../../devices/device.js";
import { hold } from "../../devices/perceptrons/hold.js";
import type { Card } from "../card.js";

/** `YHOLD name in out clk [x0=0]`. */
export function readHold(card: Card): void {
  const nodes = card.nodes("in", "out", "clk");
  if (nodes === undefined) return;
  const x0 = card.settingNumber("x0") ?? 0;
  card.end(["x0"]);
  card.add("yhold", [...nodes, 0], { device: hold as Device, values: { x0 } });
}
