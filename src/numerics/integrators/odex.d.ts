// Own declarations of odex@2.0.4 (the package ships its .ts source, which does not pass strict).
export type Derivative = (x: number, y: number[]) => ArrayLike<number>;
export type OutputFunction = (
  nr: number,
  xold: number,
  x: number,
  y: number[],
  dense: (c: number, x: number) => number,
) => boolean | undefined;
export enum Outcome {
  Converged,
  MaxStepsExceeded,
  EarlyReturn,
}
export interface Result {
  y: number[];
  outcome: Outcome;
  nStep: number;
  xEnd: number;
  nAccept: number;
  nReject: number;
  nEval: number;
}
export class Solver {
  constructor(n: number);
  maxSteps: number;
  initialStepSize: number;
  maxStepSize: number;
  denseOutput: boolean;
  absoluteTolerance: number | number[];
  relativeTolerance: number | number[];
  /** The components that may be interpolated; unset: all. */
  denseComponents: number[];
  grid(dt: number, out: (x: number, y: number[]) => unknown): OutputFunction;
  solve(f: Derivative, x: number, y0: number[], xEnd: number, solOut?: OutputFunction): Result;
}
