import type { Formula } from "./formula.js";
import { functionOf } from "./functions.js";

/** A complex amplitude. */
export type Phasor = readonly [re: number, im: number];

/** What a complex amplitude can be asked for: its magnitude, phase (rad), parts, and magnitude in decibel. */
export const phasorFunctions = ["mag", "ph", "db", "re", "im"] as const;
export type PhasorFunction = (typeof phasorFunctions)[number];

const parts: Readonly<Record<PhasorFunction, (z: Phasor) => number>> = {
  mag: ([re, im]) => Math.hypot(re, im),
  ph: ([re, im]) => Math.atan2(im, re),
  db: ([re, im]) => 20 * Math.log10(Math.hypot(re, im)),
  re: ([re]) => re,
  im: ([, im]) => im,
};

const partOf = (name: string): ((z: Phasor) => number) | undefined =>
  name === "abs" ? parts.mag : Object.hasOwn(parts, name) ? parts[name as PhasorFunction] : undefined;

/** Whether a formula asks for what only complex amplitudes have. */
export const asksForPhasor = (formula: Formula): boolean =>
  formula.kind === "call" && (Object.hasOwn(parts, formula.name) || formula.arguments.some(asksForPhasor));

/** Whether a formula of complex inputs is a real number. */
export function isReal(formula: Formula): boolean {
  if (formula.kind !== "call") return formula.kind !== "input";
  return partOf(formula.name) !== undefined || formula.arguments.every(isReal);
}

/** The first function within a formula that says nothing of the complex numbers it is given; undefined if all do. */
export function withoutPhasor(formula: Formula): string | undefined {
  if (formula.kind === "time") return "time";
  if (formula.kind !== "call") return undefined;
  const inner = formula.arguments.map(withoutPhasor).find((name) => name !== undefined);
  if (inner !== undefined || partOf(formula.name) !== undefined || formula.arguments.every(isReal)) return inner;
  const name = functionOf(formula.name).name;
  if (Object.hasOwn(complex, name)) return undefined;
  return name === "pow" && formula.arguments[1]?.kind === "number" ? undefined : formula.name;
}

const times = ([a, b]: Phasor, [c, d]: Phasor): Phasor => [a * c - b * d, a * d + b * c];

function over(a: Phasor, [c, d]: Phasor): Phasor {
  const size = c * c + d * d;
  const [re, im] = times(a, [c, -d]);
  return [re / size, im / size];
}

const complex: Readonly<Record<string, (...z: readonly Phasor[]) => Phasor>> = {
  "+": (...z) => z.reduce((a, b) => [a[0] + b[0], a[1] + b[1]]),
  "-": (a, b) => [a![0] - b![0], a![1] - b![1]],
  "*": (...z) => z.reduce(times),
  "/": (a, b) => over(a!, b!),
  neg: (a) => [-a![0], -a![1]],
  sqrt: (a) => polar(Math.sqrt(parts.mag(a!)), parts.ph(a!) / 2),
  // Only states of memristors stand by their logit, and these stand still.
  logistic: () => [0, 0],
  exp: (a) => polar(Math.exp(a![0]), a![1]),
};

const polar = (size: number, angle: number): Phasor => [size * Math.cos(angle), size * Math.sin(angle)];

/** The value of a formula whose inputs are complex amplitudes; NaN where a function has no complex value. */
export function evaluatePhasor(formula: Formula, inputs: readonly Phasor[]): Phasor {
  if (formula.kind === "number") return [formula.value, 0];
  if (formula.kind === "input") return inputs[formula.index]!;
  if (formula.kind === "time") return [Number.NaN, 0];
  const part = partOf(formula.name);
  const z = formula.arguments.map((argument) => evaluatePhasor(argument, inputs));
  if (part !== undefined) return [part(z[0]!), 0];
  const of = functionOf(formula.name);
  if (formula.arguments.every(isReal)) return [of.value(...z.map(([re]) => re)), 0];
  if (of.name === "pow") {
    const [base, [exponent]] = z as [Phasor, Phasor];
    return polar(parts.mag(base) ** exponent, parts.ph(base) * exponent);
  }
  return complex[of.name]?.(...z) ?? [Number.NaN, 0];
}
