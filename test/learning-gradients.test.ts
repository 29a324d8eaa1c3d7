import { describe, expect, test } from "vitest";
import type { Activation } from "../src/devices/perceptrons/activation.js";
import { hp, hpDifferential, linear, sigmoid, tanh } from "../src/devices/perceptrons/activations.js";
import { Cells } from "../src/learning/cells.js";
import { newTally, planOf } from "../src/learning/epoch.js";
import { answering } from "../src/learning/evaluation.js";
import type { Network } from "../src/learning/network.js";
import { walkedEpoch } from "../src/learning/walked.js";
import { writtenEpoch } from "../src/learning/written.js";
import { Random } from "../src/numerics/random.js";
import { layered, quadratic, task } from "./learning-networks.js";

// With η = 1 and windows without end, a sample changes each weight by −∂E/∂w: that is compared with E itself.

const activations: readonly Activation[] = [sigmoid, tanh, linear, quadratic(0.25), hp(40, 0.01), hpDifferential(40)];
const engines = { written: writtenEpoch, walked: walkedEpoch };

/** Full layers of random depth and width, with synapses that leap over layers, and biases of both kinds. */
function anyLayers(random: Random, gains: boolean): Network {
  const widths = Array.from({ length: 3 + random.below(3) }, () => 1 + random.below(3));
  const network = layered(widths, sigmoid, "additive");
  const first = widths[0]!;
  const neurons = network.neurons.map((neuron, k) => {
    const activation = activations[random.below(activations.length)]!;
    const kind = gains && activation.name.startsWith("hp") ? ("gain" as const) : ("additive" as const);
    return { ...neuron, name: `n${k}`, activation, bias: neuron.bias && { ...neuron.bias, kind } };
  });
  const leap = { name: "leap", from: 0, to: neurons.length - 1, weight: network.weights.length, gain: 0.7 };
  return {
    ...network,
    neurons,
    synapses: [...network.synapses.map((synapse) => ({ ...synapse, gain: 0.5 + random.uniform() })), leap],
    weights: [...network.weights, { ...network.weights[0]!, name: "leap" }],
    // An output inside the network, beside those at its end.
    outputs: [first, ...network.outputs.filter((unit) => unit !== first)],
  };
}

describe.each(Object.entries(engines))("the gradient of backpropagation, %s", (_, engine) => {
  const random = new Random("gradients");
  const cases = Array.from({ length: 20 }, (_, k) => {
    const network = anyLayers(random, k % 2 === 0);
    const targets = network.outputs.map((_, t) => `t${t}`);
    const row = Float64Array.from([...network.inputs, ...targets], () => 2 * random.uniform() - 1);
    const data = { name: "d", inputs: network.inputs, targets, train: row, test: row, drawn: undefined, shared: false };
    const weights = Float64Array.from(network.weights, () => 2 * random.uniform() - 1);
    const direction = Float64Array.from(weights, () => 2 * random.uniform() - 1);
    const error = (at: Float64Array) =>
      answering(
        network,
        at,
      )(row).reduce((sum, given, t) => sum + 0.5 * (row[network.inputs.length + t]! - given) ** 2, 0);
    const plan = planOf(task(network, data, { rate: 1 }));
    const after = weights.slice();
    engine(plan)(after, Int32Array.of(0), new Cells(network, []), newTally(plan));
    const gradient = weights.map((w, k) => w - after[k]!);
    const moved = (by: number) => weights.map((w, k) => w + by * direction[k]!);
    const slope = gradient.reduce((sum, g, k) => sum + g * direction[k]!, 0);
    return { weights, gradient, error, moved, slope };
  });

  test("is that of central differences to 1e-8", () => {
    for (const { weights, gradient, error } of cases) {
      const h = 1e-4;
      const at = (k: number, by: number) => error(weights.map((w, j) => (j === k ? w + by : w)));
      for (const [k, g] of gradient.entries()) {
        // Fourth order, so that rounding and not the difference is what remains.
        const difference = (8 * (at(k, h) - at(k, -h)) - (at(k, 2 * h) - at(k, -2 * h))) / (12 * h);
        expect(Math.abs(g - difference)).toBeLessThan(1e-8 * Math.max(1, error(weights)));
      }
    }
  });

  test("leaves a remainder of second order", () => {
    for (const { error, moved, slope } of cases) {
      const rest = (by: number) => Math.abs(error(moved(by)) - error(moved(0)) - by * slope);
      const order = Math.log2(rest(8e-5) / rest(4e-5));
      expect(Math.abs(order - 2)).toBeLessThan(0.05);
    }
  });
});
