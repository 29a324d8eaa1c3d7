/** A square complex matrix. */
export interface ComplexMatrix {
  readonly size: number;
  readonly re: Float64Array; // size n × n, row-major
  readonly im: Float64Array; // size n × n, row-major
}

export interface Complex {
  readonly re: number;
  readonly im: number;
}

export const zeroMatrix = (size: number): ComplexMatrix => ({
  size,
  re: new Float64Array(size * size),
  im: new Float64Array(size * size),
});

export function identityMatrix(size: number): ComplexMatrix {
  const one = zeroMatrix(size);
  for (let i = 0; i < size; i++) one.re[i * size + i] = 1;
  return one;
}

/** From its rows, each entry a real number or a pair [re, im]. */
export function matrixOf(rows: readonly (readonly (number | readonly [number, number])[])[]): ComplexMatrix {
  const matrix = zeroMatrix(rows.length);
  rows.forEach((row, i) => {
    row.forEach((entry, j) => {
      const [re, im] = typeof entry === "number" ? [entry, 0] : entry;
      matrix.re[i * rows.length + j] = re;
      matrix.im[i * rows.length + j] = im;
    });
  });
  return matrix;
}

/** A·B; zeros of A cost nothing. */
export function multiplied(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix {
  const n = a.size;
  const product = zeroMatrix(n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const [re, im] = [a.re[i * n + k]!, a.im[i * n + k]!];
      if (re === 0 && im === 0) continue;
      for (let j = 0; j < n; j++) {
        product.re[i * n + j]! += re * b.re[k * n + j]! - im * b.im[k * n + j]!;
        product.im[i * n + j]! += re * b.im[k * n + j]! + im * b.re[k * n + j]!;
      }
    }
  }
  return product;
}

/** A†. */
export function adjoint({ size, re, im }: ComplexMatrix): ComplexMatrix {
  const other = zeroMatrix(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      other.re[j * size + i] = re[i * size + j]!;
      other.im[j * size + i] = -im[i * size + j]!;
    }
  }
  return other;
}

/** a·A + b·B with real a and b. */
export const combined = (a: number, A: ComplexMatrix, b: number, B: ComplexMatrix): ComplexMatrix => ({
  size: A.size,
  re: A.re.map((value, k) => a * value + b * B.re[k]!),
  im: A.im.map((value, k) => a * value + b * B.im[k]!),
});

/** A ⊗ B, A's indices the slow ones. */
export function kronecker(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix {
  const n = a.size * b.size;
  const product = zeroMatrix(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const p = Math.floor(i / b.size) * a.size + Math.floor(j / b.size);
      const q = (i % b.size) * b.size + (j % b.size);
      product.re[i * n + j] = a.re[p]! * b.re[q]! - a.im[p]! * b.im[q]!;
      product.im[i * n + j] = a.re[p]! * b.im[q]! + a.im[p]! * b.re[q]!;
    }
  }
  return product;
}
