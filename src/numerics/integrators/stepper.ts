import { type Linearized, propagated, rounding } from "../conditioning.js";
import type { AcceptedStep, Cost, Observer, StepControl, Stretch } from "../integrator.js";
import { interior } from "../interior.js";
import type { FactoredMatrix } from "../linear/choose.js";
import type { Furnished } from "../linear/room.js";
import { measure, Tolerance, worst, worstOf } from "../step-control.js";
import { boundedOf, type Linearization, type Pattern, type System } from "../system.js";
import type { Start } from "./consistent.js";
import { accuracy, Corrector } from "./corrector.js";
import { Reading } from "./reading.js";
import { leave, type StepArrays, stepRoom } from "./step-room.js";

// One file, for what makes a step good is decided here and nowhere else, on one set of arrays.

/** Errors of the steps add up, over some hundred of them: each is kept to this part of what is tolerated. */
const share = 0.2;
/** The first step that is tried, and the longest that is sought, as parts of the longest that is allowed. */
const first = { tried: 1e-3, longest: 0.05, trials: 6 };
/** A step shorter than this part of the time, or of the stretch, is none. */
const shortest = { ofTime: 1e-14, ofSpan: 1e-20 };
/** So often in a stretch is a step taken whatever its error, where the time has no digits for a shorter one. */
const mostBlind = 8;
/**
 * A shorter step that leaves more than a part of the error is not what is needed: a far shorter one is tried at once,
 * and where a step so much shorter than the first that was refused at this place still leaves a part of the error,
 * there is a jump.
 */
const jump = { stagnant: 0.7, plunge: 1e-3, shorter: 1e-4, left: 0.1 };
/** What is known of the matrix at one step holds for steps up to so many times as long or short. */
const scale = 3;
/** Where all unknowns are as accurate as this part of what is tolerated, they are asked for again. */
const easy = 0.1;
/** A step so accurate may become a few times as long at once, if it gets to a read so. */
const effortless = 1e-4;
/** Steps that differ by less than this part are one. */
const same = 1e-9;
/** So many times what rounding makes of an unknown is tolerated: the iteration must be able to end well above it. */
const margin = 100;

/** A step to the edge of a range ends beyond it by so much of the error that is tolerated, so that it is met for sure. */
const beyondEdge = 0.1;
/** So often a step is halved to find where an edge is met. */
const halvings = 30;

type Attempt =
  | { readonly outcome: "made" }
  | { readonly outcome: "refused"; readonly why: "diverged" | "step too small"; worst: number; change: number }
  | { readonly outcome: "refused"; readonly why: "singular"; readonly column: number };

/**
 * What implicit multistep methods have in common, for one stretch of time: it predicts, corrects, tests, and accepts
 * or refuses. A method fills in its formula, α q(x) + β + f(t, x) = 0, and how the step is chosen.
 */
export abstract class Stepper implements Linearized {
  readonly pattern: Pattern;
  t: number;
  /** The step, s. */
  h: number;
  /** size n: the new point */
  readonly x: Float64Array;
  protected readonly beta: Float64Array; // size n
  protected readonly predicted: Float64Array; // size n: x as the polynomial through the last points has it
  protected readonly miss: Float64Array; // size n: x − predicted
  protected readonly corrector: Corrector;
  protected readonly tolerance: Tolerance;
  /** Of the last step; 1 is what is tolerated. */
  protected error = 0;
  /** The same of what is looked at, whether it was asked for or not: what an order is chosen by. */
  protected bend = 0;
  readonly room: Furnished<StepArrays>;
  readonly #span: number;
  readonly #inside: (t: number) => number;
  readonly #rounding: Float64Array; // size n
  readonly #floor: Float64Array; // size n: what cannot be helped
  readonly #digits: Float64Array; // size n: for want of digits of the time
  readonly #bounded: Int32Array; // unknowns with a range
  #missed = 0; // the largest part of its tolerance that an unknown missed its prediction by
  #examined = 0; // the step for which it was found
  #trials = 0;
  #failures = 0;
  #lastError = Infinity; // when this step was last refused for it
  #suspect = { end: -Infinity, h: 0, size: 0 }; // the first step that was refused hereabouts
  readonly #reading: Reading;
  #unasked = 0; // so many steps are not asked for their error
  #blind = 0; // so often was that for want of digits
  #counted: { iterations: number; factorizations: number };

