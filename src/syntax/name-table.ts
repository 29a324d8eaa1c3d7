import { plainKernels } from "./kernels/index.js";
import type { Names } from "./kernels/names.js";
import { plainRoom, type Room } from "./room.js";

/** How much a table holds. */
interface Size {
  readonly names: number;
  readonly letters: number;
}

/** So many are kept as texts. With more a Map is slow: of each name that it compares it has to look up where it stands. */
const mostGiven = 10_000;

/**
 * Names in lower case, and of each whom it names, as a number. Those that kernels read stand in arrays, so that of fifty thousand none is an
 * object; those that are given as texts come to them when there is a kernel that has to know them, or when they are many.
 */
export class NameTable {
  readonly #given = new Map<string, number>();
  /** Whether those that are given stand in the arrays alone. */
  #isLarge = false;
  /** Those of them that the arrays lack. */
  #waiting: string[] = [];
  #arrays = NameTable.#arraysIn(plainRoom, { names: 0, letters: 0 });

  static #arraysIn(room: Room, { names, letters }: Size): Names {
    return {
      letters: room.ints(letters),
      start: room.ints(names + 1),
      hash: room.ints(names + 1), // that of what is looked up last stands behind them
      bearer: room.ints(names),
      slot: room.ints(2 ** Math.ceil(Math.log2(2 * names + 2))),
      size: room.ints(2),
    };
  }

  /** Whom a name names; undefined if there is none such. */
  bearer(name: string): number | undefined {
    const given = this.#given.get(name);
    // No kernel reads a name with a dot in it, as those within subcircuits have.
    if (given !== undefined || this.#arrays.size[0] === 0 || (name.includes(".") && !this.#isLarge)) return given;
    this.#makeRoom(name);
    const number = this.#lookUp(name);
    const { bearer, size } = this.#arrays;
    return number < size[0]! ? bearer[number] : undefined;
  }

  /** Gives a name to somebody, unless it is taken; gives who has it then. */
  give(name: string, who: number): number {
    const known = this.bearer(name);
    if (known !== undefined) return known;
    if (this.#isLarge) {
      plainKernels.enter(this.#arrays, name.length, who);
      return who;
    }
    this.#given.set(name, who);
    this.#waiting.push(name);
    if (this.#given.size > mostGiven) this.#becomeLarge();
    return who;
  }

  #becomeLarge(): void {
    const more = { names: this.#given.size, letters: 8 * this.#given.size };
    this.move(this.furnish(plainRoom, more));
    this.gather(this.#arrays, { names: 0, letters: 0 });
    this.#given.clear();
    this.#isLarge = true;
  }

  /** All names with those whom they name. */
  *entries(): Iterable<readonly [name: string, who: number]> {
    yield* this.#given;
    const { letters, start, bearer, size } = this.#arrays;
    for (let k = 0; k < size[0]!; k++) {
      const name = String.fromCharCode(...letters.subarray(start[k], start[k + 1]));
      if (!this.#given.has(name)) yield [name, bearer[k]!];
    }
  }

  /** Its arrays in a room, with place for more. */
  furnish(room: Room, more: Size): Names {
    return NameTable.#arraysIn(room, this.#with(more));
  }

  /** Goes on in arrays that were furnished for it. */
  move(to: Names): void {
    const { letters, start, hash, bearer, size } = this.#arrays;
    const count = size[0]!;
    to.letters.set(letters.subarray(0, start[count]));
    to.start.set(start.subarray(0, count + 1));
    to.hash.set(hash.subarray(0, count));
    to.bearer.set(bearer.subarray(0, count));
    to.size[0] = count;
    to.size[1] = to.slot.length;
    plainKernels.spreadNames(to);
    this.#arrays = to;
  }

  /** Puts all names into its arrays. False, with nothing done, if these are others or have no place for them and for more. */
  gather(arrays: Names, more: Size): boolean {
    const { names, letters } = this.#with(more);
    if (this.#arrays !== arrays || names > arrays.bearer.length || letters > arrays.letters.length) return false;
    for (const name of this.#waiting) {
      this.#lookUp(name);
      plainKernels.enter(arrays, name.length, this.#given.get(name)!);
    }
    this.#waiting = [];
    return true;
  }

  /** The size of a table of all names and more. */
  #with({ names, letters }: Size): Size {
    const { start, size } = this.#arrays;
    const waiting = this.#waiting.reduce((sum, { length }) => sum + length, 0);
    return { names: size[0]! + this.#waiting.length + names, letters: start[size[0]!]! + waiting + letters };
  }

  /** Makes room for one name more, and for as many as there are: they are often followed by others. */
  #makeRoom({ length }: string): void {
    const { letters, start, bearer, size } = this.#arrays;
    const count = size[0]!;
    const end = start[count]!;
    if (count < bearer.length && end + length <= letters.length) return;
    this.move(this.furnish(plainRoom, { names: count + 16, letters: end + length + 128 }));
  }

  #lookUp(name: string): number {
    const { letters, start, size } = this.#arrays;
    const from = start[size[0]!]!;
    for (let k = 0; k < name.length; k++) letters[from + k] = name.charCodeAt(k);
    return plainKernels.lookUp(this.#arrays, name.length);
  }
}
