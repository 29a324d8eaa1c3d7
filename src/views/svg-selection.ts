/** What the views need of the d3 selection that they draw into: a browser's, or d3-node's. */
export interface SvgSelection {
  append(name: string): SvgSelection;
  attr(name: string, value: string | number): SvgSelection;
  text(value: string): SvgSelection;
}
