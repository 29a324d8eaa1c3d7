import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { decimalRows } from "../src/numerics/decimals/decimal-rows.js";

// ECMAScript says what `String` gives; the kernels that write tables shall give the same.

afterEach(() => void vi.unstubAllGlobals());

const written = (columns: readonly (readonly number[])[], most: number): string => {
  const rows = Math.max(...columns.map(({ length }) => length));
  const text = decimalRows(columns.map((column) => Float64Array.from(column)), most); // biome-ignore format: one thought
  let all = "";
  for (let from = 0; from < rows; from += most)
    all += new TextDecoder().decode(text(from, Math.min(from + most, rows)));
  return all;
};

const expected = (columns: readonly (readonly number[])[]): string => {
  const rows = Math.max(...columns.map(({ length }) => length));
  return Array.from({ length: rows }, (_, k) => `${columns.map((column) => column[k]).join(",")}\r\n`).join("");
};

const bits = new DataView(new ArrayBuffer(8));

/** The double so many doubles behind another. */
function stepped(x: number, by: number): number {
  bits.setFloat64(0, x);
  bits.setBigInt64(0, bits.getBigInt64(0) + BigInt(by));
  return bits.getFloat64(0);
}

const near = (x: fc.Arbitrary<number>): fc.Arbitrary<number> =>
  fc.tuple(x, fc.integer({ min: -3, max: 3 })).map(([value, by]) => stepped(value, by));
const power = (of: number, least: number, most: number): fc.Arbitrary<number> =>
  near(fc.integer({ min: least, max: most }).map((k) => Number(of === 10 ? `1e${k}` : of ** k)));

const kinds: Readonly<Record<string, fc.Arbitrary<number>>> = {
  "of any bits": fc.double(),
  "between −1 and 1": fc.double({ min: -1, max: 1 }),
  "of usual size": fc.tuple(fc.double({ min: -10, max: 10 }), fc.integer({ min: -20, max: 20 })).map(([x, k]) => x * 10 ** k), // biome-ignore format: one thought
  whole: fc.maxSafeInteger(),
  "of few digits": fc.tuple(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: -30, max: 15 })).map(([digits, k]) => Number(`${digits}e${k}`)), // biome-ignore format: one thought
  "that fill a row by sums": fc.integer({ min: 1, max: 200 }).map((count) => new Array<number>(count).fill(0.1).reduce((sum, x) => sum + x)), // biome-ignore format: one thought
  "of whole numbers over powers of two": fc.tuple(fc.integer(), fc.integer({ min: 0, max: 40 })).map(([x, k]) => x / 2 ** k), // biome-ignore format: one thought
  "near powers of ten": power(10, -323, 308),
  "near powers of two": power(2, -1074, 1023),
};

test.each(Object.entries(kinds))("numbers %s are written as String writes them", (_, kind) => {
  const table = fc.array(fc.array(kind, { minLength: 40, maxLength: 40 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 40 }), (columns, most) => {
      expect(written(columns, most)).toBe(expected(columns));
    }),
    { seed: 1, numRuns: 150 },
  );
});

test("a column that ends sooner has empty fields, and what is no number has its name", () => {
  const columns = [[1, 2, 3], [Number.NaN, -0], [], [Number.POSITIVE_INFINITY]];
  expect(written(columns, 2)).toBe("1,NaN,,Infinity\r\n2,0,,\r\n3,,,\r\n");
});

test("a host without WebAssembly writes the same", () => {
  const columns = fc.sample(fc.array(fc.double(), { minLength: 500, maxLength: 500 }), { seed: 1, numRuns: 4 });
  const compiled = written(columns, 200);
  vi.stubGlobal("WebAssembly", undefined);
  expect(written(columns, 200)).toBe(compiled);
});
