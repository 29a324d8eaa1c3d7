/** ρ ⊗ σ as real numbers: the places of a number of it, of one of ρ and of one of σ in turn, `plus` triples, then `minus`. */
export interface Terms {
  /** Where they are looked up. */
  readonly at: number;
  readonly plus: number;
  readonly minus: number;
}

/** A part of a Hermitian matrix of dimension n: entry (i, j) = re ± i·im, by the places of its numbers. */
function entryOf(i: number, j: number, n: number) {
  const [re, im] = i <= j ? [i * n + j, j * n + i] : [j * n + i, i * n + j];
  return { re, im, sign: Math.sign(j - i) };
}

/** Of matrices of dimensions n and m; an entry above the diagonal stands as its real part, and turned over as its imaginary one. */
export function termsOf(n: number, m: number, kept: (numbers: readonly number[]) => number): Terms {
  const [plus, minus]: [number[], number[]] = [[], []];
  const add = (sign: number, ...places: readonly number[]): void => void (sign > 0 ? plus : minus).push(...places);
  const size = n * m;
  for (let row = 0; row < size; row++) {
    for (let column = row; column < size; column++) {
      const [a, b] = [entryOf(Math.floor(row / m), Math.floor(column / m), n), entryOf(row % m, column % m, m)];
      const [re, im] = [row * size + column, column * size + row];
      add(1, re, a.re, b.re);
      if (a.sign !== 0 && b.sign !== 0) add(-a.sign * b.sign, re, a.im, b.im);
      if (b.sign !== 0) add(b.sign, im, a.re, b.im);
      if (a.sign !== 0) add(a.sign, im, a.im, b.re);
    }
  }
  return { at: kept([...plus, ...minus]), plus: plus.length / 3, minus: minus.length / 3 };
}
