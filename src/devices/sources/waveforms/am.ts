import { duration, frequency, level, ratio, waveform } from "../waveform.js";

/** A carrier whose amplitude is modulated; silent before td. */
export const am = waveform({
  kind: "am",
  title: "Amplitude-modulated sine",
  equations: ["t < td:  0", "t ≥ td:  va·(vo + sin(2·pi·mf·(t-td)))·sin(2·pi·fc·(t-td))"],
  parameters: {
    va: level("amplitude"),
    vo: ratio("offset of the modulation"),
    mf: frequency("modulation frequency"),
    fc: frequency("carrier frequency"),
    td: duration("delay", 0, Number.NEGATIVE_INFINITY),
  },
  value(t, { va, vo, mf, fc, td }) {
    const since = t - td;
    if (since <= 0) return 0;
    return va * (vo + Math.sin(2 * Math.PI * mf * since)) * Math.sin(2 * Math.PI * fc * since);
  },
  next: (t, { td }) => (t < td ? td : Number.POSITIVE_INFINITY),
  period({ mf, fc }) {
    const fastest = mf + fc;
    return fastest > 0 ? 1 / fastest : Number.POSITIVE_INFINITY;
  },
});
