import type { TestCard } from "../circuit/training/cards.js";
import type { Column, Result } from "../result/result.js";
import type { Unit } from "../units/unit.js";
import { judge } from "./evaluation.js";
import { byRun, historyResult, testResultOf } from "./history-result.js";
import { keptWeights, type Lesson, readWeights } from "./lesson.js";
import { costOf } from "./meter.js";
import { prepared } from "./prepared-data.js";

/** A training as a result: its history, and beside it the weights at the end, a row a realisation. */
export function trainResult(lesson: Lesson, title: string): Omit<Result, "card"> {
  const { card, placed, trained, kept, cost } = lesson;
  const { runs, weights, writes, epochs } = trained;
  const { network } = placed;
  const count = network.weights.length;
  return {
    ...historyResult(card.name, title, trained),
    statistics: {
      ...(cost ?? { ...noCost, steps: writes.pulses }), // a pulse in closed form is one step
      method: cost === undefined ? card.rule : `${card.rule} in the circuit`,
      points: epochs,
      pulses: writes.pulses,
      kept: kept + 1,
    },
    tables: [
      {
        name: "weights",
        columns: [
          byRun(runs, "run", (run) => run + 1),
          ...network.weights.map(({ name }, k) => byRun(runs, name, (run) => weights[run * count + k]!)),
        ],
      },
      ...(card.rule === "stochastic" ? [] : [{ name: "cost", columns: costColumns(lesson) }]),
      ...(card.save === undefined ? [] : [{ name: "kept", file: card.save, columns: keptColumns(lesson) }]),
    ],
  };
}

/** Energy and time of readings and pulses, and what they did to weights that were not meant, one row. */
function costColumns(lesson: Lesson): readonly Column[] {
  const { task, kept, trained } = lesson;
  const cost = costOf(task, keptWeights(lesson), kept, trained.writes);
  return [
    column("energy.read", "J", [cost.read]),
    column("energy.lines", "J", [cost.lines]),
    column("energy.write", "J", [cost.write]),
    column("time.inference", "s", [cost.inference]),
    column("time.pulse", "s", [cost.pulse]),
    column("time.sample", "s", [cost.sample]),
    column("tries", "1", [cost.tries]),
    column("crosstalk", "1", [trained.writes.crossTalk]),
    column("disturb", "1", [trained.writes.readChange]),
  ];
}

/** What the circuit keeps, one row, as `.weights` reads it. */
const keptColumns = (lesson: Lesson): readonly Column[] => {
  const { network, places } = lesson.placed;
  return [...keptWeights(lesson)].map((w, k) => column(network.weights[k]!.name, "1", [w * (places[k]!.unit ?? 1)]));
};

/** What the kept weights make of samples: those that the training kept back, or the card's own. */
export function testResult(lesson: Lesson, { data: other }: TestCard, title: string): Omit<Result, "card"> {
  const { card, task, placed } = lesson;
  const data = other === undefined ? task.data : prepared(other, card.rule, task.seed);
  const rows = other === undefined && data.test.length > 0 ? data.test : data.train;
  return testResultOf(card.name, title, judge(placed.network, readWeights(lesson), data, rows));
}

const noCost = { steps: 0, rejected: 0, iterations: 0, factorizations: 0 };

const column = (name: string, unit: Unit, values: readonly number[]): Column => ({
  name,
  unit,
  values: Float64Array.from(values),
});
