import { type Cells, movesPlainly, switchesPlainly } from "./cells.js";
import type { EpochPlan, Tally } from "./epoch.js";
import { Grids } from "./grid.js";
import { countPulse, type Hardware } from "./hardware.js";

/** Reads and writes by the closed form of the threshold-gated law; where lines resist, it solves their grids to read. */
export function closedForm(plan: EpochPlan): Hardware {
  const { network, first } = plan;
  const out = new Float64Array(3);
  const grids = network.grids && new Grids(network.grids, network.neurons.length);
  return {
    begin: () => undefined,
    forward(read, values, slopes, biasSlopes) {
      for (const [k, { activation, bias }] of network.neurons.entries()) {
        let u = grids?.at(k, read, values) ?? 0;
        for (const { from, weight, gain, lined } of plan.synapsesTo[k]!)
          if (lined !== true) u += gain * read[weight]! * values[from]!;
        if (bias?.kind === "additive") u += read[bias.weight]!;
        activation.load(u, bias?.kind === "gain" ? read[bias.weight]! : 0, out);
        values[first + k] = out[0]!;
        slopes[first + k] = out[1]!;
        biasSlopes[first + k] = out[2]!;
      }
    },
    disturb: () => undefined,
    pulse: (index, s, weights, cells, tally) => pulse(plan, index, s, weights, cells, tally),
  };
}

/** A pulse for one weight goes through all of its chain; each device moves if the current is in its own window. */
function pulse(plan: EpochPlan, index: number, s: number, weights: Float64Array, cells: Cells, tally: Tally): void {
  const { weights: devices } = plan.network;
  const size = Math.abs(s);
  countPulse(s, tally);
  for (const other of plan.chainOf[index]!) {
    const device = devices[other]!;
    const own = other === index;
    const excess = own && switchesPlainly(device) ? size : size + (devices[index]!.law.ith - cells.ith[other]!);
    if (excess >= 0 && excess < device.law.a) {
      const before = weights[other]!;
      weights[other] = after(plan, other, before, s > 0 ? excess : -excess, cells);
      if (!own) tally.crossTalk = Math.max(tally.crossTalk, Math.abs(weights[other]! - before));
    } else if (own) tally.missed++;
  }
}

function after({ network, reach }: EpochPlan, index: number, w: number, excess: number, cells: Cells): number {
  const device = network.weights[index]!;
  const change = excess * reach[index]!;
  if (!movesPlainly(device)) return cells.moved(index, w, change);
  return Math.min(device.law.max, Math.max(device.law.min, w + change));
}
