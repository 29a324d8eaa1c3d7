/** Two planes of amplitudes, size D. */
export interface Amplitudes {
  readonly re: Float64Array;
  readonly im: Float64Array;
}
