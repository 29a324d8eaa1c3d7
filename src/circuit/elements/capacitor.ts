import { behaviouralCapacitance, behaviouralCapacitor } from "../../devices/behavioural/stores.js";
import { capacitor } from "../../devices/linear/capacitor.js";
import type { Card } from "../card.js";
import { modelNumbers } from "../models.js";
import { ratings, withParasitics } from "./parasitics.js";
import { initialOf, passiveValue, temperatureFactor, warnOfNegative } from "./passive.js";
import { scaledBy } from "./scaled.js";

const notModelled = ["temp", "dtemp", "scale", "l", "w", "bv_max", "esr", "lser", "rlshunt", ...ratings];

const modelTable = {
  c: { meaning: "capacitance", unit: "F", default: Number.NaN, range: [-1e6, 1e6], aliases: ["cap", "capacitance"] },
  tc1: { meaning: "linear temperature coefficient, 1/K", unit: "1", default: 0, range: [-1e3, 1e3] },
  tc2: { meaning: "quadratic temperature coefficient, 1/K²", unit: "1", default: 0, range: [-1e3, 1e3] },
} as const;
const modelNotModelled = [
  "cj",
  "cox",
  "cjsw",
  "capsw",
  "w",
  "l",
  "defw",
  "defl",
  "narrow",
  "short",
  "del",
  "di",
  "thick",
  "tnom",
  "bv_max",
];

/** `C1 a b 1u [ic= tc1= tc2= m=]`, `C1 a b q={…}`, `C1 a b c={…}` of the solution, `C1 a b [1u] model`. */
export function readCapacitor(card: Card): void {
  const nodes = card.nodes("+", "-");
  if (nodes === undefined) return;
  const terminals = withParasitics(card, nodes, "rser", "rpar", "cpar");
  if (card.settings.has("q")) {
    readCharge(card, terminals);
    return;
  }
  const given = passiveValue(card, "a capacitance", "c", "capacitance");
  const model = modelNumbers(card, ["c", "cap"], modelTable, modelNotModelled);
  const factor = temperatureFactor(card, model) * (card.settingNumber("m") ?? 1);
  const initial = initialOf(card);
  card.end(["c", "q", "ic", "tc1", "tc2", "m"], notModelled);
  if (given?.kind === "expression") {
    card.addByLaw("c", terminals, given.expression, {
      device: behaviouralCapacitance,
      wrap: scaledBy(factor),
      constant: (c) => ({ device: capacitor, values: { c } }),
      ...initial,
    });
  } else if (given === undefined && (model === undefined || Number.isNaN(model.c))) {
    card.missingValue("a capacitance");
  } else {
    const value = (given?.value ?? model!.c) * factor;
    warnOfNegative(card, "capacitance", value);
    card.add("c", terminals, { device: capacitor, values: { c: value }, ...initial });
  }
}

function readCharge(card: Card, terminals: readonly number[]): void {
  const { value } = card.setting("q")!;
  const factor = card.settingNumber("m") ?? 1;
  const initial = initialOf(card);
  card.end(["q", "ic", "m"], notModelled);
  if (value.kind !== "expression") {
    card.error("expected-expression", "Expected the charge as an expression, `q={…}`.", value.span);
    return;
  }
  card.addByLaw("c", terminals, value.expression, {
    device: behaviouralCapacitor,
    wrap: scaledBy(factor),
    ...initial,
    constant: () => {
      card.error(
        "constant-charge",
        `The charge of \`${card.shown}\` depends on no voltage, so it is no capacitor.`,
        value.span,
      );
      return {};
    },
  });
}
