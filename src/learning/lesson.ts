import type { TrainCard } from "../circuit/training/cards.js";
import type { Cost } from "../numerics/integrator.js";
import type { Trained } from "./ideal.js";
import type { Placed } from "./network-of.js";
import { cellsOf } from "./start.js";
import type { Task } from "./task.js";

/** A training that has run, and what its pictures and tests need of it. */
export interface Lesson {
  readonly card: TrainCard;
  readonly task: Task;
  readonly placed: Placed;
  readonly trained: Trained;
  /** The realisation whose weights the circuit has, from 0. */
  readonly kept: number;
  /** Where its pulses were integrated in the circuit, what that took; undefined: they had a closed form. */
  readonly cost: Cost | undefined;
}

/** The weights that the circuit has, as they are read: without noise. */
export const readWeights = (lesson: Lesson): Float64Array =>
  cellsOf(lesson.task, lesson.kept).readAll(keptWeights(lesson));

/** The weights that the circuit has. */
export function keptWeights({ trained, kept, placed }: Lesson): Float64Array {
  const count = placed.network.weights.length;
  return trained.weights.slice(kept * count, (kept + 1) * count);
}
