import { moduleOf, type Room } from "../numerics/kernel-room.js";
import type { Linearization } from "../numerics/system.js";
import type { ClassValues } from "./class-values.js";
import type { DeviceClass } from "./classes.js";
import { fieldOrder, mathematics, memristorLoops } from "./memristor-loops.wasm.js";

/** What the compiled loop over the memristors of a class works on, in one memory with the circuit's unknowns. */
export interface LoopArrays {
  readonly places: Int32Array; // size count × 3
  readonly fs: Int32Array; // size count × 9
  readonly qs: Int32Array; // size count
  readonly which: Int32Array; // size differing
  readonly columns: Float64Array; // size differing × count
  readonly held: Int32Array; // size count × 3
  readonly values: Float64Array; // size fields
  readonly at: Float64Array; // size fields
}

/** Whether there is a compiled loop for a class. */
export const isCompiled = ({ device: { compiled, terminals, own, controls } }: DeviceClass): boolean =>
  compiled !== undefined && terminals.length === 2 && own.length === 1 && controls === 0;

/** Its arrays. */
export const loopArrays = (room: Room, { places, current, charge, values, held }: DeviceClass): LoopArrays => ({
  places: room.ints(places),
  fs: room.ints(current.slots),
  qs: room.ints(charge.slots),
  which: room.ints(differing(values, fieldOrder).length),
  columns: room.doubles(differing(values, fieldOrder).length * values.count),
  held: room.ints(held.length),
  values: room.doubles(fieldOrder.length),
  at: room.doubles(fieldOrder.length),
});

/** The values in which instances differ, without those that no law reads, as the state at the start. */
export const differing = ({ names }: ClassValues, fields: readonly string[]): string[] =>
  names.filter((name) => fields.includes(name));

/**
 * Copies the values of a class as they are now; false if instances differ in more of them than there is room for.
 *
 * @param fields where values stand
 */
export function bringValues(
  { values, device }: DeviceClass,
  to: Pick<LoopArrays, "which" | "columns" | "values">,
  fields: readonly string[] = fieldOrder,
): boolean {
  const { shown, names, columns } = values;
  const read = differing(values, fields);
  if (read.length !== to.which.length) return false;
  const known: Readonly<Record<string, number>> = { ...shown, ...device.compiled!.constants };
  for (const [k, name] of fields.entries()) to.values[k] = known[name] ?? 0;
  for (const [k, name] of read.entries()) {
    to.which[k] = fields.indexOf(name);
    to.columns.set(columns[names.indexOf(name)]!, k * values.count);
  }
  return true;
}

/** A loop of the module: numbers, and addresses of arrays. */
type Loop = (...given: number[]) => void;

/** The loops over memristors that work on a memory. */
export class MemristorLoops {
  readonly #loops: Readonly<Record<string, Loop>>;

  constructor(readonly memory: WebAssembly.Memory) {
    const given = Object.fromEntries(mathematics.map((name) => [name, Math[name]]));
    // What is exported has the names of the laws.
    this.#loops = new WebAssembly.Instance(moduleOf(memristorLoops), { m: { m: memory, ...given } })
      .exports as unknown as Record<string, Loop>;
  }

  /** Adds the memristors of a class to the equations at x; all arrays lie in the memory. */
  add(of: DeviceClass, arrays: LoopArrays, x: Float64Array, { q, f, C, G }: Linearization): void {
    const { places, fs, qs, which, columns, held, values, at } = arrays;
    if (of.heldCount > 0) held.set(of.held);
    this.#loops[`${of.device.compiled!.law}Loop`]!(
      of.instances.length,
      ...[places, fs, qs].map(addressOf),
      which.length,
      ...[which, columns].map(addressOf),
      of.heldCount,
      ...[held, values, at, x, q, f, C, G].map(addressOf),
    );
  }
}

const addressOf = ({ byteOffset }: Int32Array | Float64Array): number => byteOffset;
