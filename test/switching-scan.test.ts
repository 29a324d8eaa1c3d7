import { expect, test } from "vitest";
import { simulate } from "../src/index.js";
import { Random } from "../src/numerics/random.js";

// Comparators behind a filter, in all ways to write one, with and without positive feedback, against a Runge-Kutta
// method of fourth order with fixed small steps between the corners of the source and crossings found by bisection.

/** A source: its card, its value, and the times at which its slope jumps. */
interface Drive {
  readonly card: string;
  readonly at: (t: number) => number;
  readonly corners: readonly number[];
}

const stop = 1e-3;
const draws = new Random("switches");
const next = (): number => draws.uniform();
const between = (low: number, high: number): number => low + (high - low) * next();
const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;

function polygon(card: string, points: readonly (readonly [number, number])[]): Drive {
  const at = (t: number): number => {
    const k = points.findIndex(([time]) => time > t);
    if (k === 0) return points[0]![1];
    if (k < 0) return points.at(-1)![1];
    const [[t0, v0], [t1, v1]] = [points[k - 1]!, points[k]!];
    return v0 + ((v1 - v0) * (t - t0)) / (t1 - t0);
  };
  return { card, at, corners: points.map(([time]) => time).filter((t) => t > 0 && t < stop) };
}

const drives: readonly (() => Drive)[] = [
  () => {
    const [offset, size, f] = [between(-0.3, 0.3), between(0.8, 2), between(1e3, 8e3)];
    return {
      card: `sin(${offset} ${size} ${f})`,
      at: (t) => offset + size * Math.sin(2 * Math.PI * f * t),
      corners: [],
    };
  },
  () => {
    const [low, high, delay, edge] = [between(-1.5, -0.5), between(0.5, 1.5), between(0, 50e-6), between(1e-9, 20e-6)];
    const [width, gap] = [between(20e-6, 150e-6), between(20e-6, 150e-6)];
    const period = 2 * edge + width + gap;
    const points: [number, number][] = [[0, low]];
    for (let t = delay; t < stop; t += period) {
      points.push([t, low], [t + edge, high], [t + edge + width, high], [t + 2 * edge + width, low]);
    }
    return polygon(`pulse(${low} ${high} ${delay} ${edge} ${edge} ${width} ${period})`, points);
  },
  () => {
    const points: [number, number][] = [[0, between(-1, 1)]];
    while (points.at(-1)![0] < stop) points.push([points.at(-1)![0] + between(10e-6, 150e-6), between(-2, 2)]);
    return polygon(`pwl(${points.flat().join(" ")})`, points);
  },
];

/** A comparator of v(a): its cards, which drive node b, and when it turns. */
interface Comparator {
  readonly cards: string;
  /** Above `up` V it goes on, below `down` V off. */
  readonly up: number;
  readonly down: number;
  readonly high: number; // V of node b without a load
  readonly low: number; // the same
  readonly isStiff: boolean; // whether node b takes no notice of its load
}

const behavioural = (law: (threshold: number) => string) => (): Comparator => {
  const threshold = between(-0.4, 0.4);
  return {
    cards: `B1 b 0 v={${law(threshold)}}`,
    up: threshold,
    down: threshold,
    high: 2,
    low: -1,
    isStiff: true,
  };
};
const comparators: readonly (() => Comparator)[] = [
  behavioural((threshold) => `v(a)>${threshold} ? 2 : -1`),
  behavioural((threshold) => `if(v(a)<=${threshold}, -1, 2)`),
  behavioural((threshold) => `3*u(v(a)-(${threshold}))-1`),
  () => {
    const [vt, vh] = [between(-0.3, 0.3), between(0, 0.3)];
    // 2 V through 1 kΩ, and −1 V through the switch: 10 Ω, or 1 MΩ.
    const parallel = (r: number): number => 1 / (1e-3 + 1 / r);
    return {
      cards: `.model s SW(vt=${vt} vh=${vh} ron=10 roff=1meg)\nVp p 0 2\nVn n 0 -1\nRp p b 1k\nS1 b n a 0 s`,
      up: vt + vh,
      down: vt - vh,
      high: parallel(10) * (2e-3 - 1 / 10),
      low: parallel(1e6) * (2e-3 - 1e-6),
      isStiff: false,
    };
  },
];

interface Circuit {
  readonly drive: Drive;
  readonly comparator: Comparator;
  readonly filter: number; // s, of v(a)
  readonly feedback: number; // S, from v(b) to v(a); 0: none
  readonly reltol: number;
}

