import type { Dataset } from "./task.js";

/** How the outputs of a network are read as a class. */
export interface Answers {
  /**
   * `largest`: the targets are one-hot, and the largest output says which; `levels`: each output says by itself on which
   * side of `level` it is, and the class is the binary number of these bits, the first target highest.
   */
  readonly kind: "largest" | "levels";
  /** Half-way between the smallest and the largest target. */
  readonly level: number;
}

/** How a data set's targets ask to be read. */
export function answersOf(data: Dataset): Answers {
  const width = data.inputs.length + data.targets.length;
  const targets = data.train.filter((_, k) => k % width >= data.inputs.length);
  let [low, high] = [Infinity, -Infinity];
  for (const target of targets) {
    low = Math.min(low, target);
    high = Math.max(high, target);
  }
  if (low === high) [low, high] = low < 0 ? [-1, 1] : [0, 1]; // a constant gate
  return { kind: isOneHot(targets, data.targets.length, low, high) ? "largest" : "levels", level: (low + high) / 2 };
}

function isOneHot(targets: Float64Array, count: number, low: number, high: number): boolean {
  if (count < 2) return false;
  for (let row = 0; row < targets.length; row += count) {
    let ones = 0;
    for (const target of targets.subarray(row, row + count)) {
      if (target !== low && target !== high) return false;
      if (target === high) ones++;
    }
    if (ones !== 1) return false;
  }
  return true;
}

/** The class that values say, from 0. */
export function classOf({ kind, level }: Answers, values: Float64Array): number {
  if (kind === "levels") return values.reduce((bits, value) => 2 * bits + (value > level ? 1 : 0), 0);
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k]! > values[best]!) best = k;
  return best;
}
