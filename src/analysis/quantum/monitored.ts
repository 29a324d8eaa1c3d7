import type { Action } from "../../equations/quantum/actions.js";
import type { Random } from "../../numerics/random.js";
import type { DensityMatrix } from "../../quantum/density-matrix.js";
import type { Carried, Carrier, Observer, Tally } from "../../quantum/propagators/propagator.js";
import type { WeakMeasurement } from "../../quantum/weak-measurement.js";

/** A run under observation. */
export interface Monitored {
  /** Carries the state between measurements; its laws may read the records. */
  readonly carrier: Carrier;
  readonly measurements: readonly WeakMeasurement[];
  /** ∫dy of each, which is written here. */
  readonly records: Float64Array;
  readonly actions: readonly Action[];
}

/**
 * One trajectory over the steps of a grid from 0 on: half a step of free motion, what is measured over the whole step, the
 * other half (G. Strang, SIAM Journal on Numerical Analysis 5, 506, 1968). Each part takes states to states, so the whole
 * does; its mean tends to the master equation's as h². Measurements take turns in going first. Actions stand at the grid's
 * next time.
 */
export function* monitored(
  { carrier, measurements, records, actions }: Monitored,
  start: DensityMatrix,
  times: Float64Array,
  random: Random,
  observe: Observer,
  tally: Tally,
): Generator<undefined, Carried, undefined> {
  records.fill(0);
  let [rho, t, done] = [start, 0, 0];
  const act = (): void => {
    for (; done < actions.length && actions[done]!.time <= t * (1 + 1e-12); done++) rho = actions[done]!.act(rho);
  };
  act();
  for (const [step, to] of times.entries()) {
    if (to > t) {
      const middle = (t + to) / 2;
      const before = yield* carrier.carry(rho, t, Float64Array.of(middle), unseen);
      if (before.outcome !== "reached") return before;
      rho = before.rho;
      for (const k of measurements.keys()) {
        const turn = step % 2 === 0 ? k : measurements.length - 1 - k;
        const known = measurements[turn]!.measured(rho, to - t, random);
        rho = known.rho;
        records[turn]! += known.record;
      }
      const after = yield* carrier.carry(rho, middle, Float64Array.of(to), unseen);
      if (after.outcome !== "reached") return after;
      [rho, t] = [after.rho, to];
      act();
      tally.steps++;
    }
    observe(to, rho);
  }
  return { outcome: "reached", rho };
}

const unseen = (): void => undefined;
