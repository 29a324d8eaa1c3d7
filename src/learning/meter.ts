import { heatTime, pulseTime } from "../devices/perceptrons/pulse-shape.js";
import { closedForm } from "./closed-form.js";
import { newTally, planOf, sampleTime } from "./epoch.js";
import { Grids } from "./grid.js";
import type { Hardware } from "./hardware.js";
import type { Network, Weight } from "./network.js";
import { cellsOf, samplesOf } from "./start.js";
import type { Task, WriteStatistics } from "./task.js";
import { walkedEpoch } from "./walked.js";

/** What a network takes of energy and time, in the mean over the samples that it was trained with. */
export interface Cost {
  /** J of a reading: what memristors and lines turn into heat. */
  readonly read: number;
  /** J of a reading in the lines alone. */
  readonly lines: number;
  /** J of a pulse, in all memristors that it passes; NaN without pulses. */
  readonly write: number;
  /** s: of a reading, of a pulse, and of a sample with all its pulses. */
  readonly inference: number;
  readonly pulse: number;
  readonly sample: number;
  /** Pulses of a write: 1 unless writes are verified. */
  readonly tries: number;
}

/**
 * Meters one more epoch with weights as they are kept. A memristance γ takes |γ|·I²·t; of a negative γ, an idealisation,
 * that is what a source of its size would have to give. A conductance g takes I²·t/g of a pulse, and g·v²·t of a reading.
 */
export function costOf(task: Task, weights: Float64Array, run: number, writes: WriteStatistics): Cost {
  const plan = planOf({ ...task, verify: undefined });
  const { network, timing } = task;
  const meter = new Meter(network);
  const cells = cellsOf(task, run);
  const rows = samplesOf(task, run);
  const tally = newTally(plan);
  const hardware = closedForm(plan);
  const metered: Hardware = {
    ...hardware,
    forward(read, values, slopes, biasSlopes) {
      hardware.forward(read, values, slopes, biasSlopes);
      meter.read(read, values);
    },
    pulse(index, s, now, ofRun, into) {
      const before = now.slice();
      hardware.pulse(index, s, now, ofRun, into);
      meter.pulse(plan.chainOf[index]!, Math.abs(s) + network.weights[index]!.law.ith, before, now);
    },
  };
  walkedEpoch(plan, metered)(weights.slice(), rows, cells, tally);
  // Of several states in one memristor there is no resistance to speak of.
  const known = network.weights.some(({ shared }) => shared) ? Number.NaN : 1;
  const tries = writes.writes === 0 ? 1 : writes.pulses / writes.writes;
  const { read, write, gap, rise } = timing;
  const times = { width: write, rise };
  // A verified write reads behind each of its pulses.
  const stretched =
    writes.writes === 0 ? timing : { ...timing, write: tries * (pulseTime(times) + gap + read) - gap, rise: 0 };
  return {
    read: (known * (meter.devices + meter.lines) * read) / rows.length,
    lines: (known * meter.lines * read) / rows.length,
    write: (known * meter.pulses * heatTime(times)) / tally.pulses,
    inference: read,
    pulse: pulseTime(times),
    sample: sampleTime(network, stretched),
    tries,
  };
}

/** Sums powers, W. */
class Meter {
  devices = 0;
  lines = 0;
  pulses = 0;
  readonly #grids: Grids | undefined;

  constructor(readonly network: Network) {
    this.#grids = network.grids && new Grids(network.grids, network.neurons.length);
  }

  /** A reading; through no bias flows a current that reads it. */
  read(weights: Float64Array, values: Float64Array): void {
    for (const { from, weight, drive = 1, lined } of this.network.synapses) {
      if (lined === true) continue;
      const { conductance, law } = this.network.weights[weight]!;
      const size = Math.abs(drive * values[from]!);
      // Of a pair `drive` is the current at the greatest conductance.
      const volts = conductance === undefined ? 0 : size / (law.max * conductance);
      this.devices +=
        conductance === undefined
          ? Math.abs(weights[weight]!) * size ** 2
          : conductance * weights[weight]! * volts ** 2;
    }
    if (this.#grids === undefined) return;
    for (const k of this.network.neurons.keys()) this.#grids.at(k, weights, values);
    const { devices, lines } = this.#grids.power();
    this.devices += devices;
    this.lines += lines;
  }

  /** A pulse of a current through the memristors of a chain, which go from `before` to `after`. */
  pulse(chain: readonly number[], current: number, before: Float64Array, after: Float64Array): void {
    for (const k of chain)
      this.pulses += meanResistance(this.network.weights[k]!, before[k]!, after[k]!) * current ** 2;
  }
}

/** The mean of |γ|, or of 1/g, while a weight goes evenly from one value to another. */
function meanResistance({ conductance }: Weight, from: number, to: number): number {
  const way = to - from;
  if (conductance !== undefined)
    return Math.abs(way) < 1e-6 * from ? 2 / (conductance * (from + to)) : Math.log(to / from) / (conductance * way);
  if (from * to >= 0) return Math.abs(from + to) / 2;
  return (from * from + to * to) / (2 * Math.abs(way));
}
