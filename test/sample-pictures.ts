import { D3Node } from "d3-node";
import type { LoopPicture, LoopsPicture, MapPicture, Picture, WavesPicture, XyPicture } from "../src/result/picture.js";
import type { Column } from "../src/result/result.js";
import type { Unit } from "../src/units/unit.js";
import { learningPictures } from "./sample-learning-pictures.js";
import { quantumPictures } from "./sample-quantum-pictures.js";

export const column = (name: string, unit: Unit, count: number, of: (k: number) => number): Column => ({
  name,
  unit,
  values: Float64Array.from({ length: count }, (_, k) => of(k)),
});

const style = { name: "x", named: false, title: "A title", xlabel: undefined, ylabel: undefined };
const linear = { logx: false, logy: false };

export const rows = 600;
export const time = column("time", "s", rows, (k) => k * 1e-5);
export const sine = column("v(in)", "V", rows, (k) => Math.sin(k / 40));

export const waves = (left: readonly Column[], more: Partial<WavesPicture> = {}): WavesPicture => ({
  ...style,
  ...linear,
  kind: "waves",
  x: time,
  left,
  right: [],
  ...more,
});

/** A pinched loop in closed form: the conductance follows the flux of a sine. */
export function loop(periods: number, scale = 1e-6, more: Partial<LoopPicture> = {}): LoopPicture {
  const phase = (k: number): number => (2 * Math.PI * k) / 200;
  const along = (name: string, unit: Unit, of: (k: number) => number) => column(name, unit, 200 * periods + 1, of);
  return {
    ...style,
    ...linear,
    kind: "loop",
    device: "m1",
    time: along("time", "s", (k) => k / 200),
    voltage: along("v(m1)", "V", (k) => Math.sin(phase(k))),
    current: along("i(m1)", "A", (k) => scale * Math.sin(phase(k)) * (1 - 0.6 * Math.cos(phase(k)))),
    period: 1,
    ...more,
  };
}

const xy: XyPicture = {
  ...style,
  ...linear,
  kind: "xy",
  x: column("x(m1)", "1", rows, (k) => Math.cos(k / 50)),
  y: [column("i(m1)", "A", rows, (k) => 1e-9 * Math.sin(k / 50))],
};

const loops = (each: readonly LoopPicture[]): LoopsPicture => ({
  ...style,
  ...linear,
  kind: "loops",
  loops: each.map((one, k) => ({ ...one, device: `m${k + 1}` })),
});

const loopsOfRuns = (runs: number, devices: number): LoopsPicture => ({
  ...loops([]),
  loops: upTo(runs).flatMap((run) =>
    upTo(devices).map((k) => ({ ...loop(1, run * 1e-8 + k * 3e-7), device: `m${k}`, run: `r = ${run} kΩ` })),
  ),
});

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, k) => k + 1);

export const map = (rows: number, columns: number, of: (k: number) => number, logy = false): MapPicture => ({
  ...style,
  ...linear,
  logy,
  kind: "map",
  cells: column("i(m*)", "A", rows * columns, of),
  rows: upTo(rows),
  columns: upTo(columns),
  at: column("time", "s", 1, () => 1e-6),
});

const twelve = Array.from({ length: 12 }, (_, k) => column(`v(n${k})`, "V", rows, (i) => Math.exp((-i * k) / 800)));

/** A loop that grows by a tenth from period to period. */
export function growingLoop(periods: number): LoopPicture {
  const steady = loop(periods);
  const { time, voltage, current } = steady;
  const grown = (each: Column): Column => ({
    ...each,
    values: each.values.map((value, k) => value * (1 + 0.1 * Math.floor(time.values[k]!))),
  });
  return { ...steady, voltage: grown(voltage), current: grown(current) };
}

