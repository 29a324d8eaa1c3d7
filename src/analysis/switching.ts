import type { SwitchingTask } from "../circuit/circuit.js";
import type { Unit } from "../units/unit.js";
import { zeros } from "./crossings.js";
import { integral } from "./integral.js";
import { Curve } from "./interpolation.js";
import { cut } from "./stretch.js";
import type { Traces } from "./traces.js";

interface Found {
  readonly value: number | undefined;
  readonly unit: Unit;
  readonly why?: string;
}

/** A state that changes by less than this does not switch. */
const least = 1e-6;

/**
 * How long a state takes from one share of its change to another, s, and what its device takes meanwhile, J: the change is
 * that from the start of the stretch to its end; a share is reached when the state passes it for the first time.
 */
export function switching({ what, state, power, from, to, low, high }: SwitchingTask, traces: Traces): Found {
  const unit = what === "switch_time" ? "s" : "J";
  const { t, columns } = cut(traces.axis!.values, [traces.of(state).values, traces.of(power).values], from, to);
  const [x, p] = columns as [Float64Array, Float64Array];
  if (t.length < 2) return { value: undefined, unit, why: "nothing was recorded there" };
  const [first, change] = [x[0]!, x.at(-1)! - x[0]!];
  if (Math.abs(change) < least) return { value: undefined, unit, why: "the state ends where it began" };
  const passes = (share: number): number =>
    share <= 0
      ? t[0]!
      : (zeros(
          new Curve(
            t,
            x.map((value) => (value - first) / change - share),
          ),
          "rise",
        )[0] ?? t.at(-1)!);
  const [start, end] = [passes(low), passes(high)];
  if (what === "switch_time") return { value: end - start, unit };
  const taken = cut(t, [p], start, end);
  return { value: integral(taken.t, taken.columns[0]!), unit };
}
