import { describe, expect, test } from "vitest";
import { svgOf } from "../src/cli/svg.js";
import type { Picture } from "../src/result/picture.js";
import type { Column } from "../src/result/result.js";
import { periodsOf } from "../src/views/periods.js";
import { periodColour } from "../src/views/theme.js";
import {
  curves,
  elements,
  growingLoop,
  loop,
  map,
  parseXml,
  pictures,
  pointsOf,
  sine,
  texts,
  waves,
} from "./sample-pictures.js";

const presentation = new Set(
  (
    "xmlns version width height viewBox x y d r cx cy fill fill-opacity stroke stroke-width stroke-dasharray stroke-linejoin " +
    "stroke-linecap stroke-opacity shape-rendering font-family font-size font-style font-weight text-anchor dx dy rx transform"
  ).split(" "),
);

// Laws that every picture keeps.
describe.each(Object.entries<Picture>(pictures))("the picture of %s", (_, picture) => {
  const svg = svgOf(picture);
  const page = parseXml(svg);
  const all = [...page.querySelectorAll("*")];
  const of = (name: string) => all.filter(({ tagName }) => tagName === name);
  const paths = of("path").map((path) => path.getAttribute("d")!);

  test("is well-formed XML, of presentation attributes only", () => {
    expect(all[0]!.tagName).toBe("svg");
    const tags = new Set(all.map(({ tagName }) => tagName));
    expect([...tags].filter((tag) => !/^(svg|title|rect|g|path|text|tspan|circle)$/.test(tag))).toEqual([]);
    const names = all.flatMap(({ attributes }) => Array.from(attributes, ({ name }) => name));
    expect(names.filter((name) => !presentation.has(name))).toEqual([]);
  });

  test("holds sound numbers only, to the hundredth of a pixel", () => {
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(paths.filter((path) => /\.\d{3}|e/.test(path))).toEqual([]);
  });

  test("keeps everything that it draws on a white sheet, so that a dark page does not swallow it", () => {
    const [sheet] = of("rect");
    const [width, height] = ["width", "height"].map((name) => Number(sheet!.getAttribute(name)));
    expect(sheet!.getAttribute("fill")).toBe("#ffffff");
    expect(all[0]!.getAttribute("viewBox")).toBe(`0 0 ${width} ${height}`);
    const points = paths.flatMap(pointsOf);
    expect(points.filter(([x, y]) => !(x >= 0 && x <= width! && y >= 0 && y <= height!))).toEqual([]);
  });

  test("is the same bytes again", () => {
    expect(svgOf(picture)).toBe(svg);
  });

  test("has a legend that hides no curve", () => {
    const legend = paths.filter((path) => /h30$/.test(path)).flatMap(pointsOf);
    const spans = curves(svg).map((path) => pointsOf(path).map(([, y]) => y));
    for (const [, y] of legend) {
      expect(spans.filter((ys) => y + 6 > Math.min(...ys) && y - 6 < Math.max(...ys))).toEqual([]);
    }
  });

  test("shows a curve, or says that there is none to show", () => {
    const squares = paths.some((path) => /^M\d+,\d+h\d+v\d+h-\d+z/.test(path));
    const dots = elements(svg, "path[stroke-linecap]").length > 0;
    const drawn = squares || dots || curves(svg).length > 0 || of("circle").length > 0;
    expect(drawn).toBe(!texts(svg).some((text) => /^no data/.test(text)));
  });
});

describe("what a netlist writes", () => {
  const evil = `</text><script>alert(1)</script>&amp; "q" 'a' \u0000\u001b[31m \u00a0\ud800 \u202eabc ]]>`;
  const name = `v("><script>x</script>)`;
  const named = waves([
    { ...sine, name },
    { ...sine, name: `${name}2` },
  ]);
  const svg = svgOf({ ...named, title: evil, xlabel: evil, ylabel: `<b>${evil}</b>` });

  test("stays text, and XML", () => {
    expect(elements(svg, "parsererror, script, b")).toEqual([]);
    expect(texts(svg)).toContain(name);
    expect(texts(svg).join("")).toContain(`</text><script>alert(1)</script>&amp; "q" 'a' [31m abc ]]>`);
  });

  test("is shortened where it is too long", () => {
    const long = svgOf(waves([{ ...sine, name: `v(${"x1.".repeat(200)}a)` }, sine], { title: "word ".repeat(300) }));
    expect(texts(long).filter((text) => text.length > 120)).toEqual([]);
    expect(texts(long).some((text) => /^v\(x1\..*….*\.a\)$/.test(text))).toBe(true);
  });
});

