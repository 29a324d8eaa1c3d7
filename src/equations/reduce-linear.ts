import { linearization } from "../numerics/system.js";
import type { CompiledSystem } from "./compiled-system.js";
import { columnsOf, inverseProduct } from "./inverse-product.js";
import { LinearRates } from "./linear-rates.js";
import { type Reduced, split } from "./reduce.js";

/** A linear circuit as an explicit ordinary differential equation. */
export interface ReducedLinear extends Reduced {
  /** About the largest |λ| of its eigenvalues, 1/s. */
  fastest(): number;
}

/**
 * A circuit whose slopes never change as an explicit ordinary differential equation of its dynamic unknowns s, driven by
 * sources d(t) in a few rows,
 *
 *     (dx_s/dt, x_a) = −K⁻¹ (G x_s + d(t)) = M (x_s, d(t)),
 *
 * where K has the columns of C for the dynamic unknowns and those of G for the algebraic ones. M is made once, so that a rate
 * is a product. Undefined where K has no inverse, where M is not sparse, where something jumps, or looks back.
 */
export function reduceLinear(system: CompiledSystem): ReducedLinear | undefined {
  if (system.isLinear !== true || system.guards > 0 || system.lookBack || system.carried.length > 0) return undefined;
  const at = linearization(system);
  system.load(Number.NEGATIVE_INFINITY, new Float64Array(system.pattern.size), at);
  const { dynamic, algebraic } = split(system.pattern, at.C);
  if (dynamic.length === 0) return undefined;
  const isDynamic = new Uint8Array(system.pattern.size);
  for (const j of dynamic) isDynamic[j] = 1;
  const K = columnsOf(system.pattern, (j) => (isDynamic[j] === 1 ? at.C : at.G));
  const G = columnsOf(system.pattern, () => at.G);
  const { driven, negligible, kind } = system;
  const product = inverseProduct(K, G, dynamic, driven);
  if (product === undefined) return undefined;
  const order = new Int32Array(system.pattern.size);
  order.set(dynamic);
  order.set(algebraic, dynamic.length);
  const rates = new LinearRates(system, driven, dynamic.length, order, product);
  return {
    explicit: {
      size: dynamic.length,
      negligible: Float64Array.from(dynamic, (j) => negligible[j]!),
      ...(kind && { kind: Int32Array.from(dynamic, (j) => kind[j]!) }),
      rate(t, y, out) {
        const finite = rates.find(t, y);
        out.set(rates.ofDynamic);
        return finite;
      },
    },
    states: (all) => Float64Array.from(dynamic, (j) => all[j]!),
    expand(t, y, all) {
      const finite = rates.find(t, y);
      for (let k = 0; k < dynamic.length; k++) all[dynamic[k]!] = y[k]!;
      for (let k = 0; k < algebraic.length; k++) all[algebraic[k]!] = rates.ofAlgebraic[k]!;
      return finite;
    },
    among(places) {
      const found = places.map((place) => order.indexOf(place));
      return found.every((k) => k < dynamic.length) ? found : undefined;
    },
    last() {},
    leap() {},
    forget() {},
    cost: { iterations: 0, factorizations: 1 },
    fastest: () => rates.radius(),
  };
}
