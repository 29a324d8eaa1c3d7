import { copyOf, type DensityMatrix } from "../density-matrix.js";
import type { FeedbackWindow } from "../feedback-window.js";
import { populations } from "../measures.js";
import type { Carried, Carrier, Observer, Tally } from "./propagator.js";

/** A window that the photons of a mode go into. */
export interface FollowedMode {
  readonly window: FeedbackWindow;
  /** A qubit: |e⟩ is one photon. */
  readonly system: number;
}

/**
 * Carries a state as another carrier does, piece by piece, and takes the photon numbers of modes into their windows, so
 * that reflectivities are known at each time that is shown. A piece whose photon numbers are not yet known well is carried
 * again in halves; nothing of it was kept, nor shown.
 */
export const followed = (carrier: Carrier, modes: readonly FollowedMode[]): Carrier => ({
  carry: (rho, t0, times, observe, tally) => carry(carrier, modes, rho, t0, times, observe, tally),
});

/** States that a piece keeps until it is accepted. */
const mostShown = 64;

function* carry(
  carrier: Carrier,
  modes: readonly FollowedMode[],
  start: DensityMatrix,
  t0: number,
  times: Float64Array,
  observe: Observer,
  tally: Tally = { steps: 0 },
): Generator<undefined, Carried, undefined> {
  const end = times.at(-1) ?? t0;
  let [rho, t, shown] = [start, t0, 0];
  for (; times[shown] === t0; shown++) observe(t0, start);
  let h = Math.min(...modes.map(({ window }) => window.window));
  while (t < end) {
    const last = times[Math.min(shown + mostShown, times.length) - 1]!;
    const to = h >= (last - t) * (1 - 1e-9) ? last : t + h;
    const piece = yield* tried(carrier, modes, rho, t, to, times.subarray(shown), tally);
    if (piece.carried.outcome !== "reached") return piece.carried;
    if (!piece.isAccepted) {
      h = (to - t) / 2;
      continue;
    }
    for (const state of piece.states) observe(times[shown++]!, state);
    [rho, h, t] = [piece.carried.rho, 2 * (to - t), to];
  }
  return { outcome: "reached", rho };
}

/** Carries to a time; adds to the windows only if all of them are served. */
function* tried(
  carrier: Carrier,
  modes: readonly FollowedMode[],
  rho: DensityMatrix,
  t: number,
  to: number,
  times: Float64Array,
  tally: Tally,
) {
  const wanted = modes[0]!.window.points(to);
  const asked = Float64Array.from([...new Set([...wanted, ...times.filter((time) => time <= to)])]).sort();
  const numbers = modes.map(() => new Float64Array(wanted.length));
  const states: DensityMatrix[] = [];
  const look = (when: number, state: DensityMatrix): void => {
    const place = wanted.indexOf(when);
    if (place >= 0) for (const [k, { system }] of modes.entries()) numbers[k]![place] = populations(state, system)[0]!;
    if (states.length < times.length && times[states.length] === when) states.push(copyOf(state));
  };
  const carried = yield* carrier.carry(rho, t, asked, look, tally);
  const pieces = modes.map(({ window }, k) => window.piece(to, numbers[k]!));
  const isAccepted = carried.outcome === "reached" && pieces.every((piece) => piece !== undefined);
  if (isAccepted) for (const [k, { window }] of modes.entries()) window.add(pieces[k]!);
  return { carried, isAccepted, states };
}
