import type { Integrator } from "../integrator.js";
import type { System } from "../system.js";
import { implicitEuler } from "./implicit-euler.js";
import { gear, ndf } from "./ndf.js";
import { trapezoidal } from "./trapezoidal.js";

export { gear, ndf, trapezoidal };

/** The methods for circuits. A method is tested by standing here. */
export const integrators: readonly Integrator<System>[] = [ndf, gear, trapezoidal, implicitEuler];
