import type { Formula } from "../../expressions/formula.js";
import type { Span } from "../../text/source.js";
import type { Unit } from "../../units/unit.js";
import type { Quantity } from "../circuit.js";
import type { Environment } from "../environment.js";
import type { BlockNames } from "./block-names.js";
import { isBeside, isMeanValue, type QuantumObservable } from "./observable.js";

/** Who reads a signal: where its names are looked up, and how what it reads becomes an input. */
export interface Asking {
  readonly place: Environment;
  input(quantity: Quantity): Formula;
  /** It is a device of the circuit, which reads unknowns only. */
  readonly unknownsOnly: boolean;
}

/** `v(M1)`, `i(M1)` and `r(M1)` of a quantum memristor or an LC circuit; undefined where the name means none. */
export function memristorQuantity(name: string, quantity: string, asking: Asking, span: Span): Formula | undefined {
  const found = asking.place.elaboration.blocks.locate(name, asking.place);
  const member = found?.block.find(found.local);
  if (found === undefined || (member?.kind !== "memristor" && member?.kind !== "lc")) return undefined;
  const of = (kind: "voltage" | "current"): Formula =>
    ask(
      member.kind === "lc"
        ? { kind: "moment", circuit: member.index, of: kind === "voltage" ? "v" : "i" }
        : { kind, memristor: member.index },
      found.block,
      asking,
      span,
      kind === "voltage" ? "V" : "A",
    );
  if (quantity === "v") return of("voltage");
  if (quantity === "i") return of("current");
  const operator = quantity === "r" ? "/" : quantity === "p" ? "*" : undefined;
  return operator && { kind: "call", name: operator, arguments: [of("voltage"), of("current")] };
}

/** Asks a block for something; a pure number unless the block is in SI units, or beside a circuit. */
export function ask(of: QuantumObservable, block: BlockNames, asking: Asking, span: Span, si: Unit = "1"): Formula {
  if (!asking.unknownsOnly) {
    const unit = block.si || block.isInCircuit ? si : "1";
    return asking.input({ kind: "quantum", block: block.index, of, unit, isInCircuit: block.isInCircuit });
  }
  if (isMeanValue(of) || isBeside(of))
    return asking.input({ kind: "block", block: block.index, output: block.output(of) });
  const message = `\`${of.kind}\` is no mean value of the state: it can be looked at, but it drives no device.`;
  const help =
    "a device can read `v(m1)`, `i(m1)`, `rate(m1)`, `ex({…})`, `pop`, `rho`, `bloch`, `top`, `nin`, `nout`, `reflectivity`, `angle`, `moment`.";
  asking.place.elaboration.complaints.error("no-mean-value", message, span, { help });
  return { kind: "number", value: Number.NaN };
}
