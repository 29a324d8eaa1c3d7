import { type Device, device, type Entry, type OwnUnknown } from "../device.js";
import type { Law } from "../law.js";

/** A coefficient: a law of the device's own time and of some of its controls. */
export interface Coefficient {
  readonly law: Law;
  /** size inputs: which control each input is, and what it is multiplied by. */
  readonly reads: readonly { readonly control: number; readonly scale: number }[];
}

/** coefficient · M; without one, M alone. Rows: states, then outputs; columns: states. */
export interface LinearPart {
  readonly coefficient: Coefficient | undefined;
  readonly entries: readonly (readonly [row: number, column: number, value: number])[];
}

/** What such a device is: linear in its states, with coefficients that follow time and the circuit. */
export interface DrivenLinear {
  readonly title: string;
  readonly reference: string;
  readonly states: readonly OwnUnknown[];
  readonly outputs: readonly OwnUnknown[];
  readonly parts: readonly LinearPart[];
  readonly controls: number;
  /** Its own time is `clock` times the circuit's. */
  readonly clock: number;
  /** The shortest period that it swings with by itself, s. */
  readonly period: number;
}

/** A part as arrays, with room for its coefficient. */
interface Laid {
  readonly coefficient: Coefficient | undefined;
  readonly u: Float64Array;
  readonly y: Float64Array; // value and slopes
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

/**
 * States s and outputs y, which others read, with x the states and u the controls:
 *
 *     ds/dt = Σ c(t, u)·(M x),      y = Σ c(t, u)·(M x).
 *
 * Slopes are exact: those in x are the matrices, those in u the laws'. No terminals. In a static analysis the states are
 * held and time is 0.
 */
export function drivenLinear(of: DrivenLinear): Device {
  const { states, outputs, clock } = of;
  const [n, rows] = [states.length, states.length + outputs.length];
  const columns = rows + of.controls;
  const parts = of.parts.map(laid);
  const local = (t: number): number => (t === Number.NEGATIVE_INFINITY ? 0 : clock * t);
  const laws = of.parts.flatMap(({ coefficient }) => coefficient ?? []);
  const corners = [...new Set(laws.flatMap(({ law }) => law.breakpoints))]
    .map((time) => time / clock)
    .sort((a, b) => a - b);
  const guards = laws.reduce((sum, { law }) => sum + law.guards, 0);
  return device({
    type: "driven_linear",
    title: of.title,
    reference: of.reference,
    equations: ["ds/dt = Σ c(t, u)·M s", "y = Σ c(t, u)·M s"],
    terminals: [],
    parameters: {},
    controls: of.controls,
    own: [...states, ...outputs],
    smooth: laws.every(({ law }) => law.smooth),
    slopes: { q: states.map((_, k): Entry => [k, k]), f: slopesOf(parts, n, rows), fixed: "q" },
    source: {
      next: (t) => corners.find((time) => time > t) ?? Number.POSITIVE_INFINITY,
      period: () => of.period,
    },
    ...(guards > 0 && {
      switching: {
        count: guards,
        guard(t, x, _values, out) {
          let at = 0;
          for (const part of parts) {
            const { coefficient } = part;
            if (coefficient === undefined || coefficient.law.guards === 0) continue;
            read(part, x, rows);
            coefficient.law.guard(local(t), part.u, out.subarray(at, at + coefficient.law.guards));
            at += coefficient.law.guards;
          }
        },
      },
    }),
    load(t, x, _values, { q, f, q_x, f_x }) {
      for (let k = 0; k < n; k++) {
        q[k] = x[k]!;
        q_x[k * columns + k] = 1;
      }
      for (let k = n; k < rows; k++) {
        f[k] = x[k]!;
        f_x[k * columns + k] = 1;
      }
      const time = local(t);
      for (let k = 0; k < parts.length; k++) add(parts[k]!, time, x, rows, columns, f, f_x);
    },
  });
}

function laid({ coefficient, entries }: LinearPart): Laid {
  const inputs = coefficient?.law.inputs ?? 0;
  return {
    coefficient,
    u: new Float64Array(inputs),
    y: Float64Array.of(1, ...new Float64Array(inputs)),
    row: Int32Array.from(entries, ([row]) => row),
    column: Int32Array.from(entries, ([, column]) => column),
    value: Float64Array.from(entries, ([, , value]) => value),
  };
}

function slopesOf(parts: readonly Laid[], states: number, rows: number): readonly Entry[] {
  const columns = parts.map(({ coefficient }) => coefficient?.reads.map(({ control }) => rows + control) ?? []);
  const wide = 1 + Math.max(rows, ...columns.flat());
  const places = new Set<number>();
  for (let k = states; k < rows; k++) places.add(k * wide + k);
  for (const [k, { row, column }] of parts.entries()) {
    for (let e = 0; e < row.length; e++) {
      places.add(row[e]! * wide + column[e]!);
      for (const control of columns[k]!) places.add(row[e]! * wide + control);
    }
  }
  return [...places].sort((a, b) => a - b).map((place): Entry => [Math.floor(place / wide), place % wide]);
}

function read({ coefficient, u }: Laid, x: Float64Array, rows: number): void {
  for (let j = 0; j < u.length; j++) {
    const { control, scale } = coefficient!.reads[j]!;
    u[j] = scale * x[rows + control]!;
  }
}

/** f −= c·Mx and its slopes. */
function add(
  part: Laid,
  time: number,
  x: Float64Array,
  rows: number,
  columns: number,
  f: Float64Array,
  f_x: Float64Array,
): void {
  const { coefficient, u, y, row, column, value } = part;
  if (coefficient !== undefined) {
    read(part, x, rows);
    coefficient.law.load(time, u, y);
  }
  const c = y[0]!;
  for (let e = 0; e < row.length; e++) {
    const to = row[e]!;
    const m = value[e]!;
    const s = m * x[column[e]!]!;
    f[to]! -= c * s;
    f_x[to * columns + column[e]!]! -= c * m;
    for (let j = 0; j < u.length; j++) {
      const { control, scale } = coefficient!.reads[j]!;
      f_x[to * columns + rows + control]! -= scale * y[1 + j]! * s;
    }
  }
}
