import type { Diagnostic } from "../text/diagnostic.js";
import type { Span } from "../text/source.js";
import { explainCorners } from "./explain.js";

/** Corners closer than this part of their time are one but for rounding: that of a source, and one that a delay brings. */
const same = 1e-14;
/** So many corners in a row may be one instant: more are a source that is faster than times can be told apart. */
const most = 1000;

/** Whether `later` is the same instant as t ≤ later but for rounding. */
export const isSameInstant = (t: number, later: number): boolean => later - t <= same * later;

/** Passes over corners that lie in one instant. */
export class Instant {
  #passed = 0;

  constructor(readonly span: Span) {}

  /** Whether there is no time between t and the next corner; a complaint where corners come without end. */
  isAt(t: number, corner: number): boolean | Diagnostic {
    if (!isSameInstant(t, corner)) {
      this.#passed = 0;
      return false;
    }
    this.#passed++;
    return corner > t && this.#passed <= most ? true : explainCorners(t, this.span);
  }
}
