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
  value(t, { vo, va, freq, td, theta, phase, count }) {
    const start = (phase * Math.PI) / 180;
    const since = count > 0 ? Math.min(t - td, count / freq) : t - td;
    if (since <= 0) return vo + va * Math.sin(start);
    const decay = theta === 0 ? 1 : Math.exp(-theta * since);
    // Whole turns are dropped before the product with 2π, so that late periods are as exact as the first.
    const turns = freq * since;
    return vo + va * decay * Math.sin(2 * Math.PI * (turns - Math.floor(turns)) + start);
  },
  next(t, { td, freq, count }) {
    if (t < td) return td;
    const end = count > 0 ? td + count / freq : Number.POSITIVE_INFINITY;
    return t < end ? end : Number.POSITIVE_INFINITY;
  },
  period: ({ freq }) => (freq > 0 ? 1 / freq : Number.POSITIVE_INFINITY),
});
