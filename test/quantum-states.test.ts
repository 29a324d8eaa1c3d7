import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { combined, identityMatrix, kronecker, multiplied } from "../src/numerics/linear/complex-matrix.js";
import { hermitianEigenvalues } from "../src/numerics/linear/hermitian.js";
import { hermitianFactor, liesAbove } from "../src/numerics/linear/hermitian-factor.js";
import { singularValues } from "../src/numerics/linear/singular-values.js";
import { Random } from "../src/numerics/random.js";
import {
  bytesOf,
  copyOf,
  type DensityMatrix,
  hermiticity,
  productState,
  pure,
  reordered,
  trace,
} from "../src/quantum/density-matrix.js";
import { concurrence, negativity, spread } from "../src/quantum/entanglement.js";
import { norm2, normalized, productKet } from "../src/quantum/ket.js";
import {
  annihilation,
  creation,
  momentum,
  numberOperator,
  position,
  projector,
  sm,
  sp,
  sx,
  sy,
  sz,
} from "../src/quantum/local-operators.js";
import {
  blochVector,
  entropy,
  fidelity,
  populations,
  purity,
  smallestEigenvalue,
  traceDistance,
} from "../src/quantum/measures.js";
import { catKet, coherentKet, fockKet, squeezedKet, thermalState } from "../src/quantum/oscillator-states.js";
import { partialTrace } from "../src/quantum/partial-trace.js";
import { bellKets, blochState, namedQubitKets, qubitKet } from "../src/quantum/qubit-states.js";
import { spaceOf } from "../src/quantum/space.js";
import { conjugated, distance, randomKet, randomMatrix, randomState, randomUnitary } from "./random-quantum.js";

const seeds = fc.integer({ min: 0, max: 1e6 });
/** Tr Aρ of a real answer. */
const mean = (a: Parameters<typeof multiplied>[0], rho: DensityMatrix) => trace({ ...rho, ...multiplied(a, rho) });

/** A ← A + weight·B. */
function add(A: DensityMatrix, B: DensityMatrix, weight: number): void {
  for (let k = 0; k < A.re.length; k++) {
    A.re[k]! += weight * B.re[k]!;
    A.im[k]! += weight * B.im[k]!;
  }
}

describe("Hermitian matrices", () => {
  test("U diag(d) U† has the eigenvalues d", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 12 }), (seed, n) => {
        const random = new Random("eigenvalues", seed);
        const d = Float64Array.from({ length: n }, (_, k) => (k % 3 === 1 ? 0.5 : random.normal()));
        const A = identityMatrix(n);
        d.forEach((value, k) => {
          A.re[k * (n + 1)] = value;
        });
        const found = hermitianEigenvalues(conjugated(randomUnitary(n, random), A));
        d.sort().forEach((value, k) => {
          expect(found[k]).toBeCloseTo(value, 12);
        });
        expect(liesAbove(1e-9 - d[0]!, A)).toBe(true);
        expect(liesAbove(-1e-9 - d[0]!, A)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ["a ket", 1],
    ["three kets", 3],
    ["as many as there are levels", 256],
  ])("lie above a bound, or do not, in large matrices of %s beside a small negative part", (_, kets) => {
    const random = new Random("parts");
    const space = spaceOf(2, 2, 2, 2, 2, 2, 2, 2);
    const sum = pure(randomKet(space, random));
    for (let k = 1; k < kets; k++) add(sum, pure(randomKet(space, random)), 1);
    add(sum, pure(randomKet(space, random)), -1e-6); // of many kets, others make up for it
    const [least] = hermitianEigenvalues(sum);
    expect(liesAbove(1e-9 - least!, sum)).toBe(true);
    expect(liesAbove(-1e-9 - least!, sum)).toBe(false);
    if (kets < 256) expect(least).toBeCloseTo(-1e-6, 7);
  });

  test("of a large size keep trace and Frobenius norm", () => {
    const rho = randomState(spaceOf(2, 2, 2, 2, 2, 2), new Random("large"));
    const values = hermitianEigenvalues(rho);
    expect(values.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 13);
    expect(values.reduce((sum, p) => sum + p * p, 0)).toBeCloseTo(purity(rho), 13);
  });

  test("singular values are the roots of the eigenvalues of A†A, and T T† gives A back, of full rank and less", () => {
    const random = new Random("singular");
    for (const n of [1, 2, 4, 7]) {
      const A = randomMatrix(n, random);
      const square = conjugated(A, identityMatrix(n));
      const found = singularValues(A);
      [...hermitianEigenvalues(square)].reverse().forEach((value, k) => {
        expect(found[k]).toBeCloseTo(Math.sqrt(value), 10);
      });
      expect(distance(conjugated(hermitianFactor(square), identityMatrix(n)), square)).toBeLessThan(1e-13);
    }
    const rho = pure(randomKet(spaceOf(2, 3), random));
    expect(distance(conjugated(hermitianFactor(rho), identityMatrix(6)), rho)).toBeLessThan(1e-15);
  });
});

