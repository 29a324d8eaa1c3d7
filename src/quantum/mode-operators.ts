import { type ComplexMatrix, zeroMatrix } from "../numerics/linear/complex-matrix.js";
import { coherentKet, squeezedKet } from "./oscillator-states.js";

// Matrices ⟨m|U|n⟩ of oscillators between number states are those of all levels, cut behind: an exponential of operators
// that are cut before is wrong near the top. What is led above the top is lost. Elements follow from each other by what U
// makes of a and a†, as F. Miatto and N. Quesada have it (Quantum 4, 366, 2020).

/** D(α) = exp(αa† − α*a), which moves a by α: aD = D(a + α). */
export function displacement(levels: number, alpha: { readonly re: number; readonly im: number }): ComplexMatrix {
  const D = zeroMatrix(levels);
  const { re: ar, im: ai } = alpha;
  const first = coherentKet(levels, { re: -ar, im: ai }); // ⟨0|D|n⟩ is that of −α*
  D.re.set(first.re);
  D.im.set(first.im);
  for (let m = 1; m < levels; m++) {
    for (let n = 0; n < levels; n++) {
      const above = (m - 1) * levels + n;
      const [ur, ui] = [D.re[above]!, D.im[above]!];
      const root = Math.sqrt(n);
      D.re[m * levels + n] = (ar * ur - ai * ui + (n > 0 ? root * D.re[above - 1]! : 0)) / Math.sqrt(m);
      D.im[m * levels + n] = (ar * ui + ai * ur + (n > 0 ? root * D.im[above - 1]! : 0)) / Math.sqrt(m);
    }
  }
  return D;
}

/** S(r) = exp(r(a² − a†²)/2), which makes x smaller by e^{−r}: a†S = S(a† cosh r − a sinh r). */
export function squeezing(levels: number, r: number): ComplexMatrix {
  const S = zeroMatrix(levels);
  const [c, s] = [Math.cosh(r), Math.sinh(r)];
  const vacuum = squeezedKet(levels, r).re;
  for (let m = 0; m < levels; m++) S.re[m * levels] = vacuum[m]!;
  for (let n = 0; n + 1 < levels; n++) {
    for (let m = 0; m < levels; m++) {
      const up = m > 0 ? Math.sqrt(m) * S.re[(m - 1) * levels + n]! : 0;
      const back = n > 0 ? s * Math.sqrt(n) * S.re[m * levels + n - 1]! : 0;
      S.re[m * levels + n + 1] = (up + back) / (c * Math.sqrt(n + 1));
    }
  }
  return S;
}

/** exp(iφ(n)), diagonal. */
export function turned(levels: number, phase: (n: number) => number): ComplexMatrix {
  const R = zeroMatrix(levels);
  for (let n = 0; n < levels; n++) {
    R.re[n * (levels + 1)] = Math.cos(phase(n));
    R.im[n * (levels + 1)] = Math.sin(phase(n));
  }
  return R;
}

/** B(θ) = exp(θ(a†b − ab†)), which turns a into a cos θ + b sin θ and b into b cos θ − a sin θ; the first system is the slow part. */
export function beamSplitter(levelsA: number, levelsB: number, theta: number): ComplexMatrix {
  const size = levelsA * levelsB;
  const B = zeroMatrix(size);
  const [c, s] = [Math.cos(theta), Math.sin(theta)];
  const at = (m: number, n: number, k: number, l: number): number =>
    k < 0 || l < 0 ? 0 : B.re[(m * levelsB + n) * size + k * levelsB + l]!;
  B.re[0] = 1;
  for (let m = 0; m < levelsA; m++) {
    for (let n = m === 0 ? 1 : 0; n < levelsB; n++) {
      for (let k = 0; k < levelsA; k++) {
        const l = m + n - k; // photons are kept
        if (l < 0 || l >= levelsB) continue;
        B.re[(m * levelsB + n) * size + k * levelsB + l] =
          m > 0
            ? (c * Math.sqrt(k) * at(m - 1, n, k - 1, l) + s * Math.sqrt(l) * at(m - 1, n, k, l - 1)) / Math.sqrt(m)
            : (c * Math.sqrt(l) * at(0, n - 1, k, l - 1) - s * Math.sqrt(k) * at(0, n - 1, k - 1, l)) / Math.sqrt(n);
      }
    }
  }
  return B;
}

/**
 * Kraus operators of a beam splitter to the vacuum by which each photon is lost with probability p:
 * A_k = Σ √(C(n, k) pᵏ(1 − p)ⁿ⁻ᵏ) |n − k⟩⟨n| (I. Chuang, D. Leung and Y. Yamamoto, Physical Review A 56, 1114, 1997).
 */
export function photonLoss(levels: number, p: number): ComplexMatrix[] {
  return Array.from({ length: p === 0 ? 1 : levels }, (_, k) => {
    const A = zeroMatrix(levels);
    let ways = 1; // C(n, k)
    for (let n = k; n < levels; n++) {
      A.re[(n - k) * levels + n] = Math.sqrt(ways * p ** k * (1 - p) ** (n - k));
      ways *= (n + 1) / (n + 1 - k);
    }
    return A;
  });
}
