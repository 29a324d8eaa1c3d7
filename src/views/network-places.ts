import type { Layer } from "./network-layers.js";
import type { Frame } from "./pen.js";

/** Where the units stand. */
export interface Places {
  /** By place in the picture's units; units that are left out have none. */
  readonly of: ReadonlyMap<number, Place>;
  /** Pixels across of each layer. */
  readonly x: readonly number[];
  /** The rows of each layer, pixels down, those of the dots included. */
  readonly y: readonly (readonly number[])[];
  /** Between rows of the fullest layer. */
  readonly spacing: number;
  readonly radius: number;
}

export interface Place {
  readonly layer: number;
  readonly x: number;
  readonly y: number;
}

const widest = 84;
const narrowest = 36;
/** The height that is aimed at, pixels. */
const height = 330;

/** How far apart the rows of the fullest layer stand. */
export function spacingOf(layers: readonly Layer[]): number {
  const most = layers.reduce((sofar, { rows }) => Math.max(sofar, rows.length), 1);
  return Math.max(narrowest, Math.min(widest, height / most));
}

/** Places the layers from the left of a frame to its right, each about its middle; sparse ones a little looser. */
export function placesOf(layers: readonly Layer[], { left, top, right, bottom }: Frame): Places {
  const spacing = spacingOf(layers);
  const x = layers.map((_, k) =>
    layers.length < 2 ? (left + right) / 2 : left + ((right - left) * k) / (layers.length - 1),
  );
  const y = layers.map(({ rows }) => {
    const own = Math.min(1.4 * spacing, (bottom - top) / Math.max(1, rows.length));
    return rows.map((_, row) => (top + bottom) / 2 + own * (row - (rows.length - 1) / 2));
  });
  const of = new Map<number, Place>();
  layers.forEach(({ rows }, layer) => {
    rows.forEach((unit, row) => {
      if (unit !== undefined) of.set(unit, { layer, x: x[layer]!, y: y[layer]![row]! });
    });
  });
  return { of, x, y, spacing, radius: Math.min(17, 0.36 * spacing) };
}
