import type { Integrator } from "../integrator.js";
import type { System } from "../system.js";
import { gear, ndf } from "./ndf.js";

export { gear, ndf };
/** Not there yet: BDF stands in. */
export const trapezoidal: Integrator<System> = gear;

/** The methods for circuits. A method is tested by standing here. */
export const integrators: readonly Integrator<System>[] = [ndf, gear];
