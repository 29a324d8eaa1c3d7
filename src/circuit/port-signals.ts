import type { Expression, Word } from "../syntax/ast.js";
import type { LoopSignals } from "./circuit.js";
import type { Environment } from "./environment.js";
import { qualifiedName } from "./quantum/qualified.js";
import { signalOf } from "./signals.js";
import { textOf } from "./words.js";

/** The loop of a photonic memristor is n_out over n_in. */
function isPhotonic(device: string, place: Environment): boolean {
  const found = place.elaboration.blocks.locate(device, place);
  return found?.block.find(found.local)?.kind === "photonic";
}

/** Voltage and current of a device; undefined after having complained. */
export function deviceSignals(word: Word, place: Environment): LoopSignals | undefined {
  const { complaints } = place.elaboration;
  const before = complaints.errors;
  const device = qualifiedName(textOf(word, place).toLowerCase(), place);
  const { span } = word;
  if (isPhotonic(device, place)) {
    const name = { kind: "name", name: device, span } as const;
    const ask = (quantity: string) =>
      signalOf({ kind: "call", name: quantity, arguments: [name], span }, `${quantity}(${device})`, span, place);
    return { device, voltage: ask("nin"), current: ask("nout") };
  }
  const read = (quantity: string): Expression => ({
    kind: "probe",
    quantity: "n",
    names: [{ kind: "word", parts: [`${device}:${quantity}`], span }],
    span,
  });
  const voltage = signalOf(read("v"), `v(${device})`, span, place);
  const current = signalOf(read("i"), `i(${device})`, span, place);
  return complaints.errors > before ? undefined : { device, voltage, current };
}
