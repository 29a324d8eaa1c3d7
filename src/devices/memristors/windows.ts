/** A window and its slope at one state. */
export interface WindowPoint {
  f: number;
  f_x: number;
}

/** The windows in the order of their numbers: a value of a `window` parameter is an index into it. */
export const windows = ["none", "strukov", "joglekar", "biolek", "prodromakis", "zha"] as const;

/** Those that depend on the direction of the drift: their slopes jump where it turns. */
const directed: readonly number[] = [windows.indexOf("biolek"), windows.indexOf("zha")];

/** The window has continuous slopes wherever it is. */
export const isSmooth = (window: number): boolean => !directed.includes(window);

/** |b|^n and, by way of `exact`, integer powers as products: a negative base never meets a broken exponent. */
function power(b: number, n: number): number {
  const a = Math.abs(b);
  if (n > 64 || n < 0 || n !== Math.floor(n)) return a ** n;
  let result = 1;
  let square = a;
  for (let k = n; k > 0; k >>= 1) {
    if (k & 1) result *= square;
    square *= square;
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
  const below = power(u, 2 * p - 1);
  at.f = 1 - below * Math.abs(u);
  at.f_x = -2 * p * below * Math.sign(u) * u_x;
}

/** j·(1 − (u² + ¾)^p), where u is at most ½ in size, and its slope. */
function scaled(u: number, u_x: number, p: number, j: number, at: WindowPoint): void {
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
  switch (window) {
    case 1:
      at.f = inside * (1 - inside);
      at.f_x = 1 - 2 * inside;
      break;
    case 2:
      evenPower(2 * inside - 1, 2, p, at);
      break;
    case 3:
      evenPower(inside - s, 1, p, at);
      break;
    case 4:
      scaled(inside - 0.5, 1, p, j, at);
      break;
    case 5:
      scaled(0.5 * (inside - s), 0.5, p, j, at);
      break;
    default:
      at.f = 1;
      at.f_x = 0;
  }
  if (inside !== x) at.f_x = 0;
}
