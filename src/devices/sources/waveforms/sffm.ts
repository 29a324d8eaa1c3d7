import { frequency, level, phase, ratio, waveform } from "../waveform.js";

/** A sine whose frequency is modulated by another. */
export const sffm = waveform({
  kind: "sffm",
  title: "Frequency-modulated sine",
  equations: ["vo + va·sin(2·pi·fc·t + phasec + mdi·sin(2·pi·fs·t + phases))"],
  parameters: {
    vo: level("offset"),
    va: level("amplitude"),
    fc: frequency("carrier frequency"),
    mdi: ratio("modulation index"),
    fs: frequency("signal frequency"),
    phasec: phase("phase of the carrier"),
    phases: phase("phase of the signal"),
  },
  value(t, { vo, va, fc, mdi, fs, phasec, phases }) {
    const signal = Math.sin(2 * Math.PI * fs * t + radians(phases));
    return vo + va * Math.sin(2 * Math.PI * fc * t + radians(phasec) + mdi * signal);
  },
  next: () => Number.POSITIVE_INFINITY,
  period({ fc, mdi, fs }) {
    const fastest = fc + Math.abs(mdi) * fs; // the highest instantaneous frequency
    return fastest > 0 ? 1 / fastest : Number.POSITIVE_INFINITY;
  },
});

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
