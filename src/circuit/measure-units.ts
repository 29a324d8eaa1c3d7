import { integralUnit, slopeUnit } from "../units/calculus.js";
import type { Unit } from "../units/unit.js";
import type { Circuit, MeasureCard, MeasureTask } from "./circuit.js";
import { unitOfColumn } from "./training/learning-measure.js";

/** The unit of what an analysis runs along; of several sweeps the last is measured. */
export function axisUnit(analysis: MeasureCard["analysis"], analyses: Circuit["analyses"]): Unit {
  const card = analyses.findLast(({ kind }) => kind === analysis);
  if (card?.kind === "ac" || card?.kind === "noise") return "Hz";
  return card?.kind === "dc" ? (card.sweeps[0]?.targets.at(-1)?.unit ?? "V") : "s";
}

/** The unit of what a task finds. */
export function unitOfTask(task: MeasureTask, axis: Unit): Unit {
  switch (task.kind) {
    case "statistic":
      if (task.what === "min_at" || task.what === "max_at") return axis;
      return task.what === "integ"
        ? (amplitudeUnit(task.signal.unit) ?? integralUnit(task.signal.unit, axis))
        : task.signal.unit;
    case "at":
      return task.what === "find" ? task.signal.unit : slopeUnit(task.signal.unit, axis);
    case "when":
      if (task.signal === undefined) return axis;
      return task.what === "find" ? task.signal.unit : slopeUnit(task.signal.unit, axis);
    case "harmonic":
      return task.what === "thd" ? "1" : task.signal.unit;
    case "between":
      return axis;
    case "channel":
      return "1";
    case "param":
      return task.unit;
    case "learned":
      return unitOfColumn(task.column);
    case "loop":
      return loopUnit(task);
    case "switching":
      return task.what === "switch_time" ? "s" : "J";
  }
}

/** The unit of the amplitude that a density of noise adds up to; undefined of others. */
export const amplitudeUnit = (density: Unit): Unit | undefined =>
  density === "V/√Hz" ? "V" : density === "A/√Hz" ? "A" : undefined;

/** The unit of a loop's figure; in natural units and of photons there is none. */
export const loopUnit = ({ what, voltage }: Extract<MeasureTask, { kind: "loop" }>): Unit =>
  voltage.unit === "1" ? "1" : loopUnits[what];

const loopUnits = {
  ...{ loop_area: "V·A", lobe_positive: "V·A", lobe_negative: "V·A", formfactor: "1", pinch: "A", ohm: "1" },
} as const satisfies Readonly<Record<string, Unit>>;
