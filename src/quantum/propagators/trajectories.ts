import { type AcceptedStep, hasEnded, type Integrator } from "../../numerics/integrator.js";
import { dop853 } from "../../numerics/integrators/dop853.js";
import type { Random } from "../../numerics/random.js";
import type { ExplicitSystem } from "../../numerics/system.js";
import { breakpointsBetween, type Dynamics } from "../dynamics.js";
import { Generator } from "../generator.js";
import { type Ket, normalized } from "../ket.js";
import { type LaidOutJump, laidOut } from "../motion.js";
import { lawAt } from "../operator.js";
import { expectationInKet } from "../sparse-operator.js";
import { type Accuracy, type Carrier, caught, type Observer, type Tally } from "./propagator.js";

/** Part of the tolerance that a step of a component is asked for: errors add up over steps, and over components. */
const partOfStep = 0.1;
/** A step is never asked for less. */
const leastOfStep = 1e-14;

/** A jump of a trajectory: when, and by which of the dynamics' jumps (its dampings come first). */
export interface JumpEvent {
  readonly time: number;
  readonly jump: number;
}

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

  /** Carries kets along one trajectory, whose jumps it tells as they come; the state that is shown is normalised. */
  carrier(random: Random, accuracy: Accuracy, jumped: (event: JumpEvent) => void = () => undefined): Carrier<Ket> {
    return {
      carry: (ket, t0, times, observe, tally) =>
        caught(this.#carry(random, accuracy, jumped, ket, t0, times, observe, tally)),
    };
  }

  *#carry(
    random: Random,
    accuracy: Accuracy,
    jumped: (event: JumpEvent) => void,
    start: Ket,
    t0: number,
    times: Float64Array,
    observe: Observer<Ket>,
    tally: Tally = { steps: 0 },
  ): ReturnType<Carrier<Ket>["carry"]> {
    const end = times.at(-1) ?? t0;
    const relative = Math.max(leastOfStep, partOfStep * accuracy.relative);
    const control = { ...accuracy, relative, maxStep: accuracy.maxStep ?? (end - t0) / 10 };
    const shown = new Shown(times, (y, t) => observe(t, this.#shown(y, t, start)));
    let y = this.#turned(normalized(start), t0, 1);
    shown.upTo(t0, () => y);
    let from = t0;
    let spent = 0;
    let threshold = 1 - random.uniform();
    for (const to of [...breakpointsBetween(this.#dynamics, t0, end), end]) {
      while (from < to) {
        const rest = { ...control, maxSteps: control.maxSteps - spent };
        const stretch = yield* this.#stretch(from, y, to, threshold, rest, shown);
        tally.steps += stretch.cost.steps;
        spent += stretch.cost.steps;
        if (!hasEnded(stretch)) {
          if (stretch.outcome === "singular") throw new Error("An explicit method said so.");
          return { outcome: stretch.outcome, time: stretch.t };
        }
        from = stretch.t;
        y = stretch.x;
        if (stretch.outcome === "reached") continue;
        const jump = this.#choose(y, from, random, start);
        jumped({ time: from, jump });
        y = this.#after(y, from, jump, start);
        threshold = 1 - random.uniform();
      }
    }
    return { outcome: "reached", rho: this.#shown(y, end, start) };
  }

  /** Moves without a jump, at most to where the norm passes the threshold. */
  #stretch(
    from: number,
    y: Float64Array,
    to: number,
    threshold: number,
    control: Accuracy & { readonly maxStep: number },
    shown: Shown,
  ): ReturnType<Integrator<ExplicitSystem>["integrate"]> {
    const at = new Float64Array(y.length);
    return dop853.integrate(this.#system, from, y, to, control, (step) => {
      const stop = size(step.x) < threshold ? crossing(step, threshold, at) : undefined;
      shown.upTo(stop ?? step.t + step.h, (t) => {
        if (t >= step.t + step.h) return step.x;
        step.interpolate(t, at);
        return at;
      });
      return stop;
    });
  }

  /** dψ̃/dt = Gψ̃; the unknowns are all real parts, then all imaginary ones. */
  #equation(D: number): ExplicitSystem {
    const decay = new Float64Array(D);
    return {
      size: 2 * D,
      negligible: new Float64Array(2 * D).fill(1e-3 / Math.sqrt(D)), // amplitudes of D levels are as small as that
      kind: new Int32Array(2 * D),
      rate: (t, y, out) => {
        this.#motion.at(t, decay);
        this.#motion.timesKet(y, decay, out);
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
    const weights = this.#jumps.map(({ rate, lost }) => rate.at(t) * expectationInKet(lost, ket, t).re);
    let rest = random.uniform() * weights.reduce((sum, w) => sum + w, 0);
    const chosen = weights.findIndex((w) => (rest -= w) < 0);
    // Rounding may leave a last digit: then it is the last that can be.
    return chosen >= 0 ? chosen : weights.findLastIndex((w) => w > 0);
  }

  #after(y: Float64Array, t: number, jump: number, like: Ket): Float64Array {
    const ket = this.#shown(y, t, like);
    const result = { space: ket.space, re: new Float64Array(ket.re.length), im: new Float64Array(ket.re.length) };
    for (const { coefficient, row, column, re, im } of this.#jumps[jump]!.L) {
      const [cr, ci] = [lawAt(coefficient.re, t), lawAt(coefficient.im, t)];
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
