import type { Integrator } from "../integrator.js";
import type { System } from "../system.js";
import { oneStep } from "./one-step.js";

/**
 * The trapezoidal rule with variable step. It damps nothing, which suits lossless circuits; currents of capacitors
 * across sources (index 2) may ring from step to step for the same reason. Rows without a charge hold at every step.
 */
export const trapezoidal: Integrator<System> = {
  name: "trapezoidal",
  order: 2,
  reference: "Hairer & Wanner, Solving Ordinary Differential Equations II (Springer 1996), §IV.3",
  integrate: (system, t0, x0, t1, control, observe) => oneStep(2, system, t0, x0, t1, control, observe),
};
