import type { Law } from "../law.js";
import type { Activation } from "./activation.js";
import { decay } from "./exponential.js";

/** φ = 1/(1 + exp(−u)), bias additive; its slope keeps its digits far out, where φ itself is 1. */
export const sigmoid: Activation = {
  name: "sigmoid",
  load(u, _b, out) {
    const e = decay(Math.abs(u));
    out[0] = (u >= 0 ? 1 : e) / (1 + e);
    out[1] = e / ((1 + e) * (1 + e));
    out[2] = 0;
  },
};

/** φ = tanh(u), bias additive. */
export const tanh: Activation = {
  name: "tanh",
  load(u, _b, out) {
    const e = Math.exp(-2 * Math.abs(u));
    out[0] = Math.tanh(u);
    out[1] = (4 * e) / ((1 + e) * (1 + e));
    out[2] = 0;
  },
};

/** φ = u, bias additive. */
export const linear: Activation = {
  name: "linear",
  load(u, _b, out) {
    out[0] = u;
    out[1] = 1;
    out[2] = 0;
  },
};

/** An activation that a memristor's film computes: driven by u for a time, its state z goes from b to b + u. */
export interface Film extends Activation {
  /** W: the state lies in [−W, W]. */
  readonly range: number;
  /** The voltage over u when the state stands at z, after having started at b; units of `vu`. */
  gain(z: number, b: number): number;
}

/** Whether an activation is that of a film, whose reading takes time. */
export const isFilm = (activation: Activation): activation is Film => "gain" in activation;

/**
 * The HP memristor (Strukov et al. 2008) driven by a current u for the time that it is read:
 *
 *     φ = M·u,   M = (1 − r)(1 − z/W) + 2r,   z = b + u within [−W, W],   r = Ron/Roff
 *
 * in units of V_u = Roff·I_u/2, where I_u·t = D²/(2·W·mu·Ron) carries the state by one. The bias is a gain: φ(0) = 0.
 */
export function hp(range: number, ratio: number): Film {
  const gain = (z: number): number => (1 - ratio) * (1 - z / range) + 2 * ratio;
  const q = (1 - ratio) / range;
  return {
    name: "hp",
    range,
    gain,
    load(u, b, out) {
      const z = b + u;
      const free = z > -range && z < range;
      const m = gain(Math.min(range, Math.max(-range, z)));
      out[0] = m * u;
      out[1] = free ? m - q * u : m;
      out[2] = free ? -q * u : 0;
    },
  };
}

/**
 * Two HP memristors, of which one is driven and the other is not: the difference of their voltages has no linear part,
 *
 *     φ = u·(z − b)/W,   z = b + u within [−W, W]        (b = 0: (u/W)·clip(u, −W, W), so u²/W in range)
 *
 * in units of V_u = (Roff − Ron)·I_u/2.
 */
export function hpDifferential(range: number): Film {
  const gain = (z: number, b: number): number => (z - b) / range;
  return {
    name: "hp_differential",
    range,
    gain,
    load(u, b, out) {
      const z = Math.min(range, Math.max(-range, b + u));
      const free = b + u > -range && b + u < range;
      const g = gain(z, b);
      out[0] = g * u;
      out[1] = free ? g + u / range : g;
      out[2] = free ? 0 : -u / range;
    },
  };
}

/** φ by a formula that the netlist writes; its inputs are u and b, in this order. */
export function byLaw(law: Law): Activation {
  const inputs = new Float64Array(2);
  return {
    name: "expression",
    load(u, b, out) {
      inputs[0] = u;
      inputs[1] = b;
      law.load(0, inputs, out);
    },
  };
}

/** The activations without numbers of their own. */
export const plainActivations: readonly Activation[] = [sigmoid, tanh, linear];
