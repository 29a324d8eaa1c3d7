import type { Junction } from "../devices/device.js";
import type { Junctions, Linearization } from "../numerics/system.js";
import { addBlock, addRows, type DeviceClass, evaluateGathered, gather } from "./classes.js";

/** A class of devices with a junction each. */
interface JunctionClass {
  readonly of: DeviceClass;
  readonly junction: Junction;
  /** The number of its first junction. */
  readonly first: number;
  // Found once: a temperature that is set later makes an iteration longer, not wrong.
  readonly thermal: Float64Array; // size count, V
  readonly critical: Float64Array; // size count, V
}

/** The junctions of a circuit; `rest` loads all that has none. Undefined where there are no junctions. */
export function junctionsOf(
  classes: readonly DeviceClass[],
  rest: (t: number, x: Float64Array, out: Linearization) => void,
): Junctions | undefined {
  let count = 0;
  const all: JunctionClass[] = [];
  for (const of of classes) {
    const { junction } = of.device;
    if (junction === undefined) continue;
    const knees = Array.from(of.instances, (_, index) => junction.knee(of.values.of(index)));
    all.push({
      of,
      junction,
      first: count,
      thermal: Float64Array.from(knees, ({ thermal }) => thermal),
      critical: Float64Array.from(knees, ({ critical }) => critical),
    });
    count += of.instances.length;
  }
  if (count === 0) return undefined;
  return {
    count,
    take(x, voltage) {
      for (const one of all) {
        for (let index = 0; index < one.thermal.length; index++) voltage[one.first + index] = voltageOf(one, index, x);
      }
    },
    approach(x, voltage) {
      let arrived = true;
      for (const one of all) {
        const { first, thermal, critical } = one;
        for (let index = 0; index < thermal.length; index++) {
          const to = voltageOf(one, index, x);
          const near = approached(to, voltage[first + index]!, thermal[index]!, critical[index]!);
          if (near !== to) arrived = false;
          voltage[first + index] = near;
        }
      }
      return arrived;
    },
    load(t, x, voltage, out) {
      rest(t, x, out);
      for (const one of all) {
        for (let index = 0; index < one.thermal.length; index++) {
          addAt(one, index, t, x, voltage[one.first + index]!, out);
        }
      }
    },
  };
}

function voltageOf(
  { of: { places, columns }, junction: { plus, minus } }: JunctionClass,
  index: number,
  x: Float64Array,
) {
  const high = places[index * columns + plus]!;
  const low = places[index * columns + minus]!;
  return (high < 0 ? 0 : x[high]!) - (low < 0 ? 0 : x[low]!);
}

/**
 * Where the current is what the tangent at `from` gives at `to`, if that is a leap upwards beyond the knee: SPICE's way,
 * Nagel, UCB/ERL M520 (1975), appendix 3.
 */
function approached(to: number, from: number, thermal: number, critical: number): number {
  if (!(to > critical && Math.abs(to - from) > 2 * thermal)) return to;
  if (from <= 0) return Math.min(to, thermal * Math.log(to / thermal));
  const rise = 1 + (to - from) / thermal;
  return rise > 0 ? from + thermal * Math.log(rise) : critical;
}

/** Adds an instance, evaluated with its junction at a voltage and continued to that at x along its slopes. */
function addAt(
  { of, junction: { plus, minus } }: JunctionClass,
  ...[index, t, x, voltage, out]: [index: number, t: number, x: Float64Array, voltage: number, out: Linearization]
): void {
  gather(of, index, x);
  const { rows, columns, charge, current, at } = of;
  const ahead = of.x[plus]! - of.x[minus]! - voltage;
  of.x[plus]! -= ahead;
  evaluateGathered(of, index, t);
  for (let row = 0; row < rows; row++) {
    at.f[row]! += at.f_x[row * columns + plus]! * ahead;
    if (charge.entries.length > 0) at.q[row]! += at.q_x[row * columns + plus]! * ahead;
  }
  addRows(of, index, at.f, out.f);
  addBlock(current, index, at.f_x, out.G);
  if (charge.entries.length === 0) return;
  addRows(of, index, at.q, out.q);
  addBlock(charge, index, at.q_x, out.C);
}