describe("local operators", () => {
  test("keep their algebra: σ± = (σx ± iσy)/2, a†a counts, x and p are those of a, [a, a†] = 1 below the top", () => {
    const times = (re: number, im: number, { size, re: ar, im: ai }: typeof sx) => ({
      size,
      re: ar.map((x, k) => re * x - im * ai[k]!),
      im: ar.map((x, k) => re * ai[k]! + im * x),
    });
    expect(distance(sp, combined(0.5, sx, 0.5, times(0, 1, sy)))).toBe(0);
    expect(distance(sm, combined(0.5, sx, 0.5, times(0, -1, sy)))).toBe(0);
    expect(distance(combined(1, multiplied(sx, sy), -1, multiplied(sy, sx)), times(0, 2, sz))).toBe(0);
    expect(distance(multiplied(sp, sm), projector(2, 0))).toBe(0);
    const [n, a, c] = [7, annihilation(7), creation(7)];
    expect(distance(multiplied(c, a), numberOperator(n))).toBeLessThan(1e-14);
    expect(distance(position(n), times(Math.SQRT1_2, 0, combined(1, a, 1, c)))).toBeLessThan(1e-15);
    expect(distance(momentum(n), times(0, Math.SQRT1_2, combined(1, c, -1, a)))).toBeLessThan(1e-15);
    const below = combined(1, identityMatrix(n), -n, projector(n, n - 1));
    expect(distance(combined(1, multiplied(a, c), -1, multiplied(c, a)), below)).toBeLessThan(1e-14);
  });
});

