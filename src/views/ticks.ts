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

/** Ticks for a domain, about `wanted` of them with labels. */
export function ticksOf(domain: Domain, unit: Unit, wanted: number): Ticks {
  return domain.log ? logTicks(domain, unit, wanted) : linearTicks(domain, unit, wanted);
}

/** Multiples of 1, 2 or 5 times a power of ten, in the SI prefix of the largest of them. */
function linearTicks({ low, high }: Domain, unit: Unit, wanted: number): Ticks {
  const { digit, exponent } = roundStep((high - low) / wanted);
  const step = decimal(digit, exponent);
  const slip = 1e-9; // a tick at the very end is not lost to rounding
  const first = Math.ceil(low / step - slip);
  const multiples = Array.from({ length: Math.floor(high / step + slip) - first + 1 }, (_, k) => (first + k) * digit);
  const largest = multiples.reduce((sofar, multiple) => Math.max(sofar, Math.abs(multiple)), 0);
  const written = writtenIn(unit, largest === 0 ? exponent : exponentOf(decimal(largest, exponent)));
  const places = Math.max(0, written.exponent - exponent);
  const marks = multiples.map((multiple) => ({
    value: decimal(multiple, exponent),
    label: withMinus(decimal(multiple, exponent - written.exponent).toFixed(places)),
  }));
  return { marks, minor: [], unit: written.unit };
}

/** The number 1, 2, 5 or 10 × 10ⁿ that is nearest to `wanted` by its ratio. */
function roundStep(wanted: number): { readonly digit: number; readonly exponent: number } {
  const exponent = exponentOf(wanted);
  const mantissa = wanted / decimal(1, exponent);
  if (mantissa >= Math.sqrt(50)) return { digit: 1, exponent: exponent + 1 };
  return { digit: mantissa >= Math.sqrt(10) ? 5 : mantissa >= Math.SQRT2 ? 2 : 1, exponent };
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
  const few = multiples([1, 2, 5]);
  if (few.length >= 3) return { marks: labelled(few), minor: multiples([3, 4, 6, 7, 8, 9]), unit: write.unit };
  const all = multiples([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  if (all.length >= 2) return { marks: labelled(all), minor: [], unit: write.unit };
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
  const digit = Math.round(value / decimal(1, exponent));
  return `${decimal(digit, exponent - written.exponent)} ${written.unit}`;
}

function scientific(value: number): string {
  const exponent = exponentOf(value);
  const digit = Math.round(value / decimal(1, exponent));
  return `${digit === 1 ? "" : `${digit}·`}${powerOfTen(exponent)}`;
}

/** With the true minus sign: in a picture a hyphen is too short. */
const withMinus = (label: string): string => label.replace("-", "−");