  constructor(
    readonly system: System,
    t0: number,
    readonly t1: number,
    readonly control: StepControl,
    readonly cost: Cost,
  ) {
    this.pattern = system.pattern;
    this.t = t0;
    this.#span = t1 - t0;
    this.#inside = interior(t0, t1);
    const { maxStep, firstStep, fixed } = control;
    const longest = Math.min(maxStep, this.#span);
    this.h = fixed?.step ?? Math.min(firstStep ?? first.tried * longest, longest);
    this.room = stepRoom(system);
    const { x, beta, predicted, miss, rounding, floor, digits } = this.room.arrays;
    this.x = x;
    this.beta = beta;
    this.predicted = predicted;
    this.miss = miss;
    this.#rounding = rounding;
    this.#floor = floor;
    this.#digits = digits;
    this.#bounded = boundedOf(system);
    this.corrector = new Corrector(system, this.room, control.kept?.matrices.pop());
    this.#counted = { iterations: 0, factorizations: this.corrector.matrix.factorizations };
    this.tolerance = new Tolerance(system, control.relative, this.room);
    this.#reading = new Reading(this.room.arrays.asked, control.reads);
  }

  /** Begins at a point of which nothing but the slope is known. */
  abstract begin(start: Start): void;
  /** Writes `predicted` and `beta`, and gives α, for a step of h. */
  protected abstract predict(): number;
  /** The error of the step as a part of the miss. */
  protected abstract missToError(): number;
  /** Makes the next step `ratio` times as long. */
  protected abstract rescale(ratio: number): void;
  /** The step was not accurate enough: a shorter one, by what its error tells. */
  protected abstract shorten(error: number): void;
  /** Trusts the last points no longer. */
  protected abstract forget(): void;
  /** Takes the new point. */
  protected abstract advance(t: number): void;
  /** Chooses the step that follows an accepted one. */
  protected abstract choose(): void;
  protected abstract lastAccepted(): Float64Array;
  protected abstract interpolate(t: number, out: Float64Array, places?: Int32Array): void;

  /** size n: the differences that a step is asked for. */
  protected get tested(): Float64Array {
    const reading = this.#reading;
    return reading.isOn || reading.isFree ? reading.weight : this.tolerance.weight;
  }

  /** The longest step that is allowed, s. */
  protected get longest(): number {
    return Math.min(this.control.maxStep, this.#reading.longest);
  }

  /** The largest part of its weight that an unknown uses up; all of them in the room. */
  protected measure(weight: Float64Array, a: Float64Array, b?: Float64Array): number {
    return measure(weight, a, b, this.room.kernels);
  }

  get at(): Linearization {
    return this.corrector.at;
  }

  get matrix(): FactoredMatrix {
    return this.corrector.matrix;
  }

  factor(alpha: number): boolean {
    return this.corrector.factor(alpha);
  }

  /** Goes to the end of the stretch, or until it is stopped, or cannot go on; of no use afterwards. */
  *go(observe: Observer): Generator<undefined, Stretch, undefined> {
    const stretch = yield* this.#go(observe);
    const ended = { ...stretch, x: stretch.x.slice() };
    leave(this.system, this.room);
    this.control.kept?.matrices.push(this.matrix);
    return ended;
  }

  *#go(observe: Observer): Generator<undefined, Stretch, undefined> {
    const { x, cost } = this;
    while (this.t < this.t1) {
      const from = this.t;
      const failed = this.#step();
      this.#count();
      if (failed !== undefined) return failed;
      const stop = observe(this.#accepted(from));
      if (stop !== undefined) {
        if (stop < this.t) this.#dense(stop, x);
        return { outcome: "stopped", t: stop, x, cost };
      }
      if (this.control.fixed === undefined) this.choose();
      if (cost.steps % 16 === 0) yield;
    }
    return { outcome: "reached", t: this.t, x, cost };
  }

  #count(): void {
    const { iterations, matrix } = this.corrector;
    this.cost.iterations += iterations - this.#counted.iterations;
    this.cost.factorizations += matrix.factorizations - this.#counted.factorizations;
    this.#counted = { iterations, factorizations: matrix.factorizations };
  }

  /** Makes one step, as long as it can be; gives how the stretch ended if none can be made. */
  #step(): Stretch | undefined {
    const { cost, control, t } = this;
    const x = this.lastAccepted();
    this.#failures = 0;
    this.#lastError = Infinity;
    for (;;) {
      if (cost.steps + cost.rejected >= control.maxSteps) {
        const index = worst(this.tolerance.weight, this.miss);
        return { outcome: "too many steps", t, x, worst: index, change: Math.abs(this.miss[index] ?? NaN), cost };
      }
      if (control.fixed === undefined) this.#fit();
      const made = this.#attempt();
      if (made.outcome === "made") return undefined;
      cost.rejected++;
      if (control.fixed === undefined && (this.h > this.#shortest() || this.#isBlind(made) || this.#wanders(made)))
        continue;
      return made.why === "singular"
        ? { outcome: made.why, t, x, column: made.column, cost }
        : { outcome: made.why, t, x, worst: made.worst, change: made.change, cost };
    }
  }

  #shortest(): number {
    return Math.max(shortest.ofTime * Math.abs(this.t), shortest.ofSpan * this.#span);
  }

  /**
   * Whether a step is not accurate only because the time has no digits for a shorter one, as on the steep edge of a late
   * pulse: then what so short a step is off by cannot be helped, and is conceded until the stretch ends.
   */
  #isBlind(refused: Attempt): boolean {
    if (refused.outcome === "made" || refused.why !== "step too small" || this.t === 0) return false;
    if (this.#shortest() > shortest.ofTime * Math.abs(this.t) || this.#blind++ >= mostBlind) return false;
    const { miss } = this;
    const error = (2 * this.missToError()) / share;
    for (let i = 0; i < miss.length; i++) this.#digits[i] = Math.max(this.#digits[i]!, error * Math.abs(miss[i]!));
    this.#examined = 0;
    this.rescale((2 * this.#shortest()) / this.h);
    this.forget();
    this.#unasked = 2;
    return true;
  }

  /**
   * Whether no solution is found only because a law jumps across where an unknown has almost arrived, as a drift that is
   * none below 0: on either side the equations ask for the other, by less than matters of the unknown. That is conceded.
   */
  #wanders(refused: Attempt): boolean {
    if (refused.outcome === "made" || refused.why !== "diverged" || this.#blind++ >= mostBlind) return false;
    const { worst: index, change } = refused;
    if (!(change <= (this.system.negligible[index] ?? 0))) return false;
    this.#digits[index] = Math.max(this.#digits[index]!, change / accuracy);
    this.#examined = 0;
    this.rescale((2 * this.#shortest()) / this.h);
    this.forget();
    return true;
  }

  /** Bounds the step, and has the stretch end with a whole one. */
  #fit(): void {
    if (this.h > this.control.maxStep) this.rescale(this.control.maxStep / this.h);
    const gap = this.#reading.gap(this.t);
    const left = this.t1 - this.t;
    const stretched = this.#failures === 0 && this.error < effortless ? 4 : 1.1;
    if (stretched * this.h >= gap && gap < 0.9 * left) {
      if (Math.abs(this.h - gap) > same * gap) this.rescale(gap / this.h);
    } else if (1.1 * this.h >= left) {
      if (this.h !== left) this.rescale(left / this.h);
      this.h = left;
    } else if (2 * this.h > left) this.rescale(left / 2 / this.h);
  }

  #attempt(): Attempt {
    const { x, predicted, miss } = this;
    const alpha = this.#predictToEdge();
    const { h } = this;
    const t = h >= (this.t1 - this.t) * (1 - 1e-9) ? this.t1 : this.t + h;
    let corrected = this.#correct(t, alpha);
    // It may be for want of knowing what rounding makes of the unknowns that the iteration did not end.
    if (corrected === "diverged" && this.#learn(t, alpha)) corrected = this.#correct(t, alpha);
    if (corrected !== "found") return this.#failed(corrected);
    this.#examine(alpha);
    this.#missed = this.room.kernels.takeDifference(x.length, x, predicted, this.tolerance.weight, miss);
    if (this.control.fixed === undefined) {
      const refused = this.#keepInRange() ?? this.#keepAccurate();
      if (refused !== undefined) return refused;
    }
    this.advance(t);
    this.tolerance.see(x);
    this.t = t;
    this.cost.steps++;
    return { outcome: "made" };
  }

  /**
   * Predicts a step that ends where an unknown meets the edge of its range, if one does: there the stretch is likely to end.
   * A longer step would be refused for what the unknown is kept from, as if it had not been accurate, again and again.
   */
  #predictToEdge(): number {
    const alpha = this.predict();
    if (this.control.fixed !== undefined) return alpha;
    const ratio = this.#partToEdge();
    if (ratio === 1) return alpha;
    this.rescale(ratio);
    return this.predict();
  }

  /** The part of the step in which the first unknown gets a little beyond the edge of its range, as the last points have it. */
  #partToEdge(): number {
    const { lower, upper } = this.system;
    const { predicted } = this;
    const { weight } = this.tolerance;
    const last = this.lastAccepted();
    const slack = (beyondEdge * share) / this.missToError();
    let part = 1;
    for (let k = 0; k < this.#bounded.length; k++) {
      const i = this.#bounded[k]!;
      const edge = predicted[i]! > upper[i]! ? upper[i]! : lower[i]!;
      const beyond = slack * weight[i]!;
      const isBeyond = predicted[i]! > upper[i]! + beyond || predicted[i]! < lower[i]! - beyond;
      if (!isBeyond || Math.abs(last[i]! - edge) <= weight[i]!) continue;
      part = Math.min(part, this.#partTo(i, edge + Math.sign(predicted[i]! - edge) * beyond));
    }
    return part;
  }

  /** The part of the step after which unknown i has a value that lies between the last and the predicted one. */
  #partTo(i: number, value: number): number {
    const place = Int32Array.of(i);
    const at = this.room.arrays.moved;
    const side = Math.sign(this.predicted[i]! - value);
    let [near, far] = [0, 1];
    for (let k = 0; k < halvings; k++) {
      const part = (near + far) / 2;
      this.interpolate(this.t + part * this.h, at, place);
      if (side * (at[i]! - value) < 0) near = part;
      else far = part;
    }
    return far;
  }

  #correct(t: number, alpha: number): ReturnType<Corrector["correct"]> {
    this.#takePredicted();
    return this.corrector.correct(
      this.#inside(t),
      alpha,
      this.beta,
      this.x,
      this.lastAccepted(),
      this.tolerance.weight,
      !this.#reading.isFree,
    );
  }

  #takePredicted(): void {
    const { x } = this;
    x.set(this.predicted);
    this.#reading.guess(this.lastAccepted(), x);
    this.#clip(x);
  }

  #clip(x: Float64Array): void {
    const { lower, upper } = this.system;
    for (let k = 0; k < this.#bounded.length; k++) {
      const i = this.#bounded[k]!;
      x[i] = Math.min(Math.max(x[i]!, lower[i]!), upper[i]!);
    }
  }

