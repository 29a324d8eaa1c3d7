/** Kronrod's 15 points on [−1, 1], those ≥ 0, and the weights of his rule and of the 7-point rule of Gauss within it. */
const points = [
  0.9914553711208126, 0.9491079123427585, 0.8648644233597691, 0.7415311855993943, 0.5860872354676911,
  0.4058451513773972, 0.20778495500789848, 0,
];
const kronrod = [
  0.022935322010529224, 0.06309209262997856, 0.10479001032225019, 0.14065325971552592, 0.1690047266392679,
  0.19035057806478542, 0.20443294007529889, 0.20948214108472782,
];
const gauss = [0, 0.1294849661688697, 0, 0.27970539148927664, 0, 0.3818300505051189, 0, 0.4179591836734694];

/** An interval that is cut in halves so often is a point. */
const deepest = 50;

/**
 * ∫ₐᵇ f to `relative` of ∫|f|, halving where Gauss's and Kronrod's rules differ (R. Piessens and others, QUADPACK,
 * Springer 1983). An end may be singular if f is integrable: it is never looked at.
 */
export function integral(f: (x: number) => number, a: number, b: number, relative = 1e-13): number {
  const whole = rule(f, a, b);
  return halves(f, a, b, whole, relative * whole.size, 0);
}

interface Estimate {
  readonly value: number;
  /** ∫|f|. */
  readonly size: number;
  readonly error: number;
}

function halves(
  f: (x: number) => number,
  a: number,
  b: number,
  whole: Estimate,
  allowed: number,
  depth: number,
): number {
  // Not a number is never better halved.
  if (!(whole.error > allowed && whole.error > 2e-15 * whole.size) || depth === deepest) return whole.value;
  const middle = a + (b - a) / 2;
  const [left, right] = [rule(f, a, middle), rule(f, middle, b)];
  return halves(f, a, middle, left, allowed, depth + 1) + halves(f, middle, b, right, allowed, depth + 1);
}

function rule(f: (x: number) => number, a: number, b: number): Estimate {
  const [centre, half] = [(a + b) / 2, (b - a) / 2];
  let [value, coarse, size] = [0, 0, 0];
  for (let k = 0; k < points.length; k++) {
    const distance = half * points[k]!;
    const [low, high] = distance === 0 ? [f(centre), 0] : [f(centre - distance), f(centre + distance)];
    value += kronrod[k]! * (low + high);
    coarse += gauss[k]! * (low + high);
    size += kronrod[k]! * (Math.abs(low) + Math.abs(high));
  }
  const error = Math.abs(half * (value - coarse));
  // Kronrod's rule is far better than the difference tells (QUADPACK's estimate).
  const spread = Math.abs(half) * size;
  const sharp = spread > 0 ? spread * Math.min(1, ((200 * error) / spread) ** 1.5) : 0;
  return { value: half * value, size: spread, error: Math.min(error, sharp) };
}
