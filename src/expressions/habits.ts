/** What a spelling means in a deck's own language, where simulators differ. */
export interface Habits {
  /** `^` is a power. False: it is refused, for it is the exclusive or there (LTspice). */
  readonly caretIsPower: boolean;
  /** `log` is of base 10 (Xyce), not the natural logarithm. */
  readonly logIsDecimal: boolean;
  /** A condition holds above one half, and `u(0)` is 0 (LTspice); else where it is not 0, and `u(0)` is ½. */
  readonly truthAboveHalf: boolean;
}

/** What is meant in a deck that says nothing of where it comes from. */
export const plainHabits: Habits = { caretIsPower: true, logIsDecimal: false, truthAboveHalf: false };

/** A place at which simulators differ: a power or `pwr` of what may be negative, `log`, `^`, a condition that is no truth, `u(0)`. */
export type Trap = "signed-power" | "unsigned-power" | "log" | "caret" | "truth" | "step-at-zero";
