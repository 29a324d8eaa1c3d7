import type { Modes } from "../device.js";
import type { ParameterTable } from "../parameter.js";

/** One of several things about a device that have modes of their own: a gate, a phase of reading. */
export interface ModePart<Table extends ParameterTable> extends Modes<Table> {
  /** Its modes are 0 … count − 1. */
  readonly count: number;
}

/** Makes one mode of the modes of several parts, m₀ + m₁·n₀ + m₂·n₀·n₁ + …; it lasts as long as all of them do. */
export function jointModes<Table extends ParameterTable>(parts: readonly ModePart<Table>[]): Modes<Table> {
  const modeOf = modeOfPart(parts);
  const compose = (modes: readonly number[]): number =>
    modes.reduceRight((joint, mode, k) => joint * parts[k]!.count + mode, 0);
  const guards = new Float64Array(parts.length);
  return {
    initial: (x, values) => compose(parts.map((part) => part.initial(x, values))),
    guard(x, values, mode) {
      let least = Number.POSITIVE_INFINITY;
      for (let k = 0; k < parts.length; k++) least = Math.min(least, parts[k]!.guard(x, values, modeOf(mode, k)));
      return least;
    },
    next(mode, x, values) {
      for (let k = 0; k < parts.length; k++) guards[k] = parts[k]!.guard(x, values, modeOf(mode, k));
      const least = guards.reduce((a, b) => Math.min(a, b));
      return compose(
        parts.map((part, k) => {
          const now = modeOf(mode, k);
          return guards[k]! < 0 || guards[k] === least ? part.next(now, x, values) : now;
        }),
      );
    },
    ...(parts.some(({ enter }) => enter) && {
      enter(t, x, before, values, mode, from) {
        for (const [k, part] of parts.entries()) {
          const [now, then] = [modeOf(mode, k), modeOf(from, k)];
          if (now !== then) part.enter?.(t, x, before, values, now, then);
        }
      },
    }),
  };
}

/** The mode of part k in a joint mode. */
export function modeOfPart(parts: readonly { readonly count: number }[]): (joint: number, k: number) => number {
  const strides = parts.map((_, k) => parts.slice(0, k).reduce((product, { count }) => product * count, 1));
  return (joint, k) => Math.floor(joint / strides[k]!) % parts[k]!.count;
}
