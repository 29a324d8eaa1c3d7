import type { Circuit } from "../circuit/circuit.js";
import { compile } from "../equations/compile.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import { withBlocks } from "../equations/quantum/in-circuit.js";

/** A circuit, and its equations as soon as somebody asks: a transient may solve those of another circuit in their place. */
export class Equations {
  readonly circuit: Circuit;
  #system: CompiledSystem | undefined;

  constructor(circuit: Circuit) {
    this.circuit = withBlocks(circuit);
  }

  get system(): CompiledSystem {
    this.#system ??= compile(this.circuit);
    return this.#system;
  }
}
