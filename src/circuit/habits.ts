import { type Habits, plainHabits, type Trap } from "../expressions/habits.js";
import type { Options } from "./circuit.js";
import type { Elaboration } from "./elaboration.js";

type Dialect = Options["dialect"];

const ltspice: Habits = { caretIsPower: false, logIsDecimal: false, truthAboveHalf: true };
const xyce: Habits = { caretIsPower: true, logIsDecimal: true, truthAboveHalf: false };

/** What spellings mean in a deck of a dialect. */
export const habitsOf = (dialect: Dialect): Habits =>
  dialect === "ltspice" ? ltspice : dialect === "xyce" ? xyce : plainHabits;

interface Told {
  readonly code: string;
  readonly message: string;
  readonly help: string;
  readonly severity?: "warning";
}

const plainTruth: Told = {
  code: "truth-threshold",
  message: "This condition is no comparison: it holds where it is not 0; in LTspice it holds above 0.5.",
  help: "write the comparison that is meant: `x>0.5`, or `x!=0`.",
};

/** What is said where simulators differ: in which dialects, and what is meant here. What is not listed is read as the dialect's own simulator reads it. */
const told: Readonly<Record<Trap, Partial<Readonly<Record<Dialect, Told>>>>> = {
  "signed-power": {
    ngspice: {
      code: "signed-power",
      message: "This power is the mathematical one, x^y, also where x is negative; ngspice takes |x|^y.",
      help: "for ngspice's value write `pwr(x,y)`. Only the first such power is told of.",
    },
  },
  "unsigned-power": both("auto", "ngspice", {
    code: "unsigned-power",
    message:
      "`pwr(x,y)` is |x|^y, as in LTspice, PSpice and Xyce; in ngspice's sources and in HSPICE it has the sign of x.",
    help: "for the latter write `pwrs(x,y)`. Only the first one is told of.",
  }),
  log: {
    auto: {
      code: "natural-log",
      message: "`log` is the natural logarithm, as in ngspice, LTspice and PSpice; Xyce takes base 10.",
      help: "`ln` and `log10` are clear everywhere. Only the first `log` is told of.",
    },
    xyce: {
      code: "decimal-log",
      message: "`log` is of base 10, as in Xyce; elsewhere it is the natural logarithm.",
      help: "`ln` and `log10` are clear everywhere. Only the first `log` is told of.",
    },
  },
  caret: {
    xyce: {
      severity: "warning",
      code: "caret-in-xyce",
      message: "`^` is read as a power; Xyce reads it so with `-hspice-ext math` only, else as the exclusive or.",
      help: "write `**` for a power. Only the first `^` is told of.",
    },
  },
  truth: {
    auto: plainTruth,
    ltspice: {
      code: "truth-threshold",
      message:
        "This condition is no comparison: it holds above 0.5, as in LTspice; elsewhere it holds where it is not 0.",
      help: plainTruth.help,
    },
  },
  "step-at-zero": {
    auto: {
      code: "step-at-zero",
      message: "`u(0)` is 0.5, as in ngspice; in LTspice it is 0.",
      help: "write the comparison that is meant: `if(x>0,1,0)`.",
    },
  },
};

function both(one: Dialect, other: Dialect, what: Told): Partial<Record<Dialect, Told>> {
  return { [one]: what, [other]: what };
}

/** Tells of each kind of place where simulators differ, once. */
export function tellHabits({ dialect, traps, complaints }: Elaboration): void {
  for (const [trap, { span }] of traps) {
    const what = told[trap][dialect];
    if (what === undefined || span === undefined) continue;
    const { code, message, help } = what;
    if (what.severity === "warning") complaints.warning(code, message, span, { help });
    else complaints.note(code, message, span, { help });
  }
}
