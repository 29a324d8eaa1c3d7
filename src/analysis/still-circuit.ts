import type { Circuit } from "../circuit/circuit.js";
import { Algebraic } from "../equations/algebraic.js";
import { compile } from "../equations/compile.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import { type Held, newton, newtonWorkspace, type Workspace } from "../numerics/newton.js";
import { type Linearization, linearization } from "../numerics/system.js";
import type { Diagnostic } from "../text/diagnostic.js";
import type { Span } from "../text/source.js";
import { operatingPoint, type PointCost, turns } from "./operating-point.js";
import { heldTies, type Tie, tied } from "./static-system.js";

/** The last correction is made by slopes of a point that is nearer than this: what remains is its square, or rounding. */
const relative = 1e-7;
/** So often may a switch that turns make others turn before the usual search is asked. */
const mostRounds = 10;
/** The time of a static analysis. */
const t = Number.NEGATIVE_INFINITY;

/**
 * A circuit whose operating point is asked for again and again, with other sources (`system.override`) and other states
 * of its devices (`hold`): each is looked for from the last one on, by plain corrections; where these lead nowhere, by
 * shortened ones, and at last as any operating point is.
 */
export class StillCircuit {
  readonly system: CompiledSystem;
  readonly #cost: PointCost = { iterations: 0, factorizations: 0 };
  readonly #held: Held;
  readonly #at: Linearization;
  /** Of all unknowns but the states; undefined where a tie says more of one of them. */
  readonly #plain: Algebraic | undefined;
  readonly #ties: readonly Tie[];
  #space: Workspace | undefined;
  /** size n: the solution. */
  readonly x: Float64Array;

  constructor(circuit: Circuit) {
    const system = compile(circuit);
    this.system = system;
    this.x = system.start();
    const mask = Uint8Array.from(system.unknowns, ({ role }) => (role === "state" ? 1 : 0));
    this.#held = { mask, x: this.x.slice() };
    this.#at = linearization(system);
    this.#ties = heldTies(system);
    const sought = Int32Array.from(mask.keys()).filter((place) => mask[place] === 0);
    if (this.#ties.length === 0) this.#plain = new Algebraic(system, sought, this.x, this.#at);
    system.settleModes(t, this.x);
  }

  /** What all searches have cost so far. */
  get cost(): PointCost {
    const { iterations, factorizations } = this.#plain?.cost ?? { iterations: 0, factorizations: 0 };
    return {
      iterations: this.#cost.iterations + iterations,
      factorizations: this.#cost.factorizations + factorizations,
    };
  }

  /** Puts a state, by its place in x, to a value. */
  hold(place: number, value: number): void {
    this.#held.x[place] = value;
  }

  /** How fast the state at a place would move at the solution, in its unit per second. */
  rate(place: number): number {
    return -this.#at.f[place]!;
  }

  /** Forgets earlier solutions: what follows does not depend on what was before. */
  forget(): void {
    this.#plain?.forget();
    this.#space = undefined;
    for (const [place, held] of this.#held.mask.entries()) this.x[place] = held === 1 ? this.#held.x[place]! : 0;
    this.system.settleModes(t, this.x);
  }

  /** Solves for x; says what is wrong if that fails. */
  solve(span: Span): Diagnostic | undefined {
    for (let round = 0; round < mostRounds; round++) {
      if (!this.#findPlainly() && !this.#findCarefully()) break;
      if (!turns(this.system, t, this.x)) return undefined;
    }
    const found = operatingPoint(this.system, span, this.#cost, this.#held.x);
    if (found.outcome === "failed") return found.problem;
    this.x.set(found.x);
    this.system.load(t, this.x, this.#at);
    return undefined;
  }

  #findPlainly(): boolean {
    if (this.#plain === undefined) return false;
    const { mask, x } = this.#held;
    for (let place = 0; place < x.length; place++) if (mask[place] === 1) this.x[place] = x[place]!;
    return this.#plain.solve(t);
  }

  #findCarefully(): boolean {
    this.#space ??= newtonWorkspace(tied(this.system, this.#ties), this.system.unknowns.keys());
    const control = { relative, maxIterations: this.system.circuit.options.itl1 };
    const found = newton(this.#space, { t, held: this.#held }, this.x, control);
    this.#cost.iterations += found.iterations;
    this.#cost.factorizations += found.iterations;
    if (found.outcome !== "found") return false;
    this.system.load(t, this.x, this.#at);
    return true;
  }
}
