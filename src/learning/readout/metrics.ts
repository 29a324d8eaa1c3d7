import type { ReadoutMetric } from "../../circuit/training/cards.js";
import { figureNames } from "../../circuit/training/learning-measure.js";
import { type Fit, fitted, type ReadoutTask, type Rows } from "./task.js";

/** A figure by its name, and of those that sum over delays each summand. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly delays?: { readonly kind: ReadoutMetric["kind"]; readonly shares: Float64Array };
}

/** All that the card asks for; of several targets one of each, but for the phase. */
export function figuresOf(task: ReadoutTask, fit: Fit): readonly Figure[] {
  const several = task.targets.length > 1;
  return task.card.metrics.flatMap(({ kind, delays }): readonly Figure[] => {
    const recall = recalls[kind];
    if (recall !== undefined) {
      const shares = capacity(
        task,
        Array.from({ length: delays + 1 }, (_, k) => recall(task.input, k)),
      );
      return [{ name: kind, value: shares.reduce((sum, share) => sum + share, 0), delays: { kind, shares } }];
    }
    if (kind === "phase") return [{ name: kind, value: phaseError(task, fit) }];
    const of = judges[kind]!;
    return task.targets.map((target, k) => {
      const name = `${figureNames[kind] ?? kind}${several ? `.${task.targetNames[k]}` : ""}`;
      return { name, value: of(target.slice(...task.judged), fit.outputs[k]!.slice(...task.judged)) };
    });
  });
}

type Judge = (target: Float64Array, output: Float64Array) => number;

const judges: Readonly<Partial<Record<ReadoutMetric["kind"], Judge>>> = {
  nmse: (y, out) => squares(y, out) / squares(y, new Float64Array(y.length).fill(mean(y))),
  power: (y, out) => squares(y, out) / squares(y, new Float64Array(y.length)),
  rms: (y, out) => Math.sqrt(squares(y, out) / y.length),
  r2: correlation,
  accuracy: (y, out) => mean(y.map((it, k) => Number(it >= 0.5 === out[k]! >= 0.5))),
};

/** What of the past a readout shall tell: of delay k. Before the first row everything is 0. */
const recalls: Readonly<Partial<Record<ReadoutMetric["kind"], (u: Float64Array, k: number) => Float64Array>>> = {
  mc: (u, k) => delayed(u, k),
  quadratic: (u, k) => delayed(u.map((it) => (3 * (2 * it - 1) ** 2 - 1) / 2), k), // biome-ignore format: one thought
  parity: (u, k) => u.map((_, n) => u.subarray(Math.max(0, n - k), n + 1).reduce((sum, bit) => sum + bit, 0) % 2),
};

const delayed = (values: Float64Array, k: number): Float64Array => values.map((_, n) => values[n - k] ?? 0);

/** r² of the readout of each of several targets (H. Jaeger, Short term memory in echo state networks, GMD report 152, 2001). */
function capacity(task: ReadoutTask, targets: readonly Float64Array[]): Float64Array {
  const { outputs } = fitted(task, targets);
  return Float64Array.from(targets, (target, k) => correlation(part(target, task.judged), part(outputs[k]!, task.judged))); // biome-ignore format: one thought
}

const part = (values: Float64Array, [from, to]: Rows): Float64Array => values.subarray(from, to);

/** Rms of the angle between what two targets and two outputs point at, rad. */
function phaseError({ targets: [c, s], judged: [from, to] }: ReadoutTask, { outputs: [oc, os] }: Fit): number {
  let sum = 0;
  for (let k = from; k < to; k++) {
    const across = c![k]! * os![k]! - s![k]! * oc![k]!;
    const along = c![k]! * oc![k]! + s![k]! * os![k]!;
    sum += Math.atan2(across, along) ** 2;
  }
  return Math.sqrt(sum / (to - from));
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const squares = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, k) => sum + (x - b[k]!) ** 2, 0);

/** Squared correlation; 0 where one of both is the same all along, within rounding of its largest value. */
function correlation(a: Float64Array, b: Float64Array): number {
  const [ma, mb] = [mean(a), mean(b)];
  let [aa, bb, ab] = [0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    aa += (a[k]! - ma) ** 2;
    bb += (b[k]! - mb) ** 2;
    ab += (a[k]! - ma) * (b[k]! - mb);
  }
  const noise = (values: Float64Array, m: number) => values.length * (1e-13 * Math.max(Math.abs(m), Number.MIN_VALUE)) ** 2; // biome-ignore format: one thought
  return aa <= noise(a, ma) || bb <= noise(b, mb) ? 0 : ab ** 2 / (aa * bb);
}
