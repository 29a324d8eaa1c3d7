/** The currents or charges of a device with their slopes, as flows between two of its unknowns. */
export class FlowRows {
  constructor(readonly columns: number) {}
  flow: Float64Array = new Float64Array(0);
  slopes: Float64Array = new Float64Array(0);

  of(flow: Float64Array, slopes: Float64Array): this {
    this.flow = flow;
    this.slopes = slopes;
    return this;
  }

  /** A flow from a to b. */
  add(a: number, b: number, flow: number): void {
    this.flow[a]! += flow;
    this.flow[b]! -= flow;
  }

  /** Its slope by the voltage of p over n. */
  slope(a: number, b: number, p: number, n: number, slope: number): void {
    this.slopes[a * this.columns + p]! += slope;
    this.slopes[a * this.columns + n]! -= slope;
    this.slopes[b * this.columns + p]! -= slope;
    this.slopes[b * this.columns + n]! += slope;
  }

  /** A flow that is in proportion to the voltage between its ends. */
  linear(a: number, b: number, g: number, x: Float64Array): void {
    this.add(a, b, g * (x[a]! - x[b]!));
    this.slope(a, b, a, b, g);
  }
}
