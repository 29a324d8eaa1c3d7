import type { Unit } from "../units/unit.js";
import { decimal, exponentOf, powerOfTen } from "./decimal.js";
import type { Domain } from "./scale.js";
import { writtenIn } from "./si-prefix.js";

/** Where an axis has its ticks, and how it is written. */
export interface Ticks {
  readonly marks: readonly Mark[];
  /** Places of the short ticks without a label. */
  readonly minor: readonly number[];
  /** What stands in the brackets behind the axis's name; empty where the labels say it themselves. */
  readonly unit: string;
}

export interface Mark {
  readonly value: number;
  readonly label: string;
}

/** Ticks for a domain, about `wanted` of them with labels; at whole numbers only where that is what is counted. */
export function ticksOf(domain: Domain, unit: Unit, wanted: number, whole = false): Ticks {
  return domain.log ? logTicks(domain, unit, wanted) : linearTicks(domain, unit, wanted, whole);
}

/** Multiples of 1, 2 or 5 times a power of ten, in the SI prefix of the largest of them. */
function linearTicks({ low, high }: Domain, unit: Unit, wanted: number, whole = false): Ticks {
  const { digit, exponent, multiples } = roundMultiples(low, high, wanted, whole ? 1 : 0);
  const largest = multiples.reduce((sofar, multiple) => Math.max(sofar, Math.abs(multiple)), 0) * digit;
  const written = writtenIn(unit, largest === 0 ? exponent : exponentOf(decimal(largest, exponent)));
  const places = Math.max(0, written.exponent - exponent);
  const marks = multiples.map((multiple) => ({
    value: decimal(multiple * digit, exponent),
    label: withMinus(decimal(multiple * digit, exponent - written.exponent).toFixed(places)),
  }));
  return { marks, minor: [], unit: written.unit };
}

interface RoundMultiples {
  /** The step is 1, 2 or 5 … */
  readonly digit: number;
  /** … times ten to this power. */
  readonly exponent: number;
  /** Whole numbers of steps, ascending. */
  readonly multiples: readonly number[];
}

const fewest = 3;

/** Steps finer than the wanted one are taken down to this part of it. */
const finest = 0.8;

/** The multiples of a round step between two values: about as many as are wanted, but not fewer than three if the step may be that small. */
function roundMultiples(low: number, high: number, wanted: number, leastStep: number): RoundMultiples {
  const wish = (high - low) / wanted;
  const start = exponentOf(wish) + 1;
  const round = [0, 1].flatMap((k) => [1, 5, 2].map((digit) => ({ digit, exponent: start - k - (digit > 1 ? 1 : 0) })));
  const large = round.filter(({ digit, exponent }) => decimal(digit, exponent) >= leastStep);
  const steps = large.length > 0 ? large : [{ digit: 1, exponent: 0 }];
  const first = steps.findLastIndex(({ digit, exponent }) => decimal(digit, exponent) >= finest * wish);
  const ticks = steps.slice(first).map((step) => {
    return { ...step, multiples: multiplesOf(decimal(step.digit, step.exponent), low, high) };
  });
  return ticks.find(({ multiples }) => multiples.length >= fewest) ?? ticks[0]!;
}

function multiplesOf(step: number, low: number, high: number): readonly number[] {
  const slip = 1e-9; // a tick at the very end is not lost to rounding
  const first = Math.ceil(low / step - slip);
  const count = Math.floor(high / step + slip) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, k) => first + k);
}

/** Powers of ten; over less than two decades their multiples, over many decades some of them. */
function logTicks(domain: Domain, unit: Unit, wanted: number): Ticks {
  const first = Math.floor(Math.log10(domain.low));
  const decades = Array.from({ length: Math.ceil(Math.log10(domain.high)) - first + 1 }, (_, k) => first + k);
  const inside = (value: number): boolean =>
    value >= domain.low * (1 - 1e-9) && value <= domain.high * (1 + 1e-9) && Number.isFinite(value);
  const multiples = (digits: readonly number[]): readonly number[] =>
    decades.flatMap((exponent) => digits.map((digit) => decimal(digit, exponent))).filter(inside);
  const powers = multiples([1]);
  const write = writerOf(unit, powers);
  const labelled = (values: readonly number[]) => values.map((value) => ({ value, label: write.label(value) }));
  if (powers.length >= 2) {
    const stride = Math.ceil(powers.length / wanted);
    const marks = labelled(powers.filter((power) => exponentOf(power) % stride === 0));
    return { marks, minor: stride > 1 ? powers : multiples([2, 3, 4, 5, 6, 7, 8, 9]), unit: write.unit };
  }
  const every = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  for (const digits of [[1, 2, 5], [1, 2, 3, 5, 7], every]) {
    // biome-ignore format: one thought
    const some = multiples(digits);
    const minor = every.filter((digit) => !digits.includes(digit));
    if (some.length >= fewest) return { marks: labelled(some), minor: multiples(minor), unit: write.unit };
  }
  return linearTicks(domain, unit, wanted);
}

/** On a logarithmic axis each label has its own prefix (`10 µA`), or is a power of ten where the unit takes none. */
function writerOf(unit: Unit, powers: readonly number[]): { label(value: number): string; unit: string } {
  const prefixed = writtenIn(unit, 3).unit !== writtenIn(unit, 0).unit;
  if (prefixed || unit === "s") return { label: (value) => ownPrefix(value, unit), unit: "" };
  const plain = powers.every((power) => power >= 0.01 && power <= 1e4);
  return { label: plain ? String : scientific, unit: unit === "1" ? "" : unit };
}

function ownPrefix(value: number, unit: Unit): string {
  const exponent = exponentOf(value);
  const written = writtenIn(unit, exponent);
  if (written.unit.startsWith("×")) return `${scientific(value)} ${unit}`; // beyond all prefixes
  const digit = Math.round(value / decimal(1, exponent));
  return `${decimal(digit, exponent - written.exponent)} ${written.unit}`;
}

function scientific(value: number): string {
  const exponent = exponentOf(value);
  const digit = Math.round(value / decimal(1, exponent));
  return `${digit === 1 ? "" : `${digit}·`}${powerOfTen(exponent)}`;
}

/** With the true minus sign: in a picture a hyphen is too short. */
export const withMinus = (label: string): string => label.replace("-", "−");
