import { Complaints, type Diagnostic } from "../text/diagnostic.js";

/** What is said of a name that a file could have defined: nothing, while such a file is missing. */
const definable: ReadonlySet<string> = new Set([
  "unknown-model",
  "unknown-subcircuit",
  "unknown-element",
  "unknown-name",
  "unknown-function",
]);

/** Collects complaints, each once: what stands in a subcircuit or a loop is read many times, but written once. */
export class DistinctComplaints extends Complaints {
  readonly #seen = new Set<string>();

  /** Whether a file is missing that may define what is asked for. */
  incomplete = false;

  /** How many errors there are. */
  errors = 0;

  override add(diagnostic: Diagnostic): void {
    const { span, code, message } = diagnostic;
    if (this.incomplete && definable.has(code)) return;
    const key = `${code} ${span?.source.name}:${span?.start} ${message}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    if (diagnostic.severity === "error") this.errors++;
    this.all.push(diagnostic);
  }

  // Asked for with every expression, so it is not counted again.
  override get failed(): boolean {
    return this.errors > 0;
  }

  /** Puts them in the order of the text: file by file as they were met, in each from its beginning to its end. */
  sort(): void {
    const files = new Map<string | undefined, number>();
    for (const { span } of this.all) if (!files.has(span?.source.name)) files.set(span?.source.name, files.size);
    const file = ({ span }: Diagnostic): number => files.get(span?.source.name)!;
    const place = ({ span }: Diagnostic): number => span?.start ?? 0;
    this.all.sort((a, b) => file(a) - file(b) || place(a) - place(b));
  }

  override error(...[code, message, span, more = {}]: Parameters<Complaints["error"]>): void {
    this.add({ severity: "error", code, message, ...(span && { span }), ...more });
  }

  override warning(...[code, message, span, more = {}]: Parameters<Complaints["warning"]>): void {
    this.add({ severity: "warning", code, message, ...(span && { span }), ...more });
  }

  override note(...[code, message, span, more = {}]: Parameters<Complaints["note"]>): void {
    this.add({ severity: "note", code, message, ...(span && { span }), ...more });
  }
}
