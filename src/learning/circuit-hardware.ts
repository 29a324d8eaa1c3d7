import type { StateMotion } from "../analysis/state-motion.js";
import { StillCircuit } from "../analysis/still-circuit.js";
import type { Circuit } from "../circuit/circuit.js";
import type { TrainCard } from "../circuit/training/cards.js";
import { lasts, type PulseTimes, partsOf, pulsePart } from "../devices/perceptrons/pulse-shape.js";
import type { Cost } from "../numerics/integrator.js";
import { arrayCircuitOf } from "./array-circuit.js";
import { arraysOf } from "./arrays.js";
import { type Cells, movesPlainly, switchesPlainly } from "./cells.js";
import { checkMotion, checkWeights, stuckProblem } from "./circuit-problems.js";
import type { EpochPlan, Tally } from "./epoch.js";
import { countPulse, countReading, type Hardware } from "./hardware.js";
import type { Placed } from "./network-of.js";
import { type NeuronReader, neuronReaders } from "./neuron-readers.js";
import { type ReadCircuit, readCircuitOf } from "./read-circuit.js";
import { type Turn, type WriteCircuit, writeCircuitOf } from "./write-circuit.js";

/** Reads and writes in the circuit itself, and what that has cost so far. */
export interface CircuitHardware extends Hardware {
  cost(): Cost;
}

/**
 * Reads by solving the circuit with the inputs put in, and writes by integrating what a pulse drives. Between the two
 * it assumes nothing of thresholds and windows: what a pulse, or a reading, does to other weights comes out by itself.
 *
 * While a sample is read, for `timing.read`, states move where the read current drives them; its answer is that of the
 * beginning. While a chain is written, all inputs are at 0 V, for `timing.write` a pulse.
 *
 * @throws NetlistError where the circuit is none that can be integrated like this; while training, where it has no
 *   solution
 */
export function circuitHardware(plan: EpochPlan, circuit: Circuit, card: TrainCard, placed: Placed): CircuitHardware {
  const { network } = plan;
  const read = readCircuitOf(circuit, card, placed);
  checkWeights(network, read);
  const reader = new Reader(read, plan, card);
  const arrays = arraysOf(read);
  const benches = new Map<readonly number[], WriteBench>();
  const benchOf = network.weights.map((_, index) => {
    const array = arrays.find(({ weights }) => weights.includes(index));
    const chain = plan.chainOf[index]!;
    const key = array?.weights ?? chain;
    const write = () => (array ? arrayCircuitOf(array, read, card) : writeCircuitOf(chain, network, read, card));
    const bench = benches.get(key) ?? new WriteBench(write(), plan, card);
    benches.set(key, bench);
    return bench;
  });
  return {
    begin(cells) {
      reader.begin(cells);
      for (const bench of benches.values()) bench.begin(cells);
    },
    forward: (weights, values, slopes, biasSlopes) => reader.forward(weights, values, slopes, biasSlopes),
    disturb: (weights, cells, tally) => reader.disturb(weights, cells, tally),
    pulse: (index, s, weights, cells, tally) => benchOf[index]!.pulse(index, s, weights, cells, tally),
    cost: () => [reader.cost, ...[...benches.values()].map(({ cost }) => cost)].reduce(sum),
  };
}

const sum = (a: Cost, b: Cost): Cost => ({
  steps: a.steps + b.steps,
  rejected: a.rejected + b.rejected,
  iterations: a.iterations + b.iterations,
  factorizations: a.factorizations + b.factorizations,
});

/** Gives devices the thresholds that a realisation has drawn for them. */
function setThresholds(
  system: StillCircuit["system"],
  places: readonly { readonly index: number; readonly instance: number }[],
  { network }: EpochPlan,
  cells: Cells,
): void {
  for (const { index, instance } of places)
    if (!switchesPlainly(network.weights[index]!)) system.override(instance, "ith", cells.ith[index]!);
}

/** The circuit in which samples are read. */
class Reader {
  readonly #still: StillCircuit;
  readonly #neurons: readonly NeuronReader[];
  readonly #places: readonly number[]; // of the weights in x
  readonly #units: readonly number[]; // what of x a weight of 1 is
  readonly #given: Float64Array; // size inputs: what the sources are set to
  #motion: StateMotion | undefined;

  constructor(
    readonly read: ReadCircuit,
    readonly plan: EpochPlan,
    readonly card: TrainCard,
  ) {
    this.#still = new StillCircuit(read.circuit);
    const { system } = this.#still;
    this.#neurons = neuronReaders(read, plan.network, system);
    this.#places = read.weights.map(({ state }) => system.place(state));
    this.#units = read.weights.map(({ unit }) => unit);
    this.#given = new Float64Array(read.inputs.length);
  }

