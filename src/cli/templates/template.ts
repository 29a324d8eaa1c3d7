/** A netlist to start from. */
export interface Template {
  readonly name: string;
  /** What it shows, in a line. */
  readonly title: string;
  /** The options of the command line that mean something to it. */
  readonly takes?: readonly (keyof TemplateOptions)[];
  /** @throws UsageError where the options do not fit together */
  text(options: TemplateOptions): string;
}

/** What the command line may say of a netlist's size; what it does not say, a template decides. */
export interface TemplateOptions {
  /** Of a crossbar. */
  readonly rows?: number;
  readonly cols?: number;
  /** Of a perceptron. */
  readonly inputs?: number;
  readonly outputs?: number;
  /** The neurons of each hidden layer. */
  readonly hidden?: readonly number[];
  readonly rule?: "delta" | "backprop";
}
