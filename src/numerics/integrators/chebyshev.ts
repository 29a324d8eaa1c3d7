import { besselUpTo } from "../bessel.js";
import type { AcceptedStep, Cost, Integrator, Observer, StepControl, Stretch } from "../integrator.js";
import type { LinearSystem } from "../system.js";

/**
 * The exponential of a matrix on a vector, for autonomous linear systems that turn more than they decay: with R the radius
 * of A's spectrum around its centre c,
 *
 *     e^{hA} y = e^{hc} (J₀(Rh) φ₀ + 2 Σ Jₖ(Rh) φₖ),   φ₀ = y,  φ₁ = (A − c)y/R,  φₖ₊₁ = 2(A − c)φₖ/R + φₖ₋₁.
 *
 * Beyond k = Rh the terms fall faster than any power, so that a step of any length is as accurate as one likes at little
 * more than Rh products. A step within another takes the same φₖ.
 */
export const chebyshev: Integrator<LinearSystem> = {
  name: "chebyshev",
  order: Number.POSITIVE_INFINITY,
  reference: "Tal-Ezer & Kosloff, Journal of Chemical Physics 81, 3967 (1984)",
  integrate: run,
};

/** Rh of a step, and of one within which times are asked for: more would save few products, and make these dearer. */
const reach = { alone: 96, dense: 48 };
/** What is spent of the tolerance on leaving out terms. */
const aim = 0.1;
/** By so much terms may outgrow the solution: their differences would lose digits. */
const mostGrowth = 1e3;
/** A step shorter than this part of the stretch is none. */
const shortest = 1e-12;
/** The radius that is taken for A = 0, where nothing moves: its reciprocal is a number. */
const still = 1e-100;
/** After so many products' components a caller may draw breath. */
const componentsBetweenBreaths = 2e6;

function* run(
  system: LinearSystem,
  t0: number,
  y0: Float64Array,
  t1: number,
  { relative, maxStep, maxSteps, firstStep, fixed }: StepControl,
  observe: Observer,
): Generator<undefined, Stretch, undefined> {
  const cost: Cost = { steps: 0, rejected: 0, iterations: 0, factorizations: 0 };
  const series = new Series(system, cost);
  let y: Float64Array = y0.slice();
  let t = t0;
  const whole = t1 - t0;
  let longest = Math.min(fixed?.step ?? Math.min(maxStep, firstStep ?? whole), whole);
  let breath = 0;
  for (;;) {
    if (cost.steps + cost.rejected >= maxSteps)
      return { outcome: "too many steps", t, x: y, worst: -1, change: NaN, cost };
    const natural = fixed === undefined ? (series.isDense ? reach.dense : reach.alone) / series.radius : longest;
    const wished = Math.min(longest, natural);
    // Equal steps need one list of coefficients only.
    const left = Math.max(1, Math.ceil((t1 - t) / wished - shortest));
    const h = (t1 - t) / left;
    const next = series.advance(y, h, (aim * relative * h) / whole);
    if (next === undefined) {
      cost.rejected++;
      longest = h / 2;
      const failed = y.some((value) => !Number.isFinite(value)) ? "diverged" : "step too small";
      if (longest < shortest * whole) return { outcome: failed, t, x: y, worst: -1, change: NaN, cost };
      continue;
    }
    cost.steps++;
    const from = t;
    const interpolate: AcceptedStep["interpolate"] = (at, out) => series.within(at - from, out);
    const stop = observe({ t, h, x: next, interpolate });
    if (stop !== undefined && stop < t + h) {
      interpolate(stop, next);
      return { outcome: "stopped", t: stop, x: next, cost };
    }
    y = next;
    t = left === 1 ? t1 : t + h;
    if (stop !== undefined) return { outcome: "stopped", t: stop, x: y, cost };
    if (left === 1) return { outcome: "reached", t, x: y, cost };
    breath += (series.terms * system.size) / componentsBetweenBreaths;
    if (breath > 1) yield;
    breath %= 1;
  }
}

class Series {
  readonly radius: number;
  /** How many φₖ there are. */
  terms = 0;
  /** Whether times within a step are asked for: then all φₖ of a step are kept, else the last three. */
  isDense = false;
  readonly #phi: Float64Array[] = [];
  #start: Float64Array = new Float64Array(0); // φ₀
  #h = 0;
  #bessel: Float64Array = new Float64Array(0); // Jₖ(Rh)

  constructor(
    readonly system: LinearSystem,
    readonly cost: Cost,
  ) {
    this.radius = margin * spectralRadius(system, cost) || still;
  }

