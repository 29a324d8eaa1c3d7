import type { CardSettings } from "./card-settings.js";
import type { DatasetCard } from "./cards.js";
import { type SeriesTask, seriesTasks } from "./series/tasks.js";

export type TaskName = keyof typeof seriesTasks;
export const taskNames = Object.keys(seriesTasks) as TaskName[];

/** Settings that belong to tasks alone. */
export const taskSettings = ["length", "seed", ...Object.values<SeriesTask>(seriesTasks).flatMap((it) => Object.keys(it.options))]; // biome-ignore format: one thought

/** More rows than these are no longer written out. */
const mostRows = 1e6;

/** `task=narma2 length=3000 seed=1`: the rows of a time series; undefined after having complained. */
export function seriesRows(given: CardSettings): Pick<DatasetCard, "rows" | "inputs" | "targets"> | undefined {
  const { complaints } = given.place.elaboration;
  const before = complaints.errors;
  const name = given.word("task", taskNames);
  const task: SeriesTask | undefined = name && seriesTasks[name];
  if (task === undefined || name === undefined) return undefined;
  const length = given.count("length", 3000);
  const seed = given.count("seed", 1, 0);
  const entries = Object.entries(task.options).map(([option, { default: usual, least }]) => {
    const value = given.count(option, usual, least);
    return [option, value] as const;
  });
  complainOfOthers(name, task, given);
  if (length > mostRows)
    given.error("parameter-range", `\`length\` is ${length}, but must be at most ${mostRows}.`, given.at("length"));
  if (complaints.errors > before) return undefined;
  const { inputs, targets } = task.make(length, seed, Object.fromEntries(entries));
  const columns = [...Object.values(inputs), ...Object.values(targets)];
  return {
    inputs: Object.keys(inputs),
    targets: Object.keys(targets),
    rows: Array.from({ length }, (_, k) => columns.map((values) => values[k]!)),
  };
}

/** Settings of another task, and those that say where rows come from else, would have no effect. */
function complainOfOthers(name: TaskName, { options }: SeriesTask, given: CardSettings): void {
  const others = taskSettings.filter((it) => it !== "length" && it !== "seed" && !(it in options));
  for (const setting of [...new Set(others), "inputs", "targets", "encode", "onehot"]) {
    if (given.value(setting) === undefined) continue;
    const own = Object.keys(options).map((it) => `, \`${it}=\``).join(""); // biome-ignore format: one thought
    const help = `it takes \`length=\`, \`seed=\`${own}.`;
    given.error("no-effect", `\`${setting}=\` has no meaning for \`task=${name}\`.`, given.at(setting), help);
  }
}
