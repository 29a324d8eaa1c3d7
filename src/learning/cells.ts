import { differs, drawPiece } from "../analysis/pieces.js";
import { doneOf, restBetween, settledState } from "../devices/imperfections.js";
import { Random } from "../numerics/random.js";
import type { Network, Weight, WeightLaw } from "./network.js";

type Keys = readonly (number | string)[];

/**
 * The memristors of one realisation, as they came from the factory: with thresholds and gains of their own, and some of
 * them stuck. Numbers are drawn once a device, from a stream that depends on the realisation and the device's name.
 */
export class Cells {
  /** Size weights: the threshold that the device really has. */
  readonly ith: Float64Array;
  /** Size weights: what w is multiplied by as it is read. */
  readonly gain: Float64Array;
  /** Size weights: 1 at those that never move. */
  readonly stuck: Uint8Array;
  readonly #stuckAt: Float64Array;
  readonly #laws: readonly WeightLaw[];
  /** What is drawn at each read and write; each epoch is a part of the stream. */
  readonly noise: Random;

  /**
   * @param keys what the devices are drawn from
   * @param noiseKeys what befalls them
   */
  constructor({ weights }: Network, keys: Keys, noiseKeys: Keys = keys) {
    this.#laws = weights.map(({ law }) => law);
    this.ith = Float64Array.from(weights, ({ law }) => law.ith);
    this.gain = new Float64Array(weights.length).fill(1);
    this.stuck = new Uint8Array(weights.length);
    this.#stuckAt = new Float64Array(weights.length);
    this.noise = new Random(...noiseKeys, "noise");
    for (const [index, weight] of weights.entries())
      if (differs(weight.law.imperfections)) this.#draw(index, weight, keys);
  }

  #draw(index: number, { name, law }: Weight, keys: Keys): void {
    const { threshold, gain, stuck } = drawPiece(law.imperfections, keys, name);
    this.ith[index] = law.ith * threshold;
    this.gain[index] = gain;
    this.stuck[index] = stuck === undefined ? 0 : 1;
    this.#stuckAt[index] = stuck === "on" ? law.max : law.min;
  }

  /** The state in which a training finds a device that was put to w. */
  start(index: number, w: number): number {
    return this.stuck[index] === 1 ? this.#stuckAt[index]! : settled(this.#laws[index]!, w);
  }

  /** All weights as they are read, without noise. */
  readAll(weights: ArrayLike<number>): Float64Array {
    return this.gain.map((gain, index) => gain * weights[index]!);
  }

  /** w as it is read once. */
  read(index: number, w: number): number {
    const law = this.#laws[index]!;
    const { readNoise } = law.imperfections;
    const value = this.gain[index]! * w;
    return readNoise === 0 ? value : value + readNoise * (law.max - law.min) * this.noise.normal();
  }

  /** Where a device comes to that something takes from w, and that would take an ideal one to `ideal`. */
  after(index: number, w: number, ideal: number): number {
    return movesPlainly({ law: this.#laws[index]! }) ? ideal : this.moved(index, w, ideal - w);
  }

  /** w after a pulse that would move an ideal device by `change`. */
  moved(index: number, w: number, change: number): number {
    if (this.stuck[index] === 1) return w;
    const law = this.#laws[index]!;
    const { asymmetry, writeNoise } = law.imperfections;
    change *= doneOf(change, asymmetry);
    if (writeNoise > 0) change *= 1 + writeNoise * this.noise.normal();
    return settled(law, w + change);
  }
}

/** The state next to w that a device can have. */
const settled = ({ min, max, imperfections: { levels } }: WeightLaw, w: number): number =>
  settledState(w, min, max, levels);

/** Whether w is read as it is. */
export const readsPlainly = ({ law: { imperfections: of } }: Weight): boolean =>
  of.spreadWeight === 0 && of.readNoise === 0;

/** Whether the device has the threshold that its law names. */
export const switchesPlainly = ({ law: { imperfections: of } }: Weight): boolean => of.spreadThreshold === 0;

/** Whether a change is kept as it is, inside [min, max]. */
export const movesPlainly = ({ law: { imperfections: of } }: Pick<Weight, "law">): boolean =>
  of.levels === undefined && of.writeNoise === 0 && of.asymmetry === 0 && of.stuckOn === 0 && of.stuckOff === 0;

/** Where a device without retention goes: to 0, or as near as its range allows. */
export const restOf = ({ law: { min, max } }: Weight): number => restBetween(min, max);
