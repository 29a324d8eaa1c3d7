/** A window and its slope at one state; or what is left of it without its factor x(1 − x), and the slope by that. */
export interface WindowPoint {
  f: number;
  f_x: number;
}

// The numbers of the windows: a value of a `window` parameter is one of them.
const strukov = 1;
const joglekar = 2;
const biolek = 3;
const prodromakis = 4;
const zha = 5;
/** That of a device that knows its film in metres: `evaluateEdges`. */
export const kvatinsky = 6;

/** The largest power that is computed as a product. */
const mostSquared = 64;

/** |b|ⁿ, an integer power as a product: a negative base never meets a broken exponent. */
function powerOf(b: number, n: number): number {
  const a = Math.abs(b);
  if (n > mostSquared || n < 0 || n !== Math.floor(n)) return a ** n;
  let result = 1;
  let square = a;
  let left = n;
  while (left > 0) {
    const half = Math.floor(left / 2);
    if (left !== 2 * half) result *= square;
    square *= square;
    left = half;
  }
  return result;
}

/** 1 − |u|^2p and its slope by u times `u_x`; at u = 0 the slope is 0. */
function evenPower(u: number, u_x: number, p: number, at: WindowPoint): void {
  if (u === 0) {
    at.f = 1;
    at.f_x = 0;
    return;
  }
  const below = powerOf(u, 2 * p - 1);
  at.f = 1 - below * Math.abs(u);
  at.f_x = -2 * p * below * (u < 0 ? -1 : 1) * u_x;
}

/** j·(1 − (u² + ¾)^p), where u is at most ½ in size, and its slope. */
function scaledPower(u: number, u_x: number, p: number, j: number, at: WindowPoint): void {
  const base = u * u + 0.75;
  const below = base ** (p - 1);
  at.f = j * (1 - below * base);
  at.f_x = -2 * j * p * below * u * u_x;
}

/**
 * Writes the window of number `window` at state x, and its slope by x. `drift` has the sign of the drift that the
 * current asks for: windows that look at it let the state go freely away from a wall. Outside [0, 1] the window is that
 * of the nearer wall, with slope 0.
 *
 *     none          1
 *     strukov       x·(1 − x)
 *     joglekar      1 − |2x − 1|^2p
 *     biolek        1 − |x − s|^2p,                  s = 1 for a drift down, else 0
 *     prodromakis   j·(1 − ((x − ½)² + ¾)^p)
 *     zha           j·(1 − (¼·(x − s)² + ¾)^p)
 */
export function evaluateWindow(window: number, x: number, drift: number, p: number, j: number, at: WindowPoint): void {
  const inside = Math.min(1, Math.max(0, x));
  const s = drift < 0 ? 1 : 0;
  at.f = 1;
  at.f_x = 0;
  if (window === joglekar) evenPower(2 * inside - 1, 2, p, at);
  else if (window === strukov) {
    at.f = inside * (1 - inside);
    at.f_x = 1 - 2 * inside;
  } else if (window === biolek) evenPower(inside - s, 1, p, at);
  else if (window === prodromakis) scaledPower(inside - 0.5, 1, p, j, at);
  else if (window === zha) scaledPower(0.5 * (inside - s), 0.5, p, j, at);
  if (inside !== x) at.f_x = 0;
}

/** Where exp(−exp(u)) and its slope are 0 to every digit. */
const farOut = 7;

/**
 * Kvatinsky's window and its slope, for an edge at which the drift is e⁻¹ of what it is inside, and a width, both as
 * shares of the film (S. Kvatinsky et al., IEEE Trans. Circuits Syst. I 60, 211, 2013, eq. 9 and 10):
 *
 *     exp(−exp((x − off)/width))  for a drift up,  exp(−exp((on − x)/width))  for one down
 *
 * It is not 0 at its edge: without a wall the state creeps over it by some widths.
 */
export function evaluateEdges(x: number, drift: number, on: number, off: number, width: number, at: WindowPoint): void {
  const u = drift < 0 ? (on - x) / width : (x - off) / width;
  const steep = u < farOut ? Math.exp(u) : 0;
  at.f = u < farOut ? Math.exp(-steep) : 0;
  at.f_x = ((drift < 0 ? 1 : -1) * steep * at.f) / width;
}

/** The largest power that is written out as a product. */
const mostFactors = 16;

/** D = (1 − (1 − c)^p)/c for c in (0, 1], and its slope by c, without a cancellation: p and −p(p − 1)/2 where c is 0. */
function quotient(c: number, p: number, at: WindowPoint): void {
  if (p <= mostFactors && p === Math.floor(p)) {
    // 1 + w + … + w^(p−1), w = 1 − c.
    const w = 1 - c;
    let sum = 1;
    let slope = 0;
    for (let k = 1; k < p; k += 1) {
      slope = slope * w + sum;
      sum = sum * w + 1;
    }
    at.f = sum;
    at.f_x = -slope;
  } else if (p * c < 1e-8) {
    at.f_x = -0.5 * p * (p - 1);
    at.f = p + at.f_x * c;
  } else if (c < 1) {
    const less = Math.expm1(p * Math.log1p(-c)); // (1 − c)^p − 1
    at.f = -less / c;
    at.f_x = ((p * (1 + less)) / (1 - c) - at.f) / c;
  } else {
    at.f = 1;
    at.f_x = -1; // at x = ½ alone, where x(1 − x) does not change
  }
}

/**
 * Writes f/s and its slope by s, for a window f that closes at both walls and s = x(1 − x). For 1 − (1 − c)^p the
 * quotient is found without the difference, so that it keeps its digits at the walls:
 *
 *     strukov       1
 *     joglekar      (1 − (1 − 4s)^p)/s
 *     prodromakis   j·(1 − (1 − s)^p)/s
 */
export function evaluateInner(window: number, s: number, p: number, j: number, at: WindowPoint): void {
  at.f = 1;
  at.f_x = 0;
  if (window === joglekar) {
    quotient(4 * s, p, at);
    at.f *= 4;
    at.f_x *= 16;
  } else if (window === prodromakis) {
    quotient(s, p, at);
    at.f *= j;
    at.f_x *= j;
  }
}
