import type { Signal } from "../../circuit/circuit.js";
import type { CompiledSystem } from "../../equations/compiled-system.js";
import type { RowReader } from "../../equations/signal-rows.js";
import type { Column } from "../../result/result.js";
import { isNoJump } from "../no-jump.js";
import { mostValues, type Rows, timeAxis } from "../recorder.js";

/** So many of a signal's last values say how large it is. */
const late = 64;

/**
 * The points of several circuits that are solved as one: signals of all of them are read at once, and stand row by row until
 * columns are asked for. Where a row is the other side of a jump for some of the circuits, the others do without it.
 */
export class LaneRows implements Rows {
  readonly signals: readonly Signal[];
  readonly #read: RowReader;
  readonly #row: Float64Array; // size signals: their values at the point at hand
  #times: Float64Array;
  #values: Float64Array; // size rows × signals
  readonly #first: readonly number[]; // by lane: the first of its signals
  readonly #without: readonly Set<number>[]; // by lane: rows that it does without
  #size = 0;
  full = false;
  /** Whether every signal had a finite value at every point. */
  isWhole = true;

  /** @param lanes the signals of each circuit, all of one number, as those of the whole */
  constructor(
    system: Pick<CompiledSystem, "reader">,
    readonly lanes: readonly (readonly Signal[])[],
    expected: number,
  ) {
    this.signals = lanes.flat();
    this.#read = system.reader(this.signals);
    const width = this.signals.length;
    this.#row = new Float64Array(width);
    this.#first = lanes.map((_, k) => k * lanes[0]!.length);
    this.#without = lanes.map(() => new Set());
    const rows = Math.min(expected, Math.ceil(mostValues / (16 * Math.max(1, width))));
    this.#times = new Float64Array(rows);
    this.#values = new Float64Array(rows * width);
  }

  get offered(): number {
    return this.#size;
  }

  get lastAxis(): number {
    return this.#size === 0 ? Number.NaN : this.#times[this.#size - 1]!;
  }

  keep([time]: readonly number[], t: number, x: Float64Array): void {
    const row = this.#row;
    this.#read(t, x, row);
    if (this.#size === this.#times.length && !this.#grow()) return;
    this.#times[this.#size] = time!;
    const from = this.#size * row.length;
    for (let k = 0; k < row.length; k++) {
      this.#values[from + k] = row[k]!;
      if (!Number.isFinite(row[k]!)) this.isWhole = false;
    }
    this.#size++;
  }

  keepOtherSide(t: number, x: Float64Array): void {
    const size = this.#size;
    this.keep([this.lastAxis], t, x);
    if (this.#size === size) return;
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
    const width = this.#row.length;
    const column = new Float64Array(this.#size - from);
    for (let row = from; row < this.#size; row++) column[row - from] = this.#values[row * width + of]!;
    return column;
  }

  /** The columns of a lane. */
  columnsOf(lane: number): readonly Column[] {
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
    this.full ||= rows * this.#row.length > mostValues;
    if (this.full) return false;
    const [times, values] = [this.#times, this.#values];
    this.#times = new Float64Array(rows);
    this.#times.set(times);
    this.#values = new Float64Array(rows * this.#row.length);
    this.#values.set(values);
    return true;
  }
}
