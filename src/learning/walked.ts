import { classOf } from "./answers.js";
import { type Cells, restOf } from "./cells.js";
import { closedForm } from "./closed-form.js";
import { diverged, type Epoch, type EpochPlan, neuronsRead, type Tally } from "./epoch.js";
import type { Hardware } from "./hardware.js";
import { verified } from "./verified.js";

/**
 * An epoch that walks along the synapses: for networks of any size, and where code from text is forbidden. The delta
 * rule and backpropagation are one: the delta rule is backpropagation through a single layer.
 *
 *     Δ_o = T − O,   e_k = Δ_k + Σ_l δ_l·gain·w_l (to later neurons),   δ_k = e_k·∂φ/∂u
 *     s_w = η·δ·gain·v,   of an additive bias η·δ, of a gain bias η·e·∂φ/∂b
 *
 * with all w as they were read before the sample's update. The pulse of w is sgn(s)·(|s| + ith).
 */
export function walkedEpoch(plan: EpochPlan, engine: Hardware = closedForm(plan)): Epoch {
  const hardware = plan.verify === undefined ? engine : verified(engine, plan, plan.verify);
  const { network, first, data, answers, rate } = plan;
  const units = first + network.neurons.length;
  const [inputs, targets] = [data.inputs.length, data.targets.length];
  const heard = neuronsRead(plan);
  const values = new Float64Array(units);
  const [slopes, biasSlopes] = [new Float64Array(units), new Float64Array(units)];
  const errors = new Float64Array(units);
  const read = new Float64Array(network.weights.length);
  const gradient = new Float64Array(network.weights.length);
  const [wanted, given] = [new Float64Array(targets), new Float64Array(targets)];
  for (const [k, { value }] of network.constants.entries()) values[inputs + k] = value;

  /** Writes −∂E/∂w to `gradient`, where `errors` holds Δ of the outputs. */
  function backward(): void {
    gradient.fill(0);
    for (let k = network.neurons.length - 1; k >= 0; k--) {
      const e = errors[first + k]!;
      const delta = e * slopes[first + k]!;
      const { bias } = network.neurons[k]!;
      if (bias !== undefined) {
        gradient[bias.weight]! += bias.kind === "additive" ? delta : e * biasSlopes[first + k]!;
      }
      for (const { from, weight, gain } of plan.synapsesTo[k]!) {
        errors[from]! += delta * (gain * read[weight]!);
        gradient[weight]! += delta * (gain * values[from]!);
      }
    }
  }

  /** Compares the outputs with the targets of a row; false if that was too much. */
  function compare(row: number, tally: Tally): boolean {
    errors.fill(0);
    for (let k = 0; k < targets; k++) {
      wanted[k] = data.train[row + inputs + k]!;
      given[k] = values[network.outputs[k]!]!;
      const difference = wanted[k]! - given[k]!;
      tally.error += 0.5 * difference * difference;
      errors[network.outputs[k]!]! += difference;
    }
    if (classOf(answers, given) === classOf(answers, wanted)) tally.right++;
    return tally.error <= diverged;
  }

  return (weights, rows, cells, tally) => {
    tally.error = 0;
    tally.right = 0;
    hardware.begin(cells);
    for (const row of rows) {
      const place = row * (inputs + targets);
      for (let k = 0; k < inputs; k++) values[k] = data.train[place + k]!;
      for (const index of read.keys()) read[index] = cells.read(index, weights[index]!);
      hardware.forward(read, values, slopes, biasSlopes);
      if (!compare(place, tally)) return;
      for (const unit of heard) {
        const size = Math.abs(values[unit]!);
        if (size > tally.largestValue[unit]!) tally.largestValue[unit] = size;
      }
      hardware.disturb(weights, cells, tally);
      backward();
      for (const [index, { trained }] of network.weights.entries()) {
        const s = rate * gradient[index]!;
        if (trained && s !== 0) hardware.pulse(index, s, weights, cells, tally);
      }
      forget(plan, weights, cells);
    }
  };
}

/** Lets weights without retention fall back towards their rest, for as long as a sample takes. */
function forget({ network, kept }: EpochPlan, weights: Float64Array, cells: Cells): void {
  for (const [index, device] of network.weights.entries()) {
    if (kept[index] === 1 || cells.stuck[index] === 1) continue;
    const rest = restOf(device);
    weights[index] = rest + (weights[index]! - rest) * kept[index]!;
  }
}
