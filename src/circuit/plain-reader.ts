import type { Names } from "../syntax/kernels/names.js";
import type { PlainRows, ReadingRoom } from "../syntax/kernels/plain-cards.js";
import type { NameTable } from "../syntax/name-table.js";
import type { PlainCards } from "../syntax/plain-cards.js";
import { type Furnished, type Room, roomFor } from "../syntax/room.js";
import type { PlainDevices } from "./plain-devices.js";

/** What plain cards are read into. */
export interface Taking {
  readonly names: NameTable;
  readonly nodes: NameTable;
  readonly devices: PlainDevices;
  /** How many devices and nodes there are. */
  readonly deviceCount: number;
  readonly nodeCount: number;
}

interface Arrays {
  readonly text: Int32Array;
  readonly cards: Int32Array;
  readonly names: Names;
  readonly nodes: Names;
  readonly rows: PlainRows;
  readonly room: ReadingRoom;
}

/** What was read: devices and nodes behind those that there were. */
export interface Taken {
  readonly devices: number;
  /** Two for each new node: where its name begins in the text, and where it ends. */
  readonly nodes: Int32Array;
}

const tens = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

/** Reads plain cards by a kernel. */
export class PlainReader {
  #at: Furnished<Arrays> | undefined;
  /** Whose text lies in the room, and whose cards. */
  #text: Int32Array | undefined;
  #cards: PlainCards | undefined;

  /** Reads from a card on, up to one that has to be looked at closely. */
  read(from: number, given: PlainCards, into: Taking): Taken {
    if (!this.#hasRoom(from, given, into)) {
      this.#at = this.#moved(from, given, into);
      this.#hasRoom(from, given, into);
    }
    const at = this.#at!;
    const { text, cards, names, nodes, rows, room } = at.arrays;
    if (this.#text !== given.packed) text.set(given.packed);
    if (this.#cards !== given) cards.set(given.places);
    this.#text = given.packed;
    this.#cards = given;
    room.nodeCount[0] = into.nodeCount;
    const to = at.kernels.readPlain(text, cards, from, given.count, into.deviceCount, names, nodes, rows, room);
    return { devices: to - from, nodes: room.nodePlace.subarray(2 * into.nodeCount, 2 * room.nodeCount[0]!) };
  }

  /** Whether there is room for the cards; then all names are in it. */
  #hasRoom(from: number, { packed, places, count }: PlainCards, into: Taking): boolean {
    if (this.#at === undefined) return false;
    const { text, cards, names, nodes, rows, room } = this.#at.arrays;
    const left = count - from;
    const letters = lettersOf(from, places);
    return (
      text.length >= packed.length &&
      cards.length >= places.length &&
      into.names.gather(names, { names: left, letters }) &&
      into.nodes.gather(nodes, { names: 2 * left, letters }) &&
      rows.kind.length >= into.deviceCount + left &&
      room.nodePlace.length >= 2 * (into.nodeCount + 2 * left)
    );
  }

  /**
   * All that is read into, in one room with the text: with place for what the rest of it may hold, that it is not moved for each
   * stretch of cards. What is never used of that is never touched.
   */
  #moved(from: number, { source, packed, places, count }: PlainCards, into: Taking): Furnished<Arrays> {
    const letters = source.text.length - places[2 * from]!;
    const left = Math.max(count - from, Math.ceil(letters / lettersOfCard));
    const devices = into.deviceCount + left;
    const furnished = roomFor((room: Room) => ({
      text: room.ints(packed.length),
      cards: room.ints(Math.max(places.length, 2 * left)),
      names: into.names.furnish(room, { names: 2 * left, letters: 2 * letters }),
      nodes: into.nodes.furnish(room, { names: 3 * left, letters: 2 * letters }),
      rows: into.devices.furnish(room, devices),
      room: {
        tens: room.doubles(tens),
        words: room.ints(8),
        nodeCount: room.ints(1),
        nodePlace: room.ints(2 * (into.nodeCount + 3 * left)),
      },
    }));
    into.names.move(furnished.arrays.names);
    into.nodes.move(furnished.arrays.nodes);
    into.devices.move(furnished.arrays.rows);
    this.#text = this.#cards = undefined;
    return furnished;
  }
}

/** Few cards are shorter. */
const lettersOfCard = 12;

/** No more letters than these are in the names of cards. */
const lettersOf = (from: number, places: Int32Array): number => places.at(-1)! - places[2 * from]!;
