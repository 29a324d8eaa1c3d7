import type { MemristorPoint } from "./point.js";

/** What of a change is done by a device that moves unevenly: 1 + asym of one upwards, 1 − asym of one downwards. */
export function doneUnevenly(change: number, asym: number): number {
  return asym === 0 ? 1 : change > 0 ? 1 + asym : 1 - asym;
}

/** 1/s: how fast a state forgets, for each unit that it is away from its rest; 0 where it never does. */
export function forgettingOf(retention: number): number {
  return retention > 0 ? 1 / retention : 0;
}

/** The motion of a real piece instead of that of its law, with `off` the state to which one without retention falls. */
export function moveUnideally(
  state: number,
  off: number,
  asym: number,
  retention: number,
  stuck: number,
  at: MemristorPoint,
): void {
  if (stuck !== 0) {
    at.rate = 0;
    at.rate_x = 0;
    at.rate_v = 0;
    return;
  }
  const done = doneUnevenly(at.rate, asym);
  const forgets = forgettingOf(retention);
  at.rate = done * at.rate - forgets * (state - off);
  at.rate_x = done * at.rate_x - forgets;
  at.rate_v *= done;
}
