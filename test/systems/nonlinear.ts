import { type Problem, written } from "./problem.js";

/** Prothero & Robinson: dy/dt = −λ (y − cos t) − sin t, with y = cos t however stiff it is. */
const stiffCosine: Problem = {
  name: "Prothero & Robinson's stiff cosine, λ = 1e6",
  system: written(1, (t, [y], { q, f, C, G }) => {
    q[0] = y!;
    f[0] = 1e6 * (y! - Math.cos(t)) + Math.sin(t);
    C(0, 0, 1);
    G(0, 0, 1e6);
  }),
  start: [1],
  end: 10,
  maxStep: 1,
  exact: (t) => [Math.cos(t)],
  allowed: [1e-5],
};

/** q = v + v³/3 emptied by 1 A: v is the real root of v³ + 3v = 3 (q₀ − t), by Cardano. */
const varactor: Problem = {
  name: "nonlinear capacitor emptied by a current",
  system: written(1, (_t, [v], { q, f, C }) => {
    q[0] = v! + v! ** 3 / 3;
    f[0] = 1;
    C(0, 0, 1 + v! ** 2);
  }),
  start: [2],
  end: 8,
  maxStep: 0.5,
  exact: (t) => {
    const p = 1.5 * (2 + 8 / 3 - t);
    const root = Math.sqrt(p * p + 1);
    return [Math.cbrt(p + root) + Math.cbrt(p - root)];
  },
  allowed: [2e-5],
};

const Ron = 100;
const Roff = 16e3;
const k = 1e4;
/**
 * Linear drift without a window: i = v / R(x), dx/dt = k i with R = Roff − (Roff − Ron) x. R dR is the flux's, so
 * R² = R₀² − 2 k (Roff − Ron) φ with φ = 0.3 V·s (1 − cos t).
 */
const memristor: Problem = {
  name: "linear-drift memristor under a sine",
  system: written(
    2,
    (t, [x, i], { q, f, C, G }) => {
      q[0] = x!;
      f[0] = -k * i!;
      C(0, 0, 1);
      G(0, 1, -k);
      const R = Roff - (Roff - Ron) * x!;
      f[1] = R * i! - 0.3 * Math.sin(t);
      G(1, 1, R);
      G(1, 0, -(Roff - Ron) * i!);
    },
    { negligible: [1e-9, 1e-12] },
  ),
  start: [0.1, 0],
  end: 4 * Math.PI,
  maxStep: 0.3,
  exact: (t) => {
    const R0 = Roff - (Roff - Ron) * 0.1;
    const R = Math.sqrt(R0 ** 2 - 2 * k * (Roff - Ron) * 0.3 * (1 - Math.cos(t)));
    return [(Roff - R) / (Roff - Ron), (0.3 * Math.sin(t)) / R];
  },
  allowed: [1e-5, 1e-9],
};

/** dx/dt = 2 cos t in [−1, 1]: it waits at its wall until the drift turns back, at t = π/2. */
const walled: Problem = {
  name: "state between walls",
  system: written(
    1,
    (t, [x], { q, f, C }) => {
      q[0] = x!;
      f[0] = -2 * Math.cos(t);
      C(0, 0, 1);
    },
    { lower: [-1], upper: [1] },
  ),
  start: [0],
  end: 4.5,
  maxStep: 0.1,
  exact: (t) => {
    if (t < Math.PI / 6) return [2 * Math.sin(t)];
    return t < Math.PI / 2 ? [1] : [Math.max(-1, 2 * Math.sin(t) - 1)];
  },
  // The corner at π/2 lies inside a step; in a circuit it is an event.
  allowed: [5e-4],
};

export const nonlinearProblems: readonly Problem[] = [stiffCosine, varactor, memristor, walled];

/** Van der Pol's oscillator, μ = 1000, from (2, 0). */
export const vanDerPol = written(2, (_t, [y, z], { q, f, C, G }) => {
  const mu = 1000;
  q[0] = y!;
  q[1] = z!;
  f[0] = -z!;
  f[1] = y! - mu * (1 - y! * y!) * z!;
  C(0, 0, 1);
  C(1, 1, 1);
  G(0, 1, -1);
  G(1, 0, 1 + 2 * mu * y! * z!);
  G(1, 1, -mu * (1 - y! * y!));
});

/** Robertson's reaction, with the third equation as a conservation law. */
export const robertson = written(
  3,
  (_t, [a, b, c], { q, f, C, G }) => {
    q[0] = a!;
    q[1] = b!;
    f[0] = 0.04 * a! - 1e4 * b! * c!;
    f[1] = -0.04 * a! + 1e4 * b! * c! + 3e7 * b! * b!;
    f[2] = a! + b! + c! - 1;
    C(0, 0, 1);
    C(1, 1, 1);
    G(0, 0, 0.04);
    G(0, 1, -1e4 * c!);
    G(0, 2, -1e4 * b!);
    G(1, 0, -0.04);
    G(1, 1, 1e4 * c! + 6e7 * b!);
    G(1, 2, 1e4 * b!);
    for (let j = 0; j < 3; j++) G(2, j, 1);
  },
  { negligible: [1e-8, 1e-11, 1e-8] },
);
