import type { Random } from "./random.js";

/** Below this many expected successes the distribution is gone through term by term. */
const few = 10;

/** How many of n independent trials succeed, each with probability p. Exact, and a fixed number of operations on average. */
export function binomial(random: Random, n: number, p: number): number {
  if (!(p > 0) || n === 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - binomial(random, n, 1 - p);
  return n * p < few ? termByTerm(random, n, p) : transformed(random, n, p);
}

/** Geometric waiting times between successes (L. Devroye, Non-Uniform Random Variate Generation, Springer 1986, §X.4.3). */
function termByTerm(random: Random, n: number, p: number): number {
  const scale = Math.log1p(-p);
  let successes = 0;
  let trials = 0;
  for (;;) {
    trials += Math.floor(Math.log(1 - random.uniform()) / scale) + 1;
    if (trials > n) return successes;
    successes++;
  }
}

/**
 * Transformed rejection, algorithm BTRS of W. Hörmann, The generation of binomial random variates, Journal of Statistical
 * Computation and Simulation 46, 101 (1993); p ≤ ½.
 */
function transformed(random: Random, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const alpha = (2.83 + 5.1 / b) * spread;
  const mode = Math.floor((n + 1) * p);
  const odds = Math.log(p / (1 - p));
  const atMode = logFactorial(mode) + logFactorial(n - mode);
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = random.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + n * p + 0.5);
    if (us >= 0.07 && v <= 0.92 - 4.2 / b) return k;
    if (k < 0 || k > n) continue;
    const bound = atMode - logFactorial(k) - logFactorial(n - k) + (k - mode) * odds;
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= bound) return k;
  }
}

const small = Array.from({ length: 16 }, (_, k) => {
  let log = 0;
  for (let j = 2; j <= k; j++) log += Math.log(j);
  return log;
});

/** log k!, above 15 by Stirling's series (NIST DLMF 5.11.1). */
function logFactorial(k: number): number {
  if (k < small.length) return small[k]!;
  const x = k + 1;
  const y = 1 / (x * x);
  const series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y / 1680))) / x;
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series;
}
