import type { Signal, TransientCard } from "../circuit/circuit.js";
import { compile } from "../equations/compile.js";
import { recognise } from "../equations/recognised/recognise.js";
import type { Equations } from "./equations.js";
import { type TransientFound, transient } from "./transient.js";

/** The transient of a circuit, written anew where states are recognised in it. */
export function* transientOf(
  at: Equations,
  card: TransientCard,
  signals: readonly Signal[],
  interrupted: () => boolean,
): Generator<number, TransientFound> {
  const found = recognise(at.circuit, card, signals);
  if (found === undefined) return yield* transient(at.system, card, signals, interrupted);
  return yield* transient(compile(found.circuit), card, signals.map(found.signal), interrupted);
}
