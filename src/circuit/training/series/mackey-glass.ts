/** Steps of the integration in one row. */
const steps = 10;
/** Rows in front of the first that is told: the start is forgotten. */
const runIn = 500;
/** τ in rows. */
const tau = 17;

/**
 * dx/dt = 0.2·x(t − 17)/(1 + x(t − 17)¹⁰) − 0.1·x, a value each unit of time (M. C. Mackey and L. Glass, Science 197, 287,
 * 1977), by Runge and Kutta's method of order 4 with ten steps in a unit; x = 1.2 before t = 0, moved by up to 0.1 by
 * `chance`, 0 … 1.
 */
export function mackeyGlass(length: number, chance: number): Float64Array {
  const h = 1 / steps;
  const all = new Float64Array((runIn + length + tau) * steps + 1).fill(1.2 + 0.2 * (chance - 0.5));
  const back = tau * steps;
  for (let k = back; k + 1 < all.length; k++) {
    const [then, later] = [all[k - back]!, all[k - back + 1]!];
    const between = middle(all, k - back);
    const x = all[k]!;
    const a = rate(x, then);
    const b = rate(x + (h / 2) * a, between);
    const c = rate(x + (h / 2) * b, between);
    const d = rate(x + h * c, later);
    all[k + 1] = x + (h / 6) * (a + 2 * b + 2 * c + d);
  }
  return Float64Array.from({ length }, (_, k) => all[(k + runIn + tau) * steps]!);
}

const rate = (x: number, delayed: number): number => (0.2 * delayed) / (1 + delayed ** 10) - 0.1 * x;

/** Midway between two values, by the cubic through four. */
const middle = (values: Float64Array, k: number): number =>
  k === 0 ? (values[0]! + values[1]!) / 2 : (9 * (values[k]! + values[k + 1]!) - values[k - 1]! - values[k + 2]!) / 16;
