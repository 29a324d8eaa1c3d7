import { describe, expect, test } from "vitest";
import {
  adjoint,
  type ComplexMatrix,
  combined,
  identityMatrix,
  kronecker,
  multiplied,
  zeroMatrix,
} from "../src/numerics/linear/complex-matrix.js";
import { hermitianEigenvectors } from "../src/numerics/linear/hermitian-eigenvectors.js";
import { Random } from "../src/numerics/random.js";
import {
  type GaussianKind,
  gaussianMap,
  type Moments,
  mapMoments,
  pullBack,
  slopeOf,
} from "../src/quantum/gaussian.js";
import { annihilation, creation } from "../src/quantum/local-operators.js";
import { beamSplitter, displacement, photonLoss, squeezing } from "../src/quantum/mode-operators.js";
import { deck, inFolderOfItsOwn, pinched } from "./command-line.js";

// Oscillators in Gaussian states by means and covariances, and by levels: laws, closed forms, and both beside each other.

inFolderOfItsOwn();

type Gate = readonly [kind: GaussianKind, systems: readonly number[], s: number];

const vacuum = (modes: number): Moments => {
  const size = 2 * modes + 1;
  return Float64Array.from({ length: size * size }, (_, k) => (k % (size + 1) > 0 ? 0 : k === 0 ? 1 : 0.5));
};

const momentsAfter = (modes: number, gates: readonly Gate[]): Moments => {
  const M = vacuum(modes);
  for (const gate of gates) mapMoments(M, gaussianMap(...gate));
  return M;
};

const covariance = (M: Moments): number[][] => {
  const size = Math.sqrt(M.length);
  const places = Array.from({ length: size - 1 }, (_, k) => k + 1);
  return places.map((i) => places.map((j) => M[i * size + j]! - M[i]! * M[j]!));
};

const kinds = ["displace", "kick", "squeeze", "rotate", "beamsplitter"] as const;
const at = (kind: GaussianKind): readonly number[] => (kind === "beamsplitter" ? [0, 1] : [1]);

/** Ω of x₁ p₁ x₂ p₂. */
const omega = (i: number, j: number): number => (i >> 1 === j >> 1 ? j - i : 0);

const circuit = (random: Random, length: number, withLoss: boolean): Gate[] =>
  Array.from({ length }, () => {
    const kind = [...kinds, ...(withLoss ? (["loss"] as const) : [])][random.below(withLoss ? 6 : 5)]!;
    const [a, b] = random.uniform() < 0.5 ? [0, 1] : [1, 0];
    const s = kind === "loss" ? random.uniform() : 2 * random.uniform() - 1;
    return [kind, kind === "beamsplitter" ? [a, b] : [a], s];
  });

