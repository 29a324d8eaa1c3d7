import type { Column } from "../result/result.js";
import { formatCell } from "../units/quantity.js";
import { decimal, exponentOf } from "./decimal.js";
import type { Entry } from "./legend.js";
import { writtenIn } from "./si-prefix.js";
import { type LineStyle, lineStyle, mostColours, periodColour } from "./theme.js";

/** The rows `from` (included) to `to` (excluded) of a nested sweep: one run of its innermost sweep. */
export interface Branch {
  /** The outer values, `v2 = 0.5 V`. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** More branches than that are told by a strip of their colours. */
const mostNamed = 12;

/** The branches of a nested sweep: a new one wherever an outer value changes; none without outer sweeps. */
export function branchesOf(outer: readonly Column[]): readonly Branch[] {
  const rows = outer[0]?.values.length ?? 0;
  const starts: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (row === 0 || outer.some(({ values }) => !Object.is(values[row], values[row - 1]))) starts.push(row);
  }
  const writers = outer.map(writerOf);
  const nameAt = (row: number): string => writers.map((write) => write(row)).join(", ");
  return starts.map((from, k) => ({ name: nameAt(from), from, to: starts[k + 1] ?? rows }));
}

/** Values of like size share the prefix of the largest, for so they are compared at a glance. */
function writerOf({ name, unit, values }: Column): (row: number) => string {
  const sizes = values.filter((value) => value !== 0 && Number.isFinite(value)).map(Math.abs);
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  const least = sizes.reduce((a, b) => Math.min(a, b), largest);
  const written = largest === 0 || unit === "1" ? undefined : writtenIn(unit, exponentOf(largest));
  if (written === undefined || least < 0.01 * largest || written.unit.startsWith("×"))
    return (row) => `${name} = ${formatCell(values[row]!, unit)}`;
  const { exponent, unit: prefixed } = written;
  return (row) => `${name} = ${Number((values[row]! / decimal(1, exponent)).toPrecision(4))} ${prefixed}`;
}

/**
 * The look of a branch. Where several signals share a frame, the colour tells the branch and the dash the signal;
 * `signal` is undefined for a signal that is alone, whose branches differ in both.
 */
export function branchStyle(branch: number, branches: number, signal: number | undefined): LineStyle {
  const few = branches <= mostColours;
  const colour = few ? lineStyle(branch).colour : periodColour(branch, branches);
  if (signal !== undefined) return { colour, dash: lineStyle(signal).dash };
  return { colour, dash: few ? lineStyle(branch).dash : undefined };
}

/** The legend of the branches. */
export function branchEntries(branches: readonly Pick<Branch, "name">[], alone: boolean): readonly Entry[] {
  const styles = branches.map((_, k) => branchStyle(k, branches.length, alone ? undefined : 0));
  if (branches.length <= mostNamed) return branches.map(({ name }, k) => ({ kind: "line", name, style: styles[k]! }));
  const [first, last] = [branches[0]!.name, branches.at(-1)!.name];
  const name = `${first} to ${last.slice(sharedWords(first, last))}`;
  return [{ kind: "strip", name: `${name}, ${branches.length} runs`, colours: styles.map(({ colour }) => colour) }];
}

/** The length of what two names begin with alike, unless a value is named behind it that only its own name tells. */
function sharedWords(one: string, other: string): number {
  const differs = [...one].findIndex((letter, k) => letter !== other[k]);
  const length = one.lastIndexOf(" ", differs) + 1;
  return one.includes("=", length) ? 0 : length;
}
