import type { Circuit } from "../../circuit/circuit.js";
import type { BlockUnits } from "../../circuit/quantum/block.js";
import type { QuantumObservable } from "../../circuit/quantum/observable.js";
import type { DriveInput } from "../../circuit/quantum/operator.js";

/** The block's time is so many times the circuit's in s. */
export const clockOf = ({ omega0 }: BlockUnits): number => omega0 ?? 1;

/** What one of the block's units of an observable is in V, A or 1/s. */
export function unitOf({ kind }: QuantumObservable, { vunit, iunit, omega0 }: BlockUnits): number {
  switch (kind) {
    case "voltage":
      return vunit ?? 1;
    case "current":
    case "port":
      return iunit ?? 1;
    case "rate":
      return omega0 ?? 1;
    default:
      return 1;
  }
}

/** By what an unknown of the circuit is multiplied to be in the block's units: V and A are, all else stays. */
export function scaleOf(input: DriveInput, { vunit, iunit }: BlockUnits, { instances, blocks }: Circuit): number {
  switch (input.kind) {
    case "node":
      return 1 / (vunit ?? 1);
    case "own": {
      const unit = instances[input.instance]!.device.own[input.index]!.unit;
      return unit === "V" ? 1 / (vunit ?? 1) : unit === "A" ? 1 / (iunit ?? 1) : 1;
    }
    case "block": {
      const of = blocks[input.block]!.outputs[input.output]!;
      if (of.kind === "voltage") return 1 / (vunit ?? 1);
      return of.kind === "current" || of.kind === "port" ? 1 / (iunit ?? 1) : 1;
    }
    default:
      throw new Error("a law of a block in a circuit reads what its run does not give");
  }
}
