/** One memristor as it was made, beside what its model says. */
export interface Piece {
  /** Its threshold over that of the model, ≥ 0. */
  readonly threshold: number;
  /** What it reads as over what its state says, > 0. */
  readonly gain: number;
  /** The wall that it stands at for ever; undefined: it moves. */
  readonly stuck: "on" | "off" | undefined;
  /** 32 bits of its own, for devices in which chance goes on. */
  readonly stream?: number;
}

type Numbers = Readonly<Record<string, number>>;

/** How real pieces of a device differ. A device without it has none that do. */
export interface Pieces {
  /** Its memristors, by what stands behind the instance's name in a training's weights: "" or `:gp`. */
  readonly cells: readonly string[];
  /** Whether they have thresholds. */
  readonly thresholds: boolean;
  /** Whether they are drawn even where all are alike, for what befalls them later is chance. */
  readonly random?: boolean;
  /** Values that no netlist can set, as they are in an ideal piece. */
  readonly hidden: Numbers;
  /** The values of a device made of these pieces, one for each cell; its states start at one of their `levels`. */
  made(values: Numbers, pieces: readonly Piece[]): Numbers;
}
