import type { Junction } from "../devices/device.js";
import type { Junctions, Linearization } from "../numerics/system.js";
import { type LedLoop, ledLoopOf } from "./class-loop.js";
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
  /** Where among the entries of the class the slopes of its two nodes by their own voltages stand. */
  readonly own: { readonly plus: number; readonly minus: number };
  /** Its loop, for so many values that differ between instances. */
  written: { readonly differing: number; readonly loop: LedLoop | undefined };
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
      written: { differing: Number.NaN, loop: undefined },
      own: {
        plus: of.current.entries.indexOf(junction.plus * (of.columns + 1)),
        minus: of.current.entries.indexOf(junction.minus * (of.columns + 1)),
      },
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
    approach(x, voltage, G) {
      let arrived = true;
      for (const one of all) {
        const { first, thermal, critical } = one;
        for (let index = 0; index < thermal.length; index++) {
          const to = voltageOf(one, index, x);
          const from = voltage[first + index]!;
          if (!(Math.abs(to - from) > 2 * thermal[index]!)) {
            voltage[first + index] = to;
            continue;
          }
          const slope = Math.exp((from - critical[index]!) / thermal[index]!) * Math.SQRT1_2;
          const rest = to > from ? restOf(one, index, slope, G) : 0;
          const near = approached(to, from, thermal[index]!, critical[index]!, slope, rest);
          if (near !== to) arrived = false;
          voltage[first + index] = near;
        }
      }
      return arrived;
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

function voltageOf(
  { of: { places, columns }, junction: { plus, minus } }: JunctionClass,
  index: number,
  x: Float64Array,
) {
  const high = places[index * columns + plus]!;
  const low = places[index * columns + minus]!;
  return (high < 0 ? 0 : x[high]!) - (low < 0 ? 0 : x[low]!);
}

/** The conductance that the rest of the circuit puts before a junction of the given slope while nodes further away stand. */
function restOf({ of: { current }, own }: JunctionClass, index: number, slope: number, G: Float64Array): number {
  const at = (entry: number): number => {
    const slot = current.slots[index * current.entries.length + entry]!;
    return slot < 0 ? Infinity : Math.max(0, G[slot]! - slope);
  };
  const [a, b] = [at(own.plus), at(own.minus)];
  return a === 0 || b === 0 ? 0 : 1 / (1 / a + 1 / b);
}

/** So often is a voltage put into the logarithm of its own current: each time it gains some two digits. */
const rounds = 3;

/**
 * Where a junction is evaluated that a correction moves from a voltage to another. Upwards the tangent at low current asks
 * for far too much: it goes where its current is that of the tangent and what the rest of the circuit would give more,
 * were it not to fall so far:
 *
 *     is·(exp(v/Vt) − 1) = i + g·(to − from) + G·(to − v).
 *
 * With G = 0 that is SPICE's way, Nagel, UCB/ERL M520 (1975), appendix 3. In a chain of diodes that turn on one after the
 * other it finds each at once, and the next with the next iteration.
 */
function approached(to: number, from: number, thermal: number, critical: number, slope: number, rest: number): number {
  if (to < from) return to > critical ? fallen(to, from, thermal, critical) : to;
  if (to <= 0 || (rest === 0 && to <= critical)) return to;
  const saturation = thermal * Math.SQRT1_2 * Math.exp(-critical / thermal);
  const carried = thermal * slope + slope * (to - from); // with is: the current of the tangent
  let v = Math.min(to, thermal * Math.log((carried + rest * to) / saturation));
  for (let k = 0; k < rounds; k++) v = Math.min(to, thermal * Math.log((carried + rest * (to - v)) / saturation));
  return v;
}

/** Where the current is what the tangent at `from` gives at `to`. */
function fallen(to: number, from: number, thermal: number, critical: number): number {
  const rise = 1 + (to - from) / thermal;
  return rise > 0 ? from + thermal * Math.log(rise) : critical;
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
