import type { TrainCard } from "../circuit/training/cards.js";
import { NetlistError } from "../text/diagnostic.js";
import type { Task } from "./task.js";

/** Numbers that a training may keep at once: some hundred megabytes. */
const most = 5e7;
/** Of each weight of a realisation: itself, and what its device is like. */
const perWeight = 5;

/**
 * Refuses a training whose numbers memory would not hold: those of its realisations, and those of its learning curves.
 *
 * @throws NetlistError
 */
export function checkSize(task: Task, card: TrainCard): void {
  const { runs, epochs, data, network } = task;
  const rows = data.drawn ?? data.train.length / (data.inputs.length + data.targets.length);
  const each = perWeight * network.weights.length + rows;
  if (runs * each > most)
    throw tooLarge(
      card,
      `\`runs=${runs}\` of ${network.weights.length} weights and ${rows} samples`,
      "`runs` or `samples`",
    );
  if (runs * 2 * epochs > most)
    throw tooLarge(
      card,
      `\`epochs=${epochs}\` of ${runs} ${runs === 1 ? "realisation" : "realisations"}`,
      "`epochs` or `runs`",
    );
}

const tooLarge = ({ name, span }: TrainCard, what: string, less: string): NetlistError =>
  new NetlistError([
    {
      severity: "error",
      code: "training-too-large",
      message: `\`${name}\` is larger than memory is given to: ${what}.`,
      span,
      help: `ask for fewer ${less}.`,
    },
  ]);
