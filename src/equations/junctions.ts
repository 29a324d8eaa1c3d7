import type { Junctions, Linearization } from "../numerics/system.js";
import { type LedLoop, ledLoopOf } from "./class-loop.js";
import { addBlock, addRows, type DeviceClass, evaluateGathered, gather } from "./classes.js";
import { type JunctionClass, JunctionSweep, voltageOf } from "./junction-sweep.js";

/**
 * The junctions of a circuit; `rest` loads all that has none. Undefined where there are no junctions.
 *
 * @param laidDown gives, size n, 1 where an unknown is given whatever the others are
 */
export function junctionsOf(
  classes: readonly DeviceClass[],
  laidDown: () => Uint8Array,
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
      written: { differing: Number.NaN, loop: undefined },
      own: {
        plus: of.current.entries.indexOf(junction.plus * (of.columns + 1)),
        minus: of.current.entries.indexOf(junction.minus * (of.columns + 1)),
      },
    });
    count += of.instances.length;
  }
  if (count === 0) return undefined;
  const backwards = all.toReversed();
  const sweep = new JunctionSweep(laidDown());
  return {
    count,
    take(x, voltage) {
      for (const one of all) {
        for (let index = 0; index < one.thermal.length; index++) voltage[one.first + index] = voltageOf(one, index, x);
      }
    },
    approach(x, voltage, G, passesOn) {
      let arrived = true;
      sweep.begin(x, G);
      for (const one of all) {
        for (let index = 0; index < one.thermal.length; index++) {
          if (!sweep.settle(one, index, voltage, passesOn)) arrived = false;
        }
      }
      if (arrived || !passesOn) return arrived;
      for (const one of backwards) {
        for (let index = one.thermal.length - 1; index >= 0; index--) sweep.settle(one, index, voltage, true);
      }
      return false;
    },
    load(t, x, voltage, out) {
      rest(t, x, out);
      for (const one of all) {
        const loop = loopFor(one);
        if (loop !== undefined) {
          loop(one.of, t, x, out, voltage, one.first);
          continue;
        }
        for (let index = 0; index < one.thermal.length; index++) {
          addAt(one, index, t, x, voltage[one.first + index]!, out);
        }
      }
    },
  };
}

/** The loop of a class, written anew where a value has come to differ between instances. */
function loopFor(one: JunctionClass): LedLoop | undefined {
  const { of, junction, written } = one;
  const differing = of.values.names.length;
  if (written.differing !== differing) one.written = { differing, loop: ledLoopOf(of, junction) };
  return one.written.loop;
}

/** Adds an instance, evaluated with its junction at a voltage and continued to that at x along its slopes. */
function addAt(
  { of, junction: { plus, minus } }: JunctionClass,
  index: number,
  t: number,
  x: Float64Array,
  voltage: number,
  out: Linearization,
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
