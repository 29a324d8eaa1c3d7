import { describe, expect, test } from "vitest";
import { svgOf } from "../src/cli/svg.js";
import type { Unit } from "../src/units/unit.js";
import { type Polyline, polylinesOf } from "../src/views/polyline.js";
import { domainOf } from "../src/views/scale.js";
import { simplified } from "../src/views/simplify.js";
import { lineStyle } from "../src/views/theme.js";
import { thinnedToColumns } from "../src/views/thin.js";
import { ticksOf } from "../src/views/ticks.js";
import { column, curves, elements, loop, pictures, pointsOf, rows, sine, texts, waves } from "./sample-pictures.js";

describe("axes", () => {
  const labels = (low: number, high: number, unit: Unit, log = false): string => {
    const { marks, unit: written } = ticksOf({ low, high, log }, unit, 6);
    return `${marks.map(({ label }) => label).join(" ")} | ${written}`;
  };

  test("write all ticks in the SI prefix of the largest", () => {
    expect(labels(-1.2e-4, 1.2e-4, "A")).toBe("−100 −50 0 50 100 | µA");
    expect(labels(0, 1, "V")).toBe("0.0 0.2 0.4 0.6 0.8 1.0 | V");
    expect(labels(0, 0.8, "V")).toBe("0 200 400 600 800 | mV");
    expect(labels(0, 16000, "Ω")).toBe("0 5 10 15 | kΩ");
    expect(labels(0, 4e-12, "s")).toBe("0 1 2 3 4 | ps");
  });

  test("write no prefix before what takes none", () => {
    expect(labels(0, 0.05, "1")).toBe("0.00 0.01 0.02 0.03 0.04 0.05 | ");
    expect(labels(0, 5e-6, "1")).toBe("0 1 2 3 4 5 | ×10⁻⁶");
    expect(labels(0, 5000, "s")).toBe("0 1000 2000 3000 4000 5000 | s");
    expect(labels(20, 60, "°C")).toBe("20 30 40 50 60 | °C");
  });

  test("that are logarithmic give every label its prefix", () => {
    expect(labels(1e-9, 1e-3, "A", true)).toBe("10 nA 1 µA 100 µA | ");
    expect(labels(1, 1e3, "Hz", true)).toBe("1 Hz 10 Hz 100 Hz 1 kHz | ");
    expect(labels(1e-6, 1e-3, "1", true)).toBe("10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ | ");
    expect(labels(150, 900, "Ω", true)).toBe("200 Ω 300 Ω 500 Ω 700 Ω | ");
    expect(labels(0.9, 1.1, "V", true)).toBe("0.90 0.95 1.00 1.05 1.10 | V"); // no room for three multiples
    expect(labels(1e17, 1e29, "V", true)).toMatch(/^10¹⁸ V .*10²⁷ V \| $/); // beyond all prefixes
  });

  test("have ticks inside their domain, at least three", () => {
    for (let k = 0; k < 400; k++) {
      const [low, high] = [10 ** (k / 50 - 4), 10 ** (k / 50 - 4 + 0.004 * (1 + k))];
      const marks = ticksOf({ low, high, log: true }, "V", 6).marks.map(({ value }) => value);
      expect(marks.length).toBeGreaterThanOrEqual(high / low < 10 ? 3 : 2);
      expect(marks.every((value) => value >= low * (1 - 1e-8) && value <= high * (1 + 1e-8))).toBe(true);
    }
    for (let k = 0; k < 400; k++) {
      const low = Math.sin(k) * 10 ** ((k % 40) - 20);
      const high = low + (1.01 + Math.cos(3 * k)) * 10 ** ((k % 40) - 20 - (k % 7));
      const values = ticksOf({ low, high, log: false }, "V", 3 + (k % 6)).marks.map(({ value }) => value);
      const slip = 1e-8 * (high - low);
      expect(values.length).toBeGreaterThanOrEqual(3);
      expect(values.every((value) => value >= low - slip && value <= high + slip)).toBe(true);
    }
  });

  test("count whole numbers where these are what is counted", () => {
    const bottom = (unit: Unit, of: (k: number) => number): readonly string[] => {
      const svg = svgOf(waves([column("v(a)", "V", 5, (k) => 1e3 * k)], { x: column("layers", unit, 5, of) }));
      const level = elements(svg, "text")
        .findLast(({ textContent }) => textContent === "layers")!
        .getAttribute("y");
      const above = elements(svg, "text[text-anchor='middle']").map((text) => [Number(text.getAttribute("y")), text.textContent] as const); // biome-ignore format: one thought
      return above.filter(([y]) => Math.abs(y - Number(level) + 22) < 1).map(([, text]) => text);
    };
    expect(bottom("1", (k) => k + 1)).toEqual(["1", "2", "3", "4", "5"]);
    expect(bottom("1", (k) => k + 0.5).join()).toMatch(/^0\.5,1\.0,/);
    expect(bottom("1", () => 1)).toEqual(["0", "1"]);
  });

  test("are named after the signal, or the quantity where several signals share them", () => {
    const small = column("v(out)", "V", rows, (k) => 1e-3 * Math.sin(k));
    expect(texts(svgOf(waves([small])))).toContain("v(out) (mV)");
    expect(texts(svgOf(waves([sine, { ...sine, name: "v(out)" }])))).toContain("Voltage (V)");
    expect(texts(svgOf(loop(1)))).toEqual(expect.arrayContaining(["Current through m1 (µA)", "Voltage across m1 (V)"]));
    expect(texts(svgOf(waves([sine], { xlabel: "Elapsed time [s]" })))).toContain("Elapsed time (ms)");
    const share = (name: string) => ({ ...sine, name, unit: "1" }) as const;
    expect(texts(svgOf(waves([share("pop(q.a,e)"), share("pop(q.b,e)")])))).toContain("Population");
    expect(texts(svgOf(waves([share("pop(q.a,e)"), share("purity(q)")])))).not.toContain("Population");
  });

  test("that are divided say by what", () => {
    expect(texts(svgOf(waves([sine], { xunit: 1e-6 })))).toContain("Time / 1 µs");
    expect(texts(svgOf(waves([sine], { xunit: 2 * Math.PI }))).join()).toContain("Time / 6.283 s");
    expect(texts(svgOf(waves([sine], { xunit: 1e-6, xlabel: "t/µs" })))).toContain("t/µs");
  });

  test("name a formula without the braces of the netlist", () => {
    expect(texts(svgOf(waves([{ ...sine, name: "{v(a)-v(b)}" }])))).toContain("v(a)-v(b) (V)");
    expect(texts(svgOf(waves([sine, { ...sine, name: "{v(a)-v(b)}" }])))).toContain("v(a)-v(b)");
    expect(texts(svgOf(waves([sine, { ...sine, name: "ex({sz(q.a)*sz(q.b)})" }])))).toContain("ex(sz(q.a)*sz(q.b))");
    expect(texts(svgOf(waves([sine, { ...sine, name: "2*{v(a)+v(b)}" }])))).toContain("2*{v(a)+v(b)}");
  });

  test("that are logarithmic do not reach down to the round-off of zero, and say what they leave out", () => {
    const values = Float64Array.of(1e-3, 1e-49, 0, -1, 1e-9);
    expect(domainOf([values], true, 0)).toEqual({ low: 1e-9, high: 1e-3, log: true });
    const svg = svgOf(waves([column("i(d1)", "A", 5, (k) => values[k]!)], { logy: true }));
    expect(texts(svg)).toContain("2 values ≤ 0 not shown");
    expect(texts(svg)).toContain("1 value below 10⁻¹² of the largest not shown");
  });

  test("give constant data a span that includes zero", () => {
    for (const value of [5, -3e-9, 1e200]) {
      const { low, high } = domainOf([Float64Array.of(value, value * (1 + 1e-13))], false, 0.05)!;
      expect(low).toBeLessThanOrEqual(Math.min(0, value));
      expect(high).toBeGreaterThanOrEqual(Math.max(0, value));
      expect(high).toBeGreaterThan(low);
    }
    expect(domainOf([new Float64Array(3)], false, 0)).toEqual({ low: -1, high: 1, log: false });
    expect(domainOf([Float64Array.of(-1, 0, Number.NaN)], true, 0)).toBeUndefined();
  });

  test("stack signals of unlike units, one frame each, over one x", () => {
    const svg = svgOf(pictures["three units"]);
    expect(texts(svg)).toEqual(expect.arrayContaining(["v(in) (V)", "i(m1) (µA)", "x(m1)"]));
    expect(texts(svg).filter((text) => text === "Time (ms)")).toHaveLength(1);
    const spans = curves(svg).map((path) => pointsOf(path).map(([, y]) => y));
    expect(Math.max(...spans[0]!)).toBeLessThan(Math.min(...spans[1]!));
    expect(Math.max(...spans[1]!)).toBeLessThan(Math.min(...spans[2]!));
  });
});