  /** The solution h later, or undefined if the series would lose digits. `relative` is tolerated of the largest entry. */
  advance(y: Float64Array, h: number, relative: number): Float64Array | undefined {
    const z = this.radius * h;
    if (h !== this.#h) this.#bessel = besselUpTo(mostTerms(z), z);
    this.#h = h;
    const size = largest(y);
    const out = y.map((value) => this.#bessel[0]! * value);
    this.#start = y;
    this.terms = 1;
    this.#at(0).set(y);
    for (let k = 1; k < this.#bessel.length; k++) {
      const here = this.#next(k);
      add(out, 2 * this.#bessel[k]!, here);
      if (k < z) continue;
      const grown = largest(here);
      if (!(grown <= mostGrowth * size)) return undefined;
      // Two terms, for every second one may vanish by symmetry; the rest falls by halves at least.
      const rest = 4 * (Math.abs(this.#bessel[k]!) + Math.abs(this.#bessel[k + 1] ?? 0)) * Math.max(grown, size);
      if (k > 1 && rest <= Math.max(relative, Number.EPSILON / 8) * size) {
        scale(out, Math.exp(this.system.centre * h));
        return out;
      }
    }
    return undefined;
  }

  /** The solution a part of the step later. */
  within(later: number, out: Float64Array): void {
    if (!this.isDense) this.#keepAll();
    const bessel = besselUpTo(Math.max(1, this.terms - 1), this.radius * later);
    const factor = Math.exp(this.system.centre * later);
    const weights = bessel.map((value, k) => (k === 0 ? 1 : 2) * factor * value);
    let count = this.terms;
    while (count > 1 && Math.abs(weights[count - 1]!) < Number.EPSILON / 8) count--;
    out.fill(0);
    for (let k = 0; k < count; k += 4) {
      const [a, b, c, d] = [k, k + 1, k + 2, k + 3].map((j) => (j < count ? weights[j]! : 0));
      const at = (j: number) => this.#phi[Math.min(j, count - 1)]!;
      addFour(out, a!, at(k), b!, at(k + 1), c!, at(k + 2), d!, at(k + 3));
    }
  }

  /** φₖ by the two before. */
  #next(k: number): Float64Array {
    const here = this.#at(k);
    const factor = (k === 1 ? 1 : 2) / this.radius;
    this.system.apply(factor, this.#at(k - 1), k === 1 ? undefined : this.#at(k - 2), here);
    this.cost.iterations++;
    this.terms = k + 1;
    return here;
  }

  /** Goes over the step again, for nobody had asked within one before. */
  #keepAll(): void {
    this.isDense = true;
    this.#at(0).set(this.#start);
    for (let k = 1, count = this.terms; k < count; k++) this.#next(k);
  }

  #at(k: number): Float64Array {
    return (this.#phi[this.isDense ? k : k % 3] ??= new Float64Array(this.system.size));
  }
}

/** Beyond these Jₖ(z) is below rounding. */
const mostTerms = (z: number): number => Math.ceil(z + 12 * Math.cbrt(z) + 30);

/** Powers of A find its largest eigenvalues from below; a series whose terms grow is refused all the same. */
const margin = 1.05;
const powers = 24;

function spectralRadius(system: LinearSystem, cost: Cost): number {
  // Numbers without any pattern that a matrix might share.
  let y = Float64Array.from({ length: system.size }, (_, i) => Math.sin(i * i + 1));
  let out = new Float64Array(system.size);
  let radius = 0;
  for (let k = 0; k < powers; k++) {
    const size = Math.sqrt(y.reduce((sum, value) => sum + value * value, 0));
    if (!(size > 0)) return radius;
    system.apply(1 / size, y, undefined, out);
    cost.iterations++;
    [y, out] = [out, y];
    radius = Math.sqrt(y.reduce((sum, value) => sum + value * value, 0));
  }
  return radius;
}

function largest(y: Float64Array): number {
  let most = 0;
  for (let i = 0; i < y.length; i++) {
    const size = Math.abs(y[i]!);
    // Written so that a value that is not a number stays.
    if (!(size <= most)) most = size;
  }
  return most;
}

function add(out: Float64Array, factor: number, y: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i]! += factor * y[i]!;
}

// biome-ignore format: one line a term
function addFour(
  out: Float64Array, a: number, p: Float64Array, b: number, q: Float64Array,
  c: number, r: Float64Array, d: number, s: Float64Array,
): void {
  for (let i = 0; i < out.length; i++) out[i]! += a * p[i]! + b * q[i]! + c * r[i]! + d * s[i]!;
}

function scale(y: Float64Array, factor: number): void {
  if (factor === 1) return;
  for (let i = 0; i < y.length; i++) y[i]! *= factor;
}
