// Products of states, as real numbers: of ρ ⊗ σ each is a sum of products ±ρ_k σ_l, of which `look` has the places of all
// three in turn at `terms`, `plus` of them with a plus and then `minus` with a minus.

/** ρ ⊗ σ of all pairs of rows. */
export function products(
  memory: Float64Array,
  look: Int32Array,
  rho: number,
  sigma: number,
  to: number,
  terms: number,
  plus: number,
  minus: number,
  rhoRows: number,
  sigmaRows: number,
  rhoSize: number,
  sigmaSize: number,
  width: number,
): void {
  const size = rhoSize * sigmaSize * width;
  memory.fill(0, to, to + rhoRows * sigmaRows * size);
  for (let r = 0; r < rhoRows; r++) {
    for (let s = 0; s < sigmaRows; s++) {
      const row = to + (r * sigmaRows + s) * size;
      const a = rho + r * rhoSize * width;
      const b = sigma + s * sigmaSize * width;
      for (let t = terms; t < terms + 3 * plus; t += 3) add(memory, row + look[t]! * width, a + look[t + 1]! * width, b + look[t + 2]! * width, width); // biome-ignore format: one thought
      for (let t = terms + 3 * plus; t < terms + 3 * (plus + minus); t += 3) take(memory, row + look[t]! * width, a + look[t + 1]! * width, b + look[t + 2]! * width, width); // biome-ignore format: one thought
    }
  }
}

/**
 * What an observable of ρ ⊗ σ is of one of them, the other one given: of each row x of the table, r of the node's own inputs, `look`
 * has at `of` + r which row of the other one belongs to it. `mine` and `other` are the places in a term of what is wanted and what is given.
 */
export function parts(
  memory: Float64Array,
  look: Int32Array,
  O: number,
  given: number,
  to: number,
  terms: number,
  plus: number,
  minus: number,
  mine: number,
  other: number,
  of: number,
  rows: number,
  before: number,
  after: number,
  givenSize: number,
  size: number,
  width: number,
): void {
  memory.fill(0, to, to + before * rows * after * size * width);
  for (let b = 0; b < before; b++) {
    for (let r = 0; r < rows; r++) {
      const state = given + look[of + r]! * givenSize * width;
      for (let a = 0; a < after; a++) {
        const x = (b * rows + r) * after + a;
        const from = O + x * givenSize * size * width;
        const row = to + x * size * width;
        for (let t = terms; t < terms + 3 * plus; t += 3) add(memory, row + look[t + mine]! * width, from + look[t]! * width, state + look[t + other]! * width, width); // biome-ignore format: one thought
        for (let t = terms + 3 * plus; t < terms + 3 * (plus + minus); t += 3) take(memory, row + look[t + mine]! * width, from + look[t]! * width, state + look[t + other]! * width, width); // biome-ignore format: one thought
      }
    }
  }
}

/** y += ab, in each lane. */
function add(memory: Float64Array, y: number, a: number, b: number, width: number): void {
  for (let lane = 0; lane < width; lane++) memory[y + lane]! += memory[a + lane]! * memory[b + lane]!;
}

/** y −= ab, in each lane. */
function take(memory: Float64Array, y: number, a: number, b: number, width: number): void {
  for (let lane = 0; lane < width; lane++) memory[y + lane]! -= memory[a + lane]! * memory[b + lane]!;
}

/** Numbers of some lanes, one beside the other: those of the first `count` that stand in `lanes`. */
export function gathered(
  memory: Float64Array,
  lanes: Int32Array,
  from: number,
  fromWidth: number,
  to: number,
  width: number,
  count: number,
  numbers: number,
): void {
  for (let e = 0; e < numbers; e++) {
    const row = from + e * fromWidth;
    const place = to + e * width;
    for (let p = 0; p < count; p++) memory[place + p] = memory[row + lanes[p]!]!;
  }
}