const r1 = 1e3;
const [r3, c3] = [10e3, 2e-9];

const deckOf = ({ drive, comparator, filter, feedback, reltol }: Circuit): string => `a comparator behind a filter
V1 in 0 ${drive.card}
R1 in a ${r1}
C1 a 0 ${filter / r1} ic=-0.9
${feedback > 0 ? `Rf b a ${1 / feedback}` : ""}
${comparator.cards}
R3 b o ${r3}
C3 o 0 ${c3} ic=0
.tran ${stop / 200} ${stop} uic
.options reltol=${reltol}
.end
`;

type Point = readonly [a: number, o: number];

/** The voltage of node b, behind which stand what drives it and what loads it. */
function loaded({ comparator, feedback }: Circuit, isOn: boolean, [a, o]: Point): number {
  const open = isOn ? comparator.high : comparator.low;
  if (comparator.isStiff) return open;
  const source = 1e-3 + 1 / (isOn ? 10 : 1e6);
  return (source * open + o / r3 + feedback * a) / (source + 1 / r3 + feedback);
}

function rate(circuit: Circuit, isOn: boolean, t: number, [a, o]: Point): Point {
  const b = loaded(circuit, isOn, [a, o]);
  const into = (circuit.drive.at(t) - a) / r1 + circuit.feedback * (b - a);
  return [(into * r1) / circuit.filter, (b - o) / (r3 * c3)];
}

function advance(circuit: Circuit, isOn: boolean, t: number, x: Point, h: number): Point {
  const to = (k: Point, part: number): Point => [x[0] + part * h * k[0], x[1] + part * h * k[1]];
  const k1 = rate(circuit, isOn, t, x);
  const k2 = rate(circuit, isOn, t + h / 2, to(k1, 0.5));
  const k3 = rate(circuit, isOn, t + h / 2, to(k2, 0.5));
  const k4 = rate(circuit, isOn, t + h, to(k3, 1));
  const sum = (i: 0 | 1): number => x[i] + (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
  return [sum(0), sum(1)];
}

/** The solution at ascending times; and how many times the comparator turned. */
function reference(circuit: Circuit, times: readonly number[]): { readonly points: Point[]; readonly turns: number } {
  const { up, down } = circuit.comparator;
  const stays = (isOn: boolean, [a]: Point): boolean => (isOn ? a >= down : a <= up);
  let [t, x, isOn, turns] = [0, [-0.9, 0] as Point, -0.9 > up, 0];
  const goTo = (end: number): void => {
    while (t < end) {
      const h = Math.min(stop / 4000, circuit.filter / 20, end - t);
      let low = 0;
      let high = h;
      if (!stays(isOn, advance(circuit, isOn, t, x, h))) {
        for (let k = 0; k < 50; k++) {
          const middle = (low + high) / 2;
          if (stays(isOn, advance(circuit, isOn, t, x, middle))) low = middle;
          else high = middle;
        }
      }
      x = advance(circuit, isOn, t, x, high);
      t = high === end - t ? end : t + high;
      if (!stays(isOn, x)) {
        isOn = !isOn;
        turns++;
      }
    }
  };
  const corners = circuit.drive.corners.map((time) => [time, false] as const);
  const wanted = [...corners, ...times.map((time) => [time, true] as const)].sort((p, q) => p[0] - q[0]);
  const points: Point[] = [];
  for (const [time, isKept] of wanted) {
    goTo(time);
    if (isKept) points.push(x);
  }
  return { points, turns };
}

const circuits = Array.from({ length: 48 }, (_, k): [number, Circuit] => [
  k,
  {
    drive: pick(drives)(),
    comparator: pick(comparators)(),
    filter: 10 ** between(-6, -4.3),
    feedback: pick([0, 0, 1e-4]),
    reltol: pick([1e-4, 1e-6]),
  },
]);

test.each(circuits)("circuit %d", async (_, circuit) => {
  const deck = deckOf(circuit);
  const { results, diagnostics } = await simulate(deck, { pictures: false });
  expect(diagnostics, deck).toEqual([]);
  const [time, ...columns] = results[0]!.columns;
  const values = (name: string) => columns.find((column) => column.name === name)!.values;
  const [a, o] = [values("v(a)"), values("v(o)")];
  const { points, turns } = reference(circuit, [...time!.values]);
  const worst = points.map((point, k) => Math.max(Math.abs(point[0] - a[k]!), Math.abs(point[1] - o[k]!)));
  expect(Math.max(...worst), `${deck}after ${turns} turns`).toBeLessThan(2e-4);
});
