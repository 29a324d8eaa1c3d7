import type { Expression } from "../syntax/ast.js";
import type { Span } from "../text/source.js";
import type { Formula } from "./formula.js";
import type { Habits, Trap } from "./habits.js";

/** The names of a place that are looked up where a text was written: parameters and functions. */
export interface Names {
  /**
   * What a name means here: a parameter's value, a state's or signal's input; `temp`, `temper` and `vt` too. Undefined
   * if it means nothing here: the constants of the language (`constants.ts`) are then tried, and complaining is the
   * caller's. Who has complained already (a cycle, a parameter that failed) gives the number NaN.
   */
  name(name: string, span: Span): Formula | undefined;
  /** A user's function; it goes before a built-in one of the same name. */
  function(name: string): UserFunction | undefined;
  /** All names that may stand here, for "did you mean". */
  names(): Iterable<string>;
}

/** What the names in an expression mean at the place where it stands. */
export interface Scope extends Names {
  /** `v(a)`, `i(v1)`, `@r1[…]`; undefined after having complained. */
  probe(probe: Extract<Expression, { kind: "probe" | "setting-of" }>): Formula | undefined;
  /** A call of neither a user's function nor one of the language: `r(m1)`, `w(i,j)` of `.data`; undefined if unknown. */
  call(call: Extract<Expression, { kind: "call" }>): Formula | undefined;
  /** Makes a dynamic unknown; undefined after having complained, where none may stand. */
  dynamic(name: DynamicName, inputs: readonly Formula[], span: Span): Formula | undefined;
  /** A random function; without Monte-Carlo its nominal value. Undefined after having complained. `lot`: one draw a model. */
  random(name: RandomName, inputs: readonly Formula[], span: Span, lot: boolean): Formula | undefined;
  /** What the spellings mean in which simulators differ. */
  readonly habits: Habits;
  /** Whether `time` may stand here. */
  readonly time: boolean;
  /** Told when a name was read as a constant of the language, so that `e` and `q` get their note. */
  constant?(name: string, span: Span): void;
  /** Told of each place at which simulators differ. */
  met?(trap: Trap, span: Span): void;
  /** Gives x₁, y₁, x₂, y₂ … of the file that a `table("file.csv", x)` names; undefined after having complained. */
  table?(file: string, span: Span): readonly number[] | undefined;
}

/**
 * `.func f(x,y) {…}`. It is written into the place of its call; the names of its body are looked up where it was
 * defined, and what it probes (`v(a)`, `time`, `ddt`) is what the calling place allows.
 */
export interface UserFunction {
  readonly parameters: readonly string[];
  readonly body: Expression;
  readonly scope: Names;
}

export type DynamicName = "ddt" | "idt" | "sdt" | "delay" | "absdelay";
export type RandomName = "gauss" | "agauss" | "unif" | "aunif" | "limit" | "mc" | "flat" | "rand" | "rnd";

type Count = readonly [min: number, max: number];

/** The functions that remember, with how many arguments each takes: what they act on, then a start value or a time. */
export const dynamic: ReadonlyMap<string, Count> = new Map<DynamicName, Count>([
  ["ddt", [1, 1]],
  ["idt", [1, 2]],
  ["sdt", [1, 2]],
  ["delay", [2, 2]],
  ["absdelay", [2, 2]], // LTspice's name
]);

/** The random functions; `limit` with three arguments is the bound of `functions.ts`. */
export const random: ReadonlyMap<string, Count> = new Map<RandomName, Count>([
  ["gauss", [1, 3]],
  ["agauss", [3, 3]],
  ["unif", [2, 2]],
  ["aunif", [2, 2]],
  ["limit", [2, 2]],
  ["mc", [2, 2]],
  ["flat", [1, 1]],
  ["rand", [0, 0]],
  ["rnd", [0, 0]],
]);
