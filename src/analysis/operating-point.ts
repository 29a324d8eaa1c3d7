import type { CompiledSystem } from "../equations/compiled-system.js";
import { type Equation, type Found, type Held, newton, newtonWorkspace, type Workspace } from "../numerics/newton.js";
import type { Diagnostic } from "../text/diagnostic.js";
import type { Span } from "../text/source.js";
import { explainNoValue, explainOperatingPoint, explainSingular, explainTurning } from "./explain.js";
import { heldTies, type StaticSystem, type Tie, tied } from "./static-system.js";

export type PointFound =
  | { readonly outcome: "found"; readonly x: Float64Array }
  | { readonly outcome: "failed"; readonly problem: Diagnostic };

export interface PointCost {
  iterations: number;
  factorizations: number;
}

/** So often may a switch that turns make others turn. */
const mostRounds = 50;

/** What is held beside the states of devices: an unknown's place in x and its value. */
export type Hold = readonly [place: number, value: number];

/**
 * The operating point: f(x) = 0, with the states of devices held at their initial values.
 *
 * A memristor at rest keeps any state (its rate vanishes at v = 0), so its row says nothing when nothing moves; what
 * is asked for is what the circuit does *at* these states. Newton's method is tried from `guess`, then with
 * conductances to ground that are taken away step by step (gmin stepping), then with the sources turned up step by
 * step (Newton homotopy f(x) = (1 − λ) f(0), which for independent sources is source stepping). Switches start as they
 * stand (`settleModes` puts them), and turn where the solution says so.
 */
export const operatingPoint = (
  system: CompiledSystem,
  span: Span,
  cost: PointCost,
  guess?: Float64Array,
  holds: readonly Hold[] = [],
  t = -Infinity,
  ties: readonly Tie[] = [],
): PointFound => new OperatingPoints(system, span, cost, holds, t, ties).find(guess);

/** Operating points of a circuit whose sources are set anew from one to the next: what was factored serves while it can. */
export class OperatingPoints {
  readonly #static: StaticSystem;
  readonly #space: Workspace;
  #held: Held | undefined;

  constructor(
    readonly system: CompiledSystem,
    readonly span: Span,
    readonly cost: PointCost,
    readonly holds: readonly Hold[] = [],
    readonly t = -Infinity,
    ties: readonly Tie[] = [],
  ) {
    this.#static = tied(system, [...heldTies(system), ...ties]);
    this.#space = newtonWorkspace(this.#static, system.unknowns.keys());
  }

  find(guess?: Float64Array): PointFound {
    const { system, t, span, cost } = this;
    const start = guess?.slice() ?? startOf(system);
    const search = new Search(system, this.#space, t, holdStates(system, start, this.holds), start);
    const before = this.#space.matrix.factorizations;
    let found = search.run();
    let turning = found.outcome === "found" && turns(system, t, search.x);
    for (let round = 0; round < mostRounds && turning; round++) {
      found = search.again();
      turning = found.outcome === "found" && turns(system, t, search.x);
    }
    cost.iterations += search.iterations;
    cost.factorizations += this.#space.matrix.factorizations - before;
    if (turning) return { outcome: "failed", problem: explainTurning(span) };
    if (found.outcome === "found") return { outcome: "found", x: search.x };
    // Where the sources alone make a law have no value, that is what there is to say.
    system.layDown(t, start);
    const problem =
      explainNoValue(system, t, start, span) ??
      (found.outcome === "singular"
        ? explainSingular(found.column, system, "in its operating point", span)
        : explainOperatingPoint(found.worst, found.change, system, span));
    return { outcome: "failed", problem };
  }

  /**
   * What a source's value u makes of the point x that was found last: ∂x/∂u = −(∂f/∂x)⁻¹ ∂f/∂u, states and what
   * else is held standing still.
   */
  response(x: Float64Array, instance: number, setting: string): Float64Array {
    this.#held ??= holdStates(this.system, x, this.holds);
    const { mask } = this.#held;
    const { into } = this.#static;
    const flows = new Float64Array(x.length);
    const response = new Float64Array(x.length);
    this.system.addFlowsBy(instance, setting, this.t, x, flows);
    for (let k = 0; k < flows.length; k++) {
      const row = into === undefined ? k : into[k]!;
      if (row >= 0 && mask[row] === 0) response[row]! -= flows[k]!;
    }
    this.#space.matrix.solve(response);
    return response;
  }
}

function startOf(system: CompiledSystem): Float64Array {
  const x = system.start();
  for (const { node, value } of system.circuit.guesses) x[system.place({ kind: "node", node })] = value;
  return x;
}

function holdStates(system: CompiledSystem, x: Float64Array, holds: readonly Hold[]): Held {
  const held: Held = { mask: new Uint8Array(x.length), x: x.slice() };
  system.unknowns.forEach(({ role }, k) => {
    if (role === "state") held.mask[k] = 1;
  });
  for (const [place, value] of holds) {
    held.mask[place] = 1;
    held.x[place] = value;
  }
  return held;
}

/** Lets every switch go over that cannot stay as it is at x; true if one does. */
export function turns(system: CompiledSystem, t: number, x: Float64Array): boolean {
  const guards = new Float64Array(system.guards);
  system.guard(t, x, guards);
  if (guards.every((guard) => !(guard < 0))) return false;
  const fallen = [...guards.keys()].filter((k) => guards[k]! < 0);
  const kept = x.slice(); // a static analysis moves no state to its wall
  for (const k of fallen) system.cross(k, t, kept);
  return true;
}

/** The ways to look for a point, one after the other. */
class Search {
  readonly #nodes: Int32Array;
  x: Float64Array;
  iterations = 0;

