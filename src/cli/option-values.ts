import { InvalidArgumentError } from "commander";
import { similar } from "../text/similar.js";

export type Format = "csv" | "raw" | "json" | "prn";
const knownFormats: readonly string[] = ["csv", "raw", "json", "prn"] satisfies Format[];

/** Data formats parted by commas, each once. */
export function formats(text: string): readonly Format[] {
  const words = text.split(",").map((word) => word.trim().toLowerCase());
  const odd = words.find((word) => !knownFormats.includes(word));
  if (odd !== undefined) {
    const near = similar(odd, knownFormats);
    throw new InvalidArgumentError(
      `\`${odd}\` is no format; there are csv, raw, json and prn.${near ? ` Did you mean ${near}?` : ""}`,
    );
  }
  return [...new Set(words)] as Format[];
}

/** An option that may be given several times. */
export const collect = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

/** A path: anything but nothing, which is what an unset variable of a shell leaves. */
export function path(text: string): string {
  if (text === "") throw new InvalidArgumentError("It is empty.");
  return text;
}

/** `name=value`; the value is an expression of the netlist language. */
export function setting(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const at = text.indexOf("=");
  const name = text.slice(0, at).trim().toLowerCase();
  const value = text.slice(at + 1).trim();
  if (at < 0 || name === "" || value === "") throw new InvalidArgumentError("Write NAME=VALUE, such as ron=200.");
  if (!/^[a-z_][\w.:]*$/.test(name)) throw new InvalidArgumentError(`\`${name}\` cannot be the name of a parameter.`);
  return { ...before, [name]: value };
}

export function seed(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number)) {
    throw new InvalidArgumentError("A seed is a whole number, 0 or more.");
  }
  return number;
}

/** A whole number from 0 on. */
export function whole(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number)) {
    throw new InvalidArgumentError("Write a whole number, 0 or more.");
  }
  return number;
}

/** More threads than any machine has cores are a slip. */
const mostThreads = 1024;

/** How many threads; `auto`: as many as the process may use cores. */
export function threads(text: string): number | "auto" {
  if (text.toLowerCase() === "auto") return "auto";
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > mostThreads) {
    throw new InvalidArgumentError(`Write a whole number from 1 to ${mostThreads}, or auto for one a core.`);
  }
  return number;
}

export function positive(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !(number > 0) || !Number.isFinite(number)) {
    throw new InvalidArgumentError("Write a number above 0.");
  }
  return number;
}

/** At most this many rows or columns: a million cells, beyond which a netlist is no start for anything. */
const mostLines = 1000;

export function count(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > mostLines) {
    throw new InvalidArgumentError(`Write a whole number from 1 to ${mostLines}.`);
  }
  return number;
}

/** Counts parted by commas. */
export const counts = (text: string): readonly number[] => text.split(",").map((word) => count(word.trim()));
