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

/** columns[m] += columns[m + 1] for m = last … 0, of which the first upper one is `sum`; that is overwritten by the last. */
export function accumulate(columns: readonly Float64Array[], last: number, sum: Float64Array): void {
  let m = last;
  for (; m >= 2; m -= 3) {
    const [a, b, c] = [columns[m]!, columns[m - 1]!, columns[m - 2]!];
    for (let i = 0; i < sum.length; i++) {
      const first = a[i]! + sum[i]!;
      const second = b[i]! + first;
      const third = c[i]! + second;
      a[i] = first;
      b[i] = second;
      c[i] = third;
      sum[i] = third;
    }
  }
  for (; m >= 0; m--) {
    const a = columns[m]!;
    for (let i = 0; i < sum.length; i++) {
      const value = a[i]! + sum[i]!;
      a[i] = value;
      sum[i] = value;
    }
  }
}
