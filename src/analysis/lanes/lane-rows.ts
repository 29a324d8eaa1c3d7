import type { Signal } from "../../circuit/circuit.js";
import type { Recorder, Rows } from "../recorder.js";

/** The points of several circuits that are solved as one: each keeps its own signals. */
export class LaneRows implements Rows {
  readonly signals: readonly Signal[];

  constructor(readonly lanes: readonly Recorder[]) {
    this.signals = lanes.flatMap(({ signals }) => signals);
  }

  get offered(): number {
    return this.lanes[0]!.offered;
  }

  get lastAxis(): number {
    return this.lanes[0]!.lastAxis;
  }

  get full(): boolean {
    return this.lanes.some(({ full }) => full);
  }

  keep(axes: readonly number[], t: number, x: Float64Array): void {
    for (let k = 0; k < this.lanes.length; k++) this.lanes[k]!.keep(axes, t, x);
  }

  keepOtherSide(t: number, x: Float64Array): void {
    for (let k = 0; k < this.lanes.length; k++) this.lanes[k]!.keepOtherSide(t, x);
  }
}