describe("states", () => {
  test("a ket's phase has the sign of the ket, not of its conjugate", () => {
    const [a, b] = [Math.PI / 8, Math.PI / 5];
    const [x, y, z] = blochVector(pure(qubitKet(a, b)), 0);
    expect(x).toBeCloseTo(0.572061402818, 12);
    expect(y).toBeCloseTo(0.415626937777, 12);
    expect(z).toBeCloseTo(2 * 0.853553390593 - 1, 11);
  });

  test.each([
    ["e", [0, 0, 1]],
    ["g", [0, 0, -1]],
    ["+", [1, 0, 0]],
    ["-", [-1, 0, 0]],
    ["+i", [0, 1, 0]],
    ["-i", [0, -1, 0]],
  ] as const)("|%s⟩ points along %j", (name, direction) => {
    const rho = pure(namedQubitKets[name]!);
    const found = [sx, sy, sz].map((s) => mean(s, rho));
    direction.forEach((value, k) => {
      expect(found[k]).toBeCloseTo(value, 15);
      expect(blochVector(rho, 0)[k]).toBeCloseTo(value, 15);
    });
    expect(distance(rho, blochState(direction[0], direction[1], direction[2]))).toBeLessThan(1e-15);
  });

  test("the first system is the leftmost Kronecker factor", () => {
    const [e, g] = [namedQubitKets["e"]!, namedQubitKets["g"]!];
    expect([...productKet(e, g).re]).toEqual([0, 1, 0, 0]);
    const random = new Random("order");
    const [a, b] = [randomState(spaceOf(2), random), randomState(spaceOf(3), random)];
    expect(distance(productState(a, b), kronecker(a, b))).toBe(0);
    expect(distance(reordered(productState(a, b), [1, 0]), productState(b, a))).toBeLessThan(1e-16);
  });

  test("oscillators: numbers and variances of the whole state", () => {
    const n = 60;
    const alpha = { re: 2 * Math.cos(Math.PI / 5), im: -2 * Math.sin(Math.PI / 5) };
    const coherent = pure(coherentKet(n, alpha));
    expect(trace(coherent)).toBeCloseTo(1, 13);
    expect(mean(numberOperator(n), coherent)).toBeCloseTo(4, 12);
    expect(mean(position(n), coherent)).toBeCloseTo(2.288245611271, 12);
    expect(mean(momentum(n), coherent)).toBeCloseTo(-1.66250775111, 12);
    const squeezed = pure(squeezedKet(n, 0.4));
    const square = (a: typeof sx) => multiplied(a, a);
    expect(mean(square(position(n)), squeezed)).toBeCloseTo(0.224664482059, 12);
    expect(mean(square(momentum(n)), squeezed)).toBeCloseTo(1.112770464246, 12);
    // Squeezed along x and p at 45°: the covariance is −sinh(2r)/2·sin φ for ζ = r e^{iφ}, φ = π/2.
    const turned = pure(squeezedKet(n, 0.4, Math.PI / 2));
    const xp = combined(0.5, multiplied(position(n), momentum(n)), 0.5, multiplied(momentum(n), position(n)));
    expect(mean(xp, turned)).toBeCloseTo(-Math.sinh(0.8) / 2, 12);
    const cat = pure(catKet(n, { re: 1.5, im: 0 }, 1));
    expect(trace(cat)).toBeCloseTo(1, 13);
    expect(mean(numberOperator(n), cat)).toBeCloseTo(2.2005587582, 10);
    const thermal = thermalState(n, 0.7);
    expect(trace(thermal)).toBeCloseTo(1, 13);
    expect(mean(numberOperator(n), thermal)).toBeCloseTo(0.7, 12);
    expect(purity(thermal)).toBeCloseTo(1 / (1 + 2 * 0.7), 12);
    expect(populations(pure(fockKet(4, 2)), 0)).toEqual(Float64Array.of(0, 0, 1, 0));
  });

  test("a cut state has lost its tail", () => {
    const cut = coherentKet(10, { re: 2, im: 0 });
    expect(norm2(cut)).toBeLessThan(0.993);
    expect(norm2(normalized(cut))).toBeCloseTo(1, 15);
  });
});

