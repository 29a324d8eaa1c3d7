import type { FourierCard } from "../circuit/circuit.js";
import type { Column, Table } from "../result/result.js";
import { Complaints, type Diagnostic } from "../text/diagnostic.js";
import { formatQuantity } from "../units/quantity.js";
import { Curve } from "./interpolation.js";
import { cut } from "./stretch.js";
import type { Traces } from "./traces.js";

/** The harmonics of a signal: entry n is of n times the fundamental; entry 0 is the mean. */
export interface Harmonics {
  readonly magnitude: Float64Array;
  /** Degrees, of sines that begin where the periods do. */
  readonly phase: Float64Array;
}

/** What `.four` cards find in a transient: two tables each, `four` with a row for each harmonic, and `four.thd`. */
export function fourierTables(
  cards: readonly FourierCard[],
  traces: Traces,
): { readonly tables: readonly Table[]; readonly diagnostics: readonly Diagnostic[] } {
  const complaints = new Complaints();
  const tables: Table[] = [];
  for (const card of cards) {
    const window = lastPeriods(traces.axis!.values, 1 / card.frequency, card.periods);
    if (window === undefined) {
      const message = `\`.four\` finds nothing: ${whyNothing(traces.axis!.values, card)}.`;
      complaints.warning("no-whole-period", message, card.span);
      continue;
    }
    const count = tables.length / 2 + 1;
    const name = count === 1 ? "four" : `four.${count}`;
    const found = card.signals.map((signal) => {
      const column = traces.of(signal);
      return { column, ...harmonicsOf(traces.axis!.values, column.values, card.frequency, card.harmonics, window) };
    });
    tables.push({ name, columns: [...orders(card), ...found.flatMap(columnsOf)] });
    tables.push({ name: `${name}.thd`, columns: found.map(distortion) });
  }
  return { tables, diagnostics: complaints.all };
}

const orders = ({ frequency, harmonics }: FourierCard): readonly Column[] => {
  const n = Float64Array.from({ length: harmonics + 1 }, (_, k) => k);
  return [
    { name: "harmonic", unit: "1", values: n },
    { name: "frequency", unit: "Hz", values: n.map((k) => k * frequency) },
  ];
};

type Found = Harmonics & { readonly column: Column };

const columnsOf = ({ column: { name, unit }, magnitude, phase }: Found): readonly Column[] => [
  { name: `mag(${name})`, unit, values: magnitude },
  { name: `phase(${name})`, unit: "°", values: phase },
  { name: `norm(${name})`, unit: "1", values: magnitude.map((value, n) => (n === 0 ? 0 : value / magnitude[1]!)) },
  { name: `normphase(${name})`, unit: "°", values: phase.map((value, n) => (n === 0 ? 0 : value - phase[1]!)) },
];

const distortion = ({ column, magnitude }: Found): Column => ({
  name: `thd(${column.name})`,
  unit: "1",
  values: Float64Array.of(totalDistortion(magnitude)),
});

/** Total harmonic distortion: the root of the sum of squares of the harmonics from the second on, over the first. */
export const totalDistortion = (magnitude: Float64Array): number => Math.hypot(...magnitude.slice(2)) / magnitude[1]!;

/** From where to where the last whole periods of a run lie; as many as there are where `periods` is −1. */
export function lastPeriods(
  t: Float64Array,
  period: number,
  periods: number,
): { readonly from: number; readonly to: number } | undefined {
  const [first, to] = [t[0] ?? 0, t.at(-1) ?? 0];
  const whole = Math.floor((to - first) / period + 1e-9);
  const count = periods === -1 ? whole : periods;
  return count < 1 || count > whole ? undefined : { from: Math.max(first, to - count * period), to };
}

function whyNothing(t: Float64Array, { frequency, periods }: FourierCard): string {
  const [from, to] = [t[0] ?? 0, t.at(-1) ?? 0].map((time) => formatQuantity(time, "s"));
  const wanted =
    periods > 1
      ? `${periods} periods of ${formatQuantity(1 / frequency, "s")}`
      : `a period of ${formatQuantity(1 / frequency, "s")}`;
  return `recorded is from ${from} to ${to}, which is less than ${wanted}`;
}

/** Mean and harmonics of a column over whole periods of a frequency. */
export function harmonicsOf(
  time: Float64Array,
  values: Float64Array,
  frequency: number,
  count: number,
  { from, to }: { readonly from: number; readonly to: number },
): Harmonics {
  const { t, columns } = cut(time, [values], from, to);
  const curve = new Curve(t, columns[0]!);
  const [magnitude, phase] = [new Float64Array(count + 1), new Float64Array(count + 1)];
  for (let n = 0; n <= count; n++) {
    const [sine, cosine] = products(curve, 2 * Math.PI * frequency * n, from).map((sum) => sum / (to - from));
    if (n === 0) {
      magnitude[0] = cosine!;
      continue;
    }
    magnitude[n] = 2 * Math.hypot(sine!, cosine!);
    phase[n] = (Math.atan2(cosine!, sine!) * 180) / Math.PI;
  }
  return { magnitude, phase };
}

/** Gauss and Legendre's three points between −1 and 1, and their weights. */
const points = [-Math.sqrt(3 / 5), 0, Math.sqrt(3 / 5)] as const;
const weights = [5 / 9, 8 / 9, 5 / 9] as const;
/** rad: a sine goes on by no more than this within three points, so that their error, some 1e-5 of its sixth power, is nothing. */
const longest = 0.5;

/** ∫ y sin ω(t − from) dt and ∫ y cos ω(t − from) dt of the piecewise cubic through the points. */
function products(curve: Curve, omega: number, from: number): [sine: number, cosine: number] {
  const { t } = curve;
  let [sine, cosine] = [0, 0];
  for (let k = 0; k + 1 < t.length; k++) {
    const width = t[k + 1]! - t[k]!;
    if (width <= 0) continue;
    const panels = Math.max(1, Math.ceil((omega * width) / longest));
    const half = width / panels / 2;
    for (let panel = 0; panel < panels; panel++) {
      const middle = t[k]! + (2 * panel + 1) * half;
      for (const [j, point] of points.entries()) {
        const at = middle + point * half;
        const y = curve.within(k, at) * weights[j]! * half;
        sine += y * Math.sin(omega * (at - from));
        cosine += y * Math.cos(omega * (at - from));
      }
    }
  }
  return [sine, cosine];
}
