import type { Formula } from "../../expressions/formula.js";
import type { Item } from "../../syntax/ast.js";
import { ketOf } from "./amplitudes.js";
import type { JointState, Operation } from "./block.js";
import { systemItems } from "./joint-state.js";
import type { Line } from "./line.js";
import { numberLaw } from "./numbers.js";
import type { Drive } from "./operator.js";

export const encodeSettings = ["angle", "amplitude"] as const;

/** Numbers that are the amplitudes of a joint state, up to its norm, in the order of gates: |0…0⟩, |0…1⟩, … */
export interface EncodedState {
  /** Its place among the joint states. */
  readonly joint: number;
  readonly amplitudes: readonly Drive[];
}

/** cos x|0⟩ + sin x|1⟩ = RY(2x)|0⟩. */
const twice = (x: Formula): Formula => ({ kind: "call", name: "*", arguments: [{ kind: "number", value: 2 }, x] });

/** `encode (a,b) angle=({x1},{x2})`: a number in each qubit, as rotations at the start. */
export function readAngles(line: Line): readonly Operation[] {
  const systems = encoded(line);
  const items = listOf(line, "angle");
  if (items.length !== systems.length) {
    complainOfCount(line, "angle", systems.length, items.length);
    return [];
  }
  return systems.map((system, k): Operation => {
    const law = numberLaw(items[k]!, line, "a number", twice);
    const gate = { kind: "gate", when: { kind: "start" }, type: "ry", systems: [system], span: line.span } as const;
    return law.kind === "number" ? { ...gate, angle: law.value, law: undefined } : { ...gate, angle: 0, law };
  });
}

/** `encode (a,b) amplitude=(1,2,-1,0.5)`: 2^N numbers in N qubits. @param joint the place that the state will have */
export function readAmplitudes(
  line: Line,
  joint: number,
): { readonly state: JointState; readonly encoded: EncodedState } | undefined {
  const systems = encoded(line);
  const items = listOf(line, "amplitude");
  if (systems.length === 0) return undefined;
  if (items.length !== 2 ** systems.length) {
    complainOfCount(line, "amplitude", 2 ** systems.length, items.length);
    return undefined;
  }
  const amplitudes = items.map((item) => numberLaw(item, line, "a number"));
  const numbers = amplitudes.map((it) => (it.kind === "number" ? it.value : 1));
  if (numbers.every((value) => value === 0)) {
    line.error("not-normalised", "A state has at least one amplitude that is not 0.", line.at("amplitude"));
    return undefined;
  }
  const state = { kind: "ket", ket: ketOf(numbers) } as const;
  return { state: { systems, state, span: line.span }, encoded: { joint, amplitudes } };
}

function encoded(line: Line): readonly number[] {
  const items = systemItems(line.next(), line);
  line.end();
  line.oneOf(encodeSettings, "what it encodes by");
  const systems = items.flatMap((item) => line.systemOf(item, ["qubit"])?.index ?? []);
  const twin = systems.findIndex((system, k) => systems.indexOf(system) < k);
  if (twin >= 0) line.error("duplicate-name", "A qubit encodes once.", items[twin]!.span);
  return systems.length < items.length || twin >= 0 ? [] : systems;
}

function listOf(line: Line, setting: (typeof encodeSettings)[number]): readonly Item[] {
  const value = line.value(setting);
  if (value === undefined) return [];
  return value.kind === "group" ? value.items : [value];
}

function complainOfCount(line: Line, setting: string, wanted: number, found: number): void {
  if (wanted === 0 || found === 0) return;
  const message = `\`${setting}\` needs ${wanted} ${wanted === 1 ? "number" : "numbers"} for these qubits, found ${found}.`;
  line.error("bad-ket", message, line.at(setting));
}