describe("means and covariances", () => {
  test.each(kinds)("`%s` keeps the commutators: SΩSᵀ = Ω", (kind) => {
    for (const s of [-1.3, 0, 0.4, 2]) {
      const S = gaussianMap(kind, at(kind), s)
        .G.slice(1)
        .map((row) => row.slice(1));
      for (const [i, a] of S.entries())
        for (const [j, b] of S.entries()) {
          const found = a.reduce((sum, x, k) => sum + b.reduce((rest, y, l) => rest + x * omega(k, l) * y, 0), 0);
          expect(found).toBeCloseTo(omega(i, j), 13);
        }
    }
  });

  test("V + iΩ/2 stays positive, and pure without loss", () => {
    const random = new Random(5, "gaussian");
    for (let run = 0; run < 40; run++) {
      const withLoss = run % 2 === 0;
      const V = covariance(momentsAfter(2, circuit(random, 12, withLoss)));
      const matrix: ComplexMatrix = {
        size: 4,
        re: Float64Array.from(V.flat()),
        im: Float64Array.from(V.flat(), (_, k) => omega(k >> 2, k & 3) / 2),
      };
      const values = hermitianEigenvectors(matrix).values;
      const largest = Math.max(...values);
      expect(Math.min(...values)).toBeGreaterThan(-1e-13 * largest);
      // Of a pure state two of the four are 0.
      if (!withLoss) expect([...values].sort((a, b) => a - b)[1]).toBeLessThan(1e-12 * largest);
    }
  });

  test("losses compose, and what is lost for good is the vacuum", () => {
    const before: readonly Gate[] = [
      ["squeeze", [0], 0.7],
      ["displace", [0], 1.1],
      ["beamsplitter", [0, 1], 0.5],
    ];
    const both = momentsAfter(2, [...before, ["loss", [1], 0.3], ["loss", [1], 0.6]]);
    const one = momentsAfter(2, [...before, ["loss", [1], 1 - 0.7 * 0.4]]);
    for (const [k, value] of both.entries()) expect(value).toBeCloseTo(one[k]!, 13);
    const none = momentsAfter(2, [...before, ["loss", [0], 1], ["loss", [1], 1]]);
    for (const [k, value] of none.entries()) expect(value).toBeCloseTo(vacuum(2)[k]!, 13);
  });

  test("closed forms: ⟨a⟩, ⟨n⟩ = |α|² + sinh²r, and the variances of a squeezed vacuum", () => {
    const M = momentsAfter(1, [
      ["squeeze", [0], 0.4],
      ["displace", [0], 0.8],
      ["kick", [0], 0.3],
      ["rotate", [0], 0.7],
    ]);
    const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
    expect(M[1]! / Math.SQRT2).toBeCloseTo(0.8 * c - 0.3 * s, 13);
    expect(M[2]! / Math.SQRT2).toBeCloseTo(0.8 * s + 0.3 * c, 13);
    expect((M[4]! + M[8]! - 1) / 2).toBeCloseTo(0.73 + Math.sinh(0.4) ** 2, 13);
    const [[x], [, p]] = covariance(momentsAfter(1, [["squeeze", [0], 0.4]])) as [number[], number[]];
    expect(x).toBeCloseTo(Math.exp(-0.8) / 2, 14);
    expect(p).toBeCloseTo(Math.exp(0.8) / 2, 14);
  });

  test("an operator carried back has the mean of the one behind, and slopes are those of differences", () => {
    const random = new Random(9, "slopes");
    const gates = circuit(random, 14, true);
    const form = Float64Array.from({ length: 25 }, () => random.normal());
    const symmetric = form.map((value, k) => value + form[(k % 5) * 5 + Math.floor(k / 5)]!);
    const mean = (M: Moments, O: Moments) => M.reduce((sum, value, k) => sum + value * O[k]!, 0);
    const whole = mean(momentsAfter(2, gates), symmetric);
    const O = symmetric.slice();
    for (let k = gates.length - 1; k >= 0; k--) {
      const [kind, systems, s] = gates[k]!;
      if (kind !== "loss") {
        const moved = (h: number) => mean(momentsAfter(2, gates.with(k, [kind, systems, s + h])), symmetric);
        const h = 1e-4;
        const difference = (8 * (moved(h) - moved(-h)) - (moved(2 * h) - moved(-2 * h))) / (12 * h);
        const found = slopeOf(kind, systems, momentsAfter(2, gates.slice(0, k + 1)), O);
        expect(Math.abs(found - difference)).toBeLessThan(1e-8 * (1 + Math.abs(whole) + Math.abs(difference)));
      }
      pullBack(O, gaussianMap(kind, systems, s));
      expect(Math.abs(mean(momentsAfter(2, gates.slice(0, k)), O) - whole)).toBeLessThan(1e-11 * (1 + Math.abs(whole)));
    }
  });
});

/** exp A by its series, of A/2ᵏ, squared k times. */
function exponential(A: ComplexMatrix): ComplexMatrix {
  const halvings = 8;
  const small = combined(2 ** -halvings, A, 0, A);
  let sum = identityMatrix(A.size);
  let term = sum;
  for (let k = 1; k <= 14; k++) {
    term = combined(1 / k, multiplied(term, small), 0, term);
    sum = combined(1, sum, 1, term);
  }
  for (let k = 0; k < halvings; k++) sum = multiplied(sum, sum);
  return sum;
}

