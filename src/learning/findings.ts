import type { TrainCard } from "../circuit/training/cards.js";
import type { Diagnostic } from "../text/diagnostic.js";
import type { Span } from "../text/source.js";
import { conditionsOf, type Finding } from "./conditions.js";
import type { Lesson } from "./lesson.js";
import type { Network } from "./network.js";
import type { Task } from "./task.js";
import { withoutPulses } from "./without-pulses.js";

type Remark = Pick<Diagnostic, "code" | "message" | "help">;

/** What threatens a training before it runs: conditions of the threshold-gated law that its numbers do not meet. */
export function warningsOf(task: Task, card: TrainCard): readonly Diagnostic[] {
  const { span, rule } = card;
  if (rule === "stochastic" || rule === "ridge") return withoutPulses(task.network, card);
  const found = conditionsOf(task)
    .filter((finding) => isTight(finding, task.network))
    .map((finding) => worded(finding, task.network));
  const kinds = [...new Set(found.map(({ code }) => code))];
  return kinds.map((kind) => {
    const [first, ...more] = found.filter(({ code }) => code === kind) as [Remark, ...Remark[]];
    const others = more.length === 0 ? "" : ` So it is with ${more.length} more.`;
    return { severity: "warning", ...first, message: first.message + others, span };
  });
}

/** What edges move is warned of from this part of the largest pulse on: answers suffer then, and not errors alone. */
const slow = 0.1;

/** The bound of the pulses is tight for a single layer; behind others it is so wide that what is measured must count. */
function isTight(finding: Finding, { synapses, inputs, constants }: Network): boolean {
  if (finding.kind === "slow-edges") return finding.change > slow * finding.meant;
  return finding.kind !== "narrow-window" || synapses.every(({ from }) => from < inputs.length + constants.length);
}

function worded(finding: Finding, { weights }: Network): Remark {
  const name = (weight: number): string => `\`${weights[weight]!.name}\``;
  switch (finding.kind) {
    case "narrow-window":
      return {
        code: finding.kind,
        message: `Pulses for ${name(finding.weight)} may be ${shown(finding.largest)} beyond the threshold, but its window \`a\` is ${shown(finding.width)}: the largest errors may teach nothing.`,
        help: `make \`a\` larger than ${shown(finding.largest)}, or the \`rate\` smaller.`,
      };
    case "overlapping-windows":
      return {
        code: finding.kind,
        message: `The thresholds of ${finding.weights.map(name).join(" and ")} are ${shown(finding.distance)} apart, less than the window \`a\` = ${shown(finding.width)}: a pulse for one moves the other.`,
        help: "set their `ith` at least one window apart.",
      };
    case "read-over-threshold":
      return {
        code: finding.kind,
        message: `Reading drives ${name(finding.weight)} with ${shown(finding.current)}, which reaches its threshold ${shown(finding.threshold)}: reading writes.`,
        help: "raise `ith`, or scale the data (`scale=minmax`).",
      };
    case "scattered-thresholds":
      return {
        code: finding.kind,
        message: `The threshold of ${name(finding.weight)} scatters by ${shown(finding.spread)}, which is not small beside its window \`a\` = ${shown(finding.width)}.`,
        help: "a pulse that misses its window teaches nothing; widen `a`.",
      };
    case "slow-edges":
      return {
        code: finding.kind,
        message: `The edges of each pulse for ${name(finding.weight)} cross the window of ${name(finding.other)} and move it by ${shown(finding.change)}, where the largest pulse is meant to move ${shown(finding.meant)}.`,
        help: "make `rise` of `timing` or `a` smaller, or give each weight a write port of its own.",
      };
  }
}

/** Tells of realisations that diverged. */
export function divergedOf(
  { name, span }: { readonly name: string; readonly span: Span },
  { diverged, runs }: { readonly diverged: Int32Array; readonly runs: number },
  help = "take a smaller `rate`.",
): readonly Diagnostic[] {
  const lost = diverged.reduce((sum, epoch) => sum + (epoch > 0 ? 1 : 0), 0);
  if (lost === 0) return [];
  const message = `${lost} of ${runs} realisations of \`${name}\` diverged; from then on they are in no mean.`;
  return [{ severity: "warning", code: "diverged", message, span, help }];
}

/** What a training that has run came to. */
export function findingsOf({ card, trained }: Lesson): readonly Diagnostic[] {
  const { writes } = trained;
  const { span, name } = card;
  const found = [...divergedOf(card, trained)];
  if (writes.missed > 0) {
    const share = Number(((100 * writes.missed) / writes.pulses).toPrecision(2));
    const message = `${writes.missed} of ${writes.pulses} pulses (${share} %) of \`${name}\` missed their window; the largest was ${shown(writes.largestPulse)} beyond its threshold.`;
    found.push({ severity: "note", code: "missed-window", message, span });
  }
  if (writes.unreached > 0) {
    const share = ((100 * writes.unreached) / writes.writes).toPrecision(2);
    const message = `${writes.unreached} of ${writes.writes} writes (${share} %) of \`${card.name}\` did not come within ${100 * (card.verify?.tolerance ?? 0)} % of their change in ${card.verify?.max} pulses.`;
    const help =
      "stuck cells, walls, missed windows, coarse levels and noise of readings above the change are out of reach of `verify`.";
    found.push({ severity: "warning", code: "unreached-writes", message, span: card.span, help });
  }
  if (writes.crossTalk > 0) {
    const edges = card.timing.rise > 0 ? ", edges included" : "";
    const message = `Pulses of \`${name}\` moved weights that they were not meant for, by up to ${shown(writes.crossTalk)} each${edges}.`;
    found.push({ severity: "note", code: "cross-talk", message, span });
  }
  if (writes.readChange > 0) {
    const message = `Readings of \`${name}\` reached thresholds, and moved weights by up to ${shown(writes.readChange)} each.`;
    found.push({ severity: "note", code: "read-disturb", message, span });
  }
  return found;
}

const shown = (value: number): string => String(Number(value.toPrecision(3)));
