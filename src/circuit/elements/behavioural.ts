import { behaviouralCurrent, behaviouralVoltage } from "../../devices/behavioural/sources.js";
import { currentSource, voltageSource } from "../../devices/sources/independent.js";
import type { Waveform } from "../../devices/sources/waveform.js";
import { constant } from "../../devices/sources/waveforms/constant.js";
import type { Formula } from "../../expressions/formula.js";
import type { Expression } from "../../syntax/ast.js";
import type { ByLaw, Card } from "../card.js";
import { numberOf, type ValueItem } from "../readings.js";
import { signalLaw } from "../signal-scope.js";
import { withParasitics } from "./parasitics.js";
import { scaledBy } from "./scaled.js";

const notModelled = ["tc1", "tc2", "temp", "dtemp", "reltol", "noisy", "tripdv", "tripdt"];

/** A voltage source whose value is a law. */
export const voltageByLaw: ByLaw = {
  device: behaviouralVoltage,
  constant: (dc) => ({ device: voltageSource(constant as Waveform), values: { dc } }),
  branch: 0,
};

/** A current source whose value is a law. */
export const currentByLaw: ByLaw = {
  device: behaviouralCurrent,
  constant: (dc) => ({ device: currentSource(constant as Waveform), values: { dc } }),
};

/** `B1 a b v={…}` or `B1 a b i={…}`. */
export function readBehavioural(card: Card): void {
  const nodes = card.nodes("+", "-");
  if (nodes === undefined) return;
  const terminals = withParasitics(card, nodes, "rpar", "cpar");
  const voltage = card.setting("v");
  const current = card.setting("i");
  const factor = current === undefined ? 1 : (card.settingNumber("m") ?? 1);
  if ((voltage === undefined) === (current === undefined)) {
    const found = voltage ? "both" : "neither";
    card.error("missing-value", `\`${card.shown}\` needs either \`v={…}\` or \`i={…}\`, found ${found}.`);
    return;
  }
  card.end(voltage === undefined ? ["i", "m"] : ["v"], notModelled);
  if (voltage !== undefined) addLaw(card, "b", terminals, voltage.value, voltageByLaw);
  else addLaw(card, "b", terminals, current!.value, { ...currentByLaw, wrap: scaledBy(factor) });
}

/** A node with the voltage of an expression, under a name that no netlist can write. */
export function hiddenVoltage(card: Card, suffix: string, expression: Expression): number {
  const { network } = card.elaboration;
  const node = network.node(`${card.shown}#${suffix}`, card.place, card.span);
  const part = network.add(`${card.path}#${suffix}`, "b", [node, 0], card.span, undefined, voltageByLaw.branch);
  card.elaboration.later(() => {
    const found = signalLaw(expression, card.place, part.name);
    if (found.kind === "number") part.become(voltageByLaw.constant(found.value));
    else part.become({ device: voltageByLaw.device(found.law), controls: found.controls });
  });
  return node;
}

/** Adds a source by what stands behind `v=`, `value=` … */
export function addLaw(
  card: Card,
  element: string,
  terminals: readonly number[],
  value: ValueItem,
  by: ByLaw & { wrap?: (formula: Formula) => Formula },
): void {
  const expression = expressionOf(card, value);
  if (expression !== undefined) card.addByLaw(element, terminals, expression, by);
}

/** An expression where one may stand; a plain number is one too. */
export function expressionOf(card: Card, value: ValueItem): Expression | undefined {
  if (value.kind === "expression") return value.expression;
  if (value.kind === "word") {
    return { kind: "number", value: numberOf(value, card.place, "an expression in braces"), span: value.span };
  }
  card.error("expected-expression", "Expected an expression in braces.", value.span);
  return undefined;
}
