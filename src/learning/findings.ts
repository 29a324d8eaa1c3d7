import type { Diagnostic } from "../text/diagnostic.js";
import type { Lesson } from "./lesson.js";

/** What there is to say of a training that has run. */
export function findingsOf({ card, trained }: Lesson): readonly Diagnostic[] {
  const { diverged, runs, writes } = trained;
  const lost = diverged.reduce((sum, epoch) => sum + (epoch > 0 ? 1 : 0), 0);
  const found: Diagnostic[] = [];
  if (lost > 0) {
    const message = `${lost} of ${runs} realisations of \`${card.name}\` diverged; they are in no mean from then on.`;
    found.push({ severity: "warning", code: "diverged", message, span: card.span, help: "take a smaller `rate`." });
  }
  if (writes.missed > 0) {
    const share = ((100 * writes.missed) / writes.pulses).toPrecision(2);
    const message = `${writes.missed} of ${writes.pulses} pulses (${share} %) of \`${card.name}\` missed their window: the largest was ${writes.largestPulse.toPrecision(3)} beyond the threshold.`;
    const help = "make the window `a` of the model wider, or the `rate` smaller.";
    found.push({ severity: "warning", code: "missed-window", message, span: card.span, help });
  }
  if (writes.unreached > 0) {
    const share = ((100 * writes.unreached) / writes.writes).toPrecision(2);
    const message = `${writes.unreached} of ${writes.writes} writes (${share} %) of \`${card.name}\` did not come within ${100 * (card.verify?.tolerance ?? 0)} % of their change in ${card.verify?.max} pulses.`;
    const help =
      "stuck cells, walls, missed windows, coarse levels and noise of readings above the change are out of reach of `verify`.";
    found.push({ severity: "warning", code: "unreached-writes", message, span: card.span, help });
  }
  if (writes.crossTalk > 0) {
    const message = `Pulses of \`${card.name}\` moved weights that they were not meant for, by up to ${writes.crossTalk.toPrecision(3)}.`;
    const help = "keep the thresholds of a chain at least one window `a` apart.";
    found.push({ severity: "warning", code: "cross-talk", message, span: card.span, help });
  }
  if (writes.readOverThreshold >= 1) {
    const message = `Values that \`${card.name}\` reads reach ${writes.readOverThreshold.toPrecision(3)} times the threshold of a synapse: reading writes.`;
    found.push({ severity: "warning", code: "read-disturb", message, span: card.span, help: "raise `ith`." });
  }
  return found;
}
