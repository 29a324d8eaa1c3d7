import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { readCsv } from "../../src/views/read-csv.js";
import { deck, pinched } from "../command-line.js";

/** A period of systems with ω = 1. */
export const T = 2 * Math.PI;

export type Table = ReadonlyMap<string, Float64Array>;

/** Runs lines of a netlist; gives one of its tables. */
export async function ran(lines: string, file = "qtran"): Promise<Table> {
  const { code, err } = await pinched([
    "run",
    deck("d.cir", `one\n.param T={2*pi}\n${lines}\n.end\n`),
    "-o",
    "out",
    "--no-plots",
  ]);
  expect(code, err).toBe(0);
  return tableOf(file);
}

/** Another table of the last run. */
export const tableOf = (file: string): Table =>
  new Map(readCsv(readFileSync(`out/d.${file}.csv`, "utf8")).map(({ name, values }) => [name, values]));

/** A column's value at a time that is one of its points. */
export function at(table: Table, column: string, t: number): number {
  const row = table.get("time")!.findIndex((time) => Math.abs(time - t) < 1e-9 * Math.max(1, t));
  const values = table.get(column);
  if (values === undefined || row < 0) throw new Error(`no ${column} at ${t} among ${[...table.keys()].join(" ")}`);
  return values[row]!;
}

export const near = (got: number, asked: number, bar: number, what: string): void =>
  expect(Math.abs(got - asked), `${what}: asked ${asked}, got ${got}`).toBeLessThanOrEqual(bar);
