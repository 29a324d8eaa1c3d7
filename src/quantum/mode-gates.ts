import { type ComplexMatrix, zeroMatrix } from "../numerics/linear/complex-matrix.js";
import { beamSplitter, displacement, squeezing, turned } from "./mode-operators.js";

/** One-parameter groups of unitary operators on one oscillator, a beam splitter's on two. */
export type ModeGateKind = "displace" | "kick" | "squeeze" | "rotate" | "kerr" | "beamsplitter";

/** U(s) = exp(sK) between as many levels as oscillators have, cut from that of all levels. */
export function modeOperator(kind: ModeGateKind, [levels = 1, second = 1]: readonly number[], s: number) {
  switch (kind) {
    case "displace":
      return displacement(levels, { re: s, im: 0 });
    case "kick":
      return displacement(levels, { re: 0, im: s });
    case "squeeze":
      return squeezing(levels, s);
    case "rotate":
      return turned(levels, (n) => s * n);
    case "kerr":
      return turned(levels, (n) => s * n * n);
    case "beamsplitter":
      return beamSplitter(levels, second, s);
  }
}

/** dU/ds = KU, cut as U is: K reaches up to two levels further, so that U is made with as many more. */
export function modeSlope(kind: ModeGateKind, levels: readonly number[], s: number): ComplexMatrix {
  const wide = levels.map((n) => n + 2);
  const U = modeOperator(kind, wide, s);
  const terms = generators[kind];
  const size = levels.reduce((product, n) => product * n, 1);
  const slope = zeroMatrix(size);
  const [rowsWide, rows] = [indices(wide, levels), indices(levels, levels)];
  for (const [at, row] of rows.entries()) {
    for (const { raise, re, im } of terms(levelsOf(row, levels))) {
      const from = rowsWide[at]! + raise.reduce((sum, by, k) => sum + by * strideOf(wide, k), 0);
      for (const [column, wideColumn] of rowsWide.entries()) {
        const [x, y] = [U.re[from * U.size + wideColumn]!, U.im[from * U.size + wideColumn]!];
        slope.re[at * size + column]! += re * x - im * y;
        slope.im[at * size + column]! += re * y + im * x;
      }
    }
  }
  return slope;
}

/** ⟨n|K|n + raise⟩ of the levels n. */
interface Entry {
  readonly raise: readonly number[];
  readonly re: number;
  readonly im: number;
}

const up = (n: number): number => Math.sqrt(n + 1);

const generators: Readonly<Record<ModeGateKind, (n: readonly number[]) => readonly Entry[]>> = {
  /** a† − a */
  displace: ([n = 0]) =>
    lowered([
      { raise: [-1], re: Math.sqrt(n), im: 0 },
      { raise: [1], re: -up(n), im: 0 },
    ]),
  /** i(a† + a) */
  kick: ([n = 0]) =>
    lowered([
      { raise: [-1], re: 0, im: Math.sqrt(n) },
      { raise: [1], re: 0, im: up(n) },
    ]),
  /** (a² − a†²)/2 */
  squeeze: ([n = 0]) =>
    lowered([
      { raise: [2], re: (up(n) * up(n + 1)) / 2, im: 0 },
      { raise: [-2], re: -Math.sqrt(n * (n - 1)) / 2, im: 0 },
    ]),
  rotate: ([n = 0]) => [{ raise: [0], re: 0, im: n }],
  kerr: ([n = 0]) => [{ raise: [0], re: 0, im: n * n }],
  /** a†b − ab† */
  beamsplitter: ([m = 0, n = 0]) =>
    lowered([
      { raise: [-1, 1], re: Math.sqrt(m) * up(n), im: 0 },
      { raise: [1, -1], re: -up(m) * Math.sqrt(n), im: 0 },
    ]),
};

/** What would come from below |0⟩ has no weight. */
const lowered = (entries: readonly Entry[]): readonly Entry[] => entries.filter(({ re, im }) => re !== 0 || im !== 0);

const strideOf = (levels: readonly number[], k: number): number =>
  levels.slice(k + 1).reduce((product, n) => product * n, 1);

const levelsOf = (index: number, levels: readonly number[]): readonly number[] =>
  levels.map((n, k) => Math.floor(index / strideOf(levels, k)) % n);

/** The places of all states of `part` among those of `levels`. */
const indices = (levels: readonly number[], part: readonly number[]): readonly number[] =>
  Array.from({ length: part.reduce((product, n) => product * n, 1) }, (_, index) =>
    levelsOf(index, part).reduce((sum, n, k) => sum + n * strideOf(levels, k), 0),
  );
