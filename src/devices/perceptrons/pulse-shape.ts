// What a learning pulse looks like in time, as part of its full height: it rises within `rise`, stays for `width`, and
// falls within `rise`. Sources that drive it and closed forms of what it does go by this one shape.

/** s: how long a pulse stays at its height, and how long it takes to get there and back. */
export interface PulseTimes {
  readonly width: number;
  readonly rise: number;
}

/** The parts of a pulse, in their order. */
export const pulsePart = { rise: 1, flat: 2, fall: 3 } as const;

/** The parts that take time. */
export const partsOf = ({ rise }: PulseTimes): readonly number[] =>
  rise > 0 ? [pulsePart.rise, pulsePart.flat, pulsePart.fall] : [pulsePart.flat];

/** s: how long a part lasts. */
export const lasts = ({ width, rise }: PulseTimes, part: number): number => (part === pulsePart.flat ? width : rise);

/** Height as part of the full height, and the slope of that by the time since the part began; 0 outside the parts. */
export function shape({ rise }: Pick<PulseTimes, "rise">, part: number, time: number): readonly [number, number] {
  if (part === pulsePart.flat) return [1, 0];
  if (part === pulsePart.rise) return [time / rise, 1 / rise];
  if (part === pulsePart.fall) return [1 - time / rise, -1 / rise];
  return [0, 0];
}

/** s: a pulse from its first rise to its end. */
export const pulseTime = ({ width, rise }: PulseTimes): number => width + 2 * rise;

/** s: ∫h²dt, what a pulse heats for, over the square of its height. */
export const heatTime = ({ width, rise }: PulseTimes): number => width + (2 / 3) * rise;

/**
 * A·s: what both ramps of a pulse drive through a window of width a, beyond its threshold; `height` A is the pulse's,
 * `excess` > 0 by how much that is above the threshold. Up and down alike,
 *
 *     ∫(I − ith)dt = ½·c²·rise/height,      c = min(excess, a)
 */
export function throughEdges(rise: number, height: number, excess: number, a: number): number {
  const crossed = Math.min(excess, a);
  return (rise / height) * (crossed * crossed);
}
