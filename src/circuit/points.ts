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

const ratios = { dec: 10, oct: 2 } as const;

/** from, from·b^(1/n), from·b^(2/n), …, as far as `to`: n points a decade (b = 10) or an octave (b = 2). */
export function spaced(
  by: keyof typeof ratios,
  from: number,
  to: number,
  n: number,
  span: Span,
  complaints: Complaints,
): readonly number[] | undefined {
  if ([from, to, n].some(Number.isNaN)) return undefined;
  const what = by === "dec" ? "a decade" : "an octave";
  const fault =
    !(from > 0 && to > 0) ? `Points ${what} apart go from one number above 0 to another, not from ${from} to ${to}.`
    : to < from ? `The points go up, but ${to} is below ${from}.`
    : !(n >= 1 && Number.isInteger(n)) ? `The number of points for ${what} must be a whole number of at least 1, not ${n}.`
    : undefined; // biome-ignore format: one thought
  if (fault !== undefined) {
    complaints.error("bad-step", fault, span);
    return undefined;
  }
  const count = (n * Math.log(to / from)) / Math.log(ratios[by]);
  if (count > mostSweepPoints) {
    complaints.error(
      "bad-step",
      `There would be ${Math.round(count)} points; at most ${mostSweepPoints} are allowed.`,
      span,
    );
    return undefined;
  }
  const whole = Math.floor(count + 1e-9);
  const isEnd = (k: number): boolean => k === whole && k > 0 && Math.abs(count - whole) < 1e-9;
  return Array.from({ length: whole + 1 }, (_, k) => (isEnd(k) ? to : from * ratios[by] ** (k / n)));
}
