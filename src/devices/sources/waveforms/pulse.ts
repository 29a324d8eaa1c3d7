import { duration, level, waveform } from "../waveform.js";

interface Numbers {
  readonly td: number;
  readonly tr: number;
  readonly tf: number;
  readonly pw: number;
  readonly per: number;
  readonly count: number;
}

/** The start of pulse n. Every corner is computed from it in one way, so that value and corners agree to the bit. */
const start = (n: number, { td, per }: Numbers): number => (n === 0 ? td : td + n * per);

/** The number of the pulse that t ≥ td lies in. */
function pulseAt(t: number, values: Numbers): number {
  const { td, per } = values;
  if (!(per > 0 && per < Number.POSITIVE_INFINITY)) return 0;
  let n = Math.max(0, Math.floor((t - td) / per));
  if (t < start(n, values)) n--;
  else if (t >= start(n + 1, values)) n++;
  return n;
}

/** Trapezoidal pulses; a rise or fall time of 0 is a jump. */
export const pulse = waveform({
  kind: "pulse",
  title: "Pulses",
  equations: [
    "v1, from td on v2 by a ramp of length tr, for pw, back by a ramp of length tf; again every per, count times",
  ],
  parameters: {
    v1: level("level at rest"),
    v2: level("level of the pulse"),
    td: duration("delay", 0, Number.NEGATIVE_INFINITY),
    tr: duration("rise time; 0 is a jump", 0),
    tf: duration("fall time; 0 is a jump", 0),
    pw: duration("time at v2", Number.POSITIVE_INFINITY),
    per: duration("period", Number.POSITIVE_INFINITY),
    count: { meaning: "number of pulses; 0: without end", unit: "1", default: 0, range: [0, 1e15] },
  },
  value(t, values) {
    const { v1, v2, td, tr, tf, pw, count } = values;
    if (t < td) return v1;
    const n = pulseAt(t, values);
    if (count > 0 && n >= count) return v1;
    const rise = start(n, values);
    const top = rise + tr;
    if (t < top) return v1 + ((v2 - v1) * (t - rise)) / tr;
    const fall = top + pw;
    if (t < fall) return v2;
    if (t < fall + tf) return v2 + ((v1 - v2) * (t - fall)) / tf;
    return v1;
  },
  next(t, values) {
    const { td, tr, tf, pw, per, count } = values;
    if (t < td) return td;
    const n = pulseAt(t, values);
    if (count > 0 && n >= count) return Number.POSITIVE_INFINITY;
    const again = per > 0 ? start(n + 1, values) : Number.POSITIVE_INFINITY;
    const top = start(n, values) + tr;
    const corner = t < top ? top : t < top + pw ? top + pw : t < top + pw + tf ? top + pw + tf : again;
    return Math.min(corner, again);
  },
  period: ({ per, count }) => (per > 0 && count !== 1 ? per : Number.POSITIVE_INFINITY),
  isStraight: true,
});
