import type { Span } from "../../text/source.js";
import { formatQuantity } from "../../units/quantity.js";
import type { Environment } from "../environment.js";
import type { QtranCard, QuantumBlock } from "./block.js";
import { wholeSteps } from "./digital-steps.js";

/** Says where a digital run ends before its stop, since its steps do not fill it. */
export function checkLastStep(card: QtranCard, block: QuantumBlock, { elaboration }: Environment): void {
  const { stop, dt, method, span } = card;
  if (method !== "digital" || dt === undefined) return;
  const { complaints } = elaboration;
  const end = endOf(card);
  const [last, wanted, step] = [end, stop, dt].map((t) => timeText(t, block));
  if (end === 0) {
    const message = `A digital step of ${step} is longer than the whole run of ${wanted}.`;
    complaints.error("bad-time", message, span, { help: "run for longer, or take shorter steps." });
  } else if (stop - end > 1e-9 * dt) {
    const message = `This run ends at t = ${last}, with its last whole step: ${wanted} is no whole number of steps of ${step}.`;
    complaints.note("part-of-a-step", message, span);
  }
}

/** Complains of gates and channels at times that no run of their block reaches. */
export function checkTimes(
  blocks: readonly QuantumBlock[],
  cards: readonly QtranCard[],
  { elaboration }: Environment,
): void {
  const complain = (what: string, at: number, k: number, span: Span): void => {
    const ends = cards.flatMap((card) => (card.block === k ? [endOf(card)] : []));
    const end = ends.reduce((a, b) => Math.max(a, b), 0);
    const block = blocks[k];
    if (ends.length === 0 || block === undefined || at <= end * (1 + 1e-12)) return;
    const message = `${what} at t = ${timeText(at, block)}, but no run of \`${block.name}\` goes beyond t = ${timeText(end, block)}.`;
    elaboration.complaints.error("bad-time", message, span, { help: "run for longer, or give an earlier `at=`." });
  };
  for (const [k, { operations }] of blocks.entries())
    for (const it of operations)
      if (it.kind !== "coupling" && it.when.kind === "at") complain(`This ${it.kind} acts`, it.when.time, k, it.span);
}

/** When a run shows its last state. */
const endOf = ({ method, dt, stop }: QtranCard): number =>
  method === "digital" && dt !== undefined ? Math.min(stop, wholeSteps(stop, dt) * dt) : stop;

const timeText = (t: number, { units }: QuantumBlock): string => formatQuantity(t, units.system === "si" ? "s" : "1");
