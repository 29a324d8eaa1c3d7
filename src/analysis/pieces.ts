import type { Circuit, Instance } from "../circuit/circuit.js";
import { changed } from "../circuit/plain-device.js";
import type { Piece } from "../devices/piece.js";
import { Random } from "../numerics/random.js";

/** How much the pieces of a device differ; shares, and probabilities. */
export interface Scatter {
  readonly spreadThreshold: number;
  readonly spreadWeight: number;
  readonly stuckOn: number;
  readonly stuckOff: number;
}

/** Values that a model without imperfections does not have are those of devices that are alike. */
export const scatterOf = (values: Instance["values"]): Scatter => ({
  spreadThreshold: values["spread_ith"] ?? 0,
  spreadWeight: values["spread_g"] ?? 0,
  stuckOn: values["stuck_on"] ?? 0,
  stuckOff: values["stuck_off"] ?? 0,
});

/** Whether devices of this kind differ from one another. */
export const differs = (of: Scatter): boolean =>
  of.spreadThreshold > 0 || of.spreadWeight > 0 || of.stuckOn > 0 || of.stuckOff > 0;

type Keys = readonly (number | string)[];

/** What the devices of a circuit are drawn from: its realisation, from 0, and the name of each. */
export const deviceKeys = (seed: number, realisation: number): Keys => [seed, "device", realisation];

/** The normal distribution reaches 0 and beyond, where no device would be left. */
const leastGain = 1e-9;

/** One memristor of many; the same for the same keys and name, whatever else is drawn. */
export function drawPiece(
  { spreadThreshold, spreadWeight, stuckOn, stuckOff }: Scatter,
  keys: Keys,
  name: string,
): Piece {
  const random = new Random(...keys, name);
  const fate = random.uniform();
  return {
    threshold: Math.max(0, 1 + spreadThreshold * random.normal()),
    gain: Math.max(leastGain, 1 + spreadWeight * random.normal()),
    stuck: fate < stuckOn ? "on" : fate < stuckOn + stuckOff ? "off" : undefined,
    stream: random.bits(),
  };
}

/** An instance made of the pieces of a realisation; the same where all of its kind are alike. */
export function withPieces(instance: Instance, seed: number, realisation: number): Instance {
  const { device } = instance;
  if (device.pieces === undefined) return instance;
  const { values, name } = instance;
  const scatter = scatterOf(values);
  if (!(device.pieces.random || differs(scatter) || values["levels"])) return instance;
  const keys = deviceKeys(seed, realisation);
  return changed(instance, { pieces: device.pieces.cells.map((cell) => drawPiece(scatter, keys, name + cell)) });
}

/** The circuit as it comes from the factory for the first time: each device made of pieces that are drawn for it. */
export function asMade(circuit: Circuit): Circuit {
  const { instances, options } = circuit;
  const made = instances.map((instance) => withPieces(instance, options.seed, 0));
  return made.every((instance, k) => instance === instances[k]) ? circuit : { ...circuit, instances: made };
}
