import type { PlotCard } from "../circuit/circuit.js";
import { loopUnit } from "../circuit/measure-units.js";
import type { Caption } from "../result/caption.js";
import type { WavesPicture } from "../result/picture.js";
import type { Column } from "../result/result.js";
import { figureOf, recordOf, wholePeriods } from "./loop-figures.js";
import type { Traces } from "./traces.js";

/** Of more periods than this some are passed over, evenly. */
const mostPeriods = 400;

/** A figure of devices' loops over the numbers of their periods, as far as these were recorded whole; undefined where there are less than two. */
export function figuresPicture(
  { what, devices }: Extract<PlotCard, { kind: "figures" }>,
  caption: Caption,
  traces: Traces,
  periods: readonly number[],
): WavesPicture | undefined {
  const records = devices.map((device) => recordOf(device, traces, periods));
  const whole = records.map(wholePeriods).reduce((one, other) => (other.length > one.length ? other : one));
  if (whole.length < 2) return undefined;
  const stride = Math.ceil(whole.length / mostPeriods);
  const numbers = whole.filter((_, k) => k % stride === 0 || k === whole.length - 1);
  const left = devices.map(
    ({ device, voltage, current }, k): Column => ({
      name: `${what}(${device})`,
      unit: loopUnit({ kind: "loop", what, voltage, current, period: undefined }),
      values: Float64Array.from(numbers, (number) => figureOf(what, records[k]!, number) ?? Number.NaN),
    }),
  );
  const x: Column = { name: "period", unit: "1", values: Float64Array.from(numbers) };
  return { kind: "waves", ...caption, xlabel: caption.xlabel ?? "Period", x, left, right: [] };
}
