import type { Circuit } from "../circuit/circuit.js";
import { compile } from "../equations/compile.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import { type Held, newton, newtonWorkspace, type Workspace } from "../numerics/newton.js";
import type { Diagnostic } from "../text/diagnostic.js";
import type { Span } from "../text/source.js";
import { operatingPoint, type PointCost, turns } from "./operating-point.js";
import { heldTies, tied } from "./static-system.js";

/** The last correction is made by slopes of a point that is nearer than this: what remains is its square, or rounding. */
const relative = 1e-7;
/** So often may a switch that turns make others turn before the usual search is asked. */
const mostRounds = 10;

/**
 * A circuit whose operating point is asked for again and again, with other sources (`system.override`) and other states
 * of its devices (`hold`): each is looked for from the last one on.
 */
export class StillCircuit {
  readonly system: CompiledSystem;
  readonly cost: PointCost = { iterations: 0, factorizations: 0 };
  readonly #held: Held;
  #space: Workspace;
  /** size n: the solution. */
  x: Float64Array;

  constructor(circuit: Circuit) {
    this.system = compile(circuit);
    this.x = this.system.start();
    this.#held = {
      mask: Uint8Array.from(this.system.unknowns, ({ role }) => (role === "state" ? 1 : 0)),
      x: this.x.slice(),
    };
    this.#space = this.#newSpace();
    this.system.settleModes(Number.NEGATIVE_INFINITY, this.x);
  }

  /** Puts a state, by its place in x, to a value. */
  hold(place: number, value: number): void {
    this.#held.x[place] = value;
  }

  /** How fast the state at a place would move at the solution, in its unit per second. */
  rate(place: number): number {
    return -this.#space.at.f[place]!;
  }

  /** Forgets earlier solutions: what follows does not depend on what was before. */
  forget(): void {
    this.#space = this.#newSpace();
    for (const [place, held] of this.#held.mask.entries()) this.x[place] = held === 1 ? this.#held.x[place]! : 0;
    this.system.settleModes(Number.NEGATIVE_INFINITY, this.x);
  }

  /** Solves for x; says what is wrong if that fails. */
  solve(span: Span): Diagnostic | undefined {
    const t = Number.NEGATIVE_INFINITY;
    const { itl1 } = this.system.circuit.options;
    for (let round = 0; round < mostRounds; round++) {
      const found = newton(this.#space, { t, held: this.#held }, this.x, { relative, maxIterations: itl1 });
      this.cost.iterations += found.iterations;
      this.cost.factorizations += found.iterations;
      if (found.outcome !== "found") break;
      if (!turns(this.system, t, this.x)) return undefined;
    }
    const found = operatingPoint(this.system, span, this.cost, this.#held.x);
    if (found.outcome === "failed") return found.problem;
    this.x = found.x;
    return undefined;
  }

  #newSpace(): Workspace {
    return newtonWorkspace(tied(this.system, heldTies(this.system)), this.system.unknowns.keys());
  }
}
