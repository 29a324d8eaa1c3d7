import type { Signal } from "../circuit/circuit.js";
import type { Column } from "../result/result.js";

/** Every column that an analysis computed, shown or not, found by name. The first is the axis. */
export class Traces {
  readonly #byName: ReadonlyMap<string, Column>;

  constructor(
    readonly columns: readonly Column[],
    readonly axes: number,
  ) {
    this.#byName = new Map(columns.slice(axes).map((column) => [column.name, column]));
  }

  /** The axis: time, or the value swept innermost. An operating point has none. */
  get axis(): Column | undefined {
    return this.axes > 0 ? this.columns[this.axes - 1] : undefined;
  }

  of(signal: Signal): Column {
    const column = this.#byName.get(signal.name);
    if (column === undefined) throw new Error(`the signal ${signal.name} was not recorded`);
    return column;
  }
}
