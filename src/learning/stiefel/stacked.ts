/** Hermitian matrices behind each other, as many as a truth table has rows. */
export interface Stack {
  readonly size: number; // n
  readonly re: Float64Array; // size rows × n × n, row-major
  readonly im: Float64Array; // size rows × n × n, row-major
}

export const stackOf = (rows: number, size: number): Stack => ({
  size,
  re: new Float64Array(rows * size * size),
  im: new Float64Array(rows * size * size),
});

/** A ⊗ B, row by row of the table. */
export function productOf(a: Stack, b: Stack): Stack {
  const rows = a.re.length / (a.size * a.size);
  const [n, m] = [a.size, b.size];
  const size = n * m;
  const product = stackOf(rows, size);
  for (let row = 0; row < rows; row++) {
    for (let p = 0; p < size * size; p++) {
      const [i, j] = [Math.floor(p / size), p % size];
      const x = row * n * n + Math.floor(i / m) * n + Math.floor(j / m);
      const y = row * m * m + (i % m) * m + (j % m);
      const at = row * size * size + p;
      product.re[at] = a.re[x]! * b.re[y]! - a.im[x]! * b.im[y]!;
      product.im[at] = a.re[x]! * b.im[y]! + a.im[x]! * b.re[y]!;
    }
  }
  return product;
}

/** Aᵀ, row by row of the table; of Hermitian matrices that is A*. */
export const transposed = ({ size, re, im }: Stack): Stack => ({ size, re, im: im.map((value) => -value) });

/** Re Tr AB, of each row of the table, for Hermitian A and B. */
export function expectations(a: Stack, b: Stack): Float64Array {
  const square = a.size * a.size;
  return Float64Array.from({ length: a.re.length / square }, (_, row) => {
    let sum = 0;
    for (let k = row * square; k < (row + 1) * square; k++) sum += a.re[k]! * b.re[k]! + a.im[k]! * b.im[k]!;
    return sum;
  });
}

/**
 * What an observable of several factors is of one of them, the others being in given states: Tr_others[(1 ⊗ ρ_others) O].
 *
 * @param states of all factors, the first one the most significant; that of `among` is not looked at
 */
export function partOf(O: Stack, states: readonly Stack[], among: number): Stack {
  const size = states[among]!.size;
  const after = states.slice(among + 1).reduce((product, { size }) => product * size, 1);
  const rows = O.re.length / (O.size * O.size);
  const others = states.filter((_, k) => k !== among);
  const rest = others.length === 0 ? ones(rows) : others.reduce(productOf);
  const part = stackOf(rows, size);
  for (let row = 0; row < rows; row++) {
    for (let p = 0; p < rest.size; p++) {
      for (let q = 0; q < rest.size; q++) {
        const weight = row * rest.size * rest.size + q * rest.size + p; // ρ_qp, for the trace
        const [c, d] = [rest.re[weight]!, rest.im[weight]!];
        if (c === 0 && d === 0) continue;
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < size; j++) {
            const line = (Math.floor(p / after) * size + i) * after + (p % after);
            const column = (Math.floor(q / after) * size + j) * after + (q % after);
            const from = row * O.size * O.size + line * O.size + column;
            const to = row * size * size + i * size + j;
            part.re[to]! += c * O.re[from]! - d * O.im[from]!;
            part.im[to]! += c * O.im[from]! + d * O.re[from]!;
          }
        }
      }
    }
  }
  return part;
}

/** The number 1 in each row: the state of no factor. */
function ones(rows: number): Stack {
  const stack = stackOf(rows, 1);
  stack.re.fill(1);
  return stack;
}
