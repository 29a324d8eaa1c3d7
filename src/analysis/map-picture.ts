import type { PlotCard } from "../circuit/circuit.js";
import type { MapPicture } from "../result/picture.js";
import type { Column } from "../result/result.js";
import { Curve } from "./interpolation.js";
import type { Traces } from "./traces.js";

type MapCard = Extract<PlotCard, { readonly kind: "map" }>;
type Values = Pick<MapPicture, "cells" | "rows" | "columns" | "at">;

/** The values of a `.plot map` at its place on the axis, or at the axis's end; of a nested sweep in its first branch. */
export function mapOf({ cells, name, at }: MapCard, traces: Traces): Values {
  const { firstBranch } = traces;
  const axis = firstBranch.axis;
  const place = axis && placeOn(axis, at);
  const rows = ascending(cells.map(({ row }) => row));
  const columns = ascending(cells.map(({ column }) => column));
  const values = new Float64Array(rows.length * columns.length).fill(Number.NaN);
  const rowAt = placesOf(rows);
  const columnAt = placesOf(columns);
  for (const { row, column, signal } of cells) {
    const { values: y } = firstBranch.of(signal);
    const value = axis && at !== undefined ? new Curve(axis.values, y).at(place!.values[0]!) : y[y.length - 1]!;
    values[rowAt.get(row)! * columns.length + columnAt.get(column)!] = value;
  }
  return { cells: { name, unit: cells[0]!.signal.unit, values }, rows, columns, at: place };
}

/** The place that is asked for, as far as the axis reaches: a run may have ended early. */
export function placeOn(axis: Column, at = Infinity): Column {
  const { values } = axis;
  const [first, last] = [values[0]!, values[values.length - 1]!];
  const value = Math.min(Math.max(at, Math.min(first, last)), Math.max(first, last));
  return { ...axis, values: Float64Array.of(at === Infinity ? last : value) };
}

const ascending = (indices: readonly number[]): readonly number[] => [...new Set(indices)].sort((a, b) => a - b);
const placesOf = (indices: readonly number[]) => new Map(indices.map((index, k) => [index, k] as const));
