import type { Caption } from "./caption.js";
import type { LearningPicture } from "./learning-pictures.js";
import type { QuantumPicture } from "./quantum-pictures.js";
import type { Column } from "./result.js";

/** What a picture shows, as plain data; `views/` draws it. */
export type Picture =
  | WavesPicture
  | LoopPicture
  | LoopsPicture
  | XyPicture
  | MapPicture
  | LearningPicture
  | QuantumPicture;

/** Signals against time or a swept value. */
export interface WavesPicture extends Caption {
  readonly kind: "waves";
  readonly x: Column;
  /** What x is divided by, in its unit (`xunit=`); x itself stands here undivided. */
  readonly xunit?: number;
  /** The values of the sweeps around that of x, outermost first; each combination of them is a branch. */
  readonly outer?: readonly Column[];
  readonly left: readonly Column[];
  /** Drawn against an axis on the right. */
  readonly right: readonly Column[];
  /** Where entanglement ends and begins anew, on x undivided (`mark=events`). */
  readonly events?: readonly { readonly kind: "death" | "birth"; readonly at: number }[];
}

/** Current against voltage of one device, in the order of time. */
export interface LoopPicture extends Caption, Loop {
  readonly kind: "loop";
}

/** Loops of several devices in one frame, to be compared. */
export interface LoopsPicture extends Caption {
  readonly kind: "loops";
  readonly loops: readonly Loop[];
}

export interface Loop {
  readonly device: string;
  /** The run that it is of, `r = 1 kΩ`, where those of several share a frame. */
  readonly run?: string;
  readonly time: Column;
  readonly voltage: Column;
  readonly current: Column;
  /** Both axes are divided by a value of their own (`norm=`). */
  readonly normalised?: boolean;
  /** The period of the drive, in the unit of time, where there is one: each period gets its colour. */
  readonly period: number | undefined;
  /** The number of the first period that is shown, from 1; 1 unless it is given (`periods=8..15`). */
  readonly firstPeriod?: number;
}

/** Any quantities against any other. */
export interface XyPicture extends Caption {
  readonly kind: "xy";
  readonly x: Column;
  /** As in `WavesPicture`. */
  readonly outer?: readonly Column[];
  readonly y: readonly Column[];
}

/** Values over the rows and columns of a crossbar, at one place of the axis. */
export interface MapPicture extends Caption {
  readonly kind: "map";
  /** What they are, for the bar of colours, and their unit; size rows × columns, row-major, NaN where there is no cell. */
  readonly cells: Column;
  /** The indices that the netlist counts rows and columns by, ascending. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** A single value of the axis; undefined for an operating point. */
  readonly at: Column | undefined;
}
