import type { Activation } from "../devices/perceptrons/activation.js";
import { Random } from "../numerics/random.js";
import type { Task } from "./task.js";

/**
 * A training between two epochs, as plain data: it can be written as JSON and read back without loss, and the training
 * then ends with the same bits as if it had not been stopped. No generator has a state between epochs: each epoch of a
 * realisation has a part of its streams to itself.
 */
export interface Checkpoint {
  /** What the training was of; see `belongsTo`. */
  readonly task: string;
  /** Size runs: the epochs that each realisation has behind it. */
  readonly epochs: readonly number[];
  /** Size runs: why it goes on no more. */
  readonly ended: readonly ("diverged" | "learned" | null)[];
  /** Size runs × weights, row-major. */
  readonly weights: readonly number[];
  /** For each realisation, a value for each of its epochs. */
  readonly error: readonly (readonly number[])[];
  readonly correct: readonly (readonly number[])[];
  readonly writes: {
    readonly pulses: number;
    readonly writes: number;
    readonly unreached: number;
    readonly missed: number;
    readonly largestPulse: number;
    readonly crossTalk: number;
    readonly readChange: number;
    /** Size units. */
    readonly largestValue: readonly number[];
  };
}

/** Whether a training may go on from a checkpoint: all is the same but the number of epochs. */
export const belongsTo = ({ task }: Checkpoint, to: Task): boolean => task === fingerprint(to);

/** A short text that differs where tasks differ in anything but their number of epochs. */
export function fingerprint({ epochs: _, ...task }: Task): string {
  const plain = JSON.stringify(
    [task, task.network.neurons.map(({ activation }) => sampled(activation))],
    (_key, value: unknown) => {
      if (value instanceof Float64Array) return hashed(value.join());
      return typeof value === "number" ? String(value) : value; // Infinity is a number too
    },
  );
  return hashed(plain);
}

/** A few values, for functions cannot be compared. */
function sampled(activation: Activation): number[] {
  const out = new Float64Array(3);
  return [-2.3, -0.4, 0.7, 3.1].flatMap((u) => {
    activation.load(u, u / 3, out);
    return [...out];
  });
}

/** A short text that differs where texts do. */
export function hashed(text: string): string {
  const digest = new Random(text);
  return [digest.bits(), digest.bits()].map((bits) => bits.toString(16).padStart(8, "0")).join("");
}
