import type { Circuit } from "../../circuit/circuit.js";
import { liesAbove } from "../../numerics/linear/hermitian-factor.js";
import { type NotCarried, type RateFault, rateFaultOf } from "../../quantum/propagators/propagator.js";
import { toleranceLimit } from "../../quantum/propagators/watch.js";
import type { Rate } from "../../quantum/rates.js";
import type { Numbering } from "../unknowns.js";
import { type BesideFault, besideWatch } from "./beside-watch.js";
import { readingsOf, stateReader } from "./block-reader.js";
import { carriedBy } from "./carried-device.js";
import { dynamicsOf } from "./dynamics.js";
import { lenient } from "./lenient.js";
import { clockOf } from "./scales.js";

/** Why a block cannot go on, and which it is; times in s. */
export interface BlockFault {
  readonly block: number;
  readonly fault: NotCarried | BesideFault;
}

export type BlockWatch = (t: number, x: Float64Array) => BlockFault | undefined;

/** A rate may be below 0 by this part of its largest value, or of the block's frequencies: rounding of what drives it. */
const rounding = { largest: 1e-6, frequency: 1e-9 };

/** Looks whether the blocks of a circuit are states still, and their rates rates; undefined where it has no blocks. */
export function blockWatch(circuit: Circuit, numbering: Numbering): BlockWatch | undefined {
  if (circuit.blocks.length === 0) return undefined;
  const watches = circuit.instances.flatMap(({ block }) =>
    block === undefined ? [] : [watchOf(block, circuit, numbering)],
  );
  if (watches.length === 0) return undefined;
  return (t, x) => {
    for (const watch of watches) {
      const found = watch(t, x);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function watchOf(index: number, circuit: Circuit, numbering: Numbering): BlockWatch {
  const block = circuit.blocks[index]!;
  const stateAt = stateReader(index, circuit, numbering);
  const carried = carriedBy(circuit.instances.find((instance) => instance.block === index)!.device);
  let now: Float64Array = new Float64Array(0);
  const dynamics = dynamicsOf(
    lenient(block),
    readingsOf(block, circuit, numbering, () => now),
  );
  const rates = [
    ...block.memristors.map(({ mayBeNegative }, k) => ({ mayBeNegative, rate: dynamics.dampings[k]!.rate })),
    ...block.jumps.map(({ mayBeNegative }, k) => ({ mayBeNegative, rate: dynamics.jumps[k]!.rate })),
  ].flatMap(({ mayBeNegative, rate }, of) => (mayBeNegative ? [] : [{ rate, of, largest: 0 }]));
  const frequency = block.systems.reduce((most, { omega }) => Math.max(most, Math.abs(omega)), 0);
  const limit = toleranceLimit * circuit.options.reltol;
  const clock = clockOf(block.units);
  const beside = besideWatch(index, circuit, numbering);
  return (t, x) => {
    now = x;
    const apart = beside(t, x);
    if (apart !== undefined) return { block: index, fault: apart };
    for (const one of rates) {
      const fault = faultOf(one, clock * t, frequency);
      if (fault !== undefined) return { block: index, fault: { ...fault, time: t } };
    }
    // Who carries a state apart has looked at it.
    if (carried !== undefined) return carried.fault && { block: index, fault: carried.fault };
    return liesAbove(limit, stateAt(t, x))
      ? undefined
      : { block: index, fault: { outcome: "not positive", time: t, limit } };
  };
}

function faultOf(
  one: { readonly rate: Rate; readonly of: number; largest: number },
  time: number,
  frequency: number,
): RateFault | undefined {
  const { of } = one;
  try {
    const value = one.rate.at(time);
    one.largest = Math.max(one.largest, Math.abs(value));
    const isNegative = value < -rounding.largest * one.largest - rounding.frequency * frequency;
    return isNegative ? { outcome: "negative rate", time, value, of } : undefined;
  } catch (error) {
    const fault = rateFaultOf(error);
    if (fault === undefined) throw error;
    return fault;
  }
}
