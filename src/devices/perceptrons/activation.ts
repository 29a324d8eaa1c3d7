/**
 * φ(u; b): what a neuron answers to its input u with its bias b. All three are numbers: u in units of the neuron's
 * `iu`, φ in units of its `vu`, b in weight units.
 */
export interface Activation {
  /** As a netlist names it: `sigmoid`, `hp`; `expression` for one that the netlist writes out. */
  readonly name: string;
  /** Writes φ to out[0], ∂φ/∂u to out[1] and ∂φ/∂b to out[2]. Called in inner loops: does not allocate. */
  load(u: number, b: number, out: Float64Array): void;
}
