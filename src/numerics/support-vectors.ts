/** A machine f(x) = Σ βⱼ k(x, xⱼ) + b that tells two classes apart with the widest margin. */
export interface SupportVectors {
  /** β: 0 but for rows on the margin or on the wrong side of it, its magnitude C at most. */
  readonly coefficients: Float64Array;
  readonly offset: number;
  /** ½|w|² + C Σ max(0, 1 − yf), what is least. */
  readonly primal: number;
  /** Σ|β| − ½|w|²: no machine has less than this, so that `primal` − `dual` says how far from the best it is at most. */
  readonly dual: number;
  /** Whether the gap came below its tolerance. */
  readonly isOptimal: boolean;
}

/** primal − dual, as a part of the primal, at which a machine is the best there is. */
const tolerance = 1e-9;
const mostSteps = 1e6;
/** What a step divides by where two rows are the same to the kernel. */
const flat = 1e-12;

/**
 * The support vector machine of labels y = ±1 (C. Cortes and V. Vapnik, Machine Learning 20, 273, 1995), by its dual,
 * min ½αᵀQα − Σα with 0 ≤ α ≤ C, yᵀα = 0 and Q = yyᵀ∘K, two α at a time (J. Platt, Microsoft Research MSR-TR-98-14, 1998): the
 * one that violates its condition most, and of the others the one that promises most (R.-E. Fan, P.-H. Chen and C.-J. Lin,
 * Journal of Machine Learning Research 6, 1889, 2005).
 *
 * @param K positive semidefinite, a row each
 * @param C > 0: what a row on the wrong side costs
 */
export function supportVectors(K: readonly Float64Array[], y: Float64Array, C: number): SupportVectors {
  const alpha = new Float64Array(y.length);
  const slope = new Float64Array(y.length).fill(-1); // Qα − 1
  for (let step = 0; ; step++) {
    const pair = pairOf(K, y, alpha, slope, C);
    const last = step === mostSteps || pair === undefined;
    if (last || step % y.length === 0) {
      const machine = machineOf(K, y, alpha, slope, C);
      if (last || machine.isOptimal) return machine;
    }
    move(K, y, alpha, slope, C, pair.up, pair.down);
  }
}

/** Two rows that contradict each other about b: yα of the one should rise, that of the other fall. */
interface Pair {
  readonly up: number;
  readonly down: number;
}

function pairOf(
  K: readonly Float64Array[],
  y: Float64Array,
  alpha: Float64Array,
  slope: Float64Array,
  C: number,
): Pair | undefined {
  // biome-ignore format: one thought
  let [up, most] = [-1, -Infinity];
  for (let t = 0; t < y.length; t++) if (canRise(y[t]!, alpha[t]!, C) && -y[t]! * slope[t]! > most) [up, most] = [t, -y[t]! * slope[t]!]; // biome-ignore format: one thought
  let [down, best] = [-1, 0];
  for (let t = 0; up >= 0 && t < y.length; t++) {
    if (!canRise(-y[t]!, alpha[t]!, C)) continue;
    const excess = most + y[t]! * slope[t]!;
    if (excess <= 0) continue;
    const gain = excess ** 2 / Math.max(flat, K[up]![up]! + K[t]![t]! - 2 * K[up]![t]!);
    if (gain > best) [down, best] = [t, gain];
  }
  return down < 0 ? undefined : { up, down };
}

/** Whether yα may grow. */
const canRise = (y: number, alpha: number, C: number): boolean => (y > 0 ? alpha < C : alpha > 0);

/** yα of one row grows by what that of another one falls by, as far as the dual falls and both stay within 0 … C. */
function move(
  K: readonly Float64Array[],
  y: Float64Array,
  alpha: Float64Array,
  slope: Float64Array,
  C: number,
  up: number,
  down: number,
): void {
  // biome-ignore format: one thought
  const bend = Math.max(flat, K[up]![up]! + K[down]![down]! - 2 * K[up]![down]!);
  const wanted = (y[down]! * slope[down]! - y[up]! * slope[up]!) / bend;
  const room = (sign: number, value: number): number => (sign > 0 ? C - value : value);
  const rooms = [room(y[up]!, alpha[up]!), room(-y[down]!, alpha[down]!)] as const;
  const step = Math.min(wanted, ...rooms);
  // What reaches a bound stands on it to the last bit: else it would be moved by what is left for ever.
  alpha[up] = step === rooms[0] ? (y[up]! > 0 ? C : 0) : alpha[up]! + y[up]! * step;
  alpha[down] = step === rooms[1] ? (y[down]! > 0 ? 0 : C) : alpha[down]! - y[down]! * step;
  for (let t = 0; t < y.length; t++) slope[t]! += y[t]! * step * (K[up]![t]! - K[down]![t]!);
}

/** The machine of α, and how far from the best it may be. */
function machineOf(
  K: readonly Float64Array[],
  y: Float64Array,
  alpha: Float64Array,
  slope: Float64Array,
  C: number,
): SupportVectors {
  // biome-ignore format: one thought
  const offset = offsetOf(y, alpha, slope, C);
  const coefficients = alpha.map((value, t) => y[t]! * value);
  let [square, sum, loss] = [0, 0, 0];
  for (let t = 0; t < y.length; t++) {
    const f = K[t]!.reduce((total, k, j) => total + k * coefficients[j]!, 0);
    square += coefficients[t]! * f;
    sum += alpha[t]!;
    loss += Math.max(0, 1 - y[t]! * (f + offset));
  }
  const [primal, dual] = [square / 2 + C * loss, sum - square / 2];
  return { coefficients, offset, primal, dual, isOptimal: primal - dual <= tolerance * Math.max(primal, flat) };
}

/** b by the rows on the margin; without any, from the middle of what it may be. */
function offsetOf(y: Float64Array, alpha: Float64Array, slope: Float64Array, C: number): number {
  let [sum, count, low, high] = [0, 0, -Infinity, Infinity];
  for (let t = 0; t < y.length; t++) {
    const b = -y[t]! * slope[t]!;
    if (alpha[t]! > 0 && alpha[t]! < C) [sum, count] = [sum + b, count + 1];
    else if (canRise(y[t]!, alpha[t]!, C)) low = Math.max(low, b);
    else high = Math.min(high, b);
  }
  if (count > 0) return sum / count;
  // Of one class alone one bound is missing: b is what this class is called.
  return Number.isFinite(low + high) ? (low + high) / 2 : Number.isFinite(low) ? low : high;
}