const times = (factor: number, A: ComplexMatrix): ComplexMatrix => combined(factor, A, 0, A);
const byI = ({ size, re, im }: ComplexMatrix): ComplexMatrix => ({ size, re: im.map((x) => -x), im: re });

/** How far the lowest levels of two matrices, which may have others above, are from each other. */
function apart(a: ComplexMatrix, b: ComplexMatrix, levels: number): number {
  let most = 0;
  for (let i = 0; i < levels; i++)
    for (let j = 0; j < levels; j++) {
      const [p, q] = [i * a.size + j, i * b.size + j];
      most = Math.max(most, Math.abs(a.re[p]! - b.re[q]!), Math.abs(a.im[p]! - b.im[q]!));
    }
  return most;
}

describe("between levels", () => {
  const [a, c] = [annihilation(40), creation(40)];

  test("displacement and squeezing are exponentials of a and a†, of many more levels than are looked at", () => {
    const D = exponential(combined(1, times(0.5, combined(1, c, -1, a)), 0.3, byI(combined(1, c, 1, a))));
    expect(apart(displacement(12, { re: 0.5, im: 0.3 }), D, 12)).toBeLessThan(1e-12);
    const S = exponential(times(0.15, combined(1, multiplied(a, a), -1, multiplied(c, c))));
    expect(apart(squeezing(10, 0.3), S, 10)).toBeLessThan(1e-10);
  });

  test("a beam splitter is the exponential of a†b − ab†, and unitary where all of a number of photons is there", () => {
    const n = 5;
    const [low, high] = [annihilation(n), creation(n)];
    const H = combined(1, kronecker(high, low), -1, kronecker(low, high));
    const [B, E] = [beamSplitter(n, n, 0.7), exponential(times(0.7, H))];
    const photons = (k: number) => Math.floor(k / n) + (k % n);
    for (let i = 0; i < n * n; i++)
      for (let j = 0; j < n * n; j++)
        if (photons(i) < n && photons(j) < n) expect(B.re[i * n * n + j]).toBeCloseTo(E.re[i * n * n + j]!, 12);
  });

  test("Kraus operators of a loss sum to one", () => {
    const sum = photonLoss(12, 0.3).reduce((all, A) => combined(1, all, 1, multiplied(adjoint(A), A)), zeroMatrix(12));
    expect(apart(sum, identityMatrix(12), 12)).toBeLessThan(1e-14);
  });
});

const network = `two modes
.quantum c
oscillator a levels=14 omega=2 alpha=0.3 arg=0.4
oscillator b levels=14 omega=1 m=3 squeeze=0.15
weight w1 0.2
weight w2 -0.4
gate displace a {w1+0.1}
gate squeeze b {0.5*w1}
gate beamsplitter a b {2*w2}
channel l1 b kind=loss p=0.2
gate kick b {w1*w2}
gate rotate b w2
gate beamsplitter b a 0.3
.endquantum
.train t rule=gradient cost=energy outputs=({OPERATOR}) epochs=1 init=given rate=0
.qtran 0.1 0.1
.measure train e find t.error.mean
.measure qtran f find ex({OPERATOR}) at=0
.end
`;

const operators = [
  "pos(a)",
  "mom(b)",
  "num(a)-2*num(b)",
  "pos(b)*pos(b)",
  "pos(a)*mom(b)+3",
  "1i*(mom(b)*pos(b)-pos(b)*mom(b))",
  "ann(a)*cre(a)",
  "cre(a)*ann(b)+dag(cre(a)*ann(b))",
];

describe("from the command line", () => {
  test.each(operators)("`%s` by means and covariances is that by levels", async (operator) => {
    const { code, out, err } = await pinched([
      ...["run", deck("d.cir", network.replaceAll("OPERATOR", operator)), "--json", "--no-plots"],
    ]);
    expect(code, err).toBe(0);
    const [e, f] = (JSON.parse(out) as { measures: readonly { value: number }[] }).measures;
    expect(e!.value).toBeCloseTo(f!.value, 7);
  });
});
