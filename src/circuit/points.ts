import type { Complaints } from "../text/diagnostic.js";
import type { Span } from "../text/source.js";

/** More points than this are a slip. */
const mostSweepPoints = 1e8;

/** from, from + step, …, to; the last point is `to` itself where it lies on the grid but for rounding. */
export function stepped(
  from: number,
  to: number,
  step: number,
  span: Span,
  complaints: Complaints,
): readonly number[] | undefined {
  if ([from, to, step].some(Number.isNaN)) return undefined;
  if (step === 0 && from !== to) {
    complaints.error("bad-step", "The step of a sweep must not be 0.", span);
    return undefined;
  }
  const count = from === to ? 0 : (to - from) / step;
  if (count < 0) {
    const help = `write \`${-step}\`.`;
    complaints.error("bad-step", `The sweep goes from ${from} to ${to}, but its step of ${step} leads away.`, span, {
      help,
    });
    return undefined;
  }
  if (count > mostSweepPoints) {
    complaints.error(
      "bad-step",
      `The sweep would have ${Math.round(count)} points; at most ${mostSweepPoints} are allowed.`,
      span,
    );
    return undefined;
  }
  const whole = Math.floor(count + 1e-9);
  const isEnd = (k: number): boolean => k === whole && Math.abs(count - whole) < 1e-9;
  return Array.from({ length: whole + 1 }, (_, k) => (isEnd(k) ? to : from + k * step));
}
