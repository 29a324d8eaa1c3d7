import { type Problem, type Stamp, written } from "./problem.js";

/** A conductance between unknowns a and b; −1 is ground. */
function conductance({ f, G }: Stamp, x: Float64Array, a: number, b: number, g: number): void {
  const current = g * ((x[a] ?? 0) - (x[b] ?? 0));
  for (const [k, sign] of [
    [a, 1],
    [b, -1],
  ] as const) {
    if (k < 0) continue;
    f[k]! += sign * current;
    if (a >= 0) G(k, a, sign * g);
    if (b >= 0) G(k, b, -sign * g);
  }
}

function capacitance({ q, C }: Stamp, x: Float64Array, a: number, b: number, c: number): void {
  const charge = c * ((x[a] ?? 0) - (x[b] ?? 0));
  for (const [k, sign] of [
    [a, 1],
    [b, -1],
  ] as const) {
    if (k < 0) continue;
    q[k]! += sign * charge;
    if (a >= 0) C(k, a, sign * c);
    if (b >= 0) C(k, b, -sign * c);
  }
}

/** A voltage source from ground to node a, whose current is unknown number `branch`. */
function source({ f, G }: Stamp, x: Float64Array, a: number, branch: number, volts: number): void {
  f[a]! += x[branch]!;
  G(a, branch, 1);
  f[branch]! += x[a]! - volts;
  G(branch, a, 1);
}

const discharge: Problem = {
  name: "1 µF emptied over 1 kΩ",
  system: written(1, (_t, x, stamp) => {
    conductance(stamp, x, 0, -1, 1e-3);
    capacitance(stamp, x, 0, -1, 1e-6);
  }),
  start: [1],
  end: 5e-3,
  maxStep: 1e-4,
  exact: (t) => [Math.exp(-t / 1e-3)],
  allowed: [5e-6],
};

const damping = 0.02;
const omega = Math.sqrt(1 - (damping / 2) ** 2);
/** L di/dt + R i + v = 0, C dv/dt = i, with L = C = 1: twenty periods. */
const ringing: Problem = {
  name: "L and C ringing for twenty periods",
  system: written(2, (_t, [v, i], { q, f, C, G }) => {
    q[0] = v!;
    q[1] = i!;
    f[0] = -i!;
    f[1] = damping * i! + v!;
    C(0, 0, 1);
    C(1, 1, 1);
    G(0, 1, -1);
    G(1, 0, 1);
    G(1, 1, damping);
  }),
  start: [1, 0],
  end: 40 * Math.PI,
  maxStep: 1,
  exact: (t) => {
    const envelope = Math.exp((-damping / 2) * t);
    return [
      envelope * (Math.cos(omega * t) + (damping / 2 / omega) * Math.sin(omega * t)),
      (-envelope * Math.sin(omega * t)) / omega,
    ];
  },
  allowed: [1e-4, 1e-4],
};

/** A step of 5 V through 1 kΩ and 1 nF in series into 1 kΩ: the voltage behind the capacitor jumps. */
const coupled: Problem = {
  name: "step through a coupling capacitor (index 1, jump at the start)",
  system: written(
    4,
    (_t, x, stamp) => {
      source(stamp, x, 0, 1, 5);
      conductance(stamp, x, 0, 2, 1e-3);
      capacitance(stamp, x, 2, 3, 1e-9);
      conductance(stamp, x, 3, -1, 1e-3);
    },
    { negligible: [1e-6, 1e-12, 1e-6, 1e-6] },
  ),
  start: [0, 0, 0, 0],
  end: 1e-5,
  maxStep: 2e-7,
  exact: (t) => {
    const current = 2.5e-3 * Math.exp(-t / 2e-6);
    return [5, -current, 5 - 1e3 * current, 1e3 * current];
  },
  allowed: [1e-9, 1e-8, 1e-5, 1e-5],
};

const w = 2000 * Math.PI;
const tau = 1e-3;
/** 1 + sin ωt jumps on at t = 0, over 1 µF, and over 1 kΩ in series with 1 µF. */
const acrossSource: Problem = {
  name: "capacitor across a source (index 2, impulse at the start)",
  system: written(
    3,
    (t, x, stamp) => {
      source(stamp, x, 0, 1, 1 + Math.sin(w * t));
      capacitance(stamp, x, 0, -1, 1e-6);
      conductance(stamp, x, 0, 2, 1e-3);
      capacitance(stamp, x, 2, -1, 1e-6);
    },
    { negligible: [1e-6, 1e-12, 1e-6] },
  ),
  start: [0, 0, 0],
  end: 5e-3,
  maxStep: 5e-5,
  exact: (t) => {
    const v = 1 + Math.sin(w * t);
    const gain = 1 / (1 + (w * tau) ** 2);
    const filtered =
      1 - Math.exp(-t / tau) + gain * (Math.sin(w * t) - w * tau * Math.cos(w * t) + w * tau * Math.exp(-t / tau));
    return [v, -1e-6 * w * Math.cos(w * t) - (v - filtered) / 1e3, filtered];
  },
  allowed: [2e-6, 2e-6, 1e-5],
};

/** No charge anywhere: what holds at every instant must be followed all the same. */
const resistive: Problem = {
  name: "sine across a resistor (no charge at all)",
  system: written(
    2,
    (t, x, stamp) => {
      source(stamp, x, 0, 1, Math.sin(w * t));
      conductance(stamp, x, 0, -1, 1e-3);
    },
    { negligible: [1e-6, 1e-12] },
  ),
  start: [0, 0],
  end: 5e-3,
  maxStep: 5e-5,
  exact: (t) => [Math.sin(w * t), -1e-3 * Math.sin(w * t)],
  allowed: [5e-6, 5e-9],
};

export const linearCircuits: readonly Problem[] = [discharge, ringing, coupled, acrossSource, resistive];
