import type { Device } from "../devices/device.js";
import { capacitor } from "../devices/linear/capacitor.js";
import { inductor } from "../devices/linear/inductor.js";
import { resistor } from "../devices/linear/resistor.js";
import type { PlainRows } from "../syntax/kernels/plain-cards.js";
import { PlainInstance } from "../syntax/plain-instance.js";
import { plainRoom, type Room } from "../syntax/room.js";
import type { Source } from "../text/source.js";

/** What a letter makes of a number. */
interface Kind {
  readonly element: "r" | "c" | "l";
  readonly device: Device;
}

/** By their numbers in `PlainRows`, from 1 on. */
const kinds: readonly Kind[] = [
  { element: "r", device: resistor },
  { element: "c", device: capacitor },
  { element: "l", device: inductor },
];

/**
 * The resistors, capacitors and inductors that plain cards make, as rows: most of a large netlist is made of them, and an
 * object for each, with what hangs on it, would take a hundred times the memory. Row k is of device k of the circuit.
 */
export class PlainDevices {
  #rows: PlainRows = PlainDevices.#rowsIn(plainRoom, 0);
  /** The file that rows are from, for each stretch of them the first row. */
  readonly #files: { readonly from: number; readonly source: Source }[] = [];

  static #rowsIn(room: Room, size: number): PlainRows {
    return {
      kind: room.ints(size),
      nodes: room.ints(2 * size),
      value: room.doubles(size),
      place: room.ints(3 * size),
    };
  }

  /** Its arrays in a room, for so many rows. */
  furnish(room: Room, size: number): PlainRows {
    return PlainDevices.#rowsIn(room, size);
  }

  /** Goes on in arrays that were furnished for it. */
  move(to: PlainRows): void {
    const { kind, nodes, value, place } = this.#rows;
    to.kind.set(kind);
    to.nodes.set(nodes);
    to.value.set(value);
    to.place.set(place);
    this.#rows = to;
  }

  /** From a row on they are of a file. */
  begin(from: number, source: Source): void {
    this.#files.push({ from, source });
  }

  kind(index: number): Kind {
    return kinds[this.#rows.kind[index]! - 1]!;
  }

  plus(index: number): number {
    return this.#rows.nodes[2 * index]!;
  }

  minus(index: number): number {
    return this.#rows.nodes[2 * index + 1]!;
  }

  terminals(index: number): readonly [number, number] {
    return [this.plus(index), this.minus(index)];
  }

  values(index: number): Readonly<Record<string, number>> {
    const value = this.#rows.value[index]!;
    const { element } = this.kind(index);
    return element === "r" ? { r: value } : element === "c" ? { c: value } : { l: value };
  }

  /** Its name as the user wrote it. */
  shown(index: number): string {
    const { place } = this.#rows;
    return this.#source(index).text.slice(place[3 * index], place[3 * index + 1]);
  }

  card(index: number): PlainInstance {
    const { place } = this.#rows;
    return new PlainInstance(this.#source(index), place[3 * index]!, place[3 * index + 2]!, true);
  }

  #source(index: number): Source {
    return this.#files.findLast(({ from }) => from <= index)!.source;
  }
}
