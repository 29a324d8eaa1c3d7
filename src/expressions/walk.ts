import type { Program } from "./formula.js";
import type { Call, Graph } from "./graph.js";
import { type Schedule, schedule } from "./schedule.js";
import type { Switching } from "./switching.js";

/**
 * Runs a graph without generated code, node by node: where a browser's policy forbids code from text, and for formulas
 * too large to be written out. Slopes by reverse accumulation: one sweep back, however many inputs there are. Slower
 * than generated code by a factor of 20 to 50.
 */
export function walk(
  graph: Graph,
  output: number,
  inputs: number,
  { guards, breakpoints, smooth }: Switching,
): Program {
  const law = new Walk(graph, schedule(graph, [output]));
  const switches = new Walk(graph, schedule(graph, guards));
  return {
    inputs,
    smooth,
    breakpoints,
    value(t, u) {
      law.run(t, u);
      return law.values[output]!;
    },
    load(t, u, out) {
      law.run(t, u);
      out[0] = law.values[output]!;
      law.slopes(output, out.subarray(1, 1 + inputs));
    },
    guards: guards.length,
    guard(t, u, out) {
      switches.run(t, u);
      for (let k = 0; k < guards.length; k++) {
        const value = switches.values[guards[k]!]!;
        out[k] = Number.isNaN(value) ? 1 : value;
      }
    },
  };
}

class Walk {
  readonly values: Float64Array; // size nodes
  readonly #adjoints: Float64Array; // size nodes
  /** The calls in the order in which they were computed last. */
  readonly #done: number[] = [];
  /** taken[k]: the branch that the `if` at k took last; −1 for none. */
  readonly #taken: Int32Array; // size nodes

  constructor(
    readonly graph: Graph,
    readonly plan: Schedule,
  ) {
    this.values = new Float64Array(graph.nodes.length);
    this.#adjoints = new Float64Array(graph.nodes.length);
    this.#taken = new Int32Array(graph.nodes.length);
  }

  run(t: number, u: Float64Array): void {
    this.#done.length = 0;
    this.#runRegion(0, t === -Infinity ? 0 : t, u);
  }

  #runRegion(region: number, t: number, u: Float64Array): void {
    for (const place of this.plan.nodes[region]!) {
      const node = this.graph.nodes[place]!;
      if (node.kind === "number") this.values[place] = node.value;
      else if (node.kind === "time") this.values[place] = t;
      else if (node.kind === "input") this.values[place] = u[node.index]!;
      else {
        this.values[place] = node.function.name === "if" ? this.#branch(place, node, t, u) : this.#valueOf(node);
        this.#done.push(place);
      }
    }
  }

  #branch(place: number, { operands }: Call, t: number, u: Float64Array): number {
    const condition = this.values[operands[0]!]!;
    this.#taken[place] = -1;
    if (Number.isNaN(condition)) return NaN;
    const side = condition === 0 ? 1 : 0;
    this.#runRegion(this.plan.branches.get(place)![side], t, u);
    this.#taken[place] = operands[1 + side]!;
    return this.values[this.#taken[place]!]!;
  }

  #valueOf({ function: of, operands, interpolant }: Call): number {
    if (interpolant !== undefined) return interpolant.value(this.values[operands[0]!]!);
    return of.value(...this.#operands(operands));
  }

  #operands(operands: readonly number[]): number[] {
    return operands.map((operand) => this.values[operand]!);
  }

  /** Writes ∂output/∂u[k] to slopes[k], after a run. */
  slopes(output: number, slopes: Float64Array): void {
    const adjoints = this.#adjoints.fill(0);
    adjoints[output] = 1;
    for (let k = this.#done.length - 1; k >= 0; k--) this.#passOn(this.#done[k]!);
    slopes.fill(0);
    for (const places of this.plan.nodes) {
      for (const place of places) {
        const node = this.graph.nodes[place]!;
        if (node.kind === "input") slopes[node.index] = adjoints[place]!;
      }
    }
  }

  #passOn(place: number): void {
    const { function: of, operands, interpolant } = this.graph.nodes[place] as Call;
    const adjoint = this.#adjoints[place]!;
    if (adjoint === 0) return; // 0·∞ from an argument that does not matter would be no number
    if (of.name === "if") {
      if (this.#taken[place]! >= 0) this.#adjoints[this.#taken[place]!]! += adjoint;
    } else if (interpolant !== undefined) {
      this.#adjoints[operands[0]!]! += adjoint * interpolant.slope(this.values[operands[0]!]!);
    } else if (of.name === "+") {
      for (const operand of operands) this.#adjoints[operand]! += adjoint;
    } else {
      const x = this.#operands(operands);
      for (const [k, slope] of of.slopes.entries()) {
        if (k < operands.length) this.#adjoints[operands[k]!]! += adjoint * slope(this.values[place]!, ...x);
      }
    }
  }
}
