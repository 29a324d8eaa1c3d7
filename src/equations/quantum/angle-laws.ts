import type { BlockNumber, QuantumBlock } from "../../circuit/quantum/block.js";
import type { Drive } from "../../circuit/quantum/operator.js";
import type { Program } from "../../expressions/formula.js";

/** The angle of a gate as a law of the block's numbers. */
export interface AngleLaw {
  /** The gate's place in the list. */
  readonly gate: number;
  readonly law: Program;
  /** What it reads, and where that is put. */
  readonly places: Int32Array;
  readonly u: Float64Array;
  /** Its value and slopes. */
  readonly out: Float64Array;
}

/** What may follow weights and features. */
interface Turned {
  readonly law: Drive | undefined;
}

export const angleLaws = (gates: readonly Turned[]): readonly AngleLaw[] =>
  gates.flatMap(({ law }, gate) => {
    if (law?.kind !== "law") return [];
    const places = Int32Array.from(law.inputs, (input) => (input.kind === "number" ? input.index : -1));
    const n = places.length;
    return [{ gate, law: law.law, places, u: new Float64Array(n), out: new Float64Array(1 + n) }];
  });

/** Writes the angles that follow numbers; the others stay. */
export function setAngles(laws: readonly AngleLaw[], numbers: Float64Array, angles: Float64Array): void {
  for (let i = 0; i < laws.length; i++) {
    const { gate, law, places, u } = laws[i]!;
    for (let k = 0; k < places.length; k++) u[k] = numbers[places[k]!]!;
    angles[gate] = law.value(0, u);
  }
}

/** Adds what a slope by the angle is by the numbers that it was set by. */
export function addByChain({ law, places, u, out: values }: AngleLaw, slope: number, out: Float64Array): void {
  law.load(0, u, values);
  for (let k = 0; k < places.length; k++) out[places[k]!]! += slope * values[1 + k]!;
}

export const readsWeight = ({ law }: Turned, { numbers }: QuantumBlock): boolean =>
  law?.kind === "law" && law.inputs.some((it) => it.kind === "number" && numbers[it.index]!.kind === "weight");

/** The first weight that none of the gates follows. */
export function idleWeight({ numbers }: QuantumBlock, gates: readonly Turned[]): BlockNumber | undefined {
  const read = new Set(
    gates
      .flatMap(({ law }) => (law?.kind === "law" ? law.inputs : []))
      .map((it) => (it.kind === "number" ? it.index : -1)),
  );
  return numbers.find(({ kind }, k) => kind === "weight" && !read.has(k));
}
