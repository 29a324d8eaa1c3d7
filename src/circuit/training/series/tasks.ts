import { lcgNumbers } from "../../../expressions/lcg.js";
import { mackeyGlass } from "./mackey-glass.js";
import { pairsOfQubits } from "./pairs.js";

/** A task on a time series: named columns of numbers, in the order of time. */
export interface Series {
  readonly inputs: Readonly<Record<string, Float64Array>>;
  readonly targets: Readonly<Record<string, Float64Array>>;
}

/** What a task can be given beside its length and its seed, with what it is without. */
export interface SeriesTask {
  readonly options: Readonly<Record<string, { readonly default: number; readonly least: number }>>;
  make(length: number, seed: number, options: Readonly<Record<string, number>>): Series;
}

/**
 * A nonlinear moving average (A. Atiya and A. Parlos, IEEE Transactions on Neural Networks 11, 697, 2000) of order 2:
 * y ← 0.4y + 0.4y·y′ + 0.6v³ + 0.1 with v = 0.2u, u uniform in 0 … 1.
 */
const narma2: SeriesTask = {
  options: {},
  make(length, seed) {
    const u = lcgNumbers(seed, length);
    let [last, before] = [0, 0];
    const y = u.map((it) => {
      [last, before] = [0.4 * last + 0.4 * last * before + 0.6 * (0.2 * it) ** 3 + 0.1, last];
      return last;
    });
    return { inputs: { u }, targets: { y } };
  },
};

/** The input is 0, and 1 from row `at` on; the target is 1 in the row that is `delay` behind it alone. */
const timer: SeriesTask = {
  options: { at: { default: 200, least: 0 }, delay: { default: 10, least: 0 } },
  make(length, _seed, { at, delay }) {
    const u = Float64Array.from({ length }, (_, k) => (k >= at! ? 1 : 0));
    const y = Float64Array.from({ length }, (_, k) => (k === at! + delay! ? 1 : 0));
    return { inputs: { u }, targets: { y } };
  },
};

/** Bits, and whether the last `delay` + 1 of them have an odd number of ones; bits before the first are 0. */
const parity: SeriesTask = {
  options: { delay: { default: 2, least: 0 } },
  make(length, seed, { delay }) {
    const u = lcgNumbers(seed, length).map((it) => (it > 0.5 ? 1 : 0));
    const y = u.map((_, k) => u.subarray(Math.max(0, k - delay!), k + 1).reduce((sum, bit) => sum + bit, 0) % 2);
    return { inputs: { u }, targets: { y } };
  },
};

/** A chaotic delay equation, and where it is `ahead` rows later. */
const mackeyglass: SeriesTask = {
  options: { ahead: { default: 1, least: 0 } },
  make(length, seed, { ahead }) {
    const x = mackeyGlass(length + ahead!, lcgNumbers(seed, 1)[0]!);
    return { inputs: { u: x.subarray(0, length) }, targets: { y: x.subarray(ahead!) } };
  },
};

/**
 * A sine of unknown phase, u = sin(2π·n/10 + φ), of which `steps` rows are shown; then the next, with a phase of its own. The
 * targets are cos φ and sin φ, all along (task of L. C. G. Govia, G. J. Ribeill, G. E. Rowlands, H. K. Krovi and
 * T. A. Ohki, Physical Review Research 3, 013077, 2021).
 */
const sine: SeriesTask = {
  options: { steps: { default: 12, least: 1 } },
  make(length, seed, { steps }) {
    const phases = lcgNumbers(seed, Math.ceil(length / steps!)).map((it) => 2 * Math.PI * it);
    const phase = Float64Array.from({ length }, (_, k) => phases[Math.floor(k / steps!)]!);
    const u = phase.map((phi, k) => Math.sin((2 * Math.PI * (k % steps!)) / 10 + phi));
    return { inputs: { u }, targets: { c: phase.map(Math.cos), s: phase.map(Math.sin) } };
  },
};

/** Pairs of qubits, entangled or not. */
const pairs: SeriesTask = { options: {}, make: pairsOfQubits };

export const seriesTasks = { narma2, timer, parity, mackeyglass, sine, pairs } as const;
