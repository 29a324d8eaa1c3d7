import type { Gaps } from "../syntax/gaps.js";
import { Complaints, type Diagnostic } from "../text/diagnostic.js";
import type { Span } from "../text/source.js";

/** What is said of a name that a file could have defined: nothing, while such a file is missing. */
const definable: ReadonlySet<string> = new Set([
  "unknown-model",
  "unknown-subcircuit",
  "unknown-element",
  "unknown-name",
  "unknown-function",
]);

/** What is said of a name that any card could have made: nothing, where a block or this card could not be read. */
const makeable: ReadonlySet<string> = new Set([
  ...definable,
  "unknown-node",
  "unknown-device",
  "no-match",
  "expected-signal",
]);

/** Collects complaints, each once: what stands in a subcircuit or a loop is read many times, but written once. */
export class DistinctComplaints extends Complaints {
  readonly #seen = new Set<string>();

  /** Whether a file is missing that may define what is asked for. */
  incomplete = false;

  /** Whether a block is, which may hold it. */
  #torn = false;

  readonly #broken: Span[] = [];
  /** What stands on the cards that could not be read. */
  readonly #words = new Set<string>();

  /** Whether anything of the netlist could not be read. */
  get lacking(): boolean {
    return this.incomplete || this.#broken.length > 0;
  }

  /** Forgives from now on what follows from the gaps of a file. */
  lack({ cards, anything }: Gaps): void {
    this.#torn ||= anything;
    this.incomplete ||= anything;
    this.#broken.push(...cards);
    for (const span of cards) for (const word of wordsAt(span)) this.#words.add(word);
  }

  /** A card that could not be read has been told of; so has the lack of a name that stands on it. */
  #follows({ code, span }: Diagnostic): boolean {
    if ((this.incomplete && definable.has(code)) || (this.#torn && makeable.has(code))) return true;
    if (span === undefined || this.#broken.length === 0) return false;
    const onBroken = this.#broken.some(
      (it) => it.source === span.source && it.start <= span.start && span.end <= it.end,
    );
    if (onBroken) return true;
    const words = makeable.has(code) ? wordsAt(span) : code === "expected-number" ? parametersAt(span) : [];
    return words.some((word) => this.#words.has(word));
  }

  /** How many errors there are. */
  errors = 0;

  override add(diagnostic: Diagnostic): void {
    if (this.lacking && this.#follows(diagnostic)) return;
    if (this.said(diagnostic)) return;
    this.#seen.add(keyOf(diagnostic));
    if (diagnostic.severity === "error") this.errors++;
    this.all.push(diagnostic);
  }

  override said(again: Pick<Diagnostic, "code" | "message" | "span">): boolean {
    return this.#seen.has(keyOf(again));
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

const keyOf = ({ code, message, span }: Pick<Diagnostic, "code" | "message" | "span">): string =>
  `${code} ${span?.source.name}:${span?.start} ${message}`;

/** The names at a place: of `x1.r1` its pieces. */
const wordsAt = ({ source, start, end }: Span): readonly string[] =>
  source.text
    .slice(start, end)
    .toLowerCase()
    .match(/[^\s,(){}'"=;:.!*+/-]+/g) ?? [];

/** Those of them that a parameter may have. */
const parametersAt = (span: Span): readonly string[] => wordsAt(span).filter((word) => !/^\d/.test(word));
