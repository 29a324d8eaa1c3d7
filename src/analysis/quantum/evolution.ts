import type { Carried, Carrier, Observer, Tally } from "../../quantum/propagators/propagator.js";

/**
 * Carries a state over the times of a grid from 0 on, and lets actions act at theirs. At the time of an action the state
 * behind it is shown; where the grid has that time twice, first the one before it. `snap`: actions stand at the grid's next time, for the carrier knows no other.
 */
export function* evolve<State>(
  carrier: Carrier<State>,
  start: State,
  actions: readonly { readonly time: number; act(state: State): State }[],
  times: Float64Array,
  snap: boolean,
  observe: Observer<State>,
  tally: Tally,
): Generator<undefined, Carried<State>, undefined> {
  const end = times.at(-1)!;
  let [rho, t, shown] = [start, 0, 0];
  for (const action of actions) {
    const time = snap ? (times.find((it) => it >= action.time * (1 - 1e-12)) ?? Infinity) : action.time;
    if (time > end) break;
    if (time > t) {
      const next = times.findIndex((it) => it >= time);
      const before = times.subarray(shown, next);
      const shownBefore: Observer<State> = (when, state) => {
        if (when < time) observe(when, state);
      };
      const carried = yield* carrier.carry(rho, t, Float64Array.from([...before, time]), shownBefore, tally);
      if (carried.outcome !== "reached") return carried;
      const isTwice = times[next] === time && times[next + 1] === time;
      if (isTwice) observe(time, carried.rho);
      [rho, t, shown] = [carried.rho, time, isTwice ? next + 1 : next];
    }
    rho = action.act(rho);
  }
  return yield* carrier.carry(rho, t, times.subarray(shown), observe, tally);
}
