/**
 * Draw number n of a stream, uniform in (0, 1). It is a function: what is drawn does not depend on how often a method
 * looks, or goes back (J. Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC11, 2011). The mixing is
 * splitmix32, the finalizer of MurmurHash3 (A. Appleby). Devices know nothing of `numerics`, which has streams to go along.
 */
export function chance(stream: number, seed: number, n: number): number {
  const key = mixed(mixed(stream ^ 0x9e3779b9) + Math.imul(seed, 0x85ebca6b));
  const high = mixed(key + Math.imul(2 * n + 1, 0x9e3779b9)) >>> 5;
  const low = mixed(mixed(key) ^ Math.imul(2 * n + 2, 0x9e3779b9)) >>> 6;
  return (high * 0x4000000 + low + 0.5) / 0x20000000000000;
}

function mixed(bits: number): number {
  let z = bits;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return z ^ (z >>> 16);
}
