import { describe, expect, test } from "vitest";
import { Random } from "../src/numerics/random.js";

const draws = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("random numbers", () => {
  test("depend on their keys alone, and on all of them", () => {
    const first = (...keys: (number | string)[]) => new Random(...keys).bits();
    expect(first("train", 1, 7)).toBe(first("train", 1, 7));
    const keys = [
      ["train", 1, 7],
      ["train", 7, 1],
      ["train", 1],
      ["trai", "n", 1, 7],
      ["train", 1.5, 7],
      ["order", 1, 7],
    ];
    expect(new Set(keys.map((list) => first(...list))).size).toBe(keys.length);
    expect(new Set(Array.from({ length: 20_000 }, (_, run) => first(1, run))).size).toBeGreaterThan(19_995);
  });

  test.each([
    ["streams", (k: number) => new Random(1, k)],
    ["parts of a stream", (k: number) => new Random(1).at(k)],
  ])("neighbouring %s are not related", (_, stream) => {
    const pairs = Array.from({ length: 10_000 }, (_, k) => [stream(k), stream(k + 1)] as const);
    const products = pairs.map(([a, b]) => (a.uniform() - 0.5) * (b.uniform() - 0.5) * 12);
    expect(Math.abs(mean(products))).toBeLessThan(4 / Math.sqrt(10_000));
  });

  test("uniform ones have the moments of the uniform distribution", () => {
    const random = new Random("uniform");
    const u = draws(100_000, () => random.uniform());
    for (const power of [1, 2, 3, 4]) expect(mean(u.map((x) => x ** power))).toBeCloseTo(1 / (power + 1), 2);
    expect(u.every((x) => x >= 0 && x < 1)).toBe(true);
  });

  test("normal ones have the moments of the normal distribution", () => {
    const random = new Random("normal");
    const z = draws(100_000, () => random.normal());
    const moment = (power: number) => mean(z.map((x) => x ** power));
    expect(Math.abs(moment(1))).toBeLessThan(0.0127); // 4 standard errors each
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.018);
    expect(Math.abs(moment(3))).toBeLessThan(0.05);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.13);
  });

  test("whole ones and orders are evenly spread: chi squared below its 99.9 % point", () => {
    const random = new Random("below");
    const counts = new Int32Array(10);
    for (let k = 0; k < 100_000; k++) counts[random.below(10)]!++;
    const chi = (seen: Iterable<number>, expected: number) =>
      [...seen].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(chi(counts, 10_000)).toBeLessThan(27.9);
    const orders = new Map<string, number>();
    for (let k = 0; k < 24_000; k++) {
      const order = Int32Array.of(0, 1, 2, 3);
      random.shuffle(order);
      orders.set(order.join(""), (orders.get(order.join("")) ?? 0) + 1);
    }
    expect(orders.size).toBe(24);
    expect(chi(orders.values(), 1000)).toBeLessThan(49.7);
  });

  test("are those of the published generator", () => {
    // The reference implementation's recurrence in exact integers.
    const random = new Random("reference");
    const outputs = draws(50, () => BigInt(random.bits()));
    const mask = 0xffffffffn;
    const rotl = (x: bigint, k: bigint) => ((x << k) | (x >> (32n - k))) & mask;
    // rotl(s1·5, 7)·9 is a bijection, so that the outputs give s1; the recurrence of s1 alone is linear over GF(2).
    const inverse = (factor: bigint) => {
      let x = 1n;
      for (let k = 0; k < 6; k++) x = (x * (2n - factor * x)) & mask;
      return x;
    };
    const s1 = outputs.map((out) => (rotl((out * inverse(9n)) & mask, 25n) * inverse(5n)) & mask);
    // From s1 at three successive steps: s1' = s1 ^ s2 ^ s0, s0' = s0 ^ s3 ^ s1, s2' = s2 ^ s0 ^ (s1 << 9).
    const step = (s: bigint[]) => {
      const t = (s[1]! << 9n) & mask;
      const [a, b] = [s[2]! ^ s[0]!, s[3]! ^ s[1]!];
      return [s[0]! ^ b, s[1]! ^ a, a ^ t, rotl(b, 11n)];
    };
    expect(recovered(s1, step)).toEqual(s1);
  });
});

/** Solves for the 128 bits of the state from s1 at its first steps, and gives the s1 that follow from it. */
function recovered(s1: readonly bigint[], step: (s: bigint[]) => bigint[]): bigint[] {
  const basis = Array.from({ length: 128 }, (_, bit) =>
    [0, 1, 2, 3].map((word) => (bit >> 5 === word ? 1n << BigInt(bit & 31) : 0n)),
  );
  const seen = (state: bigint[], steps: number) => {
    let bits = 0n;
    const words: bigint[] = [];
    for (let k = 0; k < steps; k++, state = step(state)) {
      words.push(state[1]!);
      bits |= state[1]! << BigInt(32 * k);
    }
    return { bits, words };
  };
  const steps = 6;
  // Columns with the unknown's own mark above, reduced by Gauss.
  let rows = basis.map((state, k) => ({ bits: seen(state, steps).bits, mark: 1n << BigInt(k) }));
  let rest = s1.slice(0, steps).reduce((bits, word, k) => bits | (word << BigInt(32 * k)), 0n);
  let mark = 0n;
  for (let bit = 0n; bit < BigInt(32 * steps); bit++) {
    const pivot = rows.find((row) => (row.bits >> bit) & 1n);
    if (pivot === undefined) continue;
    rows = rows
      .filter((row) => row !== pivot)
      .map((row) => ((row.bits >> bit) & 1n ? { bits: row.bits ^ pivot.bits, mark: row.mark ^ pivot.mark } : row));
    if ((rest >> bit) & 1n) {
      rest ^= pivot.bits;
      mark ^= pivot.mark;
    }
  }
  const start = [0, 1, 2, 3].map((word) => (mark >> BigInt(32 * word)) & 0xffffffffn);
  return seen(start, s1.length).words;
}
