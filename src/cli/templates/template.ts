/** A netlist to start from. */
export interface Template {
  readonly name: string;
  /** What it shows, in a line. */
  readonly title: string;
  /** Whether `--rows` and `--cols` mean something. */
  readonly sized?: boolean;
  text(size: Size): string;
}

/** Of a crossbar. */
export interface Size {
  readonly rows: number;
  readonly cols: number;
}
