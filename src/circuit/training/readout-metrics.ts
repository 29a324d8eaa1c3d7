import type { CardSettings } from "./card-settings.js";
import type { ReadoutMetric } from "./cards.js";

/** What the words of `metrics=` may be, and whether a number of delays stands behind them. */
const metrics: Readonly<Record<ReadoutMetric["kind"], boolean>> = {
  nmse: false,
  power: false,
  r2: false,
  rms: false,
  phase: false,
  accuracy: false,
  mc: true,
  quadratic: true,
  parity: true,
};

const mostDelays = 1000;

/** `metrics=(nmse mc:20)`. */
export function metricsOf(given: CardSettings): readonly ReadoutMetric[] {
  const names = given.names("metrics") ?? [{ name: "nmse", item: undefined }];
  return names.flatMap(({ name, item }): readonly ReadoutMetric[] => {
    const [word, delays] = name.toLowerCase().split(":") as [string, string?];
    const kind = word as ReadoutMetric["kind"];
    const takes = metrics[kind];
    if (takes === undefined) {
      const list = Object.entries(metrics).map(([it, has]) => `\`${it}${has ? ":20" : ""}\``);
      given.error(
        "unknown-word",
        `\`${name}\` is no metric of a readout.`,
        item?.span,
        `there are ${list.join(", ")}.`,
      );
      return [];
    }
    const count = Number(delays);
    const isFit = delays === undefined ? !takes : takes && Number.isInteger(count) && count >= 0 && count <= mostDelays;
    if (!isFit) {
      const message = takes
        ? `\`${kind}\` needs the longest delay, a whole number up to ${mostDelays}, found \`${name}\`.`
        : `\`${kind}\` takes no number, found \`${name}\`.`;
      given.error("bad-metric", message, item?.span, takes ? `write \`${kind}:20\`.` : `write \`${kind}\`.`);
      return [];
    }
    return [{ kind, delays: takes ? count : 0 }];
  });
}
