import type { TransientCard } from "../../circuit/circuit.js";
import type { CompiledSystem } from "../../equations/compiled-system.js";
import type { CarriedBlock } from "../../equations/quantum/carried-block.js";
import { chebyshevPoints, chebyshevSeries, chebyshevTail } from "../../numerics/chebyshev.js";
import {
  type AcceptedStep,
  addCost,
  type Cost,
  hasEnded,
  type Observer,
  type Stretch,
} from "../../numerics/integrator.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import type { Method } from "../method.js";

/** What is exchanged may be off by these parts of `reltol`, relative to the largest so far. */
const part = { change: 0.03, tail: 0.03, inputs: 0.1, state: 0.1 };
/** So often is a window gone through before it is taken for too long. */
const mostPasses = 8;
/** Windows: the longest as part of the run; the shortest as part of the stretch, and in last digits of the time. */
const window = { longest: 0.1, shortest: 1e-7, digits: 1e3, ofDelay: 0.9 };
/** The size of an input that is smaller, in its unit. */
const smallest = 1e-6;

/**
 * Carries a circuit together with blocks that have propagators of their own. Time falls into windows, in which both sides are
 * smooth. The circuit is carried over one by its method, under the courses that the blocks had; the blocks under the courses
 * of their inputs; and again, until the courses change no more: each pass takes an integral, so that their error falls like
 * hⁿ/n! (E. Lelarasmee, A. Ruehli and A. Sangiovanni-Vincentelli, IEEE Transactions on Computer-Aided Design 1, 131, 1982).
 * A window in which they still change, or which polynomials do not describe, is refused by both and made shorter. Then the
 * circuit goes over it once more, before who observes; he may stop inside.
 */
export function coupled(method: Method | Diagnostic, system: CompiledSystem, card: TransientCard): Method | Diagnostic {
  if (system.carried.length === 0 || "severity" in method) return method;
  for (const block of system.carried) block.begin();
  return along(method, system, card);
}

function along(method: Method, system: CompiledSystem, card: TransientCard): Method {
  return {
    name: method.name,
    begin(t, x0, end) {
      for (const block of system.carried) block.arrive(t);
      return method.begin(t, x0, end);
    },
    integrate: (t, x, end, maxSteps, observe) => new Coupling(method, system, card, maxSteps).go(t, x, end, observe),
    fallback: () => along(method.fallback(), system, card),
  };
}

/** How a window went: "too long" for what is exchanged. */
type Agreed = "agreed" | "too long" | Stretch;

/** The inputs of a block over a window, a series each. */
type Inputs = readonly Float64Array[];

class Coupling {
  readonly #cost: Cost = { steps: 0, rejected: 0, iterations: 0, factorizations: 0 };
  readonly #places: readonly (readonly number[])[]; // of each block's inputs in x
  readonly #x: Float64Array; // size n
  #shortest = 0; // s
  #sizes = new Map<number, number>(); // the largest of each input so far

  constructor(
    readonly method: Method,
    readonly system: CompiledSystem,
    readonly card: TransientCard,
    readonly maxSteps: number,
  ) {
    this.#places = system.carried.map(({ controls }) => controls.map((control) => system.place(control)));
    this.#x = new Float64Array(system.pattern.size);
  }

