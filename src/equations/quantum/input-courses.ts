import type { Circuit, Unknown } from "../../circuit/circuit.js";
import type { BlockUnits } from "../../circuit/quantum/block.js";
import type { Drive } from "../../circuit/quantum/operator.js";
import { chebyshevValue } from "../../numerics/chebyshev.js";
import { asUnknown } from "./block-device.js";
import type { ReadingsOf } from "./operators.js";
import { clockOf, scaleOf } from "./scales.js";

/** A span of time, s. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A time of a span on [−1, 1]; what lies outside is at its end. */
export const placeIn = ({ from, to }: Span, t: number): number =>
  Math.min(1, Math.max(-1, (2 * (t - from)) / (to - from) - 1));

/** What the laws of a block read of the circuit: the controls' courses over a span, as series. */
export class InputCourses {
  #span: Span = { from: 0, to: 1 };
  #series: readonly Float64Array[] = [];

  constructor(
    readonly units: BlockUnits,
    readonly controls: readonly Unknown[],
  ) {}

  set(span: Span, series: readonly Float64Array[]): void {
    this.#span = span;
    this.#series = series;
  }

  /** How laws read them, in the block's time and units. */
  readings(drives: readonly Drive[], circuit: Circuit): ReadingsOf {
    const keys = this.controls.map((control) => JSON.stringify(control));
    const clock = clockOf(this.units);
    const readsOf = (drive: Drive) =>
      (drive.kind === "number" ? [] : drive.inputs).map((input) => ({
        control: keys.indexOf(JSON.stringify(asUnknown(input))),
        scale: scaleOf(input, this.units, circuit),
      }));
    const known = new Map(drives.map((drive) => [drive, readsOf(drive)]));
    return (drive) => {
      const reads = known.get(drive);
      if (reads === undefined) throw new Error("a law of a block is none of its drives");
      return (t, u) => {
        const place = placeIn(this.#span, t / clock);
        for (let k = 0; k < reads.length; k++) {
          const { control, scale } = reads[k]!;
          const series = this.#series[control];
          u[k] = series === undefined ? 0 : scale * chebyshevValue(series, place);
        }
      };
    };
  }
}
