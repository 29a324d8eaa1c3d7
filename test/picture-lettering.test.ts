import { describe, expect, test } from "vitest";
import { svgOf } from "../src/cli/svg.js";
import type { Picture } from "../src/result/picture.js";
import { textWidth } from "../src/views/lettering.js";
import { letterColour, lineStyle } from "../src/views/theme.js";
import { dejaVuWidth } from "./dejavu.js";
import { learning, series } from "./sample-learning-pictures.js";
import { elements, loop, type ParsedElement, pictures, rows, sine, texts, waves } from "./sample-pictures.js";

interface Box {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where a text stands, by the font's own widths; formulas, which are in another font, and rims are left out. */
function boxOf(element: ParsedElement): readonly Box[] {
  const of = (name: string): number => Number(element.getAttribute(name));
  const { textContent: text } = element;
  const [x, y, size] = [of("x"), of("y"), of("font-size")];
  const weight = element.getAttribute("font-weight") === "bold" ? "bold" : "regular";
  const width = dejaVuWidth(text, size, weight);
  if (width === undefined || element.getAttribute("font-family") !== null || element.getAttribute("stroke") !== null)
    return [];
  const from = { middle: -width / 2, end: -width, start: 0 }[element.getAttribute("text-anchor") ?? "start"]!;
  const [above, below] = [0.74 * size, 0.1 * size];
  return element.getAttribute("transform") === null
    ? [{ text, left: x + from, right: x + from + width, top: y - above, bottom: y + below }]
    : [{ text, left: x - above, right: x + below, top: y - from - width, bottom: y - from }];
}

const boxes = (svg: string): readonly Box[] => elements(svg, "text").flatMap(boxOf);

const meet = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

const title = "A conductance-asymmetric SQUID: the quantum memristor with all its levels";
const endless =
  "A title that no journal would take, about a capacitor of one microfarad and a resistor of one kiloohm under a sine of one kilohertz, and losses";
const deep = (cell: number): string => `v(x_crossbar.x_row_of_cells_${cell}.x_cell_with_a_very_long_name.internal)`;
const frequency = {
  name: "frequency",
  unit: "Hz",
  values: sine.values.map((_, k) => 10 ** (1 + (7 * k) / (rows - 1))),
} as const;

/** What the samples do not have: titles of two lines, labels that end with the axis, names of netlists. */
const more = {
  "a long title": { ...loop(1), title },
  "a title that is cut": waves([sine], { title: endless }),
  "frequencies up to 100 MHz": waves([sine], { x: frequency, logx: true }),
  "long names": waves([1, 2, 3].map((cell) => ({ ...sine, name: deep(cell) }))),
  "six trainings": learning(["a", "b", "c", "d", "e", "f"].map((name) => series(name, 50, 10, 1))),
} as const satisfies Readonly<Record<string, Picture>>;

describe.each(Object.entries<Picture>({ ...pictures, ...more }))("the letters of %s", (_, picture) => {
  const svg = svgOf(picture);
  const all = boxes(svg);
  const [sheet] = elements(svg, "rect");

  test("lie on the sheet", () => {
    const [width, height] = ["width", "height"].map((name) => Number(sheet!.getAttribute(name)));
    const off = all.filter(({ left, top, right, bottom }) => left < 0 || top < 0 || right > width! || bottom > height!);
    expect(off.map(({ text }) => text)).toEqual([]);
  });

  test("do not lie on one another", () => {
    const pairs = all.flatMap((one, k) => all.slice(k + 1).filter((other) => meet(one, other)).map((other) => `${one.text} | ${other.text}`)); // biome-ignore format: one thought
    expect(pairs).toEqual([]);
  });
});

describe("letters", () => {
  test("of titles are estimated on the safe side, as bold as they are", () => {
    for (const each of [
      title,
      "What t1 wrote",
      "Two quantum memristors on a processor of qubits",
      "From charge to a film",
    ])
      expect(textWidth(each, 15, true)).toBeGreaterThanOrEqual(0.995 * dejaVuWidth(each, 15, "bold")!);
  });

  test("of titles stand in one line or in two that are about as long", () => {
    const [first, second] = texts(svgOf({ ...loop(1), title }));
    expect(`${first} ${second}`).toBe(title);
    const [one, other] = [first!, second!].map((line) => dejaVuWidth(line, 15, "bold")!);
    expect(Math.abs(one! - other!)).toBeLessThan(dejaVuWidth("asymmetric", 15, "bold")!);
    expect(texts(svgOf({ ...loop(1), title: "word ".repeat(300) }))[1]).toMatch(/^(word )+(w|wo|wor|word)?…$/);
  });

  test("of long names keep that in which they differ", () => {
    const names = texts(svgOf(more["long names"])).filter((text) => text.startsWith("v("));
    expect(new Set(names).size).toBe(3);
    expect(names.map((name) => /_(\d)\.x_cell/.exec(name)?.[1])).toEqual(["1", "2", "3"]);
  });

  test("of legends that take several rows say behind all names what is said of all curves", () => {
    const legend = boxes(svgOf(more["six trainings"]));
    const rowOf = (wanted: string): number => legend.find(({ text }) => text === wanted)!.top;
    expect(new Set(["a", "b", "c", "d", "e", "f"].map(rowOf)).size).toBe(1);
    expect(rowOf("line: mean of 100 runs")).toBeGreaterThan(rowOf("a"));
    expect(rowOf("5–95 % of the runs")).toBe(rowOf("line: mean of 100 runs"));
  });

  test("beside axes have their curve's colour, as far as it can be read on paper", () => {
    for (const k of [0, 1, 2, 4]) expect(letterColour(lineStyle(k).colour)).toBe(lineStyle(k).colour);
    for (const k of [3, 5, 6]) expect(contrastWithWhite(letterColour(lineStyle(k).colour))).toBeGreaterThanOrEqual(3);
  });
});

/** The ratio of WCAG 2.1. */
function contrastWithWhite(colour: string): number {
  const channels = [1, 3, 5].map((k) => Number.parseInt(colour.slice(k, k + 2), 16) / 255);
  const [r, g, b] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 1.05 / (0.2126 * r! + 0.7152 * g! + 0.0722 * b! + 0.05);
}