  *go(t0: number, x0: Float64Array, end: number, observe: Observer): Generator<undefined, Stretch> {
    const longest = this.#longest();
    this.#shortest = Math.max(window.shortest * (end - t0), window.digits * Number.EPSILON * Math.abs(end));
    let [t, x, h] = [t0, x0, Math.min(longest, end - t0)];
    for (;;) {
      const left = end - t;
      const to = 1.1 * h >= left ? end : 2 * h > left ? t + left / 2 : t + h;
      const agreed = yield* this.#agree(t, x, to);
      if (agreed === "too long") {
        h = (to - t) / 2;
        continue;
      }
      if (agreed !== "agreed") return this.#ended({ ...agreed, t, x } as Stretch);
      const stretch = yield* this.method.integrate(t, x, to, this.#stepsLeft(), observe);
      addCost(this.#cost, stretch.cost);
      this.#accept(stretch.t);
      if (stretch.outcome !== "reached" || to === end) return this.#ended(stretch);
      h = Math.min(longest, 2 * (to - t));
      [t, x] = [to, stretch.x.slice()];
    }
  }

  #ended = (stretch: Stretch): Stretch => ({ ...stretch, cost: this.#cost });

  #longest(): number {
    const { shortestPeriod, lookBack } = this.system;
    const delay = lookBack === undefined ? Number.POSITIVE_INFINITY : window.ofDelay * lookBack.shortest;
    return Math.min(window.longest * this.card.stop, shortestPeriod, delay);
  }

  #stepsLeft = (): number => Math.max(0, this.maxSteps - this.#cost.steps - this.#cost.rejected);

  /** Goes over a window until both sides agree on what they exchange. */
  *#agree(t: number, x: Float64Array, to: number): Generator<undefined, Agreed> {
    const { carried, circuit } = this.system;
    const isShortest = to - t <= 2 * this.#shortest;
    const { reltol } = circuit.options;
    const isAsked = carried.some(({ isRead }) => isRead);
    const isDriven = carried.some(({ controls }) => controls.length > 0);
    let inputs: readonly Inputs[] = this.#places.map((places) => constants(places, x));
    if (!isAsked && isDriven) {
      const found = yield* this.#inputs(t, x, to);
      if (!("inputs" in found)) return found;
      if (found.tail > part.inputs * reltol && !isShortest) return "too long";
      inputs = found.inputs;
    }
    for (let pass = 0; pass < mostPasses; pass++) {
      const before = carried.map((block) => block.values());
      const fault = this.#carry(carried, to, inputs);
      if (fault !== undefined) {
        if (!isShortest) return "too long";
        // The run ends here, and `blockWatch` says why.
        fault.block.fault = fault.why;
        return { outcome: "stopped", t, x, cost: this.#cost };
      }
      const tail = carried.reduce((most, block) => Math.max(most, block.tailOfCourses()), 0);
      if (tail > part.tail * reltol && !isShortest) return "too long";
      const change =
        pass === 0
          ? Number.POSITIVE_INFINITY
          : carried.reduce((most, block, k) => Math.max(most, block.change(before[k]!)), 0);
      if (!isAsked || !isDriven || change <= part.change * reltol)
        return this.#isSmooth(isShortest) ? "agreed" : "too long";
      const found = yield* this.#inputs(t, x, to);
      if (!("inputs" in found)) return found.outcome === "stiff" || isShortest ? found : "too long";
      if (found.tail > part.inputs * reltol && !isShortest) return "too long";
      inputs = found.inputs;
    }
    if (!isShortest) return "too long";
    return { outcome: "diverged", t, x, worst: -1, change: Number.NaN, cost: this.#cost };
  }

  /** Carries blocks over a window; gives the first that cannot, and why. */
  #carry(carried: readonly CarriedBlock[], to: number, inputs: readonly Inputs[]) {
    for (const [k, block] of carried.entries()) {
      const why = block.carry(to, inputs[k]!);
      if (why !== undefined) return { block, why };
    }
    return undefined;
  }

  /** Whether states can be looked at between the points, too. */
  #isSmooth(isShortest: boolean): boolean {
    const { carried, circuit } = this.system;
    return isShortest || carried.every((block) => block.tailOfState() <= part.state * circuit.options.reltol);
  }

  #accept(until: number): void {
    for (const block of this.system.carried) block.fault ??= block.accept(until);
  }

  /** Carries the circuit over a window, unobserved, for what blocks read of it. */
  *#inputs(
    t: number,
    x: Float64Array,
    to: number,
  ): Generator<undefined, { readonly inputs: readonly Inputs[]; readonly tail: number } | Stretch> {
    const times = chebyshevPoints(t, to);
    const rows = times.map(() => 0);
    const places = [...new Set(this.#places.flat())];
    const values = new Map(places.map((place) => [place, rows.slice()]));
    let next = 0;
    const take = (from: Float64Array): void => {
      for (const place of places) values.get(place)![next] = place < 0 ? 0 : from[place]!;
      next++;
    };
    take(x);
    const stretch = yield* this.method.integrate(t, x, to, this.#stepsLeft(), (step: AcceptedStep) => {
      const reached = step.t + step.h;
      while (next < times.length && times[next]! <= reached) {
        if (times[next] === reached) take(step.x);
        else {
          step.interpolate(times[next]!, this.#x);
          take(this.#x);
        }
      }
      return undefined;
    });
    addCost(this.#cost, stretch.cost);
    if (!hasEnded(stretch)) return stretch;
    while (next < times.length) take(stretch.x);
    const series = new Map(places.map((place) => [place, chebyshevSeries(values.get(place)!)]));
    const tail = places.reduce(
      (most, place) => Math.max(most, chebyshevTail(series.get(place)!) / this.#size(place, values.get(place)!)),
      0,
    );
    const inputs = this.#places.map((own) => own.map((place) => series.get(place)!));
    return { inputs, tail };
  }

  #size(place: number, values: Float64Array): number {
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), this.#sizes.get(place) ?? smallest);
    this.#sizes.set(place, largest);
    return largest;
  }
}

/** Inputs that stay as they are. */
const constants = (places: readonly number[], x: Float64Array): Inputs =>
  places.map((place) => Float64Array.of(place < 0 ? 0 : x[place]!));
