/** Where exponentials go on along their tangents, so that no iterate overflows: far beyond what any device survives. */
const steepest = 80;

/** eᵘ. */
export function growth(u: number): number {
  return u > steepest ? Math.exp(steepest) * (1 + u - steepest) : Math.exp(u);
}

/** eᵘ − 1, with all its digits where u is small. */
export function growthLessOne(u: number): number {
  return Math.abs(u) < 1 ? Math.expm1(u) : growth(u) - 1;
}

/** The slope of both. */
export function growthSlope(u: number): number {
  return Math.exp(Math.min(u, steepest));
}

/** sinh u. */
export function growthBoth(u: number): number {
  const inside = Math.min(steepest, Math.max(-steepest, u));
  return Math.sinh(inside) + Math.cosh(inside) * (u - inside);
}

/** Its slope. */
export function growthBothSlope(u: number): number {
  return Math.cosh(Math.min(steepest, Math.max(-steepest, u)));
}

/** 1/(1 + e⁻ᵘ); its slope is s·(1 − s). */
export function logistic(u: number): number {
  const e = Math.exp(-Math.abs(u));
  return u < 0 ? e / (1 + e) : 1 / (1 + e);
}
