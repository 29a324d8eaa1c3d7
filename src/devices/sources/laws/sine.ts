const pi = Math.PI;

/** vo + va·sin(φ) until td, behind it vo + va·e^(−theta·(t − td))·sin(2π·freq·(t − td) + φ), for `count` periods (0: without end). */
export function sineAt(
  t: number,
  vo: number,
  va: number,
  freq: number,
  td: number,
  theta: number,
  phase: number,
  count: number,
): number {
  const start = (phase * pi) / 180;
  const since = count > 0 ? Math.min(t - td, count / freq) : t - td;
  if (since <= 0) return vo + va * Math.sin(start);
  const decay = theta === 0 ? 1 : Math.exp(-theta * since);
  // Whole turns are dropped before the product with 2π, so that late periods are as exact as the first.
  const turns = freq * since;
  return vo + va * decay * Math.sin(2 * pi * (turns - Math.floor(turns)) + start);
}
