/**
 * The current of JART VCM v1b in closed form. The model's own current is the root of its Schottky contact in series with
 * its ohmic parts and their heat; for v > 0 there are up to three, and which is taken is left to the simulator. Yu, Menzel,
 * Strachan & Neftci (2022) state it as a function of voltage and concentration instead, fitted to the branch that starts
 * at 0 V; this is their function and their numbers. They meet that root within 8 % from N = 0.03 on (test/jart.test.ts);
 * below, under v < 0, they lie up to a half under it.
 */
const set = {
  alpha0: 4.81951e-5, alpha2: 1.03685, alpha3: 0.34567, beta0: 7.0526e-4, beta1: 4.2383e-5,
  c0: 4.004, c1: 2.8646, c2: 4.2125, c3: 1.4134, d0: 6.6103, d1: 1.4524, d2: 7.4235, d3: 4.0585,
  f0: 6.326e-4, f1: 1.4711, f2: 0.5199, f3: 1.561,
} as const; // biome-ignore format: a table
const reset = {
  g0: 4.84e-3, g1: 0.1353, h0: 5.548, h1: 6.8648, h2: 51.586, h3: 0.36, j0: 1.054, k0: 1.0526,
} as const; // biome-ignore format: a table

/** Of what the concentration is taken in the reset, 10²⁶/m³. */
const least = 0.008;

/** The numbers as text, for the manual. */
export const numbers: readonly string[] = [reset, set].map((it) =>
  Object.entries(it)
    .map(([name, value]) => `${name} = ${value}`)
    .join(", "),
);

/** Up to where the functions are followed, V: from 1.69 V on they fall, so farther out the cell keeps its resistance. */
export const fitted = 1.5;

/** A current's size, A, and its slopes by the voltage's size and by the logarithm of the concentration. */
export interface Current {
  j: number;
  j_w: number;
  j_n: number;
}

/** The current's size at a voltage of size w, V, and n vacancies, 10²⁶/m³; `closing` where the voltage sets the cell. */
export function currentOf(w: number, n: number, closing: boolean, out: Current): void {
  const inside = Math.min(w, fitted);
  if (closing) setting(inside, n, out);
  else resetting(inside, n, out);
  if (w <= fitted) return;
  out.j_w = out.j / fitted;
  out.j *= w / fitted;
  out.j_n *= w / fitted;
}

function setting(w: number, n: number, out: Current): void {
  const tail = Math.exp(-set.alpha2 / set.alpha3);
  const bent = 1 / (1 + Math.exp((w - set.alpha2) / set.alpha3));
  const rise = set.beta0 * w - set.beta1 * Math.expm1(w);
  const [ofBase, ofPower] = [set.c2 * Math.exp(w / set.c3), set.d2 * Math.exp(w / set.d3)];
  const [base, base_w] = [ofBase - set.c1 * w - set.c0, ofBase / set.c3 - set.c1];
  const [power, power_w] = [ofPower - set.d1 * w - set.d0, ofPower / set.d3 - set.d1];
  const bend = (w / set.f2) ** set.f3;
  const root = set.f0 + (set.f1 - set.f0) / (1 + bend);
  const root_w = w > 0 ? ((set.f0 - set.f1) * set.f3 * bend) / (w * (1 + bend) ** 2) : 0;
  const ratio = (base / n) ** power;
  const share = ratio / (1 + ratio);
  const through = (1 + ratio) ** -root;
  const logarithm_w =
    -root_w * Math.log1p(ratio) - root * share * (power_w * Math.log(base / n) + (power * base_w) / base);
  out.j = set.alpha0 * ((1 + tail) * bent - 1) + rise * through;
  out.j_w =
    (-set.alpha0 * (1 + tail) * bent * (1 - bent)) / set.alpha3 +
    through * (set.beta0 - set.beta1 * Math.exp(w) + rise * logarithm_w);
  out.j_n = rise * through * root * share * power;
}

function resetting(w: number, n: number, out: Current): void {
  const e = reset.h2 * Math.exp(-reset.h3 * w);
  const lower = (n / least) ** -reset.j0;
  const y = (reset.h0 + reset.h1 * w + e) * lower;
  const through = (1 + y) ** (-1 / reset.k0);
  const rise = -reset.g0 * Math.expm1(-reset.g1 * w);
  out.j = rise * through;
  const byY = -out.j / (reset.k0 * (1 + y));
  out.j_w = reset.g0 * reset.g1 * Math.exp(-reset.g1 * w) * through + byY * (reset.h1 - reset.h3 * e) * lower;
  out.j_n = -byY * reset.j0 * y;
}
