import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { svgOf } from "../src/cli/svg.js";
import { contoursOf } from "../src/views/contour.js";
import { layersOf } from "../src/views/network-layers.js";
import { inkOn, shareColour } from "../src/views/theme.js";
import {
  accuracy,
  boundary,
  confusion,
  learning,
  learningPictures,
  network,
  parameter,
  series,
  skipping,
  threeClasses,
  weights,
} from "./sample-learning-pictures.js";
import { curves, elements, pointsOf, texts } from "./sample-pictures.js";

const numbers = (svg: string, selector: string, name: string): readonly number[] =>
  elements(svg, selector).map((element) => Number(element.getAttribute(name)));

describe("a learning curve", () => {
  const bands = (svg: string) =>
    elements(svg, "path[fill-opacity]").filter((path) => !/h30/.test(path.getAttribute("d")!));

  test("has mean and median within the band, for each series, at every point", () => {
    const svg = svgOf(learning([series("or", 200, 11.6, 0.02)]));
    const [band] = bands(svg).map((path) => pointsOf(path.getAttribute("d")!));
    const back = band!.findIndex(([x], k) => k > 0 && x <= band![k - 1]![0]);
    const edge = (points: readonly (readonly [number, number])[], at: number): number => {
      const k = Math.max(
        1,
        points.findIndex(([x]) => x >= at),
      );
      const [[x0, y0], [x1, y1]] = [points[k - 1]!, points[k]!];
      return x1 === x0 ? y1 : y0 + ((y1 - y0) * (at - x0)) / (x1 - x0);
    };
    const [upper, lower] = [band!.slice(0, back), band!.slice(back).reverse()];
    const [median, mean] = curves(svg).map(pointsOf);
    for (const [x, y] of [...median!, ...mean!]) {
      expect(y).toBeGreaterThanOrEqual(edge(upper, x) - 0.2);
      expect(y).toBeLessThanOrEqual(edge(lower, x) + 0.2);
    }
  });

  test("tells several series by colour and by dash, in both panels", () => {
    const svg = svgOf(learningPictures["learning curves of three gates"]);
    expect(bands(svg)).toHaveLength(3);
    const looks = elements(svg, "path[stroke-linejoin]").map((path) => {
      return `${path.getAttribute("stroke")} ${path.getAttribute("stroke-dasharray")}`;
    });
    expect(looks).toHaveLength(6); // mean and share right, of three
    expect(new Set(looks).size).toBe(3); // a series looks the same below as above
    expect(texts(svg)).not.toContain("median"); // among dashed lines it would fill their gaps
    for (const text of ["or", "and", "xor", "Epoch", "Error", "Share right", "line: mean of 100 runs"]) {
      expect(texts(svg)).toContain(text);
    }
  });

  test("of one run has neither band nor mean", () => {
    const alone = { ...series("or", 50, 11.6, 0.02), runs: 1 };
    for (const all of [[alone], [alone, { ...alone, name: "and" }]]) {
      const svg = svgOf(learning(all));
      expect(bands(svg)).toEqual([]);
      expect(texts(svg).filter((text) => /mean|median|%/.test(text))).toEqual([]);
      expect(texts(svg).join()).toContain("one run");
    }
    expect(bands(svgOf(learning([alone, series("and", 50, 12, 0.1)])))).toHaveLength(1);
  });

  test("counts the runs that diverged, and says so where none is left", () => {
    expect(texts(svgOf(learning([{ ...series("or", 20, 9, 1), diverged: 3 }])))).toContain("3 of 100 runs diverged");
    const two = svgOf(learningPictures["learning curves, both axes log, diverging runs"]);
    expect(texts(two)).toContain("or: 3 of 100 runs diverged");
    expect(texts(svgOf(learningPictures["learning that diverged"]))).toContain("no data: every run diverged");
  });

  test("lets a band that reaches zero run into a logarithmic axis", () => {
    const svg = svgOf(learningPictures["a learning curve whose band reaches zero"]);
    const [band] = bands(svg).map((path) => pointsOf(path.getAttribute("d")!).map(([, y]) => y));
    const frame = Math.max(...elements(svg, "path[stroke='#e4e4e4']").flatMap((path) => pointsOf(path.getAttribute("d")!).map(([, y]) => y))); // biome-ignore format: one thought
    expect(Math.max(...band!)).toBeCloseTo(frame, 1);
  });
});

