import type { Column } from "../result/result.js";

/** A signal of a picture: between points that a gap parts it has no value, so that its curve breaks there. */
export const broken = (column: Column): Column => withRows(column, () => Number.NaN);

/** The axis that goes with such signals: it stays where it is at the row before. */
export const prolonged = (column: Column): Column => withRows(column, (before) => before);

/** A column with a row more at each gap, made of the one before. */
function withRows(column: Column, made: (before: number) => number): Column {
  const { leftOut, ...rest } = column;
  if (leftOut === undefined) return column;
  const { values } = column;
  const longer = new Float64Array(values.length + leftOut.length);
  let from = 0;
  for (const [k, row] of leftOut.entries()) {
    longer.set(values.subarray(from, row), from + k);
    longer[row + k] = made(values[row - 1]!);
    from = row;
  }
  longer.set(values.subarray(from), from + leftOut.length);
  return { ...rest, values: longer };
}
