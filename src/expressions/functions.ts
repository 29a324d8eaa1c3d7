import * as elementary from "./elementary.js";
import { EndlessPolyline, type Interpolant, MonotoneCubic, Polyline, unzip } from "./interpolants.js";
import { lcg } from "./lcg.js";
import * as powers from "./powers.js";
import { spellings } from "./spellings.js";

/** ∂/∂xₖ of a function at x, where y is its value there. */
export type Slope = (y: number, ...x: number[]) => number;

/** Something that calls can be built in: a graph of nodes. */
export interface Algebra<T> {
  number(value: number): T;
  call(name: string, operands: readonly T[]): T;
}

/** A function or an operator that a formula may call. */
export interface PureFunction {
  readonly name: string;
  /** How many arguments it takes. */
  readonly arguments: readonly [min: number, max: number];
  /** NaN outside its domain. */
  readonly value: (...x: number[]) => number;
  /** By argument; beyond the end the slope is 0 wherever there is one. */
  readonly slopes: readonly Slope[];
  /** `bends`: continuous, but its slope jumps; `jumps`: not continuous. */
  readonly nature: "smooth" | "bends" | "jumps";
  /** Quantities at whose change of sign it bends or jumps. */
  readonly switches?: <T>(x: readonly T[], algebra: Algebra<T>) => readonly T[];
  /** How many of its first arguments are read as truths (not 0) rather than as numbers. */
  readonly truths?: number;
  /** Its value written in JavaScript, where a call would cost more than the work. */
  readonly code?: (...x: string[]) => string;
  /** For a curve through points: makes it of x₁, y₁, x₂, y₂ …, the arguments behind the first. */
  readonly interpolant?: (points: readonly number[]) => Interpolant;
}

type Switches = NonNullable<PureFunction["switches"]>;

const smooth = (name: string, value: PureFunction["value"], slopes: readonly Slope[]): PureFunction => ({
  name,
  arguments: [slopes.length, slopes.length],
  value,
  slopes,
  nature: "smooth",
});

const bends = (
  name: string,
  value: PureFunction["value"],
  switches: Switches,
  slopes: readonly Slope[],
): PureFunction => ({ ...smooth(name, value, slopes), nature: "bends", switches });

const jumps = (name: string, takes: number, value: PureFunction["value"], switches: Switches): PureFunction => ({
  ...smooth(name, value, []),
  arguments: [takes, takes],
  nature: "jumps",
  switches,
});

const argument: Switches = ([x]) => [x!];
const difference: Switches = ([a, b], { call }) => [call("-", [a!, b!])];
/** Changes its sign at each integer. */
const integers: Switches = ([x], { number, call }) => [call("sin", [call("*", [number(Math.PI), x!])])];
/** Changes its sign midway between integers. */
const halves: Switches = ([x], { number, call }) => [call("cos", [call("*", [number(Math.PI), x!])])];
const aboveHalf: Switches = ([x], { number, call }) => [call("-", [x!, number(0.5)])];
const nowhere: Switches = () => [];

const comparison = (name: string, opposite: string, value: (a: number, b: number) => number): PureFunction => ({
  ...jumps(name, 2, value, difference),
  code: (a, b) => `${a}${name}${b}?1:${a}${opposite}${b}?0:NaN`,
});

const truth = (name: string, truths: number, value: PureFunction["value"]): PureFunction => ({
  ...jumps(name, truths, value, nowhere),
  truths,
});

const curve = (name: string, interpolant: (points: readonly number[]) => Interpolant): PureFunction => ({
  ...bends(
    name,
    (x, ...points) => interpolant(points).value(x),
    nowhere, // its corners are those of the interpolant
    [(_, x, ...points) => interpolant(points).slope(x)],
  ),
  arguments: [3, Infinity],
  interpolant,
});

