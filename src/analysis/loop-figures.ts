import type { LoopFigure, LoopSignals } from "../circuit/circuit.js";
import { drivePeriod, formFactor, lobeArea, loopArea, pinchResidue, refined, wholePeriod } from "./loops.js";
import { cut } from "./stretch.js";
import type { Traces } from "./traces.js";

/** What was recorded of a device, and how long a period of its drive is. */
export interface LoopRecord {
  readonly t: Float64Array; // s
  readonly v: Float64Array; // V
  readonly i: Float64Array; // A
  /** s; Infinity where no source oscillates. */
  readonly period: number;
}

/** The record of a device's port. */
export function recordOf(
  port: Pick<LoopSignals, "voltage" | "current">,
  traces: Traces,
  periods: readonly number[],
): LoopRecord {
  const t = traces.axis!.values;
  const [v, i] = [traces.of(port.voltage).values, traces.of(port.current).values];
  return { t, v, i, period: drivePeriod(t, v, periods) };
}

/** A figure of the loop of one period, of the last whole one where none is named; undefined where there is no such period. */
export function figureOf(what: LoopFigure, record: LoopRecord, which: number | undefined): number | undefined {
  const whole = wholePeriod(record.t, record.period, which);
  if (whole === undefined) return undefined;
  const { t, columns } = cut(record.t, [record.v, record.i], whole.from, whole.to);
  const [v, i] = columns as [Float64Array, Float64Array];
  if (what === "pinch") return pinchResidue(t, v, i);
  const [fineV, fineI] = refined(t, v, i) as [Float64Array, Float64Array];
  switch (what) {
    case "loop_area":
      return loopArea(fineV, fineI);
    case "lobe_positive":
      return lobeArea(fineV, fineI, 1);
    case "lobe_negative":
      return lobeArea(fineV, fineI, -1);
    case "formfactor":
      return formFactor(fineV, fineI);
    case "ohm":
      return undefined; // of quantum memristors alone, whose tables have it
  }
}

/** The numbers of the periods that were recorded whole, from 1. */
export function wholePeriods({ t, period }: LoopRecord): readonly number[] {
  const slack = 1e-9 * period;
  const first = Math.ceil((t[0]! - slack) / period) + 1;
  const last = Math.floor((t.at(-1)! + slack) / period);
  return Number.isFinite(period) && last >= first ? Array.from({ length: last - first + 1 }, (_, k) => first + k) : [];
}