/** One picture of each kind, and every kind of data that could spoil one. */
export const pictures = {
  "one trace": waves([sine]),
  "twelve traces": waves(twelve),
  "three units": waves([
    sine,
    column("i(m1)", "A", rows, (k) => 1e-6 * k),
    column("x(m1)", "1", rows, (k) => k / rows),
  ]),
  "a right axis": waves([sine], { right: [column("i(m1)", "A", rows, (k) => 1e-6 * Math.cos(k / 30))] }),
  "a death and a birth": waves([sine], {
    events: [
      { kind: "death", at: 1e-3 },
      { kind: "birth", at: 2e-3 },
    ],
    xunit: 1e-3,
  }),
  "log axes": waves([column("i(d1)", "A", rows, (k) => 10 ** (k / 50 - 12))], { logx: true, logy: true }),
  "one log decade": waves([column("r(m1)", "Ω", rows, (k) => 200 + k)], { logy: true }),
  "a loop": loop(1),
  "three periods": loop(3),
  "a growing loop": growingLoop(3),
  "a hundred periods": loop(100),
  "a hundred growing periods": growingLoop(100),
  "a loop of attoamperes": loop(2, 1e-17),
  "a loop without a period": loop(2, 1e-6, { period: undefined }),
  "an x-y curve": xy,
  "loops of three devices": loops([loop(1), loop(3, 3e-7), growingLoop(3)]),
  "loops of many devices": loops(Array.from({ length: 12 }, (_, k) => loop(1, k * 1e-7))),
  "loops of no device": loops([]),
  "loops of three runs": loopsOfRuns(3, 1),
  "loops of twenty runs": loopsOfRuns(20, 1),
  "loops of twenty runs and two devices": loopsOfRuns(20, 2),
  "a map": map(4, 6, (k) => k * 1e-6),
  "a large map": map(300, 1000, (k) => Math.sin(k)),
  "a map of one cell": map(1, 1, () => 5),
  "a map of decades, with holes": map(3, 50, (k) => (k % 7 ? 10 ** (-k / 10) : k % 2 ? Number.NaN : 0), true),
  "a map of nothing": map(2, 2, () => Number.NaN),
  "no rows": waves([column("v(a)", "V", 0, () => 0)], { x: column("time", "s", 0, () => 0) }),
  "no numbers": waves([column("v(a)", "V", rows, () => Number.NaN)]),
  "no positive numbers": waves([column("v(a)", "V", rows, () => -1)], { logy: true }),
  "no signals": waves([]),
  "one row": waves([column("v(a)", "V", 1, () => 3)], { x: column("time", "s", 1, () => 1) }),
  "a constant": waves([column("v(a)", "V", rows, (k) => 5 + 1e-14 * (k % 3))]),
  "extreme numbers": waves([column("v(a)", "V", rows, (k) => (k % 2 ? 1e308 : -1e308)), sine]),
  "large numbers": waves([column("v(a)", "V", rows, (k) => (k % 2 ? 9e299 : -9e299))]),
  "denormal numbers": waves([column("v(a)", "V", rows, (k) => k * 1e-320)]),
  "a small spread": waves([column("v(a)", "V", rows, (k) => 1 + 1e-8 * (k % 7))]),
  gaps: waves([column("v(a)", "V", rows, (k) => (k % 100 < 10 ? Number.NaN : k % 2 ? Infinity : Math.sin(k)))]),
  "a loop of nothing": loop(1, Number.NaN),
  ...learningPictures,
  ...quantumPictures,
} as const satisfies Readonly<Record<string, Picture>>;

export interface Parsed {
  querySelectorAll(selector: string): Iterable<ParsedElement>;
}
export interface ParsedElement {
  readonly tagName: string;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  readonly textContent: string;
  getAttribute(name: string): string | null;
}

const { window } = new D3Node() as unknown as {
  window: { DOMParser: new () => { parseFromString(text: string, type: string): Parsed } };
};

/** Parses as XML, strictly, by the DOM that d3-node brings along; a fault becomes an element `parsererror`. */
export const parseXml = (svg: string): Parsed => new window.DOMParser().parseFromString(svg, "image/svg+xml");

export const elements = (svg: string, selector: string): readonly ParsedElement[] => [
  ...parseXml(svg).querySelectorAll(selector),
];

export const texts = (svg: string): readonly string[] => elements(svg, "text").map(({ textContent }) => textContent);

/** The path data of the curves: they alone have rounded joins. */
export const curves = (svg: string): readonly string[] =>
  elements(svg, "path[stroke-linejoin]").map((path) => path.getAttribute("d")!);

/** The points of path data in absolute coordinates. */
export const pointsOf = (path: string): readonly (readonly [x: number, y: number])[] =>
  Array.from(path.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g), ([, x, y]) => [Number(x), Number(y)]);