const lessEqual = (a: number, b: number): number => (a <= b ? 1 : a > b ? 0 : NaN);
const equal = (a: number, b: number): number => (a === b ? 1 : Number.isNaN(a) || Number.isNaN(b) ? NaN : 0);
const sum = (...terms: number[]): number => terms.reduce((before, term) => before + term);
const product = (...factors: number[]): number => factors.reduce((before, factor) => before * factor);

const operators: readonly PureFunction[] = [
  { ...smooth("+", sum, [() => 1]), arguments: [1, Infinity] },
  smooth("-", (a, b) => a - b, [() => 1, () => -1]),
  { ...smooth("*", product, [(_, _a, b) => b, (_, a) => a]), arguments: [1, Infinity] },
  smooth("/", (a, b) => a / b, [(_, _a, b) => 1 / b, (y, _a, b) => -y / b]),
  smooth("neg", (a) => -a, [() => -1]),
  smooth("pow", powers.pow, [powers.powByBase, powers.powByExponent]),
  {
    ...jumps(
      "%",
      2,
      (a, b) => a % b,
      ([a, b], of) => integers([of.call("/", [a!, b!])], of),
    ),
    slopes: [() => 1, (_, a, b) => -Math.trunc(a / b)],
  },
  comparison("<", ">=", (a, b) => elementary.not(lessEqual(b, a))),
  comparison(">", "<=", (a, b) => elementary.not(lessEqual(a, b))),
  comparison("<=", ">", lessEqual),
  comparison(">=", "<", (a, b) => lessEqual(b, a)),
  // Two quantities that vary are equal for an instant only: no event.
  jumps("==", 2, equal, nowhere),
  jumps("!=", 2, (a, b) => elementary.not(equal(a, b)), nowhere),
  truth("&&", 2, elementary.and),
  truth("||", 2, elementary.or),
  truth("!", 1, elementary.not),
  {
    ...truth("if", 1, elementary.choose),
    arguments: [3, 3],
    slopes: [() => 0, (_, c) => (c === 0 ? 0 : 1), (_, c) => (c === 0 ? 1 : 0)],
  },
];

const exponentials: readonly PureFunction[] = [
  smooth("exp", Math.exp, [(y) => y]),
  smooth("limexp", elementary.limexp, [(_, x) => elementary.limexpSlope(x)]),
  smooth("logistic", elementary.logistic, [(_, x) => elementary.logisticSlope(x)]),
  smooth("ln", Math.log, [(_, x) => 1 / x]),
  smooth("log10", Math.log10, [(_, x) => Math.LOG10E / x]),
  smooth("log2", Math.log2, [(_, x) => Math.LOG2E / x]),
  smooth("sqrt", Math.sqrt, [powers.sqrtSlope]),
  bends("pwr", powers.pwr, argument, [powers.pwrByBase, powers.pwrByExponent]),
  bends("pwrs", powers.pwrs, argument, [powers.pwrsByBase, powers.pwrsByExponent]),
  smooth("sinh", elementary.sinh, [elementary.coshOfSinh]),
  smooth("cosh", elementary.cosh, [(_, x) => elementary.sinh(x)]),
  smooth("tanh", Math.tanh, [(y) => 1 - y * y]),
  smooth("asinh", Math.asinh, [(_, x) => 1 / Math.sqrt(x * x + 1)]),
  smooth("acosh", Math.acosh, [(_, x) => 1 / Math.sqrt((x - 1) * (x + 1))]),
  smooth("atanh", Math.atanh, [(_, x) => 1 / ((1 - x) * (1 + x))]),
];

const angles: readonly PureFunction[] = [
  smooth("sin", Math.sin, [(_, x) => Math.cos(x)]),
  smooth("cos", Math.cos, [(_, x) => -Math.sin(x)]),
  smooth("tan", Math.tan, [(y) => 1 + y * y]),
  smooth("asin", Math.asin, [(_, x) => 1 / Math.sqrt((1 - x) * (1 + x))]),
  smooth("acos", Math.acos, [(_, x) => -1 / Math.sqrt((1 - x) * (1 + x))]),
  smooth("atan", Math.atan, [(_, x) => 1 / (1 + x * x)]),
  {
    ...jumps("atan2", 2, Math.atan2, argument), // from −π to π where y changes its sign and x is negative
    slopes: [(_, y, x) => x / (x * x + y * y), (_, y, x) => -y / (x * x + y * y)],
  },
];

