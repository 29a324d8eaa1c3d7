import { type Columns, columnsOf, copied, inner } from "../../numerics/linear/columns.js";
import type { Cost } from "./cost.js";
import { type Retraction, type RetractionName, retractionOf } from "./retraction.js";
import type { CostKind } from "./table-cost.js";
import { TangentSpace } from "./tangent.js";

/** Ways down by searches along a line. */
export const lineSearches = ["backtrack", "warm", "cg"] as const;

export const stepKinds = [...lineSearches, "trust"] as const;

/** How a descent goes down. */
export interface DescentOptions {
  /** The step that a line search begins with. */
  readonly t0: number;
  readonly retraction: RetractionName;
  /**
   * `backtrack`: down the gradient, each line search beginning at t0, as the paper has it. `warm`: each beginning at twice
   * the step before. `cg`: along conjugate directions, likewise. `trust`: by models of second order within a region of
   * radius t0 at first (`TrustRegion`).
   */
  readonly step: (typeof stepKinds)[number];
  /** The part of the first-order decrease that a step must bring; `sufficient` where none is given. */
  readonly enough?: number;
}

/** What a descent knows between two of its steps, besides where it is: it goes on with the same bits from it. */
export interface Pace {
  /** f */
  cost: number;
  /** The step of the last line search, or the radius of the next region; 0 before the first. */
  step: number;
  /** |ξ|² of the last step, where directions are conjugate; 0 before the first. */
  slope: number;
}

/** A way down: it keeps nothing between steps but room to work in, and counts. */
export interface Steps {
  /** How often the cost was evaluated to judge a step. */
  readonly evaluations: number;
  /** How many products with the Hessian were made. */
  readonly products: number;
  /**
   * A step of S, which is overwritten, as are its pace and the direction before it (with `cg`). False: no step goes down.
   */
  step(cost: Cost, S: Columns, pace: Pace, along: Columns | undefined): boolean;
}

/** The part of the first-order decrease that a step must bring (L. Armijo, Pacific Journal of Mathematics 16, 1, 1966). */
export const sufficient = 1e-4;
/**
 * That part where each step begins at twice the one before, on a cost that is quadratic at its minimum, as Σ q is: a smaller one
 * takes steps of nearly twice the best length again and again, which hardly go down. Σ q² is quartic there, and wants long steps.
 */
export const sufficientOf = (step: DescentOptions["step"], kind: CostKind): number =>
  step === "warm" && kind === "linear" ? 0.3 : sufficient;
/** A step that has been halved as often changes nothing any more. */
export const mostHalvings = 60;
/** No line search begins with a longer step: near a minimum where the cost is quartic, steps grow without end. */
export const longest = 1e6;
/** A conjugate direction is taken if it goes down by this part of what the gradient promises. */
export const downwards = 0.1;

/**
 * Goes down a cost on a Stiefel manifold, a step at a time: along a tangent, by a step that is halved until the cost falls
 * enough, and back to the manifold by a retraction (P.-A. Absil, R. Mahony and R. Sepulchre, Optimization Algorithms on
 * Matrix Manifolds, Princeton 2008, chapters 4 and 8.3). The cost never rises.
 */
export class Descent implements Steps {
  evaluations = 0;
  readonly products = 0;
  readonly #gradient: Columns;
  readonly #xi: Columns;
  readonly #next: Columns;
  readonly #tangents: TangentSpace;
  readonly #retraction: Retraction;

  constructor(
    rows: number,
    count: number,
    readonly options: DescentOptions,
  ) {
    [this.#gradient, this.#xi, this.#next] = [columnsOf(rows, count), columnsOf(rows, count), columnsOf(rows, count)];
    this.#tangents = new TangentSpace(count);
    this.#retraction = retractionOf(options.retraction, rows, count);
  }

  step(cost: Cost, S: Columns, pace: Pace, along: Columns | undefined): boolean {
    const xi = this.#xi;
    pace.cost = cost.gradient(S, this.#gradient);
    this.#tangents.project(S, this.#gradient, xi);
    const square = inner(xi, xi);
    if (!(square > 0)) return false;
    if (along === undefined) return this.#search(cost, S, pace, xi, -1, square);
    this.#turn(S, pace, xi, square, along);
    const slope = -inner(xi, along);
    return this.#search(cost, S, pace, along, 1, slope);
  }

  /** Steps along ±direction, `fall` being the first-order decrease of a unit step. */
  #search(cost: Cost, S: Columns, pace: Pace, direction: Columns, sign: number, fall: number): boolean {
    const next = this.#next;
    const { t0, step, enough = sufficient } = this.options;
    let t = pace.step > 0 && step !== "backtrack" ? Math.min(longest, 2 * pace.step) : t0;
    for (let halving = 0; halving < mostHalvings; halving++, t /= 2) {
      if (!this.#retraction.retract(S, sign * t, direction, next)) continue;
      this.evaluations++;
      const found = cost.at(next);
      if (!(found <= pace.cost - enough * t * fall)) continue;
      copied(next, S);
      pace.cost = found;
      pace.step = t;
      return true;
    }
    return false;
  }

  /**
   * The next conjugate direction, d = −ξ + β·P(d) with β = |ξ|²/|ξ'|² (R. Fletcher and C. Reeves, Computer Journal 7, 149,
   * 1964); the steepest one where that hardly goes down.
   */
  #turn(S: Columns, pace: Pace, xi: Columns, square: number, along: Columns): void {
    this.#tangents.project(S, along, along);
    const beta = pace.slope > 0 ? square / pace.slope : 0;
    pace.slope = square;
    const { re, im } = along;
    for (let k = 0; k < re.length; k++) {
      re[k] = beta * re[k]! - xi.re[k]!;
      im[k] = beta * im[k]! - xi.im[k]!;
    }
    if (inner(xi, along) < -downwards * square) return;
    for (let k = 0; k < re.length; k++) {
      re[k] = -xi.re[k]!;
      im[k] = -xi.im[k]!;
    }
  }
}
