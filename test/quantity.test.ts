import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatQuantity, readFactor, readQuantity } from "../src/units/quantity.js";

const value = (text: string): number => {
  const reading = readQuantity(text);
  if ("error" in reading) throw new Error(reading.error);
  return reading.value;
};
const errorOf = (reading: ReturnType<typeof readQuantity>): string => ("error" in reading ? reading.error : "");

describe("a number is read", () => {
  test.each([
    ["1", 1],
    [".5", 0.5],
    ["5.", 5],
    ["-1e-3", -1e-3],
    ["+2", 2],
    ["4.7k", 4700],
    ["1Meg", 1e6],
    ["1MEGohm", 1e6],
    ["1M", 1e-3],
    ["3mil", 3 * 25.4e-6],
    ["10u", 10e-6],
    ["10µF", 10e-6],
    ["10μF", 10e-6],
    ["4.7n", 4.7e-9],
    ["33p", 33e-12],
    ["2f", 2e-15],
    ["1T", 1e12],
    ["1G", 1e9],
    ["10kOhm", 1e4],
    ["10kΩ", 1e4],
    ["1Hz", 1],
    ["1A", 1],
    ["1e3k", 1e6],
  ])("%s", (text, number) => {
    expect(value(text)).toBe(number);
  });

  test("as its decimal exactly, with a suffix or an exponent", () => {
    const decimal = fc
      .tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 999 }))
      .map((d) => d.join("."));
    const suffix = fc.constantFrom(["k", 3], ["u", -6], ["n", -9], ["p", -12], ["f", -15], ["meg", 6], ["T", 12]);
    fc.assert(
      fc.property(decimal, suffix, (digits, [letter, exponent]) => {
        expect(value(`${digits}${letter}`)).toBe(Number(`${digits}e${exponent}`));
      }),
      { seed: 5 },
    );
  });
});

describe("what is no number says what to write", () => {
  test.each([
    ["4k7", "`4.7k`"],
    ["4R7", "`4.7`"],
    ["-2u2", "`-2.2u`"],
    ["3x", "`3Meg`"],
    ["1e999", "too large"],
    ["abc", "like `4.7k`"],
    ["\u22121", "`-1`"],
    ["", "not a number"],
  ])("%s", (text, hint) => {
    expect(errorOf(readQuantity(text))).toContain(hint);
  });

  test.each([
    ["2x", "`2*x`"],
    ["3pi", "`3*pi`"],
    ["1.5e3vt", "`1.5e3*vt`"],
    ["2e", "`2*e`"],
    ["4k7", "`4.7k`"],
  ])("in an expression %s is a forgotten sign", (text, hint) => {
    expect(errorOf(readFactor(text))).toContain(hint);
  });

  test("but a unit is a unit", () => {
    for (const text of ["5V", "10mA", "1kOhm", "3us", "2.5MHz", "1e-3"]) expect(errorOf(readFactor(text))).toBe("");
  });
});

describe("a quantity is written for people", () => {
  test.each([
    [4700, "Ω", "4.7 kΩ"],
    [0.001, "s", "1 ms"],
    [999.96, "V", "1 kV"],
    [1e-15, "A", "1 fA"],
    [1e-18, "A", "1e-18 A"],
    [-3.3, "V", "-3.3 V"],
    [1200, "s", "1200 s"],
    [2.5e13, "Hz", "25 THz"],
    [1e17, "Hz", "1e17 Hz"],
    [0, "V", "0 V"],
    [27, "°C", "27 °C"],
    [0.1234567, "1", "0.1235"],
    [1e-14, "m²/(V·s)", "1e-14 m²/(V·s)"],
    [Number.POSITIVE_INFINITY, "V", "∞ V"],
  ] as const)("%d %s", (number, unit, text) => {
    expect(formatQuantity(number, unit)).toBe(text);
  });

  test("to four digits, of any size", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-15, max: 9.9e14, noNaN: true }), (number) => {
        const text = formatQuantity(number, "V").slice(0, -1).replace(" ", "").replace("M", "Meg");
        expect(Math.abs(value(text) / number - 1)).toBeLessThan(5.1e-4);
      }),
      { seed: 2 },
    );
  });
});
