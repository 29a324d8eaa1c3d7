import type { Columns } from "../../numerics/linear/columns.js";
import { fillChoi } from "../../quantum/choi.js";
import type { Stack } from "./stacked.js";

/** A channel from `input` to `output` dimensions, as what it does to matrices: J, of d_out·d_in rows (o·d_in + i). */
export interface Choi {
  readonly input: number;
  readonly output: number;
  readonly re: Float64Array; // size D × D, row-major
  readonly im: Float64Array; // size D × D, row-major
}

export const choiOf = (input: number, output: number): Choi => ({
  input,
  output,
  re: new Float64Array((input * output) ** 2),
  im: new Float64Array((input * output) ** 2),
});

/** Overwrites J with the Choi matrix of the channel at a point. */
export function fillChoiOf({ rows, re, im }: Columns, J: Choi): void {
  const { input, output } = J;
  const count = rows / output;
  fillChoi({ input, output, count, re, im }, { operator: 1, output: count, input: rows }, J);
}

/** Overwrites J with how the Choi matrix changes as S goes along η: Σ_a s_a η_a† + η_a s_a†. */
export function fillChangeOf(S: Columns, eta: Columns, J: Choi): void {
  const { input, output } = J;
  const [D, kraus] = [input * output, S.rows / output];
  for (let p = 0; p < D; p++) {
    const first = (p % input) * S.rows + Math.floor(p / input) * kraus;
    for (let q = 0; q <= p; q++) {
      const second = (q % input) * S.rows + Math.floor(q / input) * kraus;
      let x = 0;
      let y = 0;
      for (let a = 0; a < kraus; a++) {
        const [k, l] = [first + a, second + a];
        x += S.re[k]! * eta.re[l]! + S.im[k]! * eta.im[l]! + eta.re[k]! * S.re[l]! + eta.im[k]! * S.im[l]!;
        y += S.im[k]! * eta.re[l]! - S.re[k]! * eta.im[l]! + eta.im[k]! * S.re[l]! - eta.re[k]! * S.im[l]!;
      }
      J.re[p * D + q] = x;
      J.re[q * D + p] = x;
      J.im[p * D + q] = y;
      J.im[q * D + p] = -y;
    }
  }
}

/** Overwrites `out` with N(σ), row by row of the table: N(σ)_oo' = Σ_ii' J[(o,i),(o',i')] σ_ii'. */
export function through(J: Choi, sigma: Stack, out: Stack): void {
  const { input: n, output: m } = J;
  const rows = sigma.re.length / (n * n);
  for (let row = 0; row < rows; row++) {
    for (let o = 0; o < m; o++) {
      for (let other = 0; other < m; other++) {
        let x = 0;
        let y = 0;
        for (let i = 0; i < n; i++) {
          const from = (o * n + i) * n * m + other * n;
          const at = row * n * n + i * n;
          for (let j = 0; j < n; j++) {
            const [a, b, c, d] = [J.re[from + j]!, J.im[from + j]!, sigma.re[at + j]!, sigma.im[at + j]!];
            x += a * c - b * d;
            y += a * d + b * c;
          }
        }
        const to = row * m * m + o * m + other;
        out.re[to] = x;
        out.im[to] = y;
      }
    }
  }
}

/** N†(O), row by row of the table: N†(O)_i'i = Σ_oo' J[(o,i),(o',i')] O_o'o. */
export function backThrough(J: Choi, O: Stack, out: Stack): void {
  const { input: n, output: m } = J;
  const rows = O.re.length / (m * m);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let x = 0;
        let y = 0;
        for (let p = 0; p < m * m; p++) {
          const [o, other] = [Math.floor(p / m), p % m];
          const from = (o * n + i) * n * m + other * n + j;
          const at = row * m * m + other * m + o;
          x += J.re[from]! * O.re[at]! - J.im[from]! * O.im[at]!;
          y += J.re[from]! * O.im[at]! + J.im[from]! * O.re[at]!;
        }
        out.re[row * n * n + j * n + i] = x;
        out.im[row * n * n + j * n + i] = y;
      }
    }
  }
}
