import type { AcceptedStep, Stretch } from "../../numerics/integrator.js";
import { dop853 } from "../../numerics/integrators/dop853.js";
import type { Random } from "../../numerics/random.js";
import type { ExplicitSystem } from "../../numerics/system.js";
import { breakpointsBetween, type Dynamics } from "../dynamics.js";
import { Generator } from "../generator.js";
import { type Ket, normalized } from "../ket.js";
import { type LaidOutJump, laidOut } from "../motion.js";
import { expectationInKet } from "../sparse-operator.js";
import type { Accuracy } from "./propagator.js";

/** Sees the normalised state at one of the times asked for. Valid during the call only. */
export type KetObserver = (t: number, ket: Ket) => void;

/** A jump of a trajectory: when, and by which of the dynamics' jumps (its dampings come first). */
export interface JumpEvent {
  readonly time: number;
  readonly jump: number;
}

/** How a trajectory ended: its jumps in their order, or where it could not go on. */
export type Trajectory =
  | { readonly outcome: "reached"; readonly jumps: readonly JumpEvent[] }
  | { readonly outcome: "diverged" | "too many steps" | "step too small"; readonly time: number };

/**
 * Quantum-jump trajectories: |ψ̃⟩ moves by −iH̃ − ½Σ γ L̃†L̃, its norm being the probability that nothing has jumped, until
 * that falls below a uniform random number; then one of the L acts, each as probable as γ⟨L†L⟩. The mean of |ψ⟩⟨ψ| over
 * many is ρ, at the cost of vectors of D instead of matrices of D² numbers.
 *
 * J. Dalibard, Y. Castin and K. Mølmer, Physical Review Letters 68, 580 (1992); waiting times as of R. Dum, P. Zoller and
 * H. Ritsch, Physical Review A 45, 4879 (1992).
 */
export class Trajectories {
  readonly #dynamics: Dynamics;
  readonly #energy: Float64Array; // size D: the rotating frame
  readonly #motion: Generator;
  readonly #jumps: readonly LaidOutJump[];
  readonly #system: ExplicitSystem;

  constructor(dynamics: Dynamics) {
    const D = dynamics.space.size;
    this.#dynamics = dynamics;
    const { energy, hamiltonian, jumps } = laidOut(dynamics);
    this.#energy = energy;
    this.#jumps = jumps;
    const losses = this.#jumps.map(({ rate, lost }) => ({ rate, entries: lost }));
    this.#motion = new Generator(D, energy, hamiltonian, losses);
    this.#system = this.#equation(D);
  }

