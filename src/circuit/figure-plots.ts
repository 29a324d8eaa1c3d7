import type { Complaints } from "../text/diagnostic.js";
import type { LoopFigure, LoopSignals, MeasureCard, MeasureName, PlotCard } from "./circuit.js";
import type { Items } from "./items.js";
import { loopMeasures } from "./loop-measure.js";
import { complainOfOption, StyleReader } from "./plot-style.js";
import { deviceSignals } from "./port-signals.js";
import { isMemristorVoltage } from "./quantum/memristor-voltage.js";
import { nearName, written } from "./readings.js";
import { nameOf } from "./words.js";

/** Figures of loops that can be drawn over the periods of a run. */
export const drawnFigures = loopMeasures.filter((what): what is Exclude<LoopFigure, "ohm"> => what !== "ohm");

/** `.plot loop_area m1 m2`: a figure of each period's loop. */
export function readFigures(what: LoopFigure, items: Items): PlotCard | undefined {
  const { complaints } = items.place.elaboration;
  const before = complaints.errors;
  const style = new StyleReader(items, ["xunit", "mark"]);
  const devices: LoopSignals[] = [];
  while (items.left > 0) {
    if (style.take() || complainOfOption(items, [])) continue;
    const item = items.next()!;
    const found = item.kind === "word" ? deviceSignals(item, items.place) : undefined;
    if (item.kind !== "word")
      items.error("missing-device", `Expected the name of a device, found \`${written(item.span)}\`.`, item.span);
    if (found !== undefined && isMemristorVoltage(found.voltage))
      items.error(
        "unlike-device",
        "The loops of a quantum memristor are signals of their own.",
        item.span,
        "write `.plot qtran area(M1)`, with `formfactor` and `pinch` alike.",
      );
    if (found !== undefined) devices.push(found);
  }
  if (complaints.errors > before) return undefined;
  if (devices.length > 0) return { kind: "figures", what, devices, style: style.style(), span: items.span };
  items.error("missing-device", `\`.plot ${what}\` needs the name of a device: \`.plot ${what} m1\`.`, items.span);
  return undefined;
}

/** `.plot runs area [y2=shape]`: measures over what was stepped. That they exist is checked when all are known. */
export function readRunsPlot(items: Items): PlotCard | undefined {
  const { complaints } = items.place.elaboration;
  const before = complaints.errors;
  const style = new StyleReader(items, ["xunit", "mark"]);
  const left: MeasureName[] = [];
  const right: MeasureName[] = [];
  while (items.left > 0) {
    const second = items.setting("y2");
    if (second === undefined && (style.take() || complainOfOption(items, ["y2"]))) continue;
    const item = second?.value ?? items.next()!;
    if (item.kind === "word")
      (second === undefined ? left : right).push({ name: nameOf(item, items.place), span: item.span });
    else items.error("expected-measure", `Expected the name of a measure, found \`${written(item.span)}\`.`, item.span);
  }
  if (complaints.errors > before) return undefined;
  if (left.length + right.length > 0) return { kind: "runs", left, right, style: style.style(), span: items.span };
  items.error(
    "missing-value",
    "`.plot runs` needs measures: `.plot runs area`, with a `.measure tran area loop_area m1`.",
    items.span,
  );
  return undefined;
}

/** Complains of measures that are drawn, but not there. */
export function checkRunsPlots(
  plots: readonly PlotCard[],
  measures: readonly MeasureCard[],
  complaints: Complaints,
): void {
  const known = measures.map(({ name }) => name);
  for (const card of plots) {
    if (card.kind !== "runs") continue;
    for (const { name, span } of [...card.left, ...card.right].filter((it) => !known.includes(it.name))) {
      const near = nearName(name, known);
      const help = near ? `did you mean \`${near}\`?` : `measure it first: \`.measure tran ${name} …\`.`;
      complaints.error("unknown-measure", `There is no measure \`${name}\`.`, span, { help });
    }
  }
}