  /** Examines the step by the prediction; false if it was examined before, or cannot be. */
  #learn(t: number, alpha: number): boolean {
    if (this.#isExamined() || !Number.isFinite(this.corrector.change)) return false;
    this.#takePredicted();
    this.system.load(this.#inside(t), this.x, this.at);
    if (!this.factor(alpha)) return false;
    this.#examine(alpha);
    return true;
  }

  #isExamined(): boolean {
    return this.h < scale * this.#examined && this.#examined < scale * this.h;
  }

  /** Once for every scale of steps: what rounding, and tolerated differences of others, make of each unknown. */
  #examine(alpha: number): void {
    if (this.#isExamined()) return;
    this.#examined = this.h;
    const { tolerance } = this;
    const floor = this.#floor;
    rounding(this, alpha, this.x, this.#rounding);
    // From what is wanted, not from what was conceded before: else concessions would feed on themselves.
    propagated(this, alpha, tolerance.wanted, floor);
    this.#reading.examine(this, floor);
    // On a steep edge the last digits of the time, by which its ends are moved in, are a difference of their own.
    const digits = 16 * Number.EPSILON * Math.max(Math.abs(this.t), Math.abs(this.t1));
    const { x, h } = this;
    const last = this.room.arrays.moved;
    last.set(this.lastAccepted());
    this.room.kernels.addFloor(x.length, this.#digits, margin, this.#rounding, digits / h, x, last, floor);
    tolerance.concede(floor);
  }

  #failed(why: "diverged" | "singular"): Attempt {
    if (++this.#failures > 1) this.forget();
    this.rescale(0.25);
    const { worst, change, column } = this.corrector;
    return why === "singular" ? { outcome: "refused", why, column } : { outcome: "refused", why, worst, change };
  }

  /** Refuses a step in which an unknown would go beyond the edge of its range, unless it stood there before. */
  #keepInRange(): Attempt | undefined {
    const { beyond } = this.corrector;
    const { weight } = this.tolerance;
    const index = worstOf(this.#bounded, weight, beyond);
    if (index < 0 || Math.abs(beyond[index]!) <= weight[index]!) return undefined;
    const way = this.x[index]! - this.lastAccepted()[index]!;
    if (Math.abs(way) <= weight[index]!) return undefined;
    this.forget();
    this.rescale(Math.min(0.9, Math.max(0.1, way / (way + beyond[index]!))));
    return { outcome: "refused", why: "step too small", worst: index, change: Math.abs(beyond[index]!) };
  }

  #keepAccurate(): Attempt | undefined {
    const { weight } = this.tolerance;
    const error = this.#weigh();
    this.error = error;
    if (this.#unasked > 0) {
      this.#unasked--;
      return undefined;
    }
    if (error <= 1 && !this.#tryLonger(error)) return undefined;
    if (error > 1 && this.#beginsReading()) {
      // The same once more, up to the next read.
    } else if (this.#isJump(error)) {
      this.forget();
      this.#unasked = 2;
    } else this.#shorten(error);
    const index = worst(weight, this.miss);
    return { outcome: "refused", why: "step too small", worst: index, change: Math.abs(this.miss[index] ?? NaN) };
  }

  /** The error of the step in what is asked for. */
  #weigh(): number {
    const { miss } = this;
    const { weight } = this.tolerance;
    const reading = this.#reading;
    const scale = this.missToError() / share;
    const error = scale * (reading.isFree ? this.measure(reading.weigh(weight), miss) : this.#missed);
    if (error <= easy) reading.isOn = false;
    this.bend = error;
    if (!reading.isOn) return error;
    if (reading.isFree) return 0;
    return (this.bend = scale * this.measure(reading.weigh(weight), miss));
  }

  /** Whether what no charge holds is all that was not accurate: then it is right where it is read, from here on. */
  #beginsReading(): boolean {
    const { miss } = this;
    const reading = this.#reading;
    if (reading.isOn || !reading.isPossible) return false;
    const { weight } = this.tolerance;
    const error = reading.isFree ? 0 : (this.missToError() / share) * this.measure(reading.weigh(weight), miss);
    if (!(error <= 1)) return false;
    reading.isOn = true;
    if (error === 0) this.forget();
    return true;
  }

  #shorten(error: number): void {
    const stagnant = this.#failures > 1 && error > jump.stagnant * this.#lastError;
    if (this.cost.steps === 0) this.rescale(Math.min(30, Math.max(1e-3, 0.7 / Math.sqrt(error + 1e-12))));
    else if (stagnant) this.rescale(jump.plunge);
    else if (this.#failures > 0) this.rescale(0.5);
    else this.shorten(error);
    this.#failures++;
    this.#lastError = error;
  }

  /**
   * An error that shorter steps do not lessen is a jump: of the equations, or because the last point is off by more
   * than is tolerated now that something has become stiffer. Two short steps of order 1 take it: the first goes over
   * the jump, the second finds the slopes behind it. It is told by what is wanted of the unknowns: what is conceded to
   * the last digits of the time grows as steps get shorter, by the jump itself, and would make it look smaller.
   */
  #isJump(error: number): boolean {
    if (error <= 1) return false;
    const size = this.missToError() * this.measure(this.tolerance.wanted, this.miss);
    if (this.t >= this.#suspect.end) this.#suspect = { end: this.t + this.h, h: this.h, size };
    return this.h < jump.shorter * this.#suspect.h && size > jump.left * this.#suspect.size;
  }

  /** The first step is sought: while it is far too accurate a longer one is tried in its place. */
  #tryLonger(error: number): boolean {
    if (this.cost.steps > 0 || this.control.firstStep !== undefined || error > 0.02 || this.#reading.isOn) return false;
    return this.h < first.longest * Math.min(this.control.maxStep, this.#span) && this.#trials++ < first.trials;
  }

  #accepted(from: number): AcceptedStep {
    return { t: from, h: this.t - from, x: this.x, interpolate: (t, out, places) => this.#dense(t, out, places) };
  }

  #dense(t: number, out: Float64Array, places?: Int32Array): void {
    this.interpolate(t, out, places);
    if (places === undefined) {
      this.#clip(out);
      return;
    }
    const { lower, upper } = this.system;
    for (let k = 0; k < places.length; k++) {
      const i = places[k]!;
      out[i] = Math.min(Math.max(out[i]!, lower[i]!), upper[i]!);
    }
  }

  /** An error of order `order` would be tolerated if the step were so many times as long. */
  protected ratio(error: number, order: number): number {
    return (error / share) ** (-1 / (order + 1));
  }
}
