import type { Span } from "./source.js";

export type Severity = "error" | "warning" | "note";

/** Something the user should know about what they wrote. */
export interface Diagnostic {
  readonly severity: Severity;
  /** A stable name of the kind of complaint, such as `unknown-parameter`. */
  readonly code: string;
  /** What is wrong: one sentence, first what was found, then what may stand there. */
  readonly message: string;
  /** Absent only where no place of a netlist is meant (an option of the command line). */
  readonly span?: Span;
  /** Other places that explain it. */
  readonly notes?: readonly { readonly message: string; readonly span?: Span }[];
  /** What to do now, where we know. */
  readonly help?: string;
}

/** Carries the diagnostics of a stage that could not go on: at least one of them is an error. */
export class NetlistError extends Error {
  override readonly name = "NetlistError";
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => render(diagnostic)).join("\n\n"));
  }
}

/** Ends an analysis that cannot go on though nothing is wrong with its netlist; what was done before it is kept. */
export class AnalysisError extends NetlistError {}

/** Collects what a stage has to say; `settle` ends the stage. */
export class Complaints {
  readonly all: Diagnostic[] = [];

  add(diagnostic: Diagnostic): void {
    this.all.push(diagnostic);
  }

  error(
    code: string,
    message: string,
    span: Span | undefined,
    more: Partial<Pick<Diagnostic, "notes" | "help">> = {},
  ): void {
    this.all.push({ severity: "error", code, message, ...(span && { span }), ...more });
  }

  warning(
    code: string,
    message: string,
    span: Span | undefined,
    more: Partial<Pick<Diagnostic, "notes" | "help">> = {},
  ): void {
    this.all.push({ severity: "warning", code, message, ...(span && { span }), ...more });
  }

  note(
    code: string,
    message: string,
    span: Span | undefined,
    more: Partial<Pick<Diagnostic, "notes" | "help">> = {},
  ): void {
    this.all.push({ severity: "note", code, message, ...(span && { span }), ...more });
  }

  get failed(): boolean {
    return this.all.some(({ severity }) => severity === "error");
  }

  /** Whether the same has been said of the same place, so that it would not be said again. */
  said(_again: Pick<Diagnostic, "code" | "message" | "span">): boolean {
    return false;
  }

  /** Throws everything collected if any of it is an error. */
  settle(): void {
    if (this.failed) throw new NetlistError(this.all);
  }
}

/** How a word of the output is coloured; the identity where colours are unwanted. */
export type Paint = (severity: Severity | "help" | "gutter", text: string) => string;

/** A diagnostic as a person reads it: the message, the line, a caret under the fault. */
export function render(diagnostic: Diagnostic, paint: Paint = (_, text) => text): string {
  const { severity, code, message, span, notes = [], help } = diagnostic;
  return [
    `${paint(severity, `${severity}[${code}]`)}: ${message}`,
    ...(span ? [excerpt(span, paint)] : []),
    ...notes.flatMap((note) => [
      `${paint("note", "note")}: ${note.message}`,
      ...(note.span ? [excerpt(note.span, paint)] : []),
    ]),
    ...(help === undefined ? [] : [`${paint("help", "help")}: ${help}`]),
  ].join("\n");
}

/** At most this much of a line is shown: a line may have megabytes. */
const shownWidth = 160;

function excerpt({ source, start, end }: Span, paint: Paint): string {
  const { line, column } = source.locate(start);
  const whole = source.line(line);
  const from = column > shownWidth ? column - shownWidth / 2 : 1;
  const text = whole.slice(from - 1, from - 1 + shownWidth).replaceAll("\t", " ");
  const at = column - from + 1;
  const width = Math.max(1, Math.min(end - start, text.length - at + 1));
  const gutter = " ".repeat(String(line).length);
  return [
    `${gutter}${paint("gutter", "-->")} ${source.name}:${line}:${column}`,
    `${gutter} ${paint("gutter", "|")}`,
    `${line} ${paint("gutter", "|")} ${text}`,
    `${gutter} ${paint("gutter", "|")} ${" ".repeat(at - 1)}${paint("error", "^".repeat(width))}`,
  ].join("\n");
}
