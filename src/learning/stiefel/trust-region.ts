import { added, type Columns, columnsOf, copied, inner } from "../../numerics/linear/columns.js";
import type { Cost } from "./cost.js";
import { type DescentOptions, mostHalvings, type Pace, type Steps } from "./descent.js";
import { Hessian } from "./hessian.js";
import { type Retraction, retractionOf } from "./retraction.js";
import { TangentSpace } from "./tangent.js";

/** A step is taken that brings this part of what the model promises. */
const enough = 0.1;
/** The inner iteration ends where the model's gradient has become this small beside that of the cost, or smaller. */
const loosest = 0.1;
/** Where the cost falls by more than this part of what the model promises, the step may be too short. */
const bettered = 1.1;
/** Newton's step goes a third of the way to a minimum of fourth order. */
const quartic = 3;
/** A promise below this part of the cost is rounding, and so is a step below a part of a point. */
const rounding = 1e-15;

/**
 * Goes down a cost on a Stiefel manifold by models of second order, m(η) = f + ⟨ξ, η⟩ + ⟨Hess f [η], η⟩/2, each trusted within
 * |η| ≤ Δ: the model's minimum there is looked for by conjugate gradients that end at the border or where the model bends
 * downwards (T. Steihaug, SIAM Journal on Numerical Analysis 20, 626, 1983), and Δ follows from how well the cost kept
 * what the model promised (P.-A. Absil, C. Baker and K. Gallivan, Foundations of Computational Mathematics 7, 303, 2007).
 * The cost never rises. Near a minimum whose Hessian is regular an error is raised to the power of 3/2 in each step; where it vanishes, as that of
 * Σ q² does where q = 0, f falls by (2/3)⁴ a step, as in Newton's method for x⁴.
 */
export class TrustRegion implements Steps {
  evaluations = 0;
  readonly #largest: number;
  readonly #most: number;
  readonly #gradient: Columns;
  readonly #xi: Columns;
  readonly #next: Columns;
  readonly #eta: Columns;
  readonly #curved: Columns;
  readonly #rest: Columns;
  readonly #along: Columns;
  readonly #bent: Columns;
  readonly #tangents: TangentSpace;
  readonly #hessian: Hessian;
  readonly #retraction: Retraction;

  constructor(
    rows: number,
    count: number,
    readonly options: DescentOptions,
  ) {
    const room = (): Columns => columnsOf(rows, count);
    [this.#gradient, this.#xi, this.#next, this.#eta] = [room(), room(), room(), room()];
    [this.#curved, this.#rest, this.#along, this.#bent] = [room(), room(), room(), room()];
    this.#tangents = new TangentSpace(count);
    this.#hessian = new Hessian(count);
    this.#retraction = retractionOf(options.retraction, rows, count);
    this.#largest = Math.sqrt(count); // |S| of any point
    this.#most = count * (2 * rows - count); // the manifold's dimension
  }

  get products(): number {
    return this.#hessian.products;
  }

  /** A step of S, which is overwritten as is its pace, whose `step` is Δ. False: no step goes down. */
  step(cost: Cost, S: Columns, pace: Pace): boolean {
    const [G, xi, eta, next] = [this.#gradient, this.#xi, this.#eta, this.#next];
    pace.cost = cost.gradient(S, G);
    this.#tangents.project(S, G, xi);
    const square = inner(xi, xi);
    if (!(square > 0)) return false;
    // Relative to the gradient before: what is left of it says how near the minimum is, whatever the cost is measured in.
    const slope = pace.slope > 0 ? Math.sqrt(square / pace.slope) : loosest;
    pace.slope = square;
    this.#hessian.begin(S, G);
    let radius = Math.min(this.#largest, pace.step > 0 ? pace.step : this.options.t0);
    for (let trial = 0; trial < mostHalvings; trial++) {
      const reachesBorder = this.#solve(cost, radius, Math.min(loosest, Math.sqrt(slope)));
      const promised = -inner(xi, eta) - inner(this.#curved, eta) / 2;
      const length = Math.sqrt(inner(eta, eta));
      if (!(promised > rounding * pace.cost) || length < rounding * this.#largest) return false;
      const isBack = this.#retraction.retract(S, 1, eta, next);
      if (isBack) this.evaluations++;
      const found = isBack ? cost.at(next) : Number.POSITIVE_INFINITY;
      const kept = (pace.cost - found) / promised;
      if (!(kept >= 0.25)) radius = length / 4;
      else if (kept > 0.75 && reachesBorder) radius = Math.min(this.#largest, 2 * radius);
      if (!(kept >= enough)) continue;
      copied(next, this.#rest);
      pace.cost = kept > bettered ? this.#lengthened(cost, S, found) : found;
      copied(this.#rest, S);
      pace.step = radius;
      return true;
    }
    return false;
  }

  /** Goes on along a step that was made, to where a minimum of fourth order would be, if the cost falls further: where it is then. */
  #lengthened(cost: Cost, S: Columns, reached: number): number {
    if (!this.#retraction.retract(S, quartic, this.#eta, this.#next)) return reached;
    this.evaluations++;
    const found = cost.at(this.#next);
    if (!(found < reached)) return reached;
    copied(this.#next, this.#rest);
    return found;
  }

  /** Finds η, and Hess f [η] beside it, with |η| ≤ Δ; whether it lies at the border. */
  #solve(cost: Cost, radius: number, loose: number): boolean {
    const [xi, eta, curved, rest, along, bent] = [
      ...[this.#xi, this.#eta, this.#curved],
      ...[this.#rest, this.#along, this.#bent],
    ] as [Columns, Columns, Columns, Columns, Columns, Columns];
    for (const blank of [eta, curved]) {
      blank.re.fill(0);
      blank.im.fill(0);
    }
    copied(xi, rest);
    added(eta, -1, xi, along);
    let square = inner(rest, rest);
    const goal = Math.sqrt(square) * loose;
    for (let k = 0; k < this.#most; k++) {
      this.#hessian.times(cost, along, bent);
      const bends = inner(along, bent);
      const [own, mixed, length] = [inner(eta, eta), inner(eta, along), inner(along, along)];
      const step = square / bends;
      if (!(bends > 0) || own + 2 * step * mixed + step * step * length >= radius * radius) {
        const toBorder = (Math.sqrt(mixed * mixed + length * (radius * radius - own)) - mixed) / length;
        added(eta, toBorder, along, eta);
        added(curved, toBorder, bent, curved);
        return true;
      }
      added(eta, step, along, eta);
      added(curved, step, bent, curved);
      added(rest, step, bent, rest);
      const left = inner(rest, rest);
      if (!(Math.sqrt(left) > goal)) return false;
      added(rest, -left / square, along, along);
      for (let at = 0; at < along.re.length; at++) {
        along.re[at] = -along.re[at]!;
        along.im[at] = -along.im[at]!;
      }
      square = left;
    }
    return false;
  }
}
