import type { Device } from "../../devices/device.js";
import {
  currentControlledCurrent,
  currentControlledVoltage,
  voltageControlledCurrent,
  voltageControlledVoltage,
} from "../../devices/sources/controlled.js";
import type { Item } from "../../syntax/ast.js";
import type { Card } from "../card.js";
import { addLaw, currentByLaw, voltageByLaw } from "./behavioural.js";
import { becomeControlled, controllingDevice } from "./control-current.js";
import { controlNodes } from "./control-nodes.js";
import { readPolynomial } from "./polynomial-source.js";
import { scaledBy } from "./scaled.js";
import { readTableSource } from "./table-source.js";

const notModelled = ["max", "min", "delta", "abs", "ic", "tc1", "tc2", "scale", "smooth"];
const later = [
  "laplace",
  "freq",
  "chebyshev",
  "vcr",
  "vccap",
  "pwl",
  "npwl",
  "ppwl",
  "vcap",
  "delay",
  "and",
  "or",
  "nand",
  "nor",
];

interface Kind {
  readonly element: "e" | "f" | "g" | "h";
  readonly gives: "voltage" | "current";
  readonly controlledBy: "voltage" | "current";
  readonly device: Device;
  /** The name of its only value. */
  readonly value: "gain" | "r";
}

const kinds: Readonly<Record<Kind["element"], Kind>> = {
  e: {
    element: "e",
    gives: "voltage",
    controlledBy: "voltage",
    device: voltageControlledVoltage as Device,
    value: "gain",
  },
  f: {
    element: "f",
    gives: "current",
    controlledBy: "current",
    device: currentControlledCurrent as Device,
    value: "gain",
  },
  g: {
    element: "g",
    gives: "current",
    controlledBy: "voltage",
    device: voltageControlledCurrent as Device,
    value: "gain",
  },
  h: {
    element: "h",
    gives: "voltage",
    controlledBy: "current",
    device: currentControlledVoltage as Device,
    value: "r",
  },
};

/** `E1 a b c d gain`, `E1 a b value={…}`, `E1 a b poly(2) …`, `E1 a b table {x} = (…)`; G, F and H likewise. */
export const readControlled =
  (element: Kind["element"]) =>
  (card: Card): void => {
    const kind = kinds[element];
    const terminals = card.nodes("+", "-");
    if (terminals === undefined) return;
    const by = kind.gives === "voltage" ? voltageByLaw : currentByLaw;
    const factor = kind.gives === "current" ? (card.settingNumber("m") ?? 1) : 1;
    const setting = card.setting("value", "vol", "cur", "v", "i");
    if (isTypeWord(card, kind)) card.next();
    const word = card.peekWord();
    if (setting !== undefined) {
      card.end([], notModelled);
      addLaw(card, element, terminals, setting.value, { ...by, wrap: scaledBy(factor) });
    } else if ((word === "value" || word === "vol" || word === "cur") && card.peek(1)?.kind === "expression") {
      card.next();
      const item = card.next() as Extract<Item, { kind: "expression" }>;
      card.end([], notModelled);
      card.addByLaw(element, terminals, item.expression, { ...by, wrap: scaledBy(factor) });
    } else if (word === "poly") readPolynomial(card, { ...kind, terminals, by, factor });
    else if (word === "table") readTableSource(card, element, terminals, { ...by, wrap: scaledBy(factor) });
    else if (word !== undefined && later.includes(word) && card.peek(1) !== undefined) {
      card.error("not-supported-yet", `\`${word}\` in \`${card.shown}\` is not supported yet.`, card.peek()!.span);
    } else if (kind.controlledBy === "voltage") readLinearVoltage(card, kind, terminals, factor);
    else readLinearCurrent(card, kind, terminals, factor);
  };

/** HSPICE may say what kind of source it is: `E1 a b vcvs c d 2`. With fewer words behind it is a node. */
function isTypeWord(card: Card, { gives, controlledBy }: Kind): boolean {
  const letter = { voltage: "v", current: "c" } as const;
  const needs = controlledBy === "voltage" ? 4 : 3;
  return card.peekWord() === `${letter[controlledBy]}c${letter[gives]}s` && card.left >= needs;
}

function readLinearVoltage(card: Card, kind: Kind, terminals: readonly number[], factor: number): void {
  const controls = controlNodes(card);
  if (controls === undefined) return;
  const value = card.number(gainText(kind)) * factor;
  card.end([], notModelled);
  const values = { [kind.value]: value };
  card.add(kind.element, [...terminals, ...controls], { device: kind.device, values });
}

function readLinearCurrent(card: Card, kind: Kind, terminals: readonly number[], factor: number): void {
  const control = controllingDevice(card);
  if (control === undefined) return;
  const value = card.number(gainText(kind)) * factor;
  card.end([], notModelled);
  const branch = kind.gives === "voltage" ? 0 : undefined;
  const part = card.add(kind.element, terminals, undefined, branch);
  becomeControlled(card, part, control, { device: kind.device, values: { [kind.value]: value } });
}

const gainText = ({ gives, controlledBy }: Kind): string =>
  gives === controlledBy ? "a gain" : gives === "current" ? "a transconductance" : "a transresistance";
