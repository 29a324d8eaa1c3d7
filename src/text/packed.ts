import type { Diagnostic } from "./diagnostic.js";
import { Source, type Span } from "./source.js";

// Diagnostics as plain data, which may cross to another thread: a source is named by its place in a list that both
// sides have, or where it does not stand there by its name and text.

export interface PackedSpan {
  readonly source: number | { readonly name: string; readonly text: string };
  readonly start: number;
  readonly end: number;
}

export interface PackedDiagnostic extends Omit<Diagnostic, "span" | "notes"> {
  readonly span?: PackedSpan;
  readonly notes?: readonly { readonly message: string; readonly span?: PackedSpan }[];
}

export function packed(diagnostic: Diagnostic, sources: readonly Source[]): PackedDiagnostic {
  const { span, notes, ...rest } = diagnostic;
  const pack = (of: Span | undefined) => of && { span: packedSpan(of, sources) };
  return {
    ...rest,
    ...pack(span),
    ...(notes && { notes: notes.map((note) => ({ message: note.message, ...pack(note.span) })) }),
  };
}

export function unpacked(diagnostic: PackedDiagnostic, sources: readonly Source[]): Diagnostic {
  const { span, notes, ...rest } = diagnostic;
  const unpack = (of: PackedSpan | undefined) => of && { span: unpackedSpan(of, sources) };
  return {
    ...rest,
    ...unpack(span),
    ...(notes && { notes: notes.map((note) => ({ message: note.message, ...unpack(note.span) })) }),
  };
}

function packedSpan({ source, start, end }: Span, sources: readonly Source[]): PackedSpan {
  const place = sources.indexOf(source);
  return { source: place >= 0 ? place : { name: source.name, text: source.text }, start, end };
}

function unpackedSpan({ source, start, end }: PackedSpan, sources: readonly Source[]): Span {
  const known = typeof source === "number" ? sources[source] : new Source(source.name, source.text);
  if (known === undefined) throw new Error(`There is no source ${source}.`);
  return { source: known, start, end };
}