describe("curves", () => {
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647; // Park & Miller, CACM 31, 1192 (1988)
  const noisy: Polyline = {
    x: Float64Array.from({ length: 50_000 }, (_, k) => k / 100),
    y: Float64Array.from({ length: 50_000 }, (_, k) => 100 + 50 * Math.sin(k / 900) + 40 * random() ** 9),
  };

  test("thinned to pixel columns keep each column's first, lowest, highest and last point", () => {
    const thin = thinnedToColumns(noisy);
    expect(thin.x.length).toBeLessThanOrEqual(4 * 500);
    const facts = ({ x, y }: Polyline) =>
      Array.from({ length: 500 }, (_, at) => {
        const ys = y.filter((_, k) => Math.floor(x[k]!) === at);
        return [ys[0], Math.min(...ys), Math.max(...ys), ys.at(-1)];
      });
    expect(facts(thin)).toEqual(facts(noisy));
    expect(thin.x).toEqual(thin.x.toSorted());
  });

  test("simplified lie nowhere further than the tolerance from what they were", () => {
    const radius = (k: number): number => 0.04 * k;
    const x = Float64Array.from({ length: 4000 }, (_, k) => 200 + radius(k) * Math.cos(k / 60));
    const y = Float64Array.from({ length: 4000 }, (_, k) => 200 + radius(k) * Math.sin(k / 60));
    const simple = simplified({ x, y }, 0.25);
    expect(simple.x.length).toBeLessThan(1200);
    for (let k = 0; k < 4000; k += 7) expect(distance(simple, x[k]!, y[k]!)).toBeLessThanOrEqual(0.25);
  });

  test("of a closed loop keep its far side", () => {
    const { voltage, current } = loop(1);
    const line = { x: voltage.values.map((v) => 100 * v), y: current.values.map((i) => 1e8 * i) };
    const simple = simplified(line, 0.1);
    expect(Math.max(...simple.x)).toBeCloseTo(100, 1);
    expect(Math.min(...simple.x)).toBeCloseTo(-100, 1);
    expect(simple.x.length).toBeLessThan(line.x.length);
  });

  test("of few points show where they are", () => {
    const dots = (count: number): number => {
      const points = column("v(a)", "V", count, (k) => k * k);
      return elements(svgOf(waves([points], { x: column("r", "Ω", count, (k) => k) })), "circle").length;
    };
    expect([1, 2, 24, 25].map(dots)).toEqual([1, 2, 24, 0]);
  });

  test("break where a value cannot be drawn", () => {
    const scale = (log: boolean) => ({ domain: { low: 1, high: 10, log }, from: 0, to: 9 });
    const x = Float64Array.of(1, 2, 3, 4, 5, 6);
    const y = Float64Array.of(1, Number.NaN, 3, -4, Infinity, 6);
    const lengths = (log: boolean) => polylinesOf(x, y, scale(false), scale(log)).map((line) => line.x.length);
    expect(lengths(false)).toEqual([1, 2, 1]);
    expect(lengths(true)).toEqual([1, 1, 1]);
  });

  test("of a nested sweep are not joined from the end of one run to the start of the next", () => {
    const pieces = (x: (k: number) => number) =>
      curves(svgOf(waves([column("i(v1)", "A", 303, (k) => k)], { x: column("v1", "V", 303, x) })))[0]!.match(/M/g);
    expect(pieces((k) => (k % 101) / 100)).toHaveLength(3);
    expect(pieces((k) => 100 - Math.abs(k - 150))).toHaveLength(1); // there and back is one run
  });

  const v2 = (branches: number) => column("v2", "V", 10 * branches, (k) => 0.5 * Math.floor(k / 10));
  const v1 = (branches: number) => column("v1", "V", 10 * branches, (k) => k % 10);
  const current = (branches: number) => column("i(v1)", "A", 10 * branches, (k) => k);

  test("of a nested sweep have a look and a name for each outer value", () => {
    const svg = svgOf(waves([current(3)], { x: v1(3), outer: [v2(3)] }));
    expect(texts(svg)).toEqual(expect.arrayContaining(["v2 = 0 V", "v2 = 0.5 V", "v2 = 1 V"]));
    expect(curves(svg)).toHaveLength(3);
    for (const path of curves(svg)) {
      const along = pointsOf(path).map(([x]) => x);
      expect(along).toEqual([...along].sort((a, b) => a - b)); // no line flies back
    }
    const looks = elements(svg, "path[stroke-linejoin]").map((path) => path.getAttribute("stroke"));
    expect(new Set(looks).size).toBe(3);
  });

  test("of a nested sweep of many runs are told by a strip", () => {
    const svg = svgOf(waves([current(30)], { x: v1(30), outer: [v2(30)] }));
    expect(texts(svg)).toContain("v2 = 0 V to 14.5 V, 30 runs");
    expect(curves(svg)).toHaveLength(30);
  });

  test("of several signals of a nested sweep: the dash tells the signal, the colour the branch", () => {
    const other = { ...current(2), name: "i(v2)" };
    const svg = svgOf(waves([current(2), other], { x: v1(2), outer: [v2(2)] }));
    const looks = elements(svg, "path[stroke-linejoin]").map((path) =>
      ["stroke", "stroke-dasharray"].map((name) => path.getAttribute(name)),
    );
    expect(looks[0]![0]).toBe(looks[2]![0]);
    expect(looks[0]![1]).toBe(looks[1]![1]);
    expect(new Set(looks.map(String)).size).toBe(4);
  });

  test("differ in colour and, within a frame, in dashes", () => {
    const styles = Array.from({ length: 42 }, (_, k) => lineStyle(k));
    expect(new Set(styles.map((style) => JSON.stringify(style))).size).toBe(42);
    expect(new Set(styles.slice(0, 6).map(({ dash }) => dash)).size).toBe(6);
    expect(new Set(styles.slice(0, 6).map(({ colour }) => colour)).size).toBe(6);
  });
});

/** How far a point is from a line, pixels. */
function distance({ x, y }: Polyline, px: number, py: number): number {
  let least = Infinity;
  for (let i = 1; i < x.length; i++) {
    const [ax, ay, dx, dy] = [x[i - 1]!, y[i - 1]!, x[i]! - x[i - 1]!, y[i]! - y[i - 1]!];
    const along = Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy)));
    least = Math.min(least, Math.hypot(px - ax - along * dx, py - ay - along * dy));
  }
  return least;
}
