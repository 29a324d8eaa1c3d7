import { gated, gateMode } from "../devices/perceptrons/gate.js";
import type { Cells } from "./cells.js";
import type { EpochPlan, Tally } from "./epoch.js";
import { Forward } from "./forward.js";
import { countReading } from "./hardware.js";
import { ReadCurrents, type ReadLimits, readLimits, spanOfLines } from "./read-currents.js";
import { moveByReading } from "./read-motion.js";

/**
 * What reading does to weights, by the law of the devices: where a read current is in a window, its memristor moves for
 * as long as the sample is read. A synapse's current does not depend on its own weight, so that it moves by
 * rate·(|I| − ith)·t; the current of a perceptron of one memristor, that of a pair, and those behind neurons whose
 * weights move, follow what moves and are integrated.
 *
 * Whether a window is met is asked of the weights as they were read; currents while they move are those of the weights
 * themselves, without scatter or noise of readings.
 */
export class ReadDisturb {
  readonly #forward: Forward;
  readonly #currents: ReadCurrents;
  readonly #isSteady: readonly boolean[]; // whether nothing that is read follows the weight
  readonly #i: Float64Array; // size weights, A
  readonly #w: Float64Array; // size weights
  readonly #values: Float64Array; // size units
  readonly #unused: Float64Array; // size units
  readonly #limits = new WeakMap<Cells, ReadLimits>();

  constructor(
    readonly plan: EpochPlan,
    forward = new Forward(plan),
  ) {
    const { network, first, sources } = plan;
    const units = first + network.neurons.length;
    this.#forward = forward;
    this.#currents = new ReadCurrents(plan, forward);
    this.#i = new Float64Array(network.weights.length);
    this.#w = new Float64Array(network.weights.length);
    this.#values = new Float64Array(units);
    this.#unused = new Float64Array(units);
    const steady = new Set(
      network.synapses.flatMap(({ to, weight }) => (sources.includes(first + to) ? [] : [weight])),
    );
    this.#isSteady = network.weights.map((it, k) => steady.has(k) && !it.shared && it.conductance === undefined);
  }

  /** Takes the devices of a realisation; gives from where on their thresholds may be reached. */
  begin(cells: Cells): ReadLimits {
    const limits = this.#limits.get(cells) ?? readLimits(this.plan, cells);
    this.#limits.set(cells, limits);
    return limits;
  }

  /** Moves weights by a reading that has given `values`, by `forward`, of the weights as they are in `read`. */
  move(read: Float64Array, values: Float64Array, weights: Float64Array, cells: Cells, tally: Tally): void {
    if (!this.#mayReach(read, values, this.begin(cells))) return;
    this.#currents.load(read, values, this.#i);
    if (!this.#active(cells).some(Boolean)) return;
    this.#w.set(weights);
    this.#follow(values, cells);
    for (let k = 0; k < weights.length; k++) {
      if (this.#w[k] === weights[k]) continue;
      const before = weights[k]!;
      weights[k] = cells.after(k, before, this.#w[k]!);
      countReading(Math.abs(weights[k]! - before), tally);
    }
  }

  #mayReach(read: Float64Array, values: Float64Array, { units, neurons, lines }: ReadLimits): boolean {
    for (const unit of this.plan.sources) if (Math.abs(values[unit]!) >= units[unit]!) return true;
    for (const { neuron } of this.#currents.perceptrons) {
      let sum = 0;
      for (const { gain, weight, from } of this.plan.synapsesTo[neuron]!) sum += gain * read[weight]! * values[from]!;
      if (Math.abs(sum) >= neurons[neuron]!) return true;
    }
    return lines < Number.POSITIVE_INFINITY && spanOfLines(this.plan.network, values) >= lines;
  }

  /** For each weight whether the current that was loaded is in its window. */
  #active({ ith, stuck }: Cells): readonly boolean[] {
    return this.plan.network.weights.map(
      ({ law: { a, rate } }, k) =>
        stuck[k] === 0 && rate > 0 && gated(this.#i[k]!, ith[k]!, gateMode(this.#i[k]!, ith[k]!, a)) !== 0,
    );
  }

  /** Takes `w` to where a reading of ideal devices leaves them. */
  #follow(given: Float64Array, cells: Cells): void {
    const { network, readTime } = this.plan;
    const [w, values, unused] = [this.#w, this.#values, this.#unused];
    values.set(given);
    const currents = (at: Float64Array, into: Float64Array): void => {
      this.#forward.answer(at, values, unused, unused);
      this.#currents.load(at, values, into);
    };
    currents(w, this.#i);
    const active = this.#active(cells);
    const laws = network.weights.map(({ law }) => law);
    if (active.some((isActive, k) => isActive && !this.#isSteady[k])) {
      moveByReading({ laws, ith: cells.ith, stuck: cells.stuck, currents }, w, readTime);
      return;
    }
    for (const [k, { a, rate, min, max }] of laws.entries()) {
      if (!active[k]) continue;
      const ith = cells.ith[k]!;
      const change = rate * gated(this.#i[k]!, ith, gateMode(this.#i[k]!, ith, a)) * readTime;
      w[k] = Math.min(max, Math.max(min, w[k]! + change));
    }
  }
}
