import { clip, type Equation, type Found, measure, type NewtonControl, residual, type Workspace } from "./newton.js";

/** So many corrections, each no more than this part of the one before. */
const chord = { most: 4, shrinks: 0.1 };

/**
 * Newton's method by the factors in the workspace, those of an equation nearby: they serve while corrections shrink fast. Overwrites
 * `x` by the solution; undefined where they do not serve, `x` being as it was.
 */
export function newtonByFactors(
  space: Workspace,
  equation: Equation,
  x: Float64Array,
  { relative }: NewtonControl,
): Found | undefined {
  const { system, at, matrix, step } = space;
  const guess = x.slice();
  let before = Infinity;
  for (let iterations = 1; iterations <= chord.most; iterations++) {
    system.load(equation.t, x, at);
    residual(space, equation, x, step);
    matrix.solve(step);
    const { size } = measure(system, x, step, relative);
    if (!(size <= Math.max(1, chord.shrinks * before))) break;
    for (let i = 0; i < x.length; i++) x[i]! -= step[i]!;
    clip(system, x);
    if (size <= 1 && before < Infinity) return { outcome: "found", iterations };
    before = size;
  }
  x.set(guess);
  return undefined;
}