describe("measures", () => {
  test("of a Werner state p ψ⁻ + (1 − p)/4, all in closed form", () => {
    const singlet = pure(bellKets["psi-"]!);
    for (const p of [0, 0.2, 1 / 3, 0.5, 0.8, 1]) {
      const rho = copyOf(singlet);
      const mixed = combined(p, singlet, (1 - p) / 4, identityMatrix(4));
      rho.re.set(mixed.re);
      rho.im.set(mixed.im);
      expect(concurrence(rho, 0, 1)).toBeCloseTo(Math.max(0, (3 * p - 1) / 2), 13);
      expect(spread(rho, 0, 1)).toBeCloseTo((3 * p - 1) / 2, 13);
      expect(negativity(rho, [0], [1])).toBeCloseTo(Math.max(0, (3 * p - 1) / 4), 13);
      expect(purity(rho)).toBeCloseTo((1 + 3 * p * p) / 4, 13);
      expect(smallestEigenvalue(rho)).toBeCloseTo((1 - p) / 4, 13);
      const h = (q: number) => (q > 0 ? -q * Math.log2(q) : 0);
      expect(entropy(rho)).toBeCloseTo(h((1 + 3 * p) / 4) + 3 * h((1 - p) / 4), 12);
      expect(fidelity(rho, singlet)).toBeCloseTo((1 + 3 * p) / 4, 13);
      expect(traceDistance(rho, singlet)).toBeCloseTo((3 * (1 - p)) / 4, 13);
    }
  });

  test("of Bell states: maximal, and nothing is left of either part", () => {
    for (const ket of Object.values(bellKets)) {
      const rho = pure(ket);
      expect(concurrence(rho, 0, 1)).toBeCloseTo(1, 14);
      expect(concurrence(rho, 1, 0)).toBeCloseTo(1, 14);
      expect(negativity(rho, [1], [0])).toBeCloseTo(0.5, 14);
      expect(entropy(rho)).toBeCloseTo(0, 13);
      expect(entropy(partialTrace(rho, [1]))).toBeCloseTo(1, 14);
    }
  });

  test("concurrence of a pure state is 2|ψ₀ψ₃ − ψ₁ψ₂|, to the last digits; of a product it is none", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random("concurrence", seed);
        const { re, im } = randomKet(spaceOf(2, 2), random);
        const det = [
          re[0]! * re[3]! - im[0]! * im[3]! - re[1]! * re[2]! + im[1]! * im[2]!,
          re[0]! * im[3]! + im[0]! * re[3]! - re[1]! * im[2]! - im[1]! * re[2]!,
        ] as const;
        const found = concurrence(pure({ space: spaceOf(2, 2), re, im }), 0, 1);
        expect(Math.abs(found - 2 * Math.hypot(...det))).toBeLessThan(3e-15);
        const alone = productState(randomState(spaceOf(2), random), pure(randomKet(spaceOf(2), random)));
        expect(concurrence(alone, 0, 1)).toBeLessThan(1e-14);
      }),
      { numRuns: 100 },
    );
  });

  test("do not depend on the order of the systems, nor on local bases", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random("invariance", seed);
        const space = spaceOf(2, 3, 2);
        const rho = randomState(space, random);
        const local = kronecker(
          kronecker(randomUnitary(2, random), randomUnitary(3, random)),
          randomUnitary(2, random),
        );
        const turned = { space, ...conjugated(local, rho) };
        const swapped = reordered(rho, [2, 0, 1]);
        for (const [other, [a, b, c]] of [
          [turned, [0, 1, 2]],
          [swapped, [1, 2, 0]],
        ] as const) {
          expect(concurrence(other, a, c)).toBeCloseTo(concurrence(rho, 0, 2), 12);
          expect(negativity(other, [a], [b, c])).toBeCloseTo(negativity(rho, [0], [1, 2]), 12);
          expect(negativity(other, [a, c], [b])).toBeCloseTo(negativity(rho, [1], [0, 2]), 12);
          expect(entropy(partialTrace(other, [b]))).toBeCloseTo(entropy(partialTrace(rho, [1])), 12);
          expect(purity(other)).toBeCloseTo(purity(rho), 13);
        }
        expect(distance(partialTrace(swapped, [2, 1]), partialTrace(rho, [1, 0]))).toBeLessThan(1e-15);
      }),
      { numRuns: 30 },
    );
  });

  test("fidelity is symmetric, 1 for equals, |⟨ψ|φ⟩|² for pure states, and bounds the trace distance", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random("fidelity", seed);
        const space = spaceOf(2, 2);
        const [rho, sigma] = [randomState(space, random), randomState(space, random)];
        const F = fidelity(rho, sigma);
        expect(fidelity(sigma, rho)).toBeCloseTo(F, 12);
        expect(fidelity(rho, rho)).toBeCloseTo(1, 12);
        // C. Fuchs and J. van de Graaf, IEEE Transactions on Information Theory 45, 1216 (1999).
        expect(traceDistance(rho, sigma)).toBeGreaterThanOrEqual(1 - Math.sqrt(F) - 1e-12);
        expect(traceDistance(rho, sigma)).toBeLessThanOrEqual(Math.sqrt(1 - F) + 1e-12);
        const [psi, phi] = [randomKet(space, random), randomKet(space, random)];
        expect(fidelity(pure(psi), pure(phi))).toBeCloseTo(mean(pure(psi), pure(phi)), 12);
      }),
      { numRuns: 30 },
    );
  });

  test("tell memory before it is asked for, and keep states Hermitian", () => {
    expect(bytesOf(256)).toBe(2 ** 20);
    expect(hermiticity(randomState(spaceOf(2, 3), new Random("hermitian")))).toBeLessThan(1e-16);
  });
});
