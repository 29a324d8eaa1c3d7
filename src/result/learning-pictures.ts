import type { Caption } from "./caption.js";
import type { Column } from "./result.js";

/** The pictures of a training. */
export type LearningPicture =
  | LearningCurvePicture
  | ParameterPicture
  | NetworkPicture
  | ConfusionPicture
  | BoundaryPicture
  | WeightsPicture;

/** How a quantity is spread over realisations, in the rows of an axis; NaN where no realisation has a value. */
export interface Distribution {
  readonly mean: Column;
  /** Drawn where it is given and the series is alone: among several it would fill the gaps of dashed lines. */
  readonly median: Column | undefined;
  /** The 5 % and the 95 % quantile. */
  readonly low: Column;
  readonly high: Column;
}

/** The error against the epoch, and the share of samples classified right; several trainings share a frame. */
export interface LearningCurvePicture extends Caption {
  readonly kind: "learning";
  readonly series: readonly LearningSeries[];
}

export interface LearningSeries extends Distribution {
  /** The training: `or`. */
  readonly name: string;
  /** The axis of all columns of this series. */
  readonly epoch: Column;
  /** The mean share of samples classified right, 0 … 1; undefined where nothing is classified. */
  readonly correct: Column | undefined;
  readonly runs: number;
  /** How many of them diverged by the end; from then on they are in no column. */
  readonly diverged: number;
}

/** A quantity over realisations against a parameter: accuracy against the spread of thresholds. */
export interface ParameterPicture extends Caption {
  readonly kind: "parameter";
  /** What the quantity cannot leave: 0 and 1 of a share. */
  readonly bounds?: readonly [low: number, high: number];
  readonly series: readonly ParameterSeries[];
}

export interface ParameterSeries extends Distribution {
  readonly name: string;
  readonly parameter: Column;
  /** Realisations at each point; undefined where they differ. */
  readonly runs: number | undefined;
}

/** A feed-forward network: its layers are found from the connections. */
export interface NetworkPicture extends Caption {
  readonly kind: "network";
  readonly units: readonly NetworkUnit[];
  readonly connections: readonly NetworkConnection[];
}

export interface NetworkUnit {
  readonly name: string;
  /** Constants stand in the layer before the first that they reach. */
  readonly kind: "input" | "constant" | "neuron";
  readonly bias: number | undefined;
}

export interface NetworkConnection {
  /** Places in `units`. */
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** How many samples of each class were given which class. */
export interface ConfusionPicture extends Caption {
  readonly kind: "confusion";
  readonly classes: readonly string[];
  /** Size classes × classes, row-major: a row for the true class, a column for the answer. */
  readonly counts: Float64Array;
}

/** The output of a network over two of its inputs, and where it crosses the level that parts the classes. */
export interface BoundaryPicture extends Caption {
  readonly kind: "boundary";
  /** The values of the inputs on the grid, ascending. */
  readonly x: Column;
  readonly y: Column;
  /** Size y × x, row-major, y ascending. */
  readonly output: Column;
  /** What parts two classes: 0.5. */
  readonly level: number;
  /**
   * Where the largest of several outputs decides: each of them on the grid, size y × x, by class. Then `output` is what
   * the colours show, say the largest, and the line is where another becomes the largest.
   */
  readonly rivals?: readonly Float64Array[];
  readonly samples: BoundarySamples;
}

export interface BoundarySamples {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Of each sample: a place in `classes`. */
  readonly class: Int32Array;
  readonly classes: readonly string[];
}

/** The weights after training, a column for each with a value for each realisation. */
export interface WeightsPicture extends Caption {
  readonly kind: "weights";
  readonly weights: readonly Column[];
}
