import type { Column, Measured, Result } from "../result/result.js";

/** Raised when a reader of the old documents could misread the new ones. */
export const schemaVersion = 1;

/** What someone needs to make the same result again. */
export interface Provenance {
  readonly title: string;
  /** The netlist's name, usually its path. */
  readonly netlist: string;
  /** Of the netlist's text, in hexadecimal. */
  readonly sha256: string;
  /** In ISO 8601. */
  readonly date: string;
  /** Of pinched. */
  readonly version: string;
  /** Of the JavaScript engine's host. */
  readonly node: string;
  readonly seed: number;
  /** Every option in force. */
  readonly options: object;
  readonly include: readonly string[];
  /** Overrides of parameters, as they were given. */
  readonly set: Readonly<Record<string, string>>;
}

/**
 * CPU seconds of a process, of all its threads: from its start until the first analysis begins, from there until the last
 * has ended, and from there until the files are written.
 */
export interface CpuSeconds {
  readonly reading: number;
  readonly solving: number;
  readonly writing: number;
}

/** What a document reports; a simulation is one. */
export interface Report {
  readonly results: readonly Result[];
  readonly measures?: readonly Measured[];
  readonly diagnostics?: readonly Complaint[];
  readonly failedAsserts?: readonly Complaint[];
  readonly cpu?: CpuSeconds;
}

/** A diagnostic, as far as it is reported. */
interface Complaint {
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly help?: string;
  readonly span?: {
    readonly start: number;
    readonly source: {
      readonly name: string;
      locate(offset: number): { readonly line: number; readonly column: number };
    };
  };
}

const chunkValues = 20_000;

/**
 * A report as one JSON document, in pieces, for a long run's document is longer than a string may be. It keeps to
 * `resultSchema`; numbers are the shortest that read back the same, those that JSON cannot hold are `null`.
 */
export function* jsonChunks(report: Report, provenance: Provenance): Generator<string> {
  yield `{${membersOf(provenance)},"results":[`;
  for (const [k, result] of report.results.entries()) yield* resultChunks(result, k > 0);
  const { measures = [], diagnostics = [], failedAsserts = [], cpu } = report;
  yield `],"measures":${JSON.stringify(measures)}`;
  yield `,"diagnostics":${JSON.stringify(diagnostics.map(reported))}`;
  yield `,"failedAsserts":${JSON.stringify(failedAsserts.map(reported))}`;
  yield `${cpu === undefined ? "" : `,"cpu":${JSON.stringify(cpu)}`}}\n`;
}

/** The measures alone, with what made them. */
export function measuresText(measures: readonly Measured[], provenance: Provenance): string {
  return `${JSON.stringify({ schemaVersion, ...provenance, measures }, undefined, 2)}\n`;
}

const membersOf = (provenance: Provenance): string => JSON.stringify({ schemaVersion, ...provenance }).slice(1, -1);

function* resultChunks({ columns, tables, ...rest }: Result, follows: boolean): Generator<string> {
  yield `${follows ? "," : ""}${JSON.stringify(rest).slice(0, -1)},"columns":`;
  yield* columnList(columns);
  if (tables !== undefined) yield ',"tables":[';
  for (const [k, table] of (tables ?? []).entries()) {
    yield `${k > 0 ? "," : ""}{"name":${JSON.stringify(table.name)},"columns":`;
    yield* columnList(table.columns);
    yield "}";
  }
  yield tables === undefined ? "}" : "]}";
}

function* columnList(columns: readonly Column[]): Generator<string> {
  yield "[";
  for (const [k, column] of columns.entries()) yield* columnChunks(column, k > 0);
  yield "]";
}

function* columnChunks({ name, unit, values }: Column, follows: boolean): Generator<string> {
  yield `${follows ? "," : ""}${JSON.stringify({ name, unit }).slice(0, -1)},"values":[`;
  for (let from = 0; from < values.length; from += chunkValues) {
    const chunk = values.subarray(from, from + chunkValues);
    const texts = chunk.every(Number.isFinite) ? chunk : Array.from(chunk, jsonNumber);
    yield `${from > 0 ? "," : ""}${texts.join(",")}`;
  }
  yield "]}";
}

const jsonNumber = (value: number): string => (Number.isFinite(value) ? String(value) : "null");

function reported({ severity, code, message, help, span }: Complaint) {
  const place = span && { file: span.source.name, ...span.source.locate(span.start) };
  return { severity, code, message, ...place, ...(help !== undefined && { help }) };
}
