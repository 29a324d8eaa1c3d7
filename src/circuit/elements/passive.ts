import type { Expression, Item } from "../../syntax/ast.js";
import { readQuantity } from "../../units/quantity.js";
import type { Card } from "../card.js";
import { numberOf, written } from "../readings.js";
import { speaksOfSolution } from "../signal-scope.js";
import { textOf } from "../words.js";

/** The value of a resistor, capacitor or inductor: a number, or an expression of the solution. */
export type PassiveValue =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "expression"; readonly expression: Expression };

/**
 * The value behind the nodes, or that of a setting such as `r=`; undefined where there is none (a model may follow).
 */
export function passiveValue(card: Card, what: string, ...names: readonly string[]): PassiveValue | undefined {
  const setting = card.setting(...names);
  const next = card.peek();
  if (next === undefined || isModel(card)) return setting && readItem(setting.value, card, what);
  if (setting !== undefined && isValue(next, card)) {
    const name = textOf(setting.name, card.place);
    const message = `\`${card.shown}\` is given ${what} twice: as \`${written(next.span)}\` and by \`${name}=\`.`;
    card.error("duplicate-setting", message, setting.name.span, [next.span, "given here first"]);
    card.next();
  }
  if (setting !== undefined) return readItem(setting.value, card, what);
  card.next();
  noteMistakenSuffix(next, card, what);
  return readItem(next, card, what);
}

/** A number or an expression; other words behind a complete card are told of as such. */
const isValue = (item: Item, card: Card): boolean =>
  item.kind === "expression" || (item.kind === "word" && !("error" in readQuantity(textOf(item, card.place))));

/** The next word is the name of a model and no number. */
function isModel(card: Card): boolean {
  const item = card.peek();
  if (item?.kind !== "word") return false;
  const text = textOf(item, card.place);
  return "error" in readQuantity(text) && card.place.find("model", text.toLowerCase()) !== undefined;
}

function readItem(item: Item, card: Card, what: string): PassiveValue {
  if (item.kind === "expression" && speaksOfSolution(item.expression, card.place)) {
    return { kind: "expression", expression: item.expression };
  }
  return { kind: "number", value: numberOf(item, card.place, what) };
}

/** `1F` is a femtofarad, `1M` a milliohm and `1A` 1: whoever writes it may have meant something else. */
function noteMistakenSuffix(item: Item, card: Card, what: string): void {
  if (item.kind !== "word") return;
  const text = textOf(item, card.place);
  if (!/[afms\u03a9]$/i.test(text)) return;
  const [, ampere] = /^([-+\d.eE]*\d)a$/i.exec(text) ?? [];
  if (ampere !== undefined) {
    const message = `\`${text}\` is ${ampere}: A is the ampere here, as in ngspice and LTspice; in HSPICE it is atto.`;
    card.elaboration.complaints.note("atto", message, item.span, { help: `for the latter write \`${ampere}e-18\`.` });
  }
  const [, digits] = /^([-+\d.eE]*\d)[fF]$/.exec(text) ?? /^([-+\d.eE]*\d)M(?:[oO]hms?|Ω)?$/.exec(text) ?? [];
  if (digits === undefined) return;
  const { complaints } = card.elaboration;
  if (what.includes("capacitance") && /f$/i.test(text)) {
    const help = `for ${digits} farad write \`${digits}\`.`;
    complaints.note("femto", `\`${text}\` is ${digits} femtofarad.`, item.span, { help });
  } else if (what.includes("resistance") && !/f$/i.test(text)) {
    const help = `for megohms write \`${digits}Meg\`.`;
    complaints.note("milli", `\`${text}\` is ${digits} milliohm.`, item.span, { help });
  }
}

/** The numbers of temperature coefficients: those of the card before those of its model. */
export function temperatureFactor(
  card: Card,
  model: { readonly tc1: number; readonly tc2: number } | undefined,
): number {
  const tc1 = card.settingNumber("tc1", "tc") ?? model?.tc1 ?? 0;
  const tc2 = card.settingNumber("tc2") ?? model?.tc2 ?? 0;
  const { temperature, nominalTemperature } = card.elaboration;
  const d = temperature - nominalTemperature; // K
  return 1 + tc1 * d + tc2 * d * d;
}

/** A voltage or current that a device starts with. */
export function initialOf(card: Card): { readonly initial: number } | undefined {
  const initial = card.settingNumber("ic");
  return initial === undefined ? undefined : { initial };
}

/** A negative value gives power instead of taking it: it may be meant, so it is a warning. */
export function warnOfNegative(card: Card, what: string, value: number): void {
  if (!(value < 0)) return;
  const message = `The ${what} of \`${card.shown}\` is negative.`;
  card.elaboration.complaints.warning("negative-value", message, card.span);
}
