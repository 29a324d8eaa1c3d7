import type { CompiledSystem } from "../../equations/compiled-system.js";
import type { BlockFault } from "../../equations/quantum/block-watch.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import type { Span } from "../../text/source.js";
import { explainCarried } from "./explain-carried.js";

/** Remembers that a quantum block of the circuit cannot go on, and why. */
export class Fault {
  #found: BlockFault | undefined;

  constructor(
    readonly system: CompiledSystem,
    readonly span: Span,
  ) {}

  /** Looks at an accepted point; true if the run ends there. */
  look(t: number, x: Float64Array): boolean {
    this.#found ??= this.system.blockWatch?.(t, x);
    return this.#found !== undefined;
  }

  /** What there is to be told; undefined while all is well. */
  get problem(): Diagnostic | undefined {
    const found = this.#found;
    return found && explainCarried(found.fault, this.system.circuit.blocks[found.block]!, this.span);
  }
}
