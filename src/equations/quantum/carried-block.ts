import type { Circuit, Unknown } from "../../circuit/circuit.js";
import type { QuantumBlock } from "../../circuit/quantum/block.js";
import type { Drive } from "../../circuit/quantum/operator.js";
import type { Course } from "../../devices/behavioural/driven-courses.js";
import { chebyshevSeries, chebyshevTail, chebyshevValue } from "../../numerics/chebyshev.js";
import type { DensityMatrix } from "../../quantum/density-matrix.js";
import { breakpointsBetween, type Dynamics } from "../../quantum/dynamics.js";
import { laidOut } from "../../quantum/motion.js";
import { exact } from "../../quantum/propagators/exact.js";
import { lindblad } from "../../quantum/propagators/lindblad.js";
import type { Carried, Carrier, NotCarried, Observer } from "../../quantum/propagators/propagator.js";
import { StateCourse } from "../../quantum/state-course.js";
import { channelsOf } from "../channels/built.js";
import { type Action, actionsOf } from "./actions.js";
import { startOf } from "./block-device.js";
import { dynamicsOf } from "./dynamics.js";
import { InputCourses, placeIn, type Span } from "./input-courses.js";
import { lenient } from "./lenient.js";
import type { ReadingsOf } from "./operators.js";
import type { StateReader } from "./readers.js";
import { clockOf } from "./scales.js";

/** The part of `reltol` that the block's own propagator is asked for, over a window. */
const partOfTolerance = 1e-3;
/** A course that was never larger than this part of its unit has it for its size. */
const smallest = 1e-6;

/** A quantity that the circuit needs of the state, in its units, over a window. */
export interface Functional {
  readonly read: StateReader;
  /** What one of the block's units of it is. */
  readonly unit: number;
}

/** What a window has come to: courses as polynomials, and the state. */
interface Window extends Span {
  readonly series: readonly Float64Array[];
  readonly values: readonly Float64Array[];
  readonly states: StateCourse;
  readonly end: DensityMatrix;
}

/**
 * A block that stands beside a circuit with a propagator of its own. It and the circuit meet in windows of time: the circuit
 * gives what the block reads as polynomials over the window, `carry` gives what the circuit reads of the block likewise,
 * and as often as they like, for only `accept` moves the state. Times are the circuit's, s.
 */
export class CarriedBlock {
  readonly controls: readonly Unknown[];
  readonly dynamics: Dynamics;
  readonly clock: number;
  /** What its laws read: the controls' courses over the window. */
  readonly readings: ReadingsOf;
  readonly #inputs: InputCourses;
  readonly #energy: Float64Array;
  readonly #carrier: Carrier;
  readonly #start: DensityMatrix;
  readonly #actions: readonly Action[];
  #functionals: readonly Functional[] = [];
  #rho: DensityMatrix;
  #t = 0; // s, where ρ is
  #done = 0; // actions
  #window: Window | undefined;
  #held: number[] = []; // the functionals where there is no window
  #largest: number[] = [];
  /** Why it cannot go on. */
  fault: NotCarried | undefined;

