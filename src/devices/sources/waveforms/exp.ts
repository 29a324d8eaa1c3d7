import { duration, level, waveform } from "../waveform.js";

/** Rises exponentially from td1 on, falls exponentially from td2 on. */
export const exp = waveform({
  kind: "exp",
  title: "Exponential rise and fall",
  equations: [
    "t < td1:  v1",
    "t ≥ td1:  v1 + (v2-v1)·(1-exp(-(t-td1)/tau1))",
    "t ≥ td2:  the same + (v1-v2)·(1-exp(-(t-td2)/tau2))",
  ],
  parameters: {
    v1: level("level at rest"),
    v2: level("level it goes to"),
    td1: duration("start of the rise", undefined),
    tau1: duration("time constant of the rise", undefined, Number.MIN_VALUE),
    td2: duration("start of the fall", undefined),
    tau2: duration("time constant of the fall", undefined, Number.MIN_VALUE),
  },
  value(t, { v1, v2, td1, tau1, td2, tau2 }) {
    const rise = t > td1 ? -Math.expm1(-(t - td1) / tau1) : 0;
    const fall = t > td2 ? -Math.expm1(-(t - td2) / tau2) : 0;
    return v1 + (v2 - v1) * (rise - fall);
  },
  next(t, { td1, td2 }) {
    const first = t < td1 ? td1 : Number.POSITIVE_INFINITY;
    const second = t < td2 ? td2 : Number.POSITIVE_INFINITY;
    return Math.min(first, second);
  },
  period: () => Number.POSITIVE_INFINITY,
});
