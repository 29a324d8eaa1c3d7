// The inner loops: X += Σ (cr + i·ci) · row. Several rows at once, for memory costs; no arrays or objects, not even those
// that a compiler might leave out.

// biome-ignore format: one line a row
/** Adds a multiple of one row. */
export function oneRow(
  re: Float64Array, im: Float64Array, xr: Float64Array, xi: Float64Array, to: number, width: number,
  p: number, ar: number, ai: number,
): void {
  for (let j = 0; j < width; j++) {
    const u = re[p + j]!;
    const v = im[p + j]!;
    xr[to + j]! += ar * u - ai * v;
    xi[to + j]! += ar * v + ai * u;
  }
}

// biome-ignore format: one line a row
/** Adds multiples of two rows. */
export function twoRows(
  re: Float64Array, im: Float64Array, xr: Float64Array, xi: Float64Array, to: number, width: number,
  p: number, ar: number, ai: number, q: number, br: number, bi: number,
): void {
  for (let j = 0; j < width; j++) {
    const u = re[p + j]!;
    const v = im[p + j]!;
    const w = re[q + j]!;
    const z = im[q + j]!;
    xr[to + j]! += ar * u - ai * v + br * w - bi * z;
    xi[to + j]! += ar * v + ai * u + br * z + bi * w;
  }
}

// biome-ignore format: one line a row
/** Adds multiples of three rows. */
export function threeRows(
  re: Float64Array, im: Float64Array, xr: Float64Array, xi: Float64Array, to: number, width: number,
  p: number, ar: number, ai: number, q: number, br: number, bi: number, r: number, cr: number, ci: number,
): void {
  for (let j = 0; j < width; j++) {
    const u = re[p + j]!;
    const v = im[p + j]!;
    const w = re[q + j]!;
    const z = im[q + j]!;
    const m = re[r + j]!;
    const n = im[r + j]!;
    xr[to + j]! += ar * u - ai * v + br * w - bi * z + cr * m - ci * n;
    xi[to + j]! += ar * v + ai * u + br * z + bi * w + cr * n + ci * m;
  }
}
