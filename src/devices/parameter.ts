import type { Unit } from "../units/unit.js";

/** What a netlist may set on a device, and what it means. */
export interface Parameter {
  readonly meaning: string;
  readonly unit: Unit;
  /** The value where the netlist gives none; `undefined`: it must be given. */
  readonly default: number | undefined;
  /** The values that make physical sense; both ends are inside. */
  readonly range: readonly [min: number, max: number];
  /** Other spellings found in published decks, lower case. */
  readonly aliases?: readonly string[];
  /** Where the value is one of a few words, the words; the number is the index into them. */
  readonly words?: readonly string[];
}

/** The parameters of a device by their lower-case names. */
export type ParameterTable = Readonly<Record<string, Parameter>>;

/** The numbers a device is evaluated with, one for each parameter, SI units. */
export type Values<Table extends ParameterTable> = { readonly [Name in keyof Table]: number };
