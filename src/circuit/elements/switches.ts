import type { Device } from "../../devices/device.js";
import { smoothCurrentSwitch, smoothVoltageSwitch } from "../../devices/switches/smooth-switch.js";
import { currentSwitch, voltageSwitch } from "../../devices/switches/switch.js";
import type { Card } from "../card.js";
import { givenBy, type Model, modelValues, takeModel } from "../models.js";
import { expressionOf, hiddenVoltage } from "./behavioural.js";
import { becomeControlled, controllingDevice } from "./control-current.js";

/** Xyce's and PSpice's spelling: between two control values the resistance goes over smoothly. */
const smoothNames = ["von", "voff", "ion", "ioff", "on", "off"];
const notModelled = ["gon", "goff", "lser", "vser", "ilimit", "lmin", "epsilon", "dtype", "type"];

/** `S1 a b c d model [on|off]`; Xyce's `S1 a b model control={…}`. */
export function readVoltageSwitch(card: Card): void {
  const terminals = controlledTerminals(card);
  if (terminals === undefined) return;
  const model = takeModel(card, ["sw", "vswitch", "switch"], "a switch");
  const start = startOf(card);
  card.end();
  if (model === undefined) return;
  const made = switchOf(model, smoothVoltageSwitch as Device, voltageSwitch as Device, start);
  card.add("s", terminals, made);
}

function controlledTerminals(card: Card): readonly number[] | undefined {
  const control = card.setting("control");
  if (control === undefined) return card.nodes("+", "-", "control +", "control -");
  const nodes = card.nodes("+", "-");
  const expression = expressionOf(card, control.value);
  return nodes && expression && [...nodes, hiddenVoltage(card, "control", expression), 0];
}

/** `W1 a b vsource model [on|off]`: the current through a device is its control. */
export function readCurrentSwitch(card: Card): void {
  const terminals = card.nodes("+", "-");
  if (terminals === undefined) return;
  const control = controllingDevice(card);
  if (control === undefined) return;
  const model = takeModel(card, ["csw", "iswitch"], "a switch");
  const start = startOf(card);
  card.end();
  if (model === undefined) return;
  const made = switchOf(model, smoothCurrentSwitch as Device, currentSwitch as Device, start);
  becomeControlled(card, card.add("w", terminals), control, made);
}

/** The position at the start, where the control does not decide it. */
function startOf(card: Card): number | undefined {
  const word = card.takeWord("on", "off");
  return word === undefined ? undefined : word === "on" ? 1 : 0;
}

function switchOf(model: Model, smooth: Device, hysteretic: Device, start: number | undefined) {
  const device = givenBy(model).some(({ name }) => smoothNames.includes(name)) ? smooth : hysteretic;
  const values = modelValues(model, device.parameters, notModelled);
  return { device, values: device === hysteretic && start !== undefined ? { ...values, start } : values };
}
