import type { Source, Span } from "../text/source.js";
import type { Card } from "./card.js";
import { longestLine, nextLine } from "./line.js";
import { PlainInstance } from "./plain-instance.js";
import { marks } from "./plain-line.js";
import { roomFor } from "./room.js";

/** In a shorter text nobody looks for them. */
const shortest = 4096;
/** So many cards in a row are worth it. */
const fewest = 16;
/** Where there were fewer so often in a row, nobody looks again for so many characters. */
const [mostMisses, patience] = [4, 1000];

/**
 * Element cards in a row, each a line of words: rows of numbers, for a large netlist has tens of thousands of them. Each is a card by itself
 * for whoever asks for it.
 */
export class PlainCards implements Card, Span {
  constructor(
    readonly source: Source,
    /** The text, four characters to a number. */
    readonly packed: Int32Array,
    /** Two for each card: its first character, and that behind its last. */
    readonly places: Int32Array,
  ) {}

  get kind(): "cards" {
    return "cards";
  }

  get span(): Span {
    return this;
  }

  get start(): number {
    return this.places[0]!;
  }

  get end(): number {
    return this.places.at(-1)!;
  }

  get text(): string {
    return this.source.text.slice(this.start, this.end);
  }

  get count(): number {
    return this.places.length / 2;
  }

  at(index: number): PlainInstance {
    return new PlainInstance(this.source, this.places[2 * index]!, this.places[2 * index + 1]!, true);
  }

  all(): readonly PlainInstance[] {
    return Array.from({ length: this.count }, (_, k) => this.at(k));
  }
}

/** Looks for plain cards in a text, from its beginning to its end. */
export class PlainCardFinder {
  readonly #source: Source;
  #room: ReturnType<typeof packed> | undefined;
  /** Nothing is looked for before this. */
  #from = 0;
  /** How often nothing was found since something was. */
  #misses = 0;

  constructor(source: Source) {
    this.#source = source;
    if (source.text.length < shortest) this.#from = Infinity;
  }

  /** Cards from the line at `start` on, and where the line behind them begins; undefined where there are few. */
  find(start: number): { readonly cards: PlainCards; readonly next: number } | undefined {
    const { text } = this.#source;
    if (start < this.#from || nextLine(text, start) - start > longestLine) return undefined;
    this.#room ??= packed(text);
    const { arrays, kernels } = this.#room;
    const { cards, last } = arrays;
    const most = cards.length >> 1;
    const found = kernels.findCards(arrays.text, start, text.length, longestLine, arrays.marks, most, cards, last);
    this.#from = last[1]!;
    if (found <= fewest) {
      this.#from += ++this.#misses < mostMisses ? 1 : patience;
      return undefined;
    }
    this.#misses = 0;
    // The last one may go on in the next line.
    const next = last[0]!;
    return { cards: new PlainCards(this.#source, arrays.text, cards.slice(0, 2 * found - 2)), next };
  }
}

const notAscii = 127;

function packed(text: string) {
  const room = roomFor((give) => ({
    text: give.ints((text.length >> 2) + 1),
    marks: give.ints(Int32Array.from({ length: 256 }, (_, code) => marks[Math.min(code, notAscii)]!)),
    cards: give.ints(2 * ((text.length >> 3) + 1)),
    last: give.ints(2),
  }));
  const { buffer, byteOffset } = room.arrays.text;
  const bytes = new Uint8Array(buffer, byteOffset, text.length);
  const { read, written } = new TextEncoder().encodeInto(text, bytes);
  if (read === text.length && written === text.length) return room;
  for (let k = 0; k < text.length; k++) bytes[k] = Math.min(text.charCodeAt(k), notAscii);
  return room;
}