test("a quantity against a parameter has a bar with a mark within it at each value", () => {
  const svg = svgOf(parameter([accuracy("slp", 0.004)]));
  const [bars] = elements(svg, "path[stroke-width='1.4']").map((path) => path.getAttribute("d")!);
  const upright = pointsOf(bars!).flatMap(([x, y], k, all) => {
    const [x2, y2] = all[k + 1] ?? [Number.NaN, Number.NaN];
    return k % 2 === 0 && x === x2 && y !== y2 ? [{ x, low: Math.max(y, y2), high: Math.min(y, y2) }] : [];
  });
  expect(upright).toHaveLength(8); // where nothing is spread there is no bar
  const marks = elements(svg, "circle[stroke]").map((mark) =>
    ["cx", "cy"].map((name) => Number(mark.getAttribute(name))),
  );
  for (const { x, low, high } of upright) {
    const inside = marks.filter(([cx, cy]) => cx === x && cy! <= low && cy! >= high);
    expect(inside).toHaveLength(1);
  }
});

describe("a network", () => {
  /** The lines of weights and biases: everything stroked in one of the colours of signs, but for the legend. */
  const lines = (svg: string, colour: string) =>
    elements(svg, `path[stroke='${colour}']`).filter((path) => !/h30$/.test(path.getAttribute("d")!));
  const positive = "#0072b2";
  const negative = "#d55e00";

  test("has a line for every weight and every bias, as wide as its size, and dashed where it is negative", () => {
    for (const picture of [network([2, 2, 1]), network([4, 5, 3]), network([1, 1]), skipping]) {
      const svg = svgOf(picture);
      const all = [
        ...picture.connections.map(({ weight }) => weight),
        ...picture.units.flatMap(({ bias }) => bias ?? []),
      ];
      const drawn = [positive, negative].map((colour) => lines(svg, colour));
      expect(drawn[0]!.every((line) => line.getAttribute("stroke-dasharray") === null)).toBe(true);
      expect(drawn[1]!.every((line) => line.getAttribute("stroke-dasharray") !== null)).toBe(true);
      const widths = drawn.flatMap((some, k) =>
        some.map((line) => (k === 0 ? 1 : -1) * Number(line.getAttribute("stroke-width"))),
      );
      expect(widths).toHaveLength(all.length);
      const largest = Math.max(...all.map(Math.abs));
      const widest = Math.max(...widths.map(Math.abs));
      const expected = all.map((weight) => Math.sign(weight) * Math.max(0.4, (widest * Math.abs(weight)) / largest));
      const sorted = widths.toSorted((a, b) => a - b);
      for (const [k, width] of expected.toSorted((a, b) => a - b).entries()) expect(sorted[k]).toBeCloseTo(width, 1);
    }
  });

  test("writes the weights of a small one beside their lines, and the names of the units", () => {
    const written = texts(svgOf(skipping));
    for (const text of ["1.2", "−4.1", "−0.31", "0.9", "x1", "h2", "y", "inputs", "hidden", "outputs", "w < 0"]) {
      expect(written).toContain(text);
    }
  });

  test("stands in layers by the longest way, constants before what they reach", () => {
    expect(layersOf(skipping).map(({ rows }) => rows)).toEqual([[0, 1], [3, 4, 2], [5]]);
    const chain = network([1, 1, 1, 1]);
    expect(layersOf({ ...chain, connections: [...chain.connections, { from: 0, to: 3, weight: 1 }] })).toHaveLength(4);
  });

  test("leads such a connection through the nearest gap", () => {
    const three = network([1, 3, 1]);
    const svg = svgOf({ ...three, connections: [...three.connections, { from: 0, to: 4, weight: 5 }] });
    const [bent] = elements(svg, "path").map((path) => path.getAttribute("d")!).filter((path) => path.includes("C")); // biome-ignore format: one thought
    const [, via] = /C[^C]*?,([\d.]+)C/.exec(bent!)!;
    const [, upper, middle] = numbers(svg, "circle", "cy");
    expect(Math.abs(Number(via) - middle!)).toBeCloseTo(Math.abs(middle! - upper!) / 2, 1);
  });

  test("leads a connection that skips a layer round the units of that layer", () => {
    const straight = network([1, 1, 1]);
    const svg = svgOf({ ...straight, connections: [...straight.connections, { from: 0, to: 2, weight: 5 }] });
    const bent = elements(svg, "path").map((path) => path.getAttribute("d")!).filter((path) => path.includes("C")); // biome-ignore format: one thought
    expect(bent).toHaveLength(1);
    const [, via] = /C[^C]*?,([\d.]+)C/.exec(bent[0]!)!;
    const [, middle] = numbers(svg, "circle", "cy");
    const [radius] = numbers(svg, "circle", "r");
    expect(Math.abs(Number(via) - middle!)).toBeGreaterThan(radius!);
  });

  test("shows the ends of a large layer, and says how many units and weights there are", () => {
    const svg = svgOf(learningPictures["a network 784-100-10"]);
    expect(lines(svg, positive).length + lines(svg, negative).length).toBe(10 * 10 + 10 * 10 + 20);
    for (const text of ["784 inputs", "100 hidden", "10 shown", "200 of 79400 weights shown", "x1", "x784", "y10"]) {
      expect(texts(svg)).toContain(text);
    }
  });

  test("marks a weight that is no number as neither positive nor negative", () => {
    const svg = svgOf(learningPictures["a network with a weight that is no number"]);
    expect(texts(svg)).toEqual(expect.arrayContaining(["?", "not a number"]));
    expect(lines(svg, negative)).toHaveLength(0);
  });
});

