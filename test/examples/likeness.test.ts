import { describe, expect, test } from "vitest";
import { unlikeness } from "./likeness.js";

const points = (count: number, shift = 0): string =>
  Array.from({ length: count + 1 }, (_, k) => {
    const x = (300 * k) / count;
    return `${x.toFixed(2)},${(100 + 80 * Math.sin(x / 40) + shift).toFixed(2)}`;
  }).join("L");
const drawing = (d: string, word = "Time (s)", at = 20): string =>
  `<svg width="400"><text x="${at}">${word}</text><path d="M${d}" stroke="#0072b2"/></svg>`;

describe("two drawings are alike", () => {
  test("whichever of their points a curve is thinned to", () => {
    expect(unlikeness(drawing(points(400)), drawing(points(313)))).toBeUndefined();
  });
  test("when places differ by less than half a pixel", () => {
    expect(unlikeness(drawing(points(400)), drawing(points(400, 0.4), "Time (s)", 20.3))).toBeUndefined();
  });
});

describe("two drawings differ", () => {
  const known = drawing(points(400));
  test.each([
    ["in a word", drawing(points(400), "Time (ms)")],
    ["in a colour", known.replace("0072b2", "0072b3")],
    ["in a place", drawing(points(400), "Time (s)", 21)],
    ["in a curve that moved", drawing(points(400, 2))],
    ["in a curve that ends early", drawing(points(400).split("L").slice(0, -20).join("L"))],
    ["in a curve with a spike", drawing(points(400).replace("L150.00,", "L150.00,0L150.00,"))],
    ["in a part that is missing", known.replace(/<text.*<\/text>/, "")],
  ])("%s", (_, found) => {
    expect(unlikeness(known, found)).toBeDefined();
  });
});