/** sign(x) is sgn(x); sign(x, y) has the size of x and the sign of y. */
const sign = (x: number, y?: number): number => (y === undefined ? Math.sign(x) : Math.abs(x) * Math.sign(y));

const steps: readonly PureFunction[] = [
  jumps("u", 1, elementary.step, argument),
  jumps("sgn", 1, Math.sign, argument),
  // LTspice's gates: of a voltage between 0 and 1 V.
  jumps("buf", 1, elementary.buf, aboveHalf),
  jumps("inv", 1, (x) => elementary.not(elementary.buf(x)), aboveHalf),
  {
    ...jumps("sign", 1, sign, (x) => [x.at(-1)!]),
    arguments: [1, 2],
    slopes: [(_, x, y?: number) => (y === undefined ? 0 : (x < 0 ? -1 : 1) * Math.sign(y))],
  },
  jumps("floor", 1, Math.floor, integers),
  jumps("ceil", 1, Math.ceil, integers),
  jumps("int", 1, Math.trunc, integers),
  jumps("nint", 1, elementary.nint, halves),
  jumps("round", 1, elementary.round, halves),
  jumps("lcg", 2, lcg, nowhere),
];

const { limit, limitChoice } = elementary;

const bounds: readonly PureFunction[] = [
  bends("abs", Math.abs, argument, [(_, x) => (x < 0 ? -1 : 1)]),
  bends("uramp", (x) => Math.max(x, 0), argument, [(_, x) => (x < 0 ? 0 : 1)]),
  {
    ...bends("min", Math.min, difference, [(_, a, b) => (a <= b ? 1 : 0), (_, a, b) => (a <= b ? 0 : 1)]),
    arguments: [2, Infinity],
  },
  {
    ...bends("max", Math.max, difference, [(_, a, b) => (a >= b ? 1 : 0), (_, a, b) => (a >= b ? 0 : 1)]),
    arguments: [2, Infinity],
  },
  bends(
    "limit",
    limit,
    ([x, a, b], { call }) => [call("-", [x!, a!]), call("-", [x!, b!])],
    ([0, 1, 2] as const).map((k) => (_, x, a, b) => (limitChoice(x!, a!, b!) === k ? 1 : 0)),
  ),
  bends("hypot", Math.hypot, nowhere, [(y, a) => (y === 0 ? 0 : a / y), (y, _, b) => (y === 0 ? 0 : b / y)]),
];

const curves: readonly PureFunction[] = [
  curve("table", (points) => new Polyline(...unzip(points))),
  curve("pwl", (points) => new EndlessPolyline(...unzip(points))),
  curve("spline", (points) => new MonotoneCubic(...unzip(points))),
];

const entries = [...operators, ...exponentials, ...angles, ...steps, ...bounds, ...curves].map(
  (entry) => [entry.name, entry] as const,
);
const byName = new Map(entries);

/** All functions and operators of formulas. What does not stand here does not exist. */
export const functions: ReadonlyMap<string, PureFunction> = new Map([
  ...entries,
  ...Object.entries(spellings).map(([name, meant]) => [name, byName.get(meant)!] as const),
]);

/** An entry of the list by any of its names; a formula that calls another was made wrongly. */
export function functionOf(name: string): PureFunction {
  const found = functions.get(name);
  if (found === undefined) throw new Error(`A formula calls \`${name}\`, which is not in the list of functions.`);
  return found;
}

/** Entries that are not called by name: an operator, and what formulas make of a state that stands by its logit. */
const unnamed: readonly string[] = ["neg", "logistic"];

/** Whether users may call it so. */
export const isCallable = (name: string): boolean =>
  /^[a-z]/.test(name) && !unnamed.includes(name) && functions.has(name);