describe("a confusion matrix", () => {
  test("has every count in its place, row by row, with the share of the row and the accuracy", () => {
    const table = [[50, 0, 0], [0, 47, 3], [0, 1, 49]]; // biome-ignore format: a table
    const svg = svgOf(confusion(["a", "b", "c"], (row, column) => table[row]![column]!));
    const counts = elements(svg, "text[font-size='17']").map((text) => ({
      x: Number(text.getAttribute("x")),
      y: Number(text.getAttribute("y")),
      count: Number(text.textContent),
    }));
    const ordered = counts.toSorted((a, b) => a.y - b.y || a.x - b.x).map(({ count }) => count);
    expect(ordered).toEqual(table.flat());
    for (const text of ["94 %", "6 %", "98 %", "2 %", "Accuracy 97.3 %: 146 of 150 samples"]) {
      expect(texts(svg)).toContain(text);
    }
  });

  test("never rounds an accuracy up to all or down to none", () => {
    const nearly = confusion(["a", "b"], (row, column) => (row === column ? 99999 : Number(row > column)));
    expect(texts(svgOf(nearly)).some((text) => text.startsWith("Accuracy > 99.9 %: 199998 of 199999"))).toBe(true);
    const hardly = confusion(["a", "b"], (row, column) => (row === column ? Number(row === 0) : 99999));
    expect(texts(svgOf(hardly)).some((text) => text.startsWith("Accuracy < 0.1 %: 1 of"))).toBe(true);
  });

  test("writes dark on light and light on dark: always readable", () => {
    const luminance = (colour: string): number => {
      const channels = [1, 3, 5].map((k) => Number.parseInt(colour.slice(k, k + 2), 16) / 255);
      const [r, g, b] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    for (let part = 0; part <= 1; part += 0.01) {
      const ground = shareColour(part);
      const [one, other] = [luminance(ground), luminance(inkOn(ground))];
      expect((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)).toBeGreaterThan(3.9);
    }
  });
});

describe("contours", () => {
  const grid = (points: number, of: (x: number, y: number) => number) =>
    Float64Array.from({ length: points ** 2 }, (_, k) => of(k % points, Math.floor(k / points)));

  test("of a plane are the straight line where it crosses the level, exactly", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }), (angle) => {
        const plane = (x: number, y: number) => Math.cos(angle) * (x - 5.3) + Math.sin(angle) * (y - 4.7);
        for (const { x, y } of contoursOf(grid(11, plane), 11, 11, 0)) {
          const off = Array.from(x, (at, k) => Math.abs(plane(at, y[k]!)));
          expect(Math.max(...off)).toBeLessThan(1e-12);
        }
      }),
    );
    const [diagonal, ...more] = contoursOf(
      grid(11, (x, y) => x + y - 9.5),
      11,
      11,
      0,
    );
    expect(more).toEqual([]);
    expect(diagonal!.x).toHaveLength(20);
  });

  test("of a cone are one closed circle, to second order of the grid", () => {
    const cone = (x: number, y: number) => Math.hypot(x - 20, y - 20);
    const [circle, ...more] = contoursOf(grid(41, cone), 41, 41, 12.3);
    expect(more).toEqual([]);
    expect([circle!.x.at(-1), circle!.y.at(-1)]).toEqual([circle!.x[0], circle!.y[0]]);
    for (const [k, x] of circle!.x.entries()) expect(Math.abs(cone(x, circle!.y[k]!) - 12.3)).toBeLessThan(1 / 8 / 12);
  });

  test("of a saddle are two lines, and no line goes through a hole", () => {
    // (1 − x)(1 − y) + xy is 0.5 in the middle: below that the ones are joined, above it the zeros.
    const along = (level: number, of: (x: number, y: number) => number) => {
      const lines = contoursOf(Float64Array.of(1, 0, 0, 1), 2, 2, level);
      return lines.map(({ x, y }) => Array.from(x, (at, k) => of(at, y[k]!))).toSorted((a, b) => a[0]! - b[0]!);
    };
    const each = [-0.6, 0.6].map((value) => [expect.closeTo(value, 12), expect.closeTo(value, 12)]);
    expect(along(0.4, (x, y) => x - y)).toEqual(each);
    expect(along(0.6, (x, y) => x + y - 1)).toEqual(each);
    expect(contoursOf(Float64Array.of(1, 0, 0, Number.NaN), 2, 2, 0.5)).toEqual([]);
  });
});

