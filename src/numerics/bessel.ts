/** Below this J₂ = z²/8 is nothing beside J₀, and the recurrence would overflow. */
const leastArgument = 1e-90;

/**
 * J₀(z) … Jₙ(z) for z ≥ 0 and n ≥ 1, by their recurrence from far above n downwards (J. C. P. Miller's way; NIST DLMF
 * §3.6(iii)), to the sum J₀ + 2ΣJ₂ₖ = 1.
 */
export function besselUpTo(n: number, z: number): Float64Array {
  const values = new Float64Array(n + 1);
  if (z < leastArgument) {
    values.set([1, z / 2]);
    return values;
  }
  let [above, here, sum] = [0, 1e-300, 0];
  for (let k = 2 * Math.ceil((Math.max(n, z) + 40 + 6 * Math.cbrt(z)) / 2); k >= 0; k--) {
    if (k <= n) values[k] = here;
    if (k % 2 === 0) sum += k === 0 ? here : 2 * here;
    const below = ((2 * k) / z) * here - above;
    [above, here] = [here, below];
    if (Math.abs(here) > 1e200) {
      // Scaled, lest it overflow; what is lost at the upper end is 0 beside the rest.
      [above, here, sum] = [above * 1e-200, here * 1e-200, sum * 1e-200];
      for (let j = k; j <= n; j++) values[j]! *= 1e-200;
    }
  }
  return values.map((value) => value / sum);
}
