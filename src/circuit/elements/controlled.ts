import type { Device } from "../../devices/device.js";
import {
  currentControlledCurrent,
  currentControlledVoltage,
  voltageControlledCurrent,
  voltageControlledVoltage,
} from "../../devices/sources/controlled.js";
import type { Formula } from "../../expressions/formula.js";
import type { Item } from "../../syntax/ast.js";
import type { ByLaw, Card } from "../card.js";
import type { Unknown } from "../circuit.js";
import { Inputs } from "../inputs.js";
import { currentOf } from "../probes.js";
import { nodeOf, numberOf } from "../readings.js";
import { lawOf } from "../signal-scope.js";
import { textOf } from "../words.js";
import { addLaw, currentByLaw, voltageByLaw } from "./behavioural.js";
import { polynomial } from "./polynomial.js";
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
    const word = card.peekWord();
    if (setting !== undefined) {
      card.end([], notModelled);
      addLaw(card, element, terminals, setting.value, { ...by, wrap: scaledBy(factor) });
    } else if ((word === "value" || word === "vol" || word === "cur") && card.peek(1)?.kind === "expression") {
      card.next();
      const item = card.next() as Extract<Item, { kind: "expression" }>;
      card.end([], notModelled);
      card.addByLaw(element, terminals, item.expression, { ...by, wrap: scaledBy(factor) });
    } else if (word === "poly") readPolynomial(card, kind, terminals, by, factor);
    else if (word === "table") readTableSource(card, element, terminals, { ...by, wrap: scaledBy(factor) });
    else if (word !== undefined && later.includes(word) && card.peek(1) !== undefined) {
      card.error("not-supported-yet", `\`${word}\` in \`${card.shown}\` is not supported yet.`, card.peek()!.span);
    } else if (kind.controlledBy === "voltage") readLinearVoltage(card, kind, terminals, factor);
    else readLinearCurrent(card, kind, terminals, factor);
  };

function readLinearVoltage(card: Card, kind: Kind, terminals: readonly number[], factor: number): void {
  const controls = controlNodes(card, 1);
  if (controls === undefined) return;
  const value = card.number(gainText(kind)) * factor;
  card.end([], notModelled);
  const values = { [kind.value]: value };
  card.add(kind.element, [...terminals, ...controls[0]!], { device: kind.device, values });
}

function readLinearCurrent(card: Card, kind: Kind, terminals: readonly number[], factor: number): void {
  const control = card.next();
  if (control?.kind !== "word") {
    card.error(
      "missing-device",
      `\`${card.shown}\` needs the name of the device whose current controls it.`,
      control?.span,
    );
    return;
  }
  const value = card.number(gainText(kind)) * factor;
  card.end([], notModelled);
  const branch = kind.gives === "voltage" ? 0 : undefined;
  const part = card.add(kind.element, terminals, undefined, branch);
  card.elaboration.later(() => {
    const inputs = new Inputs<Unknown>();
    currentOf(textOf(control, card.place), control.span, {
      place: card.place,
      input: (it) => inputs.of(it as Unknown),
      unknownsOnly: true,
    });
    part.become({ device: kind.device, values: { [kind.value]: value }, controls: inputs.all });
  });
}

const gainText = ({ gives, controlledBy }: Kind): string =>
  gives === controlledBy ? "a gain" : gives === "current" ? "a transconductance" : "a transresistance";

/** `c d` or `(c,d)` for each of the controlling voltages. */
function controlNodes(card: Card, pairs: number): readonly (readonly [number, number])[] | undefined {
  const found: [number, number][] = [];
  for (let k = 0; k < pairs; k++) {
    const item = card.peek();
    if (item?.kind === "group" && item.items.length === 2) {
      card.next();
      const [a, b] = item.items.map((inner) => nodeOf(inner, card.place));
      if (a === undefined || b === undefined) return undefined;
      found.push([a, b]);
    } else {
      const nodes = card.nodes("control +", "control -");
      if (nodes === undefined) return undefined;
      found.push([nodes[0]!, nodes[1]!]);
    }
  }
  return found;
}

function readPolynomial(card: Card, kind: Kind, terminals: readonly number[], by: ByLaw, factor: number): void {
  card.next();
  const group = card.peek();
  if (group?.kind !== "group" || group.items.length !== 1) {
    card.error("missing-value", "Expected the number of controls in parentheses: `poly(2)`.", group?.span);
    return;
  }
  card.next();
  const count = numberOf(group.items[0]!, card.place, "the number of controls");
  if (!(Number.isInteger(count) && count >= 1 && count <= 100)) {
    if (!Number.isNaN(count))
      card.error("parameter-range", "The number of controls must be a small whole number.", group.span);
    return;
  }
  const inputs = new Inputs<Unknown>();
  const reader = {
    place: card.place,
    input: (it: Parameters<typeof inputs.of>[0]) => inputs.of(it),
    unknownsOnly: true,
  } as const;
  const controls = kind.controlledBy === "voltage" ? controlNodes(card, count) : controlNames(card, count);
  if (controls === undefined) return;
  const coefficients: number[] = [];
  while (card.left > 0) coefficients.push(card.number("a coefficient"));
  card.end([], notModelled);
  if (coefficients.length === 0) {
    card.error("missing-value", `\`poly\` of \`${card.shown}\` needs coefficients.`);
    return;
  }
  const part = card.add(kind.element, terminals, undefined, by.branch);
  card.elaboration.later(() => {
    const x = controls.map((control): Formula => {
      if (!Array.isArray(control)) {
        const { text, span } = control as { text: string; span: typeof card.span };
        return currentOf(text, span, { ...reader, input: (it) => inputs.of(it as Unknown) });
      }
      const [a, b] = (control as readonly number[]).map((node) => inputs.of({ kind: "node", node }));
      return b!.kind === "number" ? a! : { kind: "call", name: "-", arguments: [a!, b!] };
    });
    const law = lawOf(scaledBy(factor)(polynomial(x, coefficients)), inputs.all, card.place);
    if (law.kind === "number") part.become(by.constant(law.value));
    else part.become({ device: by.device(law.law), controls: law.controls });
  });
}

function controlNames(
  card: Card,
  count: number,
): readonly { readonly text: string; readonly span: Card["span"] }[] | undefined {
  const names: { text: string; span: Card["span"] }[] = [];
  for (let k = 0; k < count; k++) {
    const item = card.next();
    if (item?.kind !== "word") {
      card.error(
        "missing-device",
        `\`poly(${count})\` of \`${card.shown}\` needs the names of ${count} sources.`,
        item?.span,
      );
      return undefined;
    }
    names.push({ text: textOf(item, card.place), span: item.span });
  }
  return names;
}
