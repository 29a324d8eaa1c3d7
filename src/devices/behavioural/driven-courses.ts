import { type Device, device, type Entry, type OwnUnknown } from "../device.js";
import type { Law } from "../law.js";
import type { Coefficient } from "./driven-linear.js";

/** A function of time, s; −∞ is a static analysis. */
export type Course = (t: number) => number;

/** coefficient · course, added to an output; without a coefficient the course alone. */
export interface CoursePart {
  readonly output: number;
  readonly coefficient: Coefficient | undefined;
  readonly course: Course;
}

/** What such a device is: outputs that follow courses in time, with coefficients that follow the circuit. */
export interface DrivenCourses {
  readonly title: string;
  readonly reference: string;
  readonly outputs: readonly OwnUnknown[];
  readonly parts: readonly CoursePart[];
  /** Laws at whose conditions the courses bend: their guards are watched. */
  readonly laws: readonly Coefficient[];
  readonly controls: number;
  /** Its laws' time is `clock` times the circuit's. */
  readonly clock: number;
  /** Where a course may jump or bend, s, ascending. */
  readonly corners: readonly number[];
  /** The shortest period that the courses swing with, s. */
  readonly period: number;
}

/**
 * Outputs y, which others read, with u the controls: y = Σ c(t, u)·course(t). Slopes in u are the laws'. No terminals, no
 * states: what the courses are of is carried by someone else.
 */
export function drivenCourses(of: DrivenCourses): Device {
  const { outputs, clock, corners } = of;
  const rows = outputs.length;
  const columns = rows + of.controls;
  const local = (t: number): number => (t === Number.NEGATIVE_INFINITY ? 0 : clock * t);
  const parts = of.parts.map((part) => ({ ...part, ...roomFor(part.coefficient) }));
  const watched = of.laws
    .filter(({ law }) => law.guards > 0)
    .map((coefficient) => ({ coefficient, ...roomFor(coefficient) }));
  const laws: readonly Law[] = [...of.laws, ...of.parts.flatMap(({ coefficient }) => coefficient ?? [])].map(
    ({ law }) => law,
  );
  const guards = watched.reduce((sum, { coefficient }) => sum + coefficient.law.guards, 0);
  const read = (coefficient: Coefficient | undefined, u: Float64Array, x: Float64Array): void => {
    for (let j = 0; j < u.length; j++) {
      const { control, scale } = coefficient!.reads[j]!;
      u[j] = scale * x[rows + control]!;
    }
  };
  return device({
    type: "driven_courses",
    title: of.title,
    reference: of.reference,
    equations: ["y = Σ c(t, u)·course(t)"],
    terminals: [],
    parameters: {},
    controls: of.controls,
    own: outputs,
    smooth: laws.every(({ smooth }) => smooth),
    slopes: { q: [], f: slopesOf(of.parts, rows), fixed: "q" },
    source: {
      next: (t) => corners.find((time) => time > t) ?? Number.POSITIVE_INFINITY,
      period: () => of.period,
    },
    ...(guards > 0 && {
      switching: {
        count: guards,
        guard(t, x, _values, out) {
          let at = 0;
          for (const { coefficient, u } of watched) {
            read(coefficient, u, x);
            coefficient.law.guard(local(t), u, out.subarray(at, at + coefficient.law.guards));
            at += coefficient.law.guards;
          }
        },
      },
    }),
    load(t, x, _values, { f, f_x }) {
      for (let k = 0; k < rows; k++) {
        f[k] = x[k]!;
        f_x[k * columns + k] = 1;
      }
      const time = local(t);
      for (let k = 0; k < parts.length; k++) {
        const { output, coefficient, course, u, y } = parts[k]!;
        const m = course(t);
        if (coefficient !== undefined) {
          read(coefficient, u, x);
          coefficient.law.load(time, u, y);
        }
        f[output]! -= y[0]! * m;
        for (let j = 0; j < u.length; j++) {
          const { control, scale } = coefficient!.reads[j]!;
          f_x[output * columns + rows + control]! -= scale * y[1 + j]! * m;
        }
      }
    },
  });
}

/** Room for what a law reads, and for its value (1 without a law) and slopes. */
const roomFor = (coefficient: Coefficient | undefined): { readonly u: Float64Array; readonly y: Float64Array } => {
  const inputs = coefficient?.law.inputs ?? 0;
  return { u: new Float64Array(inputs), y: Float64Array.of(1, ...new Float64Array(inputs)) };
};

function slopesOf(parts: readonly CoursePart[], rows: number): readonly Entry[] {
  const own = Array.from({ length: rows }, (_, k): Entry => [k, k]);
  const read = parts.flatMap(({ output, coefficient }) =>
    (coefficient?.reads ?? []).map(({ control }): Entry => [output, rows + control]),
  );
  return [...new Map([...own, ...read].map((entry) => [entry.join(), entry])).values()];
}
