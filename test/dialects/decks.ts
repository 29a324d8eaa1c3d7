import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readQuantity } from "../../src/units/quantity.js";

/**
 * Decks in the habits of other simulators, written in Markdown, a file for each. Under `## feature: what it shows` stand
 *     ```spice            the deck
 *     ```ngspice MODE     the same as ngspice reads it, where it cannot read the deck itself
 *     ```file NAME        a file that the deck names
 *     ```numbers MODE     `signal @ time = value`: recorded from ngspice, with `set ngbehavior=MODE` (`none`: without)
 *     ```numbers closed   …: worked out in the text above
 *     ```says             `severity[code]`, for errors with the line: all that is said of the deck, in order
 * `npm run agreement` records the numbers anew (`test/agreement/dialects.mjs`).
 */
export interface Deck {
  /** `LTspice`: whose habits they are. */
  readonly simulator: string;
  readonly feature: string;
  readonly title: string;
  readonly netlist: string;
  readonly files: ReadonlyMap<string, string>;
  readonly peer: { readonly netlist: string; readonly mode: string } | undefined;
  readonly numbers: readonly Wanted[];
  readonly says: readonly string[];
  /** The section's own text. */
  readonly section: string;
}

/** A number that a deck gives. */
export interface Wanted {
  readonly signal: string;
  /** Where on the axis; undefined for an operating point or a measure. */
  readonly at: number | undefined;
  readonly value: number;
  /** Worked out, not recorded. */
  readonly closed: boolean;
}

export const folder = import.meta.dirname;
export const deckFiles: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith(".md") && name !== "results.md")
  .sort();

/** All decks of a file. */
export function decksOf(file: string): readonly Deck[] {
  const text = readFileSync(join(folder, file), "utf8");
  const simulator = /^# Decks in the habits of (.+)$/m.exec(text)![1]!;
  return text
    .split(/^(?=## )/m)
    .slice(1)
    .map((section) => deckOf(section, simulator));
}

function deckOf(section: string, simulator: string): Deck {
  const [, feature, title] = /^## ([^:]+): (.+)$/m.exec(section)!;
  const fences = [...section.matchAll(/^```(\w+)(?: (.+))?\n([\s\S]*?)^```$/gm)].map(([, kind, word, body]) => ({
    kind: kind!,
    word: word ?? "",
    body: body!,
  }));
  const fence = (kind: string) => fences.find((it) => it.kind === kind);
  const netlist = fence("spice")!.body;
  const numbers = fences.filter(({ kind }) => kind === "numbers");
  const spelled = fence("ngspice");
  const mode = spelled?.word ?? numbers.find(({ word }) => word !== "closed")?.word;
  return {
    simulator,
    feature: feature!,
    title: title!,
    netlist,
    files: new Map(fences.filter(({ kind }) => kind === "file").map(({ word, body }) => [word, body])),
    peer: mode === undefined ? undefined : { netlist: spelled?.body ?? netlist, mode },
    numbers: numbers.flatMap(({ word, body }) => linesOf(body).map((line) => wanted(line, word === "closed"))),
    says: linesOf(fence("says")?.body),
    section,
  };
}

const linesOf = (body = ""): string[] => body.split("\n").filter((line) => line !== "");

function wanted(line: string, closed: boolean): Wanted {
  const [, signal, at, value] = /^(\S+)(?: @ (\S+))? = (\S+)$/.exec(line)!;
  return { signal: signal!, at: at === undefined ? undefined : quantity(at), value: quantity(value!), closed };
}

function quantity(text: string): number {
  const reading = readQuantity(text);
  if ("error" in reading) throw new Error(reading.error);
  return reading.value;
}

/** The value of a curve at `t`: the point itself where it is one, else by the cubic through the four points around it. */
export function valueAt(axis: ArrayLike<number>, values: ArrayLike<number>, t: number): number {
  const last = axis.length - 1;
  let k = 0;
  while (k < last && axis[k]! < t - 1e-9 * Math.abs(t)) k++;
  if (Math.abs(axis[k]! - t) <= 1e-9 * Math.abs(t)) return values[k]!;
  const first = Math.max(0, Math.min(k - 2, last - 3));
  const four = [0, 1, 2, 3].map((n) => first + n);
  const weight = (n: number) =>
    four.reduce((product, m) => (m === n ? product : (product * (t - axis[m]!)) / (axis[n]! - axis[m]!)), 1);
  return four.reduce((sum, n) => sum + values[n]! * weight(n), 0);
}
