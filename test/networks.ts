import fc from "fast-check";
import { conductance, type Entry, type Matrix, matrix } from "./matrices.js";

// Random circuits of two-terminal devices, for tests of linear solvers.

const power = (least: number, most: number) =>
  fc.double({ min: least, max: most, noNaN: true }).map((decade) => 10 ** decade);

export interface Network {
  readonly nodes: number;
  readonly links: readonly (readonly [node: number, conductance: number])[];
  readonly chords: readonly (readonly [a: number, b: number, conductance: number])[];
  readonly memristors: readonly (readonly [a: number, b: number, slope: number, share: number])[];
  readonly sources: readonly number[];
}

/**
 * Conductances over six decades, and memristors whose state is an unknown of its own. Its slopes (the current by the
 * state, the rate by the voltage) have any sign and size; eliminated, it adds `share` of the conductance across it.
 */
export const networks = (least = 2, most = 60): fc.Arbitrary<Network> =>
  fc.integer({ min: least, max: most }).chain((nodes) => {
    const node = fc.integer({ min: -1, max: nodes - 1 });
    const size = power(-6, 0);
    return fc.record({
      nodes: fc.constant(nodes),
      links: fc.array(fc.tuple(node, size), { minLength: nodes, maxLength: nodes }),
      chords: fc.array(fc.tuple(node, node, size), { maxLength: 2 * nodes }),
      memristors: fc.array(fc.tuple(node, node, power(-3, 3), fc.double({ min: -0.5, max: 5, noNaN: true })), {
        maxLength: 2 * nodes,
      }),
      sources: fc.uniqueArray(fc.nat(nodes - 1), { maxLength: 3 }),
    });
  });

/** Unknowns: nodes, then the currents of voltage sources to ground, then states. */
export function matrixOf({ nodes, links, chords, memristors, sources }: Network, sign = 1): Matrix {
  const entries: Entry[] = [];
  for (let a = 0; a < nodes; a++) entries.push(...conductance(a, -1, 1e-6));
  links.forEach(([b, g], a) => {
    entries.push(...conductance(a, b >= a ? -1 : b, g));
  });
  for (const [a, b, g] of chords) if (a !== b) entries.push(...conductance(a, b, g));
  sources.forEach((node, k) => {
    entries.push([node, nodes + k, 1], [nodes + k, node, 1], [nodes + k, nodes + k, 0]);
  });
  memristors.forEach(([a, b, slope, share], k) => {
    const state = nodes + sources.length + k;
    const g = 1e-3 * (1 + k);
    entries.push([state, state, 2]);
    if (a === b) return;
    entries.push(...conductance(a, b, g));
    // c rᵀ / d is −share · g
    for (const [node, toward] of [[a, 1] as const, [b, -1] as const]) {
      if (node >= 0)
        entries.push([node, state, toward * slope], [state, node, (-sign * toward * 2 * share * g) / slope]);
    }
  });
  return matrix(nodes + sources.length + memristors.length, entries);
}
