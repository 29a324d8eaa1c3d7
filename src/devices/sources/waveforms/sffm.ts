import { frequency, level, ratio, waveform } from "../waveform.js";

/** A sine whose frequency is modulated by another. */
export const sffm = waveform({
  kind: "sffm",
  title: "Frequency-modulated sine",
  equations: ["vo + va·sin(2·pi·fc·t + mdi·sin(2·pi·fs·t))"],
  parameters: {
    vo: level("offset"),
    va: level("amplitude"),
    fc: frequency("carrier frequency"),
    mdi: ratio("modulation index"),
    fs: frequency("signal frequency"),
  },
  value: (t, { vo, va, fc, mdi, fs }) =>
    vo + va * Math.sin(2 * Math.PI * fc * t + mdi * Math.sin(2 * Math.PI * fs * t)),
  next: () => Number.POSITIVE_INFINITY,
  period({ fc, mdi, fs }) {
    const fastest = fc + Math.abs(mdi) * fs; // the highest instantaneous frequency
    return fastest > 0 ? 1 / fastest : Number.POSITIVE_INFINITY;
  },
});