  constructor(
    readonly system: CompiledSystem,
    readonly space: Workspace,
    readonly t: number,
    readonly held: Held,
    readonly start: Float64Array,
  ) {
    this.x = start.slice();
    this.#nodes = Int32Array.from(system.unknowns.flatMap(({ role }, k) => (role === "node" ? [k] : [])));
  }

  run(): Found {
    let direct = this.#newton({});
    if (direct.outcome === "diverged" && direct.iterations === 0) {
      // A law has no value at the guess, as a logarithm at 0: with the voltages that sources lay down it may have one.
      this.system.layDown(this.t, this.start);
      this.x = this.start.slice();
      direct = this.#newton({});
    }
    // A matrix that is singular at a first guess (a transistor that is off) may be regular elsewhere.
    if (direct.outcome === "found") return direct;
    const stepped = this.#gmin();
    if (stepped.outcome === "found") return stepped;
    const sources = this.#sources();
    if (sources.outcome === "found") return sources;
    return direct.outcome === "singular" ? direct : sources;
  }

  again(): Found {
    const found = this.#newton({});
    return found.outcome === "found" ? found : this.run();
  }

  #newton(more: Omit<Equation, "t">, x = this.x): Found {
    const { itl1 } = this.system.circuit.options;
    const found = newton(this.space, { t: this.t, held: this.held, ...more }, x, {
      relative: 1e-9,
      maxIterations: itl1,
    });
    this.iterations += found.iterations;
    return found;
  }

  /** From 10 mS to nothing, by decades; where a decade is too far, by less. */
  #gmin(): Found {
    this.x = this.start.slice();
    let found: Found = this.#shunted(1e-2);
    let factor = 10;
    for (let g = 1e-2; found.outcome === "found" && g > 1e-13; ) {
      const before = this.x.slice();
      found = this.#shunted(g / factor);
      if (found.outcome === "found") g /= factor;
      else if (factor > 1.01) {
        this.x = before;
        factor = Math.sqrt(factor);
        found = { outcome: "found", iterations: 0 };
      }
    }
    return found.outcome === "found" ? this.#newton({}) : found;
  }

  #shunted(conductance: number): Found {
    return this.#newton({ shunt: { rows: this.#nodes, conductance } });
  }

  /** From nothing to the full sources, by tenths; where a tenth is too far, by less. */
  #sources(): Found {
    this.x = this.start.map((value, k) => (this.held.mask[k] === 1 ? value : 0));
    const { at } = this.space;
    this.space.system.load(this.t, this.x, at);
    const f0 = at.f.slice();
    let found: Found = { outcome: "found", iterations: 0 };
    let width = 0.1;
    for (let level = 0; level < 1; ) {
      const next = Math.min(1, level + width);
      const before = this.x.slice();
      found = this.#newton({ beta: f0.map((value) => -(1 - next) * value) });
      if (found.outcome === "found") level = next;
      else {
        this.x = before;
        width /= 4;
        if (width < 1e-6) return found;
      }
    }
    return found;
  }
}
