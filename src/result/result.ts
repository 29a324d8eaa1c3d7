import type { Unit } from "../units/unit.js";

/** What an analysis found: named columns with units, and what it cost. */
export interface Result {
  readonly analysis: "op" | "dc" | "tran" | "ac" | "noise" | "qtran" | "train" | "test" | "channel";
  /** A training's name, or a channel's. */
  readonly name?: string;
  /** The place of its card among the netlist's analyses, from 0. */
  readonly card: number;
  readonly title: string;
  /** The first column is the axis (time, swept value), unless the result is a single point. */
  readonly columns: readonly Column[];
  /** How many leading columns are axes: 0 for an operating point, 1 for a transient, as many as sweeps for `.dc`. */
  readonly axes: number;
  /** `complete`, or why the run ended early; what was found until then stands in the columns. */
  readonly ended: "complete" | "failed" | "interrupted";
  readonly statistics: Statistics;
  /** Of several runs of the netlist: which rows are whose; the leading columns say it too. Undefined: of one run. */
  readonly runs?: RunRows;
  /** Further tables, written beside it under their names: `weights` of a training. */
  readonly tables?: readonly Table[];
}

/** The rows of a result that several runs made. */
export interface RunRows {
  /** How many leading columns tell the run: its number, then what was stepped. They count among the axes. */
  readonly leading: number;
  /** In their order, with `from` included and `to` excluded. */
  readonly spans: readonly RunSpan[];
}

export interface RunSpan {
  /** From 1. */
  readonly run: number;
  /** What it was run with: `r=1000, temp=27`; empty where nothing is stepped. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export interface Table {
  readonly name: string;
  /** The whole name that the netlist gives its file; undefined: `STEM.….NAME.csv`. */
  readonly file?: string;
  /** Its file is `STEM.NAME.csv`, without the analysis in between. */
  readonly alone?: true;
  readonly columns: readonly Column[];
}

export interface Column {
  /** Lower case, as in a CSV header: `time`, `v(out)`. */
  readonly name: string;
  readonly unit: Unit;
  readonly values: Float64Array;
  /** Rows before which several points in a row were left out, since some signal had no value there: no curve leads over them. */
  readonly leftOut?: readonly number[];
  /** Of several runs of the netlist: what each of them has, of which `values` is put together when it is first asked for. */
  readonly parts?: readonly Float64Array[];
  /** How it scatters over realisations: columns that stand behind it, `v(m1).sd`. */
  readonly spread?: readonly Column[];
}

/** Columns, each with those of its spread behind it. */
export const withSpread = (columns: readonly Column[]): readonly Column[] =>
  columns.flatMap(({ spread = [], ...column }) => [column, ...spread]);

export interface Statistics {
  readonly method: string;
  readonly points: number;
  readonly steps: number;
  readonly rejected: number;
  readonly iterations: number;
  readonly factorizations: number;
  /** Of a training: the pulses that weights were given. */
  readonly pulses?: number;
  /** Of a training: the realisation whose numbers the netlist keeps, from 1. */
  readonly kept?: number;
  /** Of a descent: how often its cost was found. */
  readonly evaluations?: number;
  /** Of a descent by models of second order: how many products with the cost's Hessian were made. */
  readonly products?: number;
  /** Of a training of channels: the largest probability of a wrong answer that the run which is kept gives a row of its table. */
  readonly wrong?: number;
}

/** A number found in a result; `null` where nothing was found. */
export interface Measured {
  readonly name: string;
  readonly analysis: Result["analysis"];
  readonly value: number | null;
  readonly unit: Unit;
  /** Of several runs of the netlist: which, from 1. */
  readonly run?: number;
}

/** A data file that the netlist asks for by itself. */
export interface Printed {
  readonly result: Result;
  readonly format: "csv" | "raw" | "json" | "prn";
  /** Without folder; undefined: named as the analysis's other data is. */
  readonly file: string | undefined;
}
