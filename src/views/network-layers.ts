import type { NetworkConnection, NetworkPicture, NetworkUnit } from "../result/learning-pictures.js";

/** A column of the drawing: the units that are shown, and how many the layer has. */
export interface Layer {
  /** Places in the picture's units, from top to bottom; `undefined` stands for the units that are left out. */
  readonly rows: readonly (number | undefined)[];
  readonly size: number;
}

/** Layers with more units than that show the first and the last of them. */
const mostWhole = 12;
/** How many at each end. */
const shownEnds = 5;

/**
 * The units in layers: an input stands in the first, a neuron one further than the furthest unit that reaches it, a
 * constant in the layer before the first neuron that it reaches.
 */
export function layersOf({ units, connections }: NetworkPicture): readonly Layer[] {
  const depths = depthsOf(units, connections);
  const last = depths.reduce((most, depth) => Math.max(most, depth), -1);
  const ordered = [...units.keys()].sort(
    (a, b) => Number(isConstant(units[a])) - Number(isConstant(units[b])) || a - b,
  );
  return Array.from({ length: last + 1 }, (_, depth) => shownOf(ordered.filter((unit) => depths[unit] === depth)));
}

const isConstant = (unit: NetworkUnit | undefined): boolean => unit?.kind === "constant";

function depthsOf(units: readonly NetworkUnit[], connections: readonly NetworkConnection[]): readonly number[] {
  const depths: number[] = units.map(({ kind }) => (kind === "neuron" ? 1 : 0));
  const ordered = connections.toSorted((a, b) => a.to - b.to); // each comes from an earlier unit
  for (const { from, to } of ordered) if (from < to) depths[to] = Math.max(depths[to]!, depths[from]! + 1);
  units.forEach((unit, k) => {
    if (!isConstant(unit)) return;
    const reached = connections.filter(({ from }) => from === k).map(({ to }) => depths[to]! - 1);
    depths[k] = reached.reduce((a, b) => Math.min(a, b), reached[0] ?? 0);
  });
  return depths;
}

function shownOf(units: readonly number[]): Layer {
  const few = units.length <= mostWhole;
  const rows = few ? units : [...units.slice(0, shownEnds), undefined, ...units.slice(-shownEnds)];
  return { rows, size: units.length };
}
