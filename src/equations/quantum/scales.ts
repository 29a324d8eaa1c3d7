import type { Circuit } from "../../circuit/circuit.js";
import type { BlockUnits } from "../../circuit/quantum/block.js";
import type { QuantumObservable } from "../../circuit/quantum/observable.js";
import type { DriveInput } from "../../circuit/quantum/operator.js";

/** The block's time is so many times the circuit's in s. */
export const clockOf = ({ omega0 }: BlockUnits): number => omega0 ?? 1;

/** What one of the block's units of an observable is in V, A or 1/s. */
export function unitOf(of: QuantumObservable, { vunit, iunit, omega0 }: BlockUnits): number {
  switch (of.kind) {
    case "voltage":
      return vunit ?? 1;
    case "current":
    case "port":
      return iunit ?? 1;
    case "rate":
      return omega0 ?? 1;
    case "moment":
      return of.of === "v" ? (vunit ?? 1) : of.of === "i" ? (iunit ?? 1) : of.of === "rate" ? (omega0 ?? 1) : 1;
    default:
      return 1;
  }
}

/** By what an unknown of the circuit is multiplied to be in the block's units: V, A, and rates of blocks are, all else stays. */
export function scaleOf(input: DriveInput, units: BlockUnits, { instances, blocks }: Circuit): number {
  const { vunit, iunit } = units;
  switch (input.kind) {
    case "node":
      return 1 / (vunit ?? 1);
    case "own": {
      const unit = instances[input.instance]!.device.own[input.index]!.unit;
      return unit === "V" ? 1 / (vunit ?? 1) : unit === "A" ? 1 / (iunit ?? 1) : 1;
    }
    case "block":
      return 1 / unitOf(blocks[input.block]!.outputs[input.output]!, units);
    default:
      throw new Error("a law of a block in a circuit reads what its run does not give");
  }
}
