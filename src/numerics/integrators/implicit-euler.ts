import type { Integrator } from "../integrator.js";
import type { System } from "../system.js";
import { oneStep } from "./one-step.js";

/** Implicit Euler with variable step: of low order, and damps what it cannot follow. The yardstick of the others. */
export const implicitEuler: Integrator<System> = {
  name: "implicit-euler",
  order: 1,
  reference: "Hairer & Wanner, Solving Ordinary Differential Equations II (Springer 1996), §IV.3",
  integrate: (system, t0, x0, t1, control, observe) => oneStep(1, system, t0, x0, t1, control, observe),
};
