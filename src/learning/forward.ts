import type { EpochPlan } from "./epoch.js";
import { Grids } from "./grid.js";
import type { Hardware } from "./hardware.js";

/** Answers samples by the closed form of the devices; where lines resist, it solves their grids. */
export class Forward {
  readonly #grids: Grids | undefined;

  constructor(readonly plan: EpochPlan) {
    const { grids, neurons } = plan.network;
    this.#grids = grids && new Grids(grids, neurons.length);
  }

  readonly answer: Hardware["forward"] = (read, values, slopes, biasSlopes) => {
    const { network, first, synapsesTo } = this.plan;
    for (const [k, { activation, bias }] of network.neurons.entries()) {
      let u = this.#grids?.at(k, read, values) ?? 0;
      for (const { from, weight, gain, lined } of synapsesTo[k]!)
        if (lined !== true) u += gain * read[weight]! * values[from]!;
      if (bias?.kind === "additive") u += read[bias.weight]!;
      activation.load(u, bias?.kind === "gain" ? read[bias.weight]! : 0, out);
      values[first + k] = out[0]!;
      slopes[first + k] = out[1]!;
      biasSlopes[first + k] = out[2]!;
    }
  };

  /** Writes the currents through memristors between lines, A, of the last answer. */
  linedCurrents(into: Float64Array): void {
    this.#grids?.currents(into);
  }
}

const out = new Float64Array(3);
