import type { Signal } from "../circuit/circuit.js";
import type { Column, Table } from "../result/result.js";

/** Every column that an analysis computed, shown or not, found by name. The first is the axis. */
export class Traces {
  readonly #byName: ReadonlyMap<string, Column>;

  constructor(
    readonly columns: readonly Column[],
    readonly axes: number,
    /** What was found beside the columns: the loops of memristors of a block. */
    readonly tables: readonly Table[] = [],
  ) {
    this.#byName = new Map(columns.slice(axes).map((column) => [column.name, column]));
  }

  /** The axis: time, or the value swept innermost. An operating point has none. */
  get axis(): Column | undefined {
    return this.axes > 0 ? this.columns[this.axes - 1] : undefined;
  }

  /** Of a nested sweep the first branch: the rows before an outer value changes. A measure speaks of it alone. */
  get firstBranch(): Traces {
    const outer = this.columns.slice(0, Math.max(0, this.axes - 1));
    if (outer.length === 0) return this;
    const rows = this.columns[0]?.values.length ?? 0;
    let end = 1;
    while (end < rows && outer.every(({ values }) => values[end] === values[0])) end++;
    if (end >= rows) return this;
    const columns = this.columns.map((column) => ({ ...column, values: column.values.subarray(0, end) }));
    return new Traces(columns, this.axes, this.tables);
  }

  /** The values of the sweeps around the axis, outermost first. */
  get outer(): readonly Column[] {
    return this.columns.slice(0, Math.max(0, this.axes - 1));
  }

  of(signal: Signal): Column {
    const column = this.#byName.get(signal.name);
    if (column === undefined) throw new Error(`the signal ${signal.name} was not recorded`);
    return column;
  }
}
