import type { DeviceClass, Member } from "./classes.js";

/** The corners of all sources. Each source is asked again only when its own next corner has passed. */
export class Corners {
  readonly #members: readonly Member[];
  readonly #asked: Float64Array; // size sources: from when on the answer holds, s
  readonly #next: Float64Array; // size sources: until when, the answer itself, s

  constructor(classes: readonly DeviceClass[]) {
    this.#members = classes
      .filter(({ device }) => device.source !== undefined)
      .flatMap((of) => [...of.instances.keys()].map((index) => ({ of, index })));
    this.#asked = new Float64Array(this.#members.length);
    this.#next = new Float64Array(this.#members.length);
    this.forget();
  }

  /** Forgets the answers: a value has changed. */
  forget(): void {
    this.#asked.fill(Number.POSITIVE_INFINITY);
  }

  /** The first corner after t, s; Infinity if there is none. */
  next(t: number): number {
    let first = Number.POSITIVE_INFINITY;
    for (let k = 0; k < this.#members.length; k++) {
      if (!(this.#asked[k]! <= t && t < this.#next[k]!)) {
        const { of, index } = this.#members[k]!;
        this.#asked[k] = t;
        this.#next[k] = of.device.source!.next(t, of.values.of(index));
      }
      first = Math.min(first, this.#next[k]!);
    }
    return first;
  }

  /** The shortest period of a source, s; Infinity if none oscillates. */
  get shortestPeriod(): number {
    return shortestOf(this.#members);
  }

  /** The shortest period of a source that bends between its corners, s; Infinity if none does. */
  get shortestWave(): number {
    return shortestOf(this.#members.filter(({ of }) => of.device.source!.isStraight !== true));
  }
}

const shortestOf = (members: readonly Member[]): number =>
  members.reduce(
    (shortest, { of, index }) => Math.min(shortest, of.device.source!.period(of.values.of(index))),
    Number.POSITIVE_INFINITY,
  );
