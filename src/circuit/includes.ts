import type { Include, LibrarySection, Statement } from "../syntax/ast.js";
import { parseNetlist } from "../syntax/parse.js";
import { Source, type Span } from "../text/source.js";
import type { Elaboration } from "./elaboration.js";
import { openFile } from "./named-file.js";
import { nearName } from "./readings.js";

const partsOfLtspice = /(?:^|[\\/])standard\.(?:dio|bjt|mos|jft)$/i;

/** Deeper than any library that people write, and well within what the stack holds. */
const deepest = 100;

/** The statements that `.include` and `.lib` stand for. Every file is read and parsed once. */
export class Includes {
  readonly #known = new Map<Include, readonly Statement[]>();
  readonly #parsed = new Map<string, readonly Statement[] | undefined>();
  /** The file whose statement is being opened from outside all others. */
  #deck = "";
  readonly #open: { readonly key: string; readonly shown: string }[] = [];

  constructor(readonly elaboration: Elaboration) {}

  /** Calls `visit` with the statements of the file, or not at all after having complained. */
  open(include: Include, visit: (statements: readonly Statement[]) => void): void {
    const { fileSpan, file, section } = include;
    if (this.#open.length === 0) this.#deck = fileSpan.source.name;
    const source = this.#source(file, fileSpan);
    if (source === undefined) return;
    const key = `${source.name}\n${section?.toLowerCase() ?? ""}`;
    if (this.#open.some((open) => open.key === key) || this.#isAround(source, fileSpan, section)) {
      this.#complainOfCycle(source.name, fileSpan);
      return;
    }
    if (this.#open.length === deepest) {
      const message = `Files include files ${deepest} deep, which is as deep as they may.`;
      this.elaboration.complaints.error("include-depth", message, fileSpan, { help: "include them side by side." });
      return;
    }
    this.#open.push({ key, shown: source.name });
    const statements = this.#known.get(include) ?? this.#statements(include, source);
    this.#known.set(include, statements);
    visit(statements);
    this.#open.pop();
  }

  /** Reads a library that stands before the deck. */
  library(file: string): readonly Statement[] {
    const source = this.#source(file, undefined);
    return source === undefined ? [] : withoutSections(this.#parse(source) ?? []);
  }

  /** A file may hold a section and name it: only the whole file within itself is without end. */
  #isAround(source: Source, span: Span, section: string | undefined): boolean {
    return section === undefined && [this.#deck, span.source.name].includes(source.name);
  }

  #source(file: string, span: Span | undefined): Source | undefined {
    if (
      span !== undefined &&
      partsOfLtspice.test(file) &&
      !(this.elaboration.read?.(file, span.source.name) instanceof Source)
    )
      return this.#withoutParts(file, span);
    const source = openFile(file, span, this.elaboration);
    if (source === undefined) this.elaboration.complaints.incomplete = true;
    return source;
  }

  /** Every netlist that LTspice writes names its own list of parts, whether anything of it is used or not. */
  #withoutParts(file: string, span: Span): Source {
    const message = `\`${file}\` is LTspice's own list of parts, which is not here: what the deck uses of it must be in the deck.`;
    this.elaboration.complaints.note("parts-elsewhere", message, span);
    return new Source(file, "");
  }

  #statements({ section, fileSpan, file }: Include, source: Source): readonly Statement[] {
    const all = this.#parse(source);
    if (all === undefined) return [];
    const sections = all.filter((statement) => statement.kind === "library");
    if (section === undefined) return this.#outside(all, sections, file, fileSpan);
    const found = sections.find(({ name }) => name.toLowerCase() === section.toLowerCase());
    if (found !== undefined) return found.body;
    const near = nearName(
      section,
      sections.map(({ name }) => name),
    );
    const message = `The library \`${file}\` has no section \`${section}\`.`;
    const names = sections.map(({ name }) => `\`${name}\``).join(", ");
    const help = near ? `did you mean \`${near}\`?` : names ? `it has ${names}.` : "it has no sections at all.";
    this.elaboration.complaints.error("unknown-section", message, fileSpan, { help });
    return [];
  }

  #outside(all: readonly Statement[], sections: readonly LibrarySection[], file: string, span: Span) {
    if (sections.length > 0) {
      const names = sections.map(({ name }) => `\`${name}\``).join(", ");
      const message = `The sections ${names} of \`${file}\` are passed over: name one behind the file to read it.`;
      this.elaboration.complaints.note("section-unread", message, span);
    }
    return withoutSections(all);
  }

  #parse(source: Source): readonly Statement[] | undefined {
    if (this.#parsed.has(source.name)) return this.#parsed.get(source.name);
    const statements = this.#parseNew(source);
    this.#parsed.set(source.name, statements);
    return statements;
  }

  #parseNew(source: Source): readonly Statement[] | undefined {
    const { complaints } = this.elaboration;
    const { statements, gaps } = parseNetlist(source, { main: false }, complaints);
    complaints.lack(gaps);
    return statements;
  }

  #complainOfCycle(name: string, span: Span): void {
    const chain = [this.#deck, ...this.#open.map(({ shown }) => shown), name]
      .map((shown) => `\`${shown}\``)
      .join(" includes ");
    const message =
      this.#open.length > 0 ? `These files include each other: ${chain}.` : `\`${name}\` includes itself.`;
    this.elaboration.complaints.error("include-cycle", message, span, { help: "take one of the lines out." });
  }
}

const withoutSections = (statements: readonly Statement[]): readonly Statement[] =>
  statements.filter(({ kind }) => kind !== "library");
