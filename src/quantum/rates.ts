import { integral } from "../numerics/quadrature.js";

/** A rate of decay Γ(t), 1/s, and its integral, by which maps over a span of time are exact. */
export interface Rate {
  at(t: number): number;
  /** K(b) − K(a) = ∫ₐᵇ Γ. */
  between(a: number, b: number): number;
  /** Where Γ or a derivative of it jumps, ascending. */
  readonly breakpoints: readonly number[];
  /** Γ, where it never changes. */
  readonly constant?: number;
}

/** Thrown where a rate turned negative that may not; propagators give it back as their outcome. */
export class NegativeRate extends Error {
  constructor(
    readonly time: number,
    readonly value: number,
    /** `RateOptions.of`. */
    readonly of?: number,
  ) {
    super(`A rate of decay is ${value} at ${time}.`);
  }
}

/** Thrown where a rate has no finite value. */
export class UnknownRate extends Error {
  constructor(
    readonly time: number,
    /** `RateOptions.of`. */
    readonly of?: number,
  ) {
    super(`A rate of decay has no value at ${time}.`);
  }
}

export const constantRate = (gamma: number): Rate => ({
  at: () => gamma,
  between: (a, b) => gamma * (b - a),
  breakpoints: [],
  constant: gamma,
});

/** Beyond this one Jₙ(1) is below 1e-16. */
const mostHarmonic = 13;
/** 2(−1)ᵏJₙ(1) at n = 2k + 1: sin(cos φ) = Σ 2(−1)ᵏJₙ(1) cos nφ (Jacobi and Anger; NIST DLMF 10.12.3). */
const harmonics = Float64Array.from({ length: mostHarmonic + 1 }, (_, n) => (n % 4 === 1 ? 2 : -2) * besselAtOne(n));

/** Jₙ(1) by its power series (NIST DLMF 10.2.2). */
function besselAtOne(n: number): number {
  let term = 1;
  for (let k = 1; k <= n; k++) term /= 2 * k;
  let sum = 0;
  for (let k = 1; Math.abs(term) > 1e-20; k++) {
    sum += term;
    term /= -4 * k * (k + n);
  }
  return sum;
}

/**
 * Γ = γ₀(1 − sin cos ωt), the quasiparticle decay of a conductance-asymmetric SQUID whose flux is driven by cos ωt
 * (J. Salmilehto and others, Scientific Reports 7, 42044, 2017). K is a quickly converging series of sines.
 */
export const standardRate = (gamma0: number, omega: number): Rate => ({
  at: (t) => gamma0 * (1 - Math.sin(Math.cos(omega * t))),
  between(a, b) {
    // sin nωb − sin nωa as a product, 2 cos(nωm) sin(nωh), which does not cancel over short spans.
    if (omega === 0) return gamma0 * (b - a) * (1 - Math.sin(1));
    // Plain numbers and few of them: a run of one memristor is over before this is compiled.
    const middle = (omega * (a + b)) / 2;
    let sine = Math.sin((omega * (b - a)) / 2);
    let cosine = Math.cos(middle);
    let sineBefore = -sine; // of n = −1
    let cosineBefore = cosine;
    const turnOfSine = 2 - 4 * sine * sine; // 2 cos 2x
    const turnOfCosine = 4 * cosine * cosine - 2;
    let swing = 0;
    for (let n = 1; n <= mostHarmonic; n += 2) {
      swing += (harmonics[n]! * cosine * sine) / n;
      const nextSine = turnOfSine * sine - sineBefore;
      const nextCosine = turnOfCosine * cosine - cosineBefore;
      sineBefore = sine;
      cosineBefore = cosine;
      sine = nextSine;
      cosine = nextCosine;
    }
    return gamma0 * (b - a - (2 * swing) / omega);
  },
  breakpoints: [],
});

export interface RateOptions {
  readonly breakpoints?: readonly number[];
  /** A rate that turns negative is no error: what was lost comes back, and no map between two times need be positive. */
  readonly mayBeNegative?: boolean;
  /** Whose rate it is: its place among the dampings of its dynamics, the jumps counting on. What is thrown says it. */
  readonly of?: number;
}

/** Any Γ(t); K by quadrature, cut at the breakpoints. Throws `NegativeRate` where it is looked at and negative. */
export function rateOf(
  law: (t: number) => number,
  { breakpoints = [], mayBeNegative = false, of }: RateOptions = {},
): Rate {
  let known = Number.NaN; // a time at which the rate was all right
  const at = (t: number): number => {
    const value = law(t);
    if (!Number.isFinite(value)) throw new UnknownRate(t, of);
    if (value < 0 && !mayBeNegative) throw new NegativeRate(firstNegative(law, known, t), value, of);
    known = t;
    return value;
  };
  return { at, between: (a, b) => pieces(at, a, b, breakpoints), breakpoints };
}

/** ∫ₐᵇ over the pieces between breakpoints. */
function pieces(f: (t: number) => number, a: number, b: number, breakpoints: readonly number[]): number {
  const ends = [a, ...breakpoints.filter((t) => t > a && t < b), b];
  let sum = 0;
  for (let k = 1; k < ends.length; k++) sum += integral(f, ends[k - 1]!, ends[k]!);
  return sum;
}

/** Where a law turns negative between a time at which it is not and one at which it is. */
function firstNegative(law: (t: number) => number, good: number, bad: number): number {
  if (Number.isNaN(good)) return bad;
  for (let k = 0; k < 60; k++) {
    const middle = (good + bad) / 2;
    if (law(middle) < 0) bad = middle;
    else good = middle;
  }
  return bad;
}

/**
 * A rate given by K(t) = ∫₀ᵗ Γ, so that Γ may be singular. Γ itself, for currents and for equations of motion, is K's
 * central difference of fourth order.
 *
 * @param scale a time over which K changes little, s
 */
export function rateOfIntegral(
  integral: (t: number) => number,
  scale: number,
  { breakpoints = [], mayBeNegative = false, of }: RateOptions = {},
): Rate {
  const h = 1e-3 * scale;
  const slope = (t: number) =>
    (8 * (integral(t + h) - integral(t - h)) - (integral(t + 2 * h) - integral(t - 2 * h))) / (12 * h);
  let known = Number.NaN; // a time at which the rate was all right
  return {
    at(t) {
      const value = slope(t);
      if (!Number.isFinite(value)) throw new UnknownRate(t, of);
      const rounding = (1e-14 * (1 + Math.abs(integral(t)))) / h;
      if (value < -rounding && !mayBeNegative) throw new NegativeRate(firstNegative(slope, known, t), value, of);
      known = t;
      return value;
    },
    between(a, b) {
      const value = integral(b) - integral(a);
      if (!Number.isFinite(value)) throw new UnknownRate(b, of);
      if (value < 0 && !mayBeNegative) throw new NegativeRate(b, value / (b - a), of);
      return value;
    },
    breakpoints,
  };
}
