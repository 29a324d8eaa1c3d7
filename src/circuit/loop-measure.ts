import type { LoopFigure, MeasureCard, MeasureTask } from "./circuit.js";
import type { Items } from "./items.js";
import { deviceSignals } from "./port-signals.js";
import { isMemristorVoltage } from "./quantum/memristor-voltage.js";
import { nameOf } from "./words.js";

/** Figures of loops that can be measured. */
export const loopMeasures = [
  ...(["loop_area", "lobe_positive", "lobe_negative", "formfactor", "pinch", "ohm"] as const),
] satisfies readonly LoopFigure[];

/** `loop_area m1 [period=2]`, `pinch q.m1 period=all`; undefined after having complained. */
export function readLoop(what: LoopFigure, items: Items, analysis: MeasureCard["analysis"]): MeasureTask | undefined {
  const item = items.next();
  if (item?.kind !== "word") {
    items.error("missing-device", `\`${what}\` needs the name of a device: \`${what} m1\`.`, item?.span ?? items.span);
    return undefined;
  }
  const signals = deviceSignals(item, items.place);
  const before = items.peek();
  const period = readPeriod(items);
  if (signals === undefined) return undefined;
  const refusal = refusalOf(what, period, analysis, isMemristorVoltage(signals.voltage));
  if (refusal === undefined) return { kind: "loop", what, voltage: signals.voltage, current: signals.current, period };
  items.error(refusal.code, refusal.message, refusal.of === "period" ? before!.span : item.span, refusal.help);
  return undefined;
}

/** Why a figure is not of such a device, or not of such a run. */
function refusalOf(
  what: LoopFigure,
  period: number | "all" | undefined,
  analysis: MeasureCard["analysis"],
  isQuantum: boolean,
): { readonly code: string; readonly message: string; readonly help?: string; readonly of?: "period" } | undefined {
  if (what === "ohm" && !isQuantum) {
    const message =
      "`ohm` compares the current of a quantum memristor with its rate times V: this device has no such rate.";
    return { code: "unlike-device", message };
  }
  if (isQuantum && (what === "lobe_positive" || what === "lobe_negative")) {
    const message = `\`${what}\` is of devices of a circuit: of a quantum memristor the area is that of both lobes.`;
    return { code: "unlike-device", message, help: "`loop_area` is their sum." };
  }
  if (period === "all" && (!isQuantum || (what !== "pinch" && what !== "ohm"))) {
    const message = "`period=all` is of `pinch` and `ohm` of a quantum memristor: other figures are of a loop each.";
    return {
      code: "unlike-measure",
      message,
      help: "write the number of a period, or none for the last.",
      of: "period",
    };
  }
  if (analysis === "qtran" || (what !== "ohm" && period !== "all")) return undefined;
  const message = `This figure is of a \`.qtran\`, but the measure is of a \`.${analysis}\`.`;
  const help = "beside a circuit, `rms {i(q.m1)-rate(q.m1)*v(q.m1)}` over `rms i(q.m1)` is the Ohm residual.";
  return { code: "other-run", message, help };
}

/** A number, or `all`. */
function readPeriod(items: Items): number | "all" | undefined {
  const next = items.peek();
  const isAll = next?.kind === "setting" && next.value.kind === "word" && nameOf(next.value, items.place) === "all";
  return isAll && items.setting("period") !== undefined ? "all" : items.number("period");
}