  /** One trajectory; the state that is shown is normalised. */
  run(
    start: Ket,
    t0: number,
    times: Float64Array,
    random: Random,
    accuracy: Accuracy,
    observe: KetObserver,
  ): Trajectory {
    const end = times.at(-1) ?? t0;
    const shown = new Shown(times, (y, t) => observe(t, this.#shown(y, t, start)));
    const jumps: JumpEvent[] = [];
    let y = this.#turned(normalized(start), t0, 1);
    shown.upTo(t0, () => y);
    let from = t0;
    let threshold = 1 - random.uniform();
    for (const to of [...breakpointsBetween(this.#dynamics, t0, end), end]) {
      while (from < to) {
        const stretch = this.#stretch(
          from,
          y,
          to,
          threshold,
          { ...accuracy, maxStep: accuracy.maxStep ?? (end - t0) / 10 },
          shown,
        );
        if (stretch.outcome !== "reached" && stretch.outcome !== "stopped") {
          if (stretch.outcome === "singular" || stretch.outcome === "stiff")
            throw new Error("An explicit method said so.");
          return { outcome: stretch.outcome, time: stretch.t };
        }
        from = stretch.t;
        y = stretch.x;
        if (stretch.outcome === "reached") continue;
        const jump = this.#choose(y, from, random, start);
        jumps.push({ time: from, jump });
        y = this.#after(y, from, jump, start);
        threshold = 1 - random.uniform();
      }
    }
    return { outcome: "reached", jumps };
  }

  /** Moves without a jump, at most to where the norm passes the threshold. */
  #stretch(
    from: number,
    y: Float64Array,
    to: number,
    threshold: number,
    control: Accuracy & { readonly maxStep: number },
    shown: Shown,
  ): Stretch {
    const at = new Float64Array(y.length);
    const look = (step: AcceptedStep): number | undefined => {
      const stop = size(step.x) < threshold ? crossing(step, threshold, at) : undefined;
      shown.upTo(stop ?? step.t + step.h, (t) => {
        if (t >= step.t + step.h) return step.x;
        step.interpolate(t, at);
        return at;
      });
      return stop;
    };
    const work = dop853.integrate(this.#system, from, y, to, control, look);
    for (;;) {
      const next = work.next();
      if (next.done) return next.value;
    }
  }

  /** dψ̃/dt = Gψ̃; the unknowns are all real parts, then all imaginary ones. */
  #equation(D: number): ExplicitSystem {
    const decay = new Float64Array(D);
    const [xr, xi] = [new Float64Array(D), new Float64Array(D)];
    return {
      size: 2 * D,
      negligible: new Float64Array(2 * D).fill(1e-3),
      kind: new Int32Array(2 * D),
      rate: (t, y, out) => {
        const [re, im] = [y.subarray(0, D), y.subarray(D)];
        this.#motion.at(t, decay);
        this.#motion.timesRows(re, im, xr, xi, 1);
        for (let a = 0; a < D; a++) {
          out[a] = xr[a]! - decay[a]! * re[a]!;
          out[D + a] = xi[a]! - decay[a]! * im[a]!;
        }
        return true;
      },
    };
  }

  /** Between the laboratory and the rotating frame: e^{±iEt}ψ. */
  #turned({ re, im }: Pick<Ket, "re" | "im">, t: number, way: 1 | -1): Float64Array {
    const D = this.#energy.length;
    const y = new Float64Array(2 * D);
    for (let a = 0; a < D; a++) {
      const [c, s] = [Math.cos(this.#energy[a]! * t), way * Math.sin(this.#energy[a]! * t)];
      y[a] = re[a]! * c - im[a]! * s;
      y[D + a] = re[a]! * s + im[a]! * c;
    }
    return y;
  }

  #shown(y: Float64Array, t: number, { space }: Ket): Ket {
    const D = space.size;
    const turned = this.#turned({ re: y.subarray(0, D), im: y.subarray(D) }, t, -1);
    return normalized({ space, re: turned.subarray(0, D), im: turned.subarray(D) });
  }

  #choose(y: Float64Array, t: number, random: Random, like: Ket): number {
    const ket = this.#shown(y, t, like);
    const weights = this.#jumps.map(({ rate, lost }) => rate.at(t) * expectationInKet(lost, ket).re);
    let rest = random.uniform() * weights.reduce((sum, w) => sum + w, 0);
    const chosen = weights.findIndex((w) => (rest -= w) < 0);
    // Rounding may leave a last digit: then it is the last that can be.
    return chosen >= 0 ? chosen : weights.findLastIndex((w) => w > 0);
  }

  #after(y: Float64Array, t: number, jump: number, like: Ket): Float64Array {
    const ket = this.#shown(y, t, like);
    const result = { space: ket.space, re: new Float64Array(ket.re.length), im: new Float64Array(ket.re.length) };
    for (const { coefficient, row, column, re, im } of this.#jumps[jump]!.L) {
      const [cr, ci] = [coefficient.re as number, coefficient.im as number];
      for (let k = 0; k < row.length; k++) {
        const [vr, vi] = [cr * re[k]! - ci * im[k]!, cr * im[k]! + ci * re[k]!];
        const [x, z] = [ket.re[column[k]!]!, ket.im[column[k]!]!];
        result.re[row[k]!]! += vr * x - vi * z;
        result.im[row[k]!]! += vr * z + vi * x;
      }
    }
    return this.#turned(normalized(result), t, 1);
  }
}

/** Shows the state at the times asked for. */
class Shown {
  #next = 0;

  constructor(
    readonly times: Float64Array,
    readonly show: (y: Float64Array, t: number) => void,
  ) {}

  upTo(last: number, stateAt: (t: number) => Float64Array): void {
    // Sums of steps miss the end by last digits.
    const reached = last + 4 * Number.EPSILON * Math.abs(last);
    for (; this.#next < this.times.length && this.times[this.#next]! <= reached; this.#next++) {
      const t = this.times[this.#next]!;
      this.show(stateAt(t), t);
    }
  }
}

/** |ψ|². */
function size(y: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < y.length; k++) sum += y[k]! * y[k]!;
  return sum;
}

/** When |ψ|², which only falls, passes the threshold within a step. */
function crossing({ t, h, interpolate }: AcceptedStep, threshold: number, at: Float64Array): number {
  let [low, high] = [t, t + h];
  for (let k = 0; k < 50 && high - low > 1e-13 * h; k++) {
    const middle = (low + high) / 2;
    interpolate(middle, at);
    if (size(at) < threshold) high = middle;
    else low = middle;
  }
  return high;
}
