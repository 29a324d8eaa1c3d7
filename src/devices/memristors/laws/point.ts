/** A memristor's equations at one (x, v). */
export interface MemristorPoint {
  /** Current into terminal p, A. */
  i: number;
  /** ∂i/∂x, A. */
  i_x: number;
  /** ∂i/∂v, S. */
  i_v: number;
  /** dx/dt, 1/s. */
  rate: number;
  /** ∂rate/∂x, 1/s. */
  rate_x: number;
  /** ∂rate/∂v, 1/(V·s). */
  rate_v: number;
  /** On the way there: what is left of the drift at x, and its slope. */
  f: number;
  f_x: number;
  /** On the way there: the state and 1 − x, of a law that is stated by the logit of x. */
  x: number;
  rest: number;
}

/** Room for one. It begins with fractions, and as one literal: V8 would make room for small integers, or for anything. */
export const memristorPoint = (): MemristorPoint => ({
  i: 0.5,
  i_x: 0.5,
  i_v: 0.5,
  rate: 0.5,
  rate_x: 0.5,
  rate_v: 0.5,
  f: 0.5,
  f_x: 0.5,
  x: 0.5,
  rest: 0.5,
});