  constructor(
    readonly index: number,
    readonly block: QuantumBlock,
    drives: readonly Drive[],
    controls: readonly Unknown[],
    circuit: Circuit,
  ) {
    this.controls = controls;
    this.clock = clockOf(block.units);
    this.#inputs = new InputCourses(block.units, controls);
    this.readings = this.#inputs.readings(drives, circuit);
    this.dynamics = dynamicsOf(lenient(block), this.readings);
    this.#energy = laidOut(this.dynamics).energy;
    const { reltol, maxsteps } = circuit.options;
    const propagator = exact.refuses(this.dynamics) === undefined ? exact : lindblad;
    this.#carrier = propagator.prepare(this.dynamics, {
      relative: Math.max(1e-13, partOfTolerance * reltol),
      maxSteps: maxsteps,
    });
    this.#start = startOf(block, circuit);
    this.#rho = this.#start;
    this.#actions = actionsOf(block, this.dynamics.space, channelsOf(circuit)).filter(({ time }) => time > 0);
  }

  /** Where something in it jumps or bends, s, ascending. */
  corners(): readonly number[] {
    const own = breakpointsBetween(this.dynamics, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    const times = [...own, ...this.#actions.map(({ time }) => time)].map((time) => time / this.clock);
    return [...new Set(times)].sort((a, b) => a - b);
  }

  /** Courses of what the circuit reads. */
  courses(functionals: readonly Functional[]): readonly Course[] {
    this.#functionals = functionals;
    this.begin();
    const atStart = this.#held.slice();
    return functionals.map((_, k) => (t) => (t <= 0 ? atStart[k]! : this.#course(k, t)));
  }

  /** Whether the circuit needs anything of it. */
  get isRead(): boolean {
    return this.#functionals.length > 0;
  }

  /** Goes back to the start. */
  begin(): void {
    [this.#rho, this.#t, this.#done, this.fault] = [this.#start, 0, 0, undefined];
    this.#largest = this.#functionals.map(({ unit }) => smallest * unit);
    this.#hold();
  }

  /** A stretch of time begins at t: what acts there, acts. */
  arrive(t: number): void {
    let isActed = false;
    for (; this.#done < this.#actions.length; this.#done++) {
      const { time, act } = this.#actions[this.#done]!;
      if (time / this.clock > t * (1 + 1e-14)) break;
      this.#rho = act(this.#rho);
      isActed = true;
    }
    if (isActed) this.#hold();
  }

  /** Carries the state over a window under the controls' courses, as series; keeps nothing but the window. */
  carry(to: number, inputs: readonly Float64Array[]): NotCarried | undefined {
    const { clock } = this;
    const from = this.#t;
    this.#inputs.set({ from, to }, inputs);
    const states = new StateCourse(this.dynamics.space, this.#energy, clock * from, clock * to);
    const values = this.#functionals.map(() => new Float64Array(states.points().length));
    let seen = 0;
    const found = this.#run(states.points(), (t, rho) => {
      states.add(rho, t);
      for (const [k, { read, unit }] of this.#functionals.entries()) values[k]![seen] = unit * read(t, rho);
      seen++;
    });
    if (found.outcome !== "reached") return { ...found, time: found.time / clock };
    const series = values.map(chebyshevSeries);
    for (const [k, of] of values.entries())
      this.#largest[k] = of.reduce((most, value) => Math.max(most, Math.abs(value)), this.#largest[k]!);
    this.#window = { from, to, series, values, states, end: found.rho };
    return undefined;
  }

  /** How much the courses have changed since other values, relative to their sizes; the values now. */
  values(): readonly Float64Array[] {
    return this.#window?.values ?? [];
  }

  change(before: readonly Float64Array[]): number {
    return this.values().reduce(
      (most, of, k) =>
        of.reduce((more, value, j) => Math.max(more, Math.abs(value - before[k]![j]!) / this.#largest[k]!), most),
      0,
    );
  }

  /** About what polynomials leave out of the courses, relative to their sizes. */
  tailOfCourses(): number {
    const { series = [] } = this.#window ?? {};
    return series.reduce((most, of, k) => Math.max(most, chebyshevTail(of) / this.#largest[k]!), 0);
  }

  /** The same of the state's entries. */
  tailOfState(): number {
    return this.#window?.states.tail() ?? 0;
  }

  /** The window up to a time stands. */
  accept(until: number): NotCarried | undefined {
    const window = this.#window;
    if (window === undefined || until <= this.#t) return undefined;
    if (until >= window.to) this.#rho = window.end;
    else {
      const found = this.#run(Float64Array.of(this.clock * until), () => undefined);
      if (found.outcome !== "reached") return { ...found, time: found.time / this.clock };
      this.#rho = found.rho;
    }
    this.#t = until;
    this.#hold();
    return undefined;
  }

  /** ρ at a time of the present window; else where it stands. Valid until the next call. */
  state(t: number): DensityMatrix {
    return this.#window === undefined ? this.#rho : this.#window.states.state(this.clock * t);
  }

  /** ρ at the start. */
  get start(): DensityMatrix {
    return this.#start;
  }

  #course(k: number, t: number): number {
    const window = this.#window;
    return window === undefined ? this.#held[k]! : chebyshevValue(window.series[k]!, placeIn(window, t));
  }

  #hold(): void {
    this.#window = undefined;
    this.#held = this.#functionals.map(({ read, unit }) => unit * read(this.clock * this.#t, this.#rho));
  }

  #run(times: Float64Array, observe: Observer): Carried {
    const work = this.#carrier.carry(this.#rho, this.clock * this.#t, times, observe);
    for (;;) {
      const next = work.next();
      if (next.done) return next.value;
    }
  }
}
