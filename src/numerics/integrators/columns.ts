// Three columns at a time: what is summed is read and written once for three of them, which is what such a pass costs.

/** out += Σ factor[m] · columns[m] over m = from … to, added in this order. */
export function addCombination(
  columns: readonly Float64Array[],
  factor: ArrayLike<number>,
  from: number,
  to: number,
  out: Float64Array,
): void {
  let m = from;
  for (; m + 2 <= to; m += 3) {
    const [a, b, c] = [columns[m]!, columns[m + 1]!, columns[m + 2]!];
    const [fa, fb, fc] = [factor[m]!, factor[m + 1]!, factor[m + 2]!];
    for (let i = 0; i < out.length; i++) out[i] = out[i]! + fa * a[i]! + fb * b[i]! + fc * c[i]!;
  }
  for (; m <= to; m++) {
    const a = columns[m]!;
    const fa = factor[m]!;
    for (let i = 0; i < out.length; i++) out[i]! += fa * a[i]!;
  }
}
