import type { CardSettings } from "./card-settings.js";
import type { ReadoutCard } from "./cards.js";

type Judged = Pick<ReadoutCard, "data" | "targets" | "metrics" | "episode" | "washout" | "fit" | "test">;

/** Warns of figures that would say less than they seem to: of a target that never changes or has one row, and of rows before the first. */
export function warnOfRows(given: CardSettings, readout: Judged): void {
  const { metrics, washout, fit, test } = readout;
  if (test > 0) warnOfStill(given, readout, "fitted", washout, washout + fit, "nothing is learned of it");
  const [from, to] = test > 0 ? [washout + fit, washout + fit + test] : [washout, washout + fit];
  const spread = metrics.filter(({ kind }) => kind === "nmse" || kind === "r2").map(({ kind }) => `\`${kind}\``);
  const says = `${spread.join(" and ")} ${spread.length === 1 ? "says" : "say"} nothing`;
  if (spread.length > 0) warnOfStill(given, readout, "judged", from, to, says);
  warnOfDelays(given, readout);
}

function warnOfStill(given: CardSettings, readout: Judged, what: string, from: number, to: number, says: string): void {
  const { data, targets, episode = 1 } = readout;
  const still = targets.find((target) => {
    const at = (row: number): number | undefined => data.rows[(row + 1) * episode - 1]![data.inputs.length + target];
    return Array.from({ length: to - from }, (_, k) => at(from + k)).every((value) => value === at(from));
  });
  if (still === undefined) return;
  const rows = episode === 1 ? "rows" : "episodes";
  const one = `One ${rows.slice(0, -1)} alone is ${what}, ${from}, which has no spread: ${says}.`;
  const many = `The target \`${data.targets[still]}\` is the same in all ${rows} that are ${what}, ${from} to ${to - 1}: ${says}.`;
  const message = to - from === 1 ? one : many;
  const help = "move them by `washout=`, `fit=` and `test=`, or let the data be longer.";
  given.place.elaboration.complaints.warning("still-target", message, given.at("data"), { help });
}

function warnOfDelays(given: CardSettings, { metrics, washout }: Judged): void {
  const far = metrics.find(({ delays }) => delays > washout);
  if (far === undefined) return;
  const message = `\`${far.kind}:${far.delays}\` looks back further than the ${washout} rows of \`washout\`: before the first row it asks for 0, which was no input.`;
  const help = `write \`washout=${far.delays}\`.`;
  given.place.elaboration.complaints.warning("before-first-row", message, given.at("metrics"), { help });
}