describe("loops", () => {
  const arrows = (svg: string) =>
    elements(svg, "path[fill]:not([fill='none'])").map((arrow) => pointsOf(arrow.getAttribute("d")!));

  test("show the start, and the axes through the origin", () => {
    const svg = svgOf(loop(1));
    const [start] = pointsOf(curves(svg)[0]!);
    const circles = elements(svg, "circle").map((circle) => ["cx", "cy"].map((at) => Number(circle.getAttribute(at))));
    expect(circles).toContainEqual([...start!]);
    const zero = elements(svg, "path[stroke='#9a9a9a']").map((path) => pointsOf(path.getAttribute("d")!));
    expect(zero).toHaveLength(2);
    expect(zero[0]![0]![0]).toBeCloseTo(start![0], 1); // this loop starts in the origin, where the lines cross
    expect(zero[1]![0]![1]).toBeCloseTo(start![1], 1);
  });

  test("have arrows that point along the path", () => {
    const svg = svgOf(loop(1));
    const path = pointsOf(curves(svg)[0]!);
    expect(arrows(svg)).toHaveLength(4);
    for (const [tip, one, , other] of arrows(svg)) {
      const far = path.map(([x, y]) => Math.hypot(x - tip![0], y - tip![1]));
      const nearest = Math.max(1, far.indexOf(Math.min(...far)));
      const [from, to] = [path[nearest - 1]!, path[Math.min(nearest + 1, path.length - 1)]!];
      const [dx, dy] = [tip![0] - (one![0] + other![0]) / 2, tip![1] - (one![1] + other![1]) / 2];
      expect(dx * (to[0] - from[0]) + dy * (to[1] - from[1])).toBeGreaterThan(0);
    }
  });

  test("of several devices have two arrows each, and a start", () => {
    const svg = svgOf(pictures["loops of three devices"]);
    const heads = elements(svg, "path").filter((path) => path.getAttribute("d")!.endsWith("Z"));
    expect(heads).toHaveLength(6);
    expect(new Set(heads.map((path) => path.getAttribute("d"))).size).toBe(6);
    expect(texts(svg)).toContain("start");
  });

  test("of several runs tell the run by the colour and the device by the dash", () => {
    const looks = (svg: string) =>
      elements(svg, "path[fill='none'][stroke-width='1.7']").map((path) => [
        path.getAttribute("stroke"),
        path.getAttribute("stroke-dasharray"),
      ]);
    const few = svgOf(pictures["loops of three runs"]);
    expect(texts(few)).toEqual(expect.arrayContaining(["m1, r = 1 kΩ", "m1, r = 2 kΩ", "m1, r = 3 kΩ"]));
    const many = svgOf(pictures["loops of twenty runs and two devices"]);
    expect(texts(many)).toEqual(expect.arrayContaining(["m1", "m2", "r = 1 kΩ to 20 kΩ, 20 runs"]));
    const drawn = looks(many);
    expect(drawn).toHaveLength(40);
    expect(new Set(drawn.map(([colour]) => colour)).size).toBe(20);
    expect(new Set(drawn.map(([, dash]) => dash)).size).toBe(2);
  });

  test("give each period a colour, the last the darkest", () => {
    const three = svgOf(growingLoop(3));
    expect(curves(three)).toHaveLength(3);
    expect(texts(three)).toEqual(expect.arrayContaining(["period 1", "period 2", "period 3"]));
    expect(texts(svgOf(growingLoop(12)))).toContain("periods 1 to 12");
    expect(texts(svgOf(growingLoop(100)))).toContain("24 of the periods 1 to 100");
    const greys = Array.from({ length: 9 }, (_, k) => {
      const colour = periodColour(k, 9);
      const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
      return 0.299 * r! + 0.587 * g! + 0.114 * b!; // luma of ITU-R BT.601: what a grey print shows
    });
    expect(greys).toEqual(greys.toSorted((a, b) => b - a));
  });

  test("that lie upon one another are drawn once, and the legend says so", () => {
    const steady = svgOf(loop(3));
    expect(curves(steady)).toHaveLength(1);
    expect(texts(steady)).toContain("periods 1 to 3 coincide");
    expect(texts(svgOf(loop(100)))).toContain("24 of the periods 1 to 100 coincide");
    const settling = loop(3, 1e-6);
    const values = settling.current.values.map((i, k) => (k < 200 ? i / 2 : i));
    expect(texts(svgOf({ ...settling, current: { ...settling.current, values } }))).toEqual(
      expect.arrayContaining(["period 1", "periods 2 to 3"]),
    );
    const cutShort = loop(3);
    const early = (each: Column) => ({ ...each, values: each.values.subarray(0, 450) });
    const { time, voltage, current } = cutShort;
    const short = { ...cutShort, time: early(time), voltage: early(voltage), current: early(current) };
    expect(texts(svgOf(short))).toEqual(expect.arrayContaining(["periods 1 to 2", "period 3"]));
  });

  test("are cut where a period ends, with the row there in both", () => {
    const times = Float64Array.from({ length: 31 }, (_, k) => 5 + k / 10);
    const cuts = (period: number) => periodsOf(times, period).map(({ from, to }) => `${from}–${to}`);
    expect(cuts(1)).toEqual(["0–11", "10–21", "20–31"]);
    expect(cuts(2)).toEqual(["0–21", "20–31"]);
    expect(cuts(5)).toEqual(["0–31"]);
    expect(cuts(0)).toEqual(["0–31"]);
    expect(periodsOf(new Float64Array(0), 1)).toEqual([{ index: 0, from: 0, to: 0 }]);
  });
});

