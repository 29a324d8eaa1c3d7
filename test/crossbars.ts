import type { Column } from "../src/index.js";

// Passive crossbars with resistive lines, as netlists.

export interface Crossbar {
  /** Rows and columns. */
  readonly size: number;
  /** The model of its memristors: kind, window, values. */
  readonly model: string;
  /** What drives row r, from 1 on: `sin(0 1 1)`. */
  drive(row: number): string;
  /** `.tran`'s step and end. */
  readonly run: string;
  readonly options?: string;
}

/** A driver of 50 Ω at each row, 2.5 Ω from cell to cell, 50 Ω from each column to ground. */
export function crossbar({ size, model, drive, run, options }: Crossbar): string {
  const cards = [`Crossbar of ${size} × ${size}`, `.model m memristor(${model})`];
  const lines = Array.from({ length: size }, (_, k) => k + 1);
  for (const r of lines) {
    cards.push(`V${r} d${r} 0 ${drive(r)}`, `Rd${r} d${r} r${r}_1 50`, `Rs${r} c${size}_${r} 0 50`);
    for (const c of lines) {
      if (c < size)
        cards.push(`Rr${r}_${c} r${r}_${c} r${r}_${c + 1} 2.5`, `Rc${r}_${c} c${c}_${r} c${c + 1}_${r} 2.5`);
      const start = 0.1 + 0.8 * ((r * 0.618 + c * 0.414) % 1);
      cards.push(`YMEMRISTOR m${r}_${c} r${r}_${c} c${r}_${c} m x0=${start.toFixed(4)}`);
    }
  }
  if (options !== undefined) cards.push(`.options ${options}`);
  for (const r of lines) {
    cards.push(`.save v(c${size}_${r})`);
    for (const c of lines) cards.push(`.save x(m${r}_${c})`);
  }
  return [...cards, `.tran ${run} uic`, ".end"].join("\n");
}

/** The smallest and the largest value of the columns whose names begin so. */
export function rangeOf(columns: readonly Column[], begin: string): readonly [least: number, most: number] {
  let [least, most] = [Infinity, -Infinity];
  for (const { name, values } of columns) {
    if (!name.startsWith(begin)) continue;
    for (const value of values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  return [least, most];
}

/**
 * The largest difference of two results in the columns whose names begin so, over the largest value, at the times that
 * both have: where a state meets its wall each has one of its own.
 */
export function differenceOf(one: readonly Column[], other: readonly Column[], begin: string): number {
  const at = new Map(Array.from(other[0]!.values, (time, k) => [time, k]));
  let most = 0;
  for (const { name, values } of one) {
    if (!name.startsWith(begin)) continue;
    const others = other.find((column) => column.name === name)!.values;
    one[0]!.values.forEach((time, k) => {
      const same = at.get(time);
      if (same !== undefined) most = Math.max(most, Math.abs(values[k]! - others[same]!));
    });
  }
  const [least, largest] = rangeOf(other, begin);
  return most / Math.max(-least, largest);
}
