import { sineAt } from "../laws/sine.js";
import { duration, frequency, level, phase, waveform } from "../waveform.js";

/** A sine that starts at td and may decay. */
export const sin = waveform({
  kind: "sin",
  title: "Damped sine",
  equations: [
    "t < td:  vo + va·sin(phase)",
    "t ≥ td:  vo + va·exp(-theta·(t-td))·sin(2·pi·freq·(t-td) + phase), for count periods",
  ],
  parameters: {
    vo: level("offset"),
    va: level("amplitude"),
    freq: frequency("frequency"),
    td: duration("delay", 0, Number.NEGATIVE_INFINITY),
    theta: { meaning: "damping", unit: "1/s", default: 0, range: [-1e30, 1e30] },
    phase: phase("phase"),
    count: { meaning: "number of periods; 0: without end", unit: "1", default: 0, range: [0, 1e15] },
  },
  value: (t, { vo, va, freq, td, theta, phase, count }) => sineAt(t, vo, va, freq, td, theta, phase, count),
  next(t, { td, freq, count }) {
    if (t < td) return td;
    const end = count > 0 ? td + count / freq : Number.POSITIVE_INFINITY;
    return t < end ? end : Number.POSITIVE_INFINITY;
  },
  isSine: true,
  period: ({ freq }) => (freq > 0 ? 1 / freq : Number.POSITIVE_INFINITY),
});