describe("a decision boundary", () => {
  test("lies where the output is one half", () => {
    const svg = svgOf(boundary((x) => x)); // crosses at x1 = 0.5, half-way from -0.25 to 1.25
    const [, contour] = curves(svg).map(pointsOf);
    const frame = pointsOf(elements(svg, "path[stroke='#222222'][stroke-width='1']")[0]!.getAttribute("d")!)[0]!;
    for (const [x] of contour!) expect(x).toBeCloseTo(frame[0] + 380 / 2, 6);
    expect(contour!.map(([, y]) => y).toSorted((a, b) => a - b)).toEqual([frame[1], frame[1] + 380]);
    expect(texts(svg)).toContain("y = 0.5");
  });

  test("of three classes is where two outputs are the largest together", () => {
    const { rivals } = threeClasses();
    const svg = svgOf(threeClasses());
    const frame = pointsOf(elements(svg, "path[stroke='#222222'][stroke-width='1']")[0]!.getAttribute("d")!)[0]!;
    const [, border] = curves(svg).map(pointsOf);
    expect(border!.length).toBeGreaterThan(5);
    for (const [px, py] of border!) {
      const [column, row] = [(60 * (px - frame[0])) / 380, 60 - (60 * (py - frame[1])) / 380];
      const near = rivals!.map((each) => each[61 * Math.round(row) + Math.round(column)]!).toSorted((a, b) => b - a);
      expect(near[0]! - near[1]!).toBeLessThan(0.03); // a step of the grid is 0.025, the outputs' slopes differ by at most 1.3
    }
    expect(texts(svg)).toEqual(expect.arrayContaining(["a", "b", "c", "border of classes", "largest output"]));
  });

  test("that is not there is told, and so are samples outside", () => {
    expect(texts(svgOf(learningPictures["no decision boundary"]))).toContain("y does not cross 0.5");
    expect(texts(svgOf(boundary(() => 0.6)))).toContain("y does not cross 0.5");
    const far = boundary((x) => x);
    const samples = { ...far.samples, x: Float64Array.of(9, 0, 1, 1, 0, 1) };
    expect(texts(svgOf({ ...far, samples }))).toContain("1 sample outside the map");
  });

  test("has one mark for the samples of a class at one place", () => {
    const svg = svgOf(learningPictures["a decision boundary"]);
    const rims = elements(svg, "circle[fill='#ffffff']:not([stroke])");
    expect(rims).toHaveLength(2 + 1); // two zeros, and the legend's
  });
});

describe("weights over realisations", () => {
  const constant = (name: string, value: number) => ({ name, unit: "1", values: Float64Array.of(value) }) as const;

  test("are a dot for each run, the median in their midst", () => {
    const svg = svgOf(weights(3, 101));
    const dots = elements(svg, "path[stroke-linecap]").flatMap((path) => pointsOf(path.getAttribute("d")!));
    expect(dots).toHaveLength(303);
    const columns = weights(3, 101).weights;
    const ticks = elements(svg, "path[stroke-width='2.4']").map((path) => pointsOf(path.getAttribute("d")!)[0]!);
    columns.forEach((_, k) => {
      const own = dots
        .slice(101 * k, 101 * (k + 1))
        .map(([x]) => x)
        .toSorted((a, b) => a - b);
      expect(ticks[k]![0]).toBe(own[50]);
    });
  });

  test("of many are counted in one histogram, none left out", () => {
    const svg = svgOf(weights(400, 20));
    expect(texts(svg)).toContain("400 weights of 20 runs");
    const steps = { ...weights(0, 1), weights: Array.from({ length: 41 }, (_, k) => constant(`w${k}`, k)) };
    const [bars] = elements(svgOf(steps), "path[stroke='#ffffff']").map((path) => path.getAttribute("d")!);
    expect(bars!.match(/Z/g)).toHaveLength(41); // sixty steps for forty-one values: each has its own
    const heights = pointsOf(bars!).map(([, y]) => y);
    expect(new Set(heights).size).toBe(2); // the axis, and one weight
  });
});
