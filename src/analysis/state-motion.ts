import type { CompiledSystem } from "../equations/compiled-system.js";
import { type Reduced, reduce } from "../equations/reduce.js";
import type { Cost, StepControl, Stretch } from "../numerics/integrator.js";
import { bogackiShampine } from "../numerics/integrators/bogacki-shampine.js";
import type { ExplicitSystem } from "../numerics/system.js";
import { Watch } from "./events.js";

/** The local error that is tolerated, relative to a state; and so many steps, and events, are enough for one motion. */
const control = { relative: 1e-11, maxSteps: 100_000, maxStep: Number.POSITIVE_INFINITY } satisfies StepControl;
const mostEvents = 1000;
/** So often may a change of mode bring about others at the same instant. */
const mostRounds = 50;

/** Why a motion did not come to its end. */
export type Stuck = "no solution" | `too many events${string}` | Exclude<Stretch["outcome"], "reached" | "stopped">;

/**
 * Moves the states of a circuit's devices through many short spans of time, one after the other, while its sources
 * stay as they are set: every span begins with the states that it is given, and walls, edges of windows and other
 * changes of mode are located in it. All else follows from the states at once: for circuits in which nothing but
 * devices' states takes time (`chargesOf` tells).
 */
export class StateMotion {
  readonly #system: CompiledSystem;
  readonly #reduced: Reduced;
  readonly #explicit: ExplicitSystem;
  /** The time that the equations are told. */
  readonly #clock: (t: number) => number;
  readonly #watch: Watch;
  readonly #steps = { steps: 0, rejected: 0 };

  private constructor(system: CompiledSystem, reduced: Reduced, clock: "runs" | "stands") {
    this.#system = system;
    this.#reduced = reduced;
    this.#watch = new Watch(system);
    this.#clock = clock === "runs" ? (t) => t : () => Number.NEGATIVE_INFINITY;
    const { explicit } = reduced;
    this.#explicit = { ...explicit, rate: (t, y, out) => explicit.rate(this.#clock(t), y, out) };
  }

  /**
   * @param clock `runs`: from 0 on in each span. `stands`: devices answer as in a static analysis while states move
   * @returns undefined where the circuit does not come down to an ordinary differential equation of its states
   */
  static of(system: CompiledSystem, clock: "runs" | "stands"): StateMotion | undefined {
    const reduced = reduce(system, "watched");
    return reduced && new StateMotion(system, reduced, clock);
  }

  /** What all motions have cost so far. */
  get cost(): Cost {
    return { ...this.#steps, ...this.#reduced.cost };
  }

  /** Forgets earlier solutions: what follows does not depend on what was before. */
  forget(): void {
    this.#reduced.forget();
  }

  /** Moves the states in x for `duration` seconds; x holds all unknowns at the end then. Says why if that fails. */
  run(x: Float64Array, duration: number): Stuck | undefined {
    const watch = this.#watch;
    watch.begin();
    this.#reduced.leap();
    if (!this.#solve(0, this.#reduced.states(x), x)) return "no solution";
    this.#system.settleModes(this.#clock(0), x);
    let t = 0;
    let last = 0; // the guard that fell last
    for (let event = 0; event < mostEvents; event++) {
      const stuck = this.#turn(t, x, watch);
      if (stuck !== undefined) return stuck;
      const stretch = this.#carry(t, x, duration, watch);
      this.#steps.steps += stretch.cost.steps;
      this.#steps.rejected += stretch.cost.rejected;
      if (stretch.outcome !== "reached" && stretch.outcome !== "stopped") return stretch.outcome;
      t = stretch.t;
      if (stretch.outcome === "reached") {
        this.#reduced.last(x);
        return undefined;
      }
      if (!this.#solve(t, stretch.x, x)) return "no solution";
      const before = x.slice();
      for (const k of watch.crossed) this.#system.cross(k, this.#clock(t), x, before);
      watch.settle();
      if (t >= duration) return undefined;
      last = watch.crossed[0]!;
    }
    return tooManyEvents(this.#system.guarded(last).name, t);
  }

  #solve(t: number, y: Float64Array, x: Float64Array): boolean {
    return this.#reduced.expand(this.#clock(t), y, x);
  }

  /** Makes the changes that the solution at t calls for, until it calls for none. */
  #turn(t: number, x: Float64Array, watch: Watch): Stuck | undefined {
    let last = 0; // the guard that fell last
    for (let round = 0; round < mostRounds; round++) {
      const fallen = watch.fallen(this.#clock(t), x);
      if (fallen.length === 0) return undefined;
      last = fallen[0]!;
      const before = x.slice();
      for (const k of fallen) {
        if (watch.isError(k)) this.#system.excuse(k, this.#clock(t), x);
        else this.#system.cross(k, this.#clock(t), x, before);
      }
      if (!this.#solve(t, this.#reduced.states(x), x)) return "no solution";
    }
    return tooManyEvents(this.#system.guarded(last).name, t);
  }

  /** Follows the states to the end, or to the first event. */
  #carry(t0: number, x: Float64Array, end: number, watch: Watch): Stretch {
    const y = new Float64Array(this.#explicit.size);
    const steps = bogackiShampine.integrate(this.#explicit, t0, this.#reduced.states(x), end, control, (step) => {
      this.#reduced.last(x); // the pair asks for the rate at a step's end last
      return watch.look({
        t: step.t,
        h: step.h,
        x,
        interpolate: (t, out) => {
          step.interpolate(t, y);
          this.#solve(t, y, out);
        },
      });
    });
    for (;;) {
      const next = steps.next();
      if (next.done) return next.value;
    }
  }
}

const tooManyEvents = (name: string, t: number): Stuck =>
  `too many events of \`${name}\`, at an edge of its window or a wall, where each side drives it back to the other (${t.toPrecision(4)} s after the start)`;

/** The instances of a circuit whose nodes or branches store a charge or a flux, so that they take time as well. */
export const chargesOf = ({ circuit: { instances } }: CompiledSystem): readonly (typeof instances)[number][] =>
  instances.filter(({ device }) =>
    (device.slopes?.q ?? [[0, 0] as const]).some(([row]) => {
      const own = device.own[row - device.terminals.length];
      return own?.role !== "state";
    }),
  );
