import type { Signal } from "../../circuit/circuit.js";
import type { CompiledSystem } from "../../equations/compiled-system.js";
import type { RowReader } from "../../equations/signal-rows.js";
import type { Column } from "../../result/result.js";
import { isNoJump } from "../no-jump.js";
import { mostValues, type Rows, timeAxis } from "../recorder.js";

/** So many points are read at once. */
const most = 64;

/** So many of a signal's last values say how large it is. */
const late = 64;

/**
 * The points of several circuits that are solved as one: signals of all of them are read at many points at once. Where a row is the other side of a jump for some of the circuits, the others do without it.
 */
export class LaneRows implements Rows {
  readonly signals: readonly Signal[];
  readonly #read: RowReader;
  readonly #width: number; // of a row: signals
  readonly #t = new Float64Array(most); // points that wait to be read
  readonly #x: Float64Array; // size most × n, point by point
  #waiting = 0;
  #isWhole = true;
  #times: Float64Array;
  #values: Float64Array[]; // size signals × rows
  #now = new Float64Array(0); // size signals × points: what was read just now
  readonly #first: readonly number[]; // by lane: the first of its signals
  readonly #without: readonly Set<number>[]; // by lane: rows that it does without
  #size = 0;
  full = false;

  /** @param lanes the signals of each circuit, all of one number, as those of the whole */
  constructor(
    system: Pick<CompiledSystem, "reader" | "pattern">,
    readonly lanes: readonly (readonly Signal[])[],
    expected: number,
  ) {
    this.signals = lanes.flat();
    this.#read = system.reader(this.signals);
    const width = this.signals.length;
    this.#width = width;
    this.#x = new Float64Array(most * system.pattern.size);
    this.#first = lanes.map((_, k) => k * lanes[0]!.length);
    this.#without = lanes.map(() => new Set());
    const rows = Math.min(expected, Math.ceil(mostValues / (16 * Math.max(1, width))));
    this.#times = new Float64Array(rows);
    this.#values = this.signals.map(() => new Float64Array(rows));
  }

  get offered(): number {
    return this.#size;
  }

  get lastAxis(): number {
    return this.#size === 0 ? Number.NaN : this.#times[this.#size - 1]!;
  }

  /** Whether every signal had a finite value at every point. */
  get isWhole(): boolean {
    this.#readAll();
    return this.#isWhole;
  }

  keep([time]: readonly number[], t: number, x: Float64Array): void {
    if (this.#size === this.#times.length && !this.#grow()) return;
    if (this.#waiting === most) this.#readAll();
    this.#times[this.#size++] = time!;
    const from = this.#waiting * x.length;
    for (let j = 0; j < x.length; j++) this.#x[from + j] = x[j]!;
    this.#t[this.#waiting++] = t;
  }

  keepAll(times: Float64Array, count: number, x: Float64Array): void {
    while (this.#size + count > this.#times.length) if (!this.#grow()) return;
    this.#readAll();
    this.#times.set(times.subarray(0, count), this.#size);
    this.#size += count;
    this.#readInto(this.#size - count, count, times, x);
  }

  /** Reads the points that wait: nothing in circuits that go side by side changes between points but t and x. */
  #readAll(): void {
    const count = this.#waiting;
    if (count === 0) return;
    const n = this.#x.length / most;
    const x = new Float64Array(n * count);
    for (let point = 0; point < count; point++)
      for (let j = 0; j < n; j++) x[j * count + point] = this.#x[point * n + j]!;
    this.#readInto(this.#size - count, count, this.#t, x);
    this.#waiting = 0;
  }

  #readInto(row: number, count: number, t: Float64Array, x: Float64Array): void {
    if (this.#now.length < count * this.#width) this.#now = new Float64Array(count * this.#width);
    const now = this.#now;
    this.#read(count, t, x, now);
    for (let k = 0; k < this.#width; k++) this.#values[k]!.set(now.subarray(k * count, (k + 1) * count), row);
    for (let k = 0; k < count * this.#width; k++) if (!Number.isFinite(now[k]!)) this.#isWhole = false;
  }

  keepOtherSide(t: number, x: Float64Array): void {
    const size = this.#size;
    this.keep([this.lastAxis], t, x);
    if (this.#size === size) return;
    this.#readAll();
    const without = this.lanes.flatMap((signals, lane) => (this.#jumps(signals, lane) ? [] : [lane]));
    if (without.length === this.lanes.length) this.#size--;
    else for (const lane of without) this.#without[lane]!.add(size);
  }

  /** Whether one of the signals of a lane is another in the last row than in the one before. */
  #jumps(signals: readonly Signal[], lane: number): boolean {
    return signals.some(
      (signal, k) => !isNoJump(this.#column(this.#first[lane]! + k, Math.max(0, this.#size - late)), signal),
    );
  }

  #column(of: number, from = 0): Float64Array {
    return this.#values[of]!.slice(from, this.#size);
  }

  /** The columns of a lane. */
  columnsOf(lane: number): readonly Column[] {
    this.#readAll();
    const without = this.#without[lane]!;
    const own = (values: Float64Array): Float64Array =>
      without.size === 0 ? values : values.filter((_, row) => !without.has(row));
    return [
      { ...timeAxis, values: own(this.#times.subarray(0, this.#size)) },
      ...this.lanes[lane]!.map(({ name, unit }, k) => ({
        name,
        unit,
        values: own(this.#column(this.#first[lane]! + k)),
      })),
    ];
  }

  /** Doubles the room; false where there is no more. */
  #grow(): boolean {
    const rows = Math.max(16, 2 * this.#times.length);
    this.full ||= rows * this.#width > mostValues;
    if (this.full) return false;
    const longer = (values: Float64Array): Float64Array => {
      const grown = new Float64Array(rows);
      grown.set(values);
      return grown;
    };
    this.#times = longer(this.#times);
    this.#values = this.#values.map(longer);
    return true;
  }
}