describe("maps", () => {
  const squares = (svg: string) =>
    elements(svg, "path[fill]:not([fill='none'])").flatMap((path) =>
      Array.from(path.getAttribute("d")!.matchAll(/M(\d+),(\d+)h(\d+)v(\d+)/g), ([, ...numbers]) => {
        const [x, y, width, height] = numbers.map(Number) as [number, number, number, number];
        return { x, y, width, height, colour: path.getAttribute("fill")! };
      }),
    );
  /** Relative luminance, as in grey print. */
  const luminance = (colour: string): number => {
    const channels = [1, 3, 5].map((k) => Number.parseInt(colour.slice(k, k + 2), 16) / 255);
    const [r, g, b] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };

  test("have a square of its own for every cell, larger values darker, from left to right and from top to bottom", () => {
    const cells = squares(svgOf(map(3, 4, (k) => k * 1e-6)))
      .filter(({ width, height }) => width === height)
      .sort((a, b) => a.y - b.y || a.x - b.x);
    expect(cells).toHaveLength(12);
    expect(new Set(cells.map(({ x }) => x)).size).toBe(4);
    const grey = cells.map(({ colour }) => luminance(colour));
    expect(grey).toEqual([...grey].sort((a, b) => b - a));
    expect(new Set(grey).size).toBe(12);
  });

  test("let no paper through between their squares, at whatever size they are printed", () => {
    const paths = elements(svgOf(map(3, 4, (k) => k * 1e-6)), "path[d*='z']").filter((path) => path.getAttribute("fill") !== "none"); // biome-ignore format: one thought
    expect(paths.length).toBeGreaterThan(12);
    for (const path of paths) {
      expect(path.getAttribute("shape-rendering")).toBe("crispEdges");
      expect(path.getAttribute("stroke")).toBe(path.getAttribute("fill"));
    }
  });

  test("leave a place without a value white, and say the quantity, the unit and the time", () => {
    const svg = svgOf(map(2, 2, (k) => (k === 2 ? Number.NaN : 1e-6 * k)));
    expect(squares(svg).filter(({ width, height }) => width === height)).toHaveLength(3);
    for (const text of ["i(m*) (µA)", "Row", "Column", "time = 1 µs"]) expect(texts(svg)).toContain(text);
  });
});
