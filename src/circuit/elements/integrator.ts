import type { Device } from "../../devices/device.js";
import { integrator, integratorWithReset } from "../../devices/perceptrons/integrator.js";
import type { Card } from "../card.js";
import { type Given, readValues } from "../device-values.js";
import { resetNode } from "./reset-node.js";

/** `YINTEGRATOR name in out [reset=node] [k=1]`. */
export function readIntegrator(card: Card): void {
  const nodes = card.nodes("in", "out");
  if (nodes === undefined) return;
  const reset = resetNode(card);
  const device = (reset.length > 0 ? integratorWithReset : integrator) as Device;
  const own = [...card.settings].map(([name, { value, span }]): Given => ({ name, value, span, place: card.place }));
  for (const { name } of own) card.setting(name);
  const owner = { title: `\`${card.shown}\` (integrator)`, span: card.span, place: card.place };
  const values = readValues(device.parameters, own, owner);
  card.end();
  card.add("yintegrator", [...nodes, 0, ...reset], { device, values });
}
