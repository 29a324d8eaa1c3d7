/**
 * A Gaussian state of n oscillators by its moments, without levels: M = ⟨½{ξᵢ, ξⱼ}⟩ of ξ = (1, x₁, p₁, x₂, p₂, …), x and p
 * in units in which the vacuum's variance is ½. Row 0 holds the means m, and the covariance is V = M − m mᵀ. The mean of a
 * Hermitian operator of second order, ξᵀOξ, is Tr OM (C. Weedbrook et al., Reviews of Modern Physics 84, 621, 2012).
 */
export type Moments = Float64Array; // size (2n + 1)², symmetric

/** ξ → Gξ on a few of the places of ξ, the first 0, and noise on what stands at the others. */
export interface GaussianMap {
  readonly places: readonly number[];
  /** Square, its first row (1, 0, …): displacements stand in its first column, a symplectic matrix in the rest. */
  readonly G: readonly (readonly number[])[];
  readonly noise: number;
}

/** One-parameter groups G(s) = exp(sK); a loss has no K. */
interface GaussianGate {
  readonly G: (s: number) => readonly (readonly number[])[];
  readonly K: readonly (readonly number[])[];
}

const gates = {
  /** D(s) = exp(s(a† − a)): x moves by √2 s. */
  displace: {
    G: (s) => [
      [1, 0, 0],
      [Math.SQRT2 * s, 1, 0],
      [0, 0, 1],
    ],
    K: [
      [0, 0, 0],
      [Math.SQRT2, 0, 0],
      [0, 0, 0],
    ],
  },
  /** D(is): p moves by √2 s. */
  kick: {
    G: (s) => [
      [1, 0, 0],
      [0, 1, 0],
      [Math.SQRT2 * s, 0, 1],
    ],
    K: [
      [0, 0, 0],
      [0, 0, 0],
      [Math.SQRT2, 0, 0],
    ],
  },
  /** S(r) = exp(r(a² − a†²)/2). */
  squeeze: {
    G: (r) => [
      [1, 0, 0],
      [0, Math.exp(-r), 0],
      [0, 0, Math.exp(r)],
    ],
    K: [
      [0, 0, 0],
      [0, -1, 0],
      [0, 0, 1],
    ],
  },
  /** exp(iφn): a turns by φ. */
  rotate: {
    G: (phi) => [
      [1, 0, 0],
      [0, Math.cos(phi), -Math.sin(phi)],
      [0, Math.sin(phi), Math.cos(phi)],
    ],
    K: [
      [0, 0, 0],
      [0, 0, -1],
      [0, 1, 0],
    ],
  },
  /** exp(θ(a†b − ab†)). */
  beamsplitter: {
    G: (theta) => {
      const [c, s] = [Math.cos(theta), Math.sin(theta)];
      return [
        [1, 0, 0, 0, 0],
        [0, c, 0, s, 0],
        [0, 0, c, 0, s],
        [0, -s, 0, c, 0],
        [0, 0, -s, 0, c],
      ];
    },
    K: [
      [0, 0, 0, 0, 0],
      [0, 0, 0, 1, 0],
      [0, 0, 0, 0, 1],
      [0, -1, 0, 0, 0],
      [0, 0, -1, 0, 0],
    ],
  },
} satisfies Readonly<Record<string, GaussianGate>>;

export type GaussianKind = keyof typeof gates | "loss";

/** The places of ξ that belong to some oscillators, behind that of 1. */
const placesOf = (systems: readonly number[]): readonly number[] => [
  0,
  ...systems.flatMap((system) => [1 + 2 * system, 2 + 2 * system]),
];

/** @param s the gate's parameter; of a loss the share of photons that goes, which the vacuum's noise replaces */
export function gaussianMap(kind: GaussianKind, systems: readonly number[], s: number): GaussianMap {
  const places = placesOf(systems);
  if (kind !== "loss") return { places, G: gates[kind].G(s), noise: 0 };
  const t = Math.sqrt(1 - s);
  return {
    places,
    G: [
      [1, 0, 0],
      [0, t, 0],
      [0, 0, t],
    ],
    noise: s / 2,
  };
}

/** M ← GMGᵀ + noise. */
export function mapMoments(M: Moments, { places, G, noise }: GaussianMap): void {
  congruent(M, places, G);
  const size = Math.sqrt(M.length);
  for (const place of places.slice(1)) M[place * (size + 1)]! += noise;
}

/** O ← GᵀOG: the operator in front of the map whose mean is that of O behind it. */
export function pullBack(O: Moments, { places, G, noise }: GaussianMap): void {
  const size = Math.sqrt(O.length);
  let constant = 0;
  for (const place of places.slice(1)) constant += noise * O[place * (size + 1)]!;
  congruent(
    O,
    places,
    G.map((_, i) => G.map((row) => row[i]!)),
  );
  O[0]! += constant;
}

/** d Tr(OM)/ds behind a gate, which is 2 Tr(OKM) with M behind it. */
export function slopeOf(
  kind: Exclude<GaussianKind, "loss">,
  systems: readonly number[],
  M: Moments,
  O: Moments,
): number {
  const places = placesOf(systems);
  const size = Math.sqrt(M.length);
  let sum = 0;
  for (const [i, row] of gates[kind].K.entries()) {
    for (const [k, factor] of row.entries()) {
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) sum += factor * M[places[k]! * size + j]! * O[j * size + places[i]!]!;
    }
  }
  return 2 * sum;
}

/** A ← TAT ᵀ, T being 1 but for some places. */
function congruent(A: Moments, places: readonly number[], T: readonly (readonly number[])[]): void {
  const size = Math.sqrt(A.length);
  const old = new Float64Array(places.length);
  for (const [alongRow, acrossRow] of [
    [size, 1],
    [1, size],
  ] as const) {
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < old.length; k++) old[k] = A[places[k]! * alongRow + j * acrossRow]!;
      for (let i = 0; i < old.length; i++) {
        let sum = 0;
        for (let k = 0; k < old.length; k++) sum += T[i]![k]! * old[k]!;
        A[places[i]! * alongRow + j * acrossRow] = sum;
      }
    }
  }
}
