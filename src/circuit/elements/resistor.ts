import { behaviouralResistor } from "../../devices/behavioural/sources.js";
import { resistor } from "../../devices/linear/resistor.js";
import type { Card } from "../card.js";
import { modelNumbers } from "../models.js";
import type { Made } from "../part.js";
import { ratings } from "./parasitics.js";
import { passiveValue, temperatureFactor, warnOfNegative } from "./passive.js";
import { scaledBy } from "./scaled.js";

/** SPICE's parameters of resistors that have no effect here. */
const notModelled = ["ac", "l", "w", "scale", "noisy", "noise", "temp", "dtemp", "bv_max", "lv", "tce", ...ratings];

const modelTable = {
  r: { meaning: "resistance", unit: "Ω", default: Number.NaN, range: [-1e18, 1e18], aliases: ["res", "resistance"] },
  tc1: { meaning: "linear temperature coefficient, 1/K", unit: "1", default: 0, range: [-1e3, 1e3] },
  tc2: { meaning: "quadratic temperature coefficient, 1/K²", unit: "1", default: 0, range: [-1e3, 1e3] },
} as const;
const modelNotModelled = "rsh defw narrow tnom kf af lf wf ef short dw dlr l w bv_max lv tce tc1r tc2r".split(" ");

/** `R1 a b 1k [tc1= tc2= m=]`, `R1 a b r={…}`, `R1 a b [1k] model`. */
export function readResistor(card: Card): void {
  const terminals = card.nodes("+", "-");
  if (terminals === undefined) return;
  const given = passiveValue(card, "a resistance", "r", "resistance");
  const model = modelNumbers(card, ["r", "res"], modelTable, modelNotModelled);
  const factor = temperatureFactor(card, model) / (card.settingNumber("m") ?? 1);
  card.end(["r", "tc1", "tc2", "m"], notModelled);
  const constant = (r: number): Made => linear(card, r);
  if (given?.kind === "expression") {
    card.addByLaw("r", terminals, given.expression, { device: behaviouralResistor, constant, wrap: scaledBy(factor) });
  } else if (given === undefined && (model === undefined || Number.isNaN(model.r))) {
    card.missingValue("a resistance");
  } else {
    card.add("r", terminals, constant((given?.value ?? model!.r) * factor));
  }
}

function linear(card: Card, r: number): Made {
  if (r === 0) {
    const help = "for a connection without resistance put a 0 V source there, or use one name for both nodes.";
    card.error("zero-resistance", `The resistance of \`${card.shown}\` is 0.`, card.span, undefined, help);
  }
  warnOfNegative(card, "resistance", r);
  return { device: resistor, values: { r } };
}
