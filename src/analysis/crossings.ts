import type { Crossing } from "../circuit/circuit.js";
import { Curve, root } from "./interpolation.js";
import type { Traces } from "./traces.js";

/** The place on the axis of the crossing that a measure speaks of; undefined if there is none. */
export function placeOf(crossing: Crossing, traces: Traces): number | undefined {
  const t = traces.axis!.values;
  const left = traces.of(crossing.left).values;
  const right = traces.of(crossing.right).values;
  const difference = left.map((value, k) => value - right[k]!);
  const from = Math.max(crossing.from ?? -Infinity, crossing.delay);
  const found = zeros(new Curve(t, difference), crossing.edge).filter(
    (when) => when >= from && when <= (crossing.to ?? Infinity),
  );
  return crossing.count < 0 ? found.at(crossing.count) : found[crossing.count - 1];
}

/**
 * All places where a curve changes its sign in the given direction. A start at exactly 0 is no crossing, nor is a change
 * over a stretch without values: nobody knows where it was.
 */
export function zeros(curve: Curve, edge: Crossing["edge"]): number[] {
  const { t, y } = curve;
  const found: number[] = [];
  let sign = Math.sign(y[0] ?? 0) || 0; // NaN: no sign yet
  for (let k = 1; k < t.length; k++) {
    const now = Math.sign(y[k]!);
    if (Number.isNaN(now)) sign = 0;
    if (now === 0 || now === sign || Number.isNaN(now)) continue;
    const wanted = edge === "cross" || (edge === "rise") === now > 0;
    if (sign !== 0 && wanted) found.push(zeroBefore(curve, k));
    sign = now;
  }
  return found;
}

/** The zero that lies at or before point k, where y has left the sign it had: points at exactly 0 are stepped back over. */
function zeroBefore(curve: Curve, k: number): number {
  const { t, y } = curve;
  let left = k - 1;
  if (y[left] === 0) {
    while (y[left - 1] === 0) left--;
    return t[left]!;
  }
  if (t[left] === t[k]) return t[k]!; // a jump
  const value = (when: number): number => {
    if (when === t[left]) return y[left]!;
    return when === t[k] ? y[k]! : clamp(curve.within(left, when), y, k);
  };
  return root(value, t[left]!, t[k]!);
}

/** A polynomial may leave the values at its ends; within an interval whose ends differ in sign that would make zeros of its own. */
function clamp(value: number, y: Float64Array, k: number): number {
  const low = Math.min(y[k - 1]!, y[k]!);
  const high = Math.max(y[k - 1]!, y[k]!);
  return Math.min(high, Math.max(low, value));
}