  get cost(): Cost {
    return sum({ steps: 0, rejected: 0, ...this.#still.cost }, this.#motion?.cost ?? free);
  }

  begin(cells: Cells): void {
    const places = this.read.weights.map(({ instance }, index) => ({ index, instance }));
    setThresholds(this.#still.system, places, this.plan, cells);
    this.#still.forget();
    this.#motion?.forget();
  }

  forward(weights: Float64Array, values: Float64Array, slopes: Float64Array, biasSlopes: Float64Array): void {
    const still = this.#still;
    for (const [k, source] of this.read.inputs.entries()) {
      if (this.#given[k] === values[k]!) continue;
      this.#given[k] = values[k]!;
      still.system.override(source, "dc", values[k]!);
    }
    for (const [index, place] of this.#places.entries()) still.hold(place, weights[index]! * this.#units[index]!);
    const problem = still.solve(this.card.span);
    if (problem !== undefined) throw stuckProblem(this.card, "a sample is read", problem.message);
    const { first } = this.plan;
    for (const [k, neuron] of this.#neurons.entries()) {
      const [value, slope, biasSlope] = neuron(still.x, weights);
      values[first + k] = value;
      slopes[first + k] = slope;
      biasSlopes[first + k] = biasSlope;
    }
  }

  /** Lets states move for as long as a sample is read, where its currents reach their windows. */
  disturb(weights: Float64Array, cells: Cells, tally: Tally): void {
    const still = this.#still;
    if (this.#places.every((place) => still.rate(place) === 0)) return;
    this.#motion ??= checkMotion(still.system, "stands", this.card);
    const x = still.x.slice();
    for (const [index, place] of this.#places.entries()) x[place] = weights[index]! * this.#units[index]!;
    const stuck = this.#motion.run(x, this.card.timing.read);
    if (stuck !== undefined) throw stuckProblem(this.card, "a sample is read", `${stuck}.`);
    for (const [index, place] of this.#places.entries()) {
      const unit = this.#units[index]!;
      const before = weights[index]!;
      if (x[place] === before * unit) continue;
      weights[index] = cells.after(index, before, x[place]! / unit);
      countReading(Math.abs(weights[index]! - before), tally);
    }
  }
}

const free: Cost = { steps: 0, rejected: 0, iterations: 0, factorizations: 0 };

/** The circuit in which the weights of a chain are written. */
class WriteBench {
  readonly #motion: StateMotion;
  readonly #system: StillCircuit["system"];
  readonly #rest: Float64Array; // size n: before a pulse, but for the weights
  readonly #x: Float64Array; // size n
  readonly #weights: readonly { readonly index: number; readonly place: number; readonly unit: number }[];
  readonly #times: PulseTimes;
  #aim: readonly Turn[] = [];

  constructor(
    readonly write: WriteCircuit,
    readonly plan: EpochPlan,
    readonly card: TrainCard,
  ) {
    this.#system = new StillCircuit(write.circuit).system;
    this.#motion = checkMotion(this.#system, "runs", card);
    // What imperfect devices make of a pulse is made of what it would do to ideal ones, and then stopped by walls.
    for (const { index, instance } of write.weights) {
      if (movesPlainly(plan.network.weights[index]!) || !("wmin" in write.circuit.instances[instance]!.values))
        continue;
      this.#system.override(instance, "wmin", Number.NEGATIVE_INFINITY);
      this.#system.override(instance, "wmax", Number.POSITIVE_INFINITY);
    }
    this.#rest = this.#system.start();
    this.#x = this.#rest.slice();
    this.#weights = write.weights.map(({ index, state, unit }) => ({ index, place: this.#system.place(state), unit }));
    this.#times = { width: card.timing.write, rise: card.timing.rise };
  }

  get cost(): Cost {
    return this.#motion.cost;
  }

  begin(cells: Cells): void {
    setThresholds(this.#system, this.write.weights, this.plan, cells);
    this.#motion.forget();
  }

  pulse(index: number, s: number, weights: Float64Array, cells: Cells, tally: Tally): void {
    countPulse(s, tally);
    const x = this.#x;
    x.set(this.#rest);
    for (const { index: k, place, unit } of this.#weights) x[place] = weights[k]! * unit;
    this.#turnTo(index);
    const { ith } = this.plan.network.weights[index]!.law;
    this.#system.override(this.write.source, "dc", s > 0 ? s + ith : s - ith);
    for (const part of partsOf(this.#times)) this.#drive(part, index, s, tally);
    for (const { index: k, place, unit } of this.#weights) {
      if (x[place] === weights[k]! * unit) continue;
      const moved = cells.after(k, weights[k]!, x[place]! / unit);
      if (k !== index) tally.crossTalk = Math.max(tally.crossTalk, Math.abs(moved - weights[k]!));
      weights[k] = moved;
    }
  }

  /** Turns the drivers to a weight, where one pulse source serves several. */
  #turnTo(index: number): void {
    const aim = this.write.aims?.get(index) ?? [];
    if (aim === this.#aim) return;
    for (const { instance, setting, off } of this.#aim) this.#system.override(instance, setting, off);
    for (const { instance, setting, on } of aim) this.#system.override(instance, setting, on);
    this.#aim = aim;
  }

  /** Carries the states through a part of the pulse; its flat one misses a window that it does not meet. */
  #drive(part: number, index: number, s: number, tally: Tally): void {
    const { rise } = this.#times;
    if (rise > 0) this.#system.override(this.write.source, "part", part);
    const { place, unit } = this.#weights.find((it) => it.index === index)!;
    const before = this.#x[place]!;
    const stuck = this.#motion.run(this.#x, lasts(this.#times, part));
    if (stuck !== undefined)
      throw stuckProblem(this.card, "a pulse is integrated", `${stuck}.`, { beside: this.write.aims !== undefined });
    if (part !== pulsePart.flat || this.#x[place] !== before) return;
    if (couldMove(this.plan, index, before / unit, s)) tally.missed++;
  }
}

/** Whether a pulse of s moves a device whose window it meets: neither is it at its wall, nor is s lost beside ith. */
function couldMove({ network }: EpochPlan, index: number, w: number, s: number): boolean {
  const { min, max, ith } = network.weights[index]!.law;
  return (s > 0 ? w < max : w > min) && Math.abs(s) > 2 * Number.EPSILON * ith;
}
