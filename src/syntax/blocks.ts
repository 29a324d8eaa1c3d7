import type { Complaints } from "../text/diagnostic.js";
import type { Span } from "../text/source.js";
import type { Expression, Statement } from "./ast.js";
import { deviceOf } from "./device-block.js";
import type { Closing, DevicePart, Opener, Opening, Piece } from "./pieces.js";
import { PlainInstance } from "./plain-instance.js";
import { librarySections } from "./sections.js";
import { plainText } from "./word.js";

/** Blocks within each other; later stages walk them by recursion. */
const deepest = 100;

const closings: Readonly<Record<Opener, Closing>> = {
  ".subckt": ".ends",
  ".device": ".enddevice",
  ".quantum": ".endquantum",
  ".for": ".endfor",
  ".if": ".endif",
  ".lib": ".endl",
};

interface Block {
  readonly opening: Opening;
  readonly span: Span;
  readonly branches: { condition?: Expression; readonly body: Statement[] }[];
  readonly parts: { readonly part: DevicePart; readonly span: Span }[];
  elseAt: Span | undefined;
}

/** Puts the statements between a block's first and last card into the block. */
export function nest(pieces: readonly Piece[], complaints: Complaints): readonly Statement[] {
  const nesting = new Nesting(complaints);
  const sections = librarySections(pieces);
  for (const piece of pieces) nesting.take(piece, sections);
  return nesting.finish();
}

class Nesting {
  readonly #file: Statement[] = [];
  readonly #open: Block[] = [];
  /** Blocks that were ended by another's end: theirs may still come and is no second fault. */
  readonly #forgiven: Closing[] = [];
  #toldDepth = false;

  constructor(private readonly complaints: Complaints) {}

  take(piece: Piece, sections: ReadonlySet<Piece>): void {
    switch (piece.kind) {
      case "instance":
        this.#add(piece);
        break;
      case "cards":
        if (this.#open.length === 0) this.#file.push(piece);
        else for (const card of piece.all()) this.#add(card);
        break;
      case "statement":
        this.#add(piece.statement);
        break;
      case "open":
        this.#begin(piece.opening, piece.span);
        break;
      case "library":
        this.#library(piece, sections.has(piece));
        break;
      case "branch":
        this.#branch(piece);
        break;
      case "part":
        this.#part(piece);
        break;
      case "close":
        this.#end(piece);
    }
  }

  finish(): readonly Statement[] {
    for (const { opening, span } of this.#open) {
      const message = `\`${opening.word}\` is never closed: write \`${closings[opening.word]}\` behind its last card.`;
      this.complaints.error("unclosed-block", message, span);
    }
    return this.#file;
  }

  #add(statement: Statement): void {
    const block = this.#open.at(-1);
    if (block?.opening.word === ".device") this.#complainOfCardInDevice(statement.span, block);
    else if (block === undefined) this.#file.push(statement);
    // A body is written out again and again.
    else block.branches.at(-1)!.body.push(statement instanceof PlainInstance ? statement.settled() : statement);
  }

  #library({ file, fileSpan, span }: Extract<Piece, { kind: "library" }>, isSection: boolean): void {
    if (isSection) this.#begin({ word: ".lib", name: file.toLowerCase() }, span);
    else this.#add({ kind: "include", file, fileSpan, span });
  }

  #begin(opening: Opening, span: Span): void {
    const outer = this.#open.at(-1);
    if (outer?.opening.word === ".device") this.#complainOfCardInDevice(span, outer);
    if (this.#open.length >= deepest && !this.#toldDepth) {
      this.#toldDepth = true;
      this.complaints.error("nested-too-deep", `Blocks stand more than ${deepest} deep here.`, span);
    }
    const condition = opening.word === ".if" && !("faulty" in opening) ? { condition: opening.condition } : {};
    this.#open.push({ opening, span, branches: [{ ...condition, body: [] }], parts: [], elseAt: undefined });
  }

  #branch({ condition, span }: Extract<Piece, { kind: "branch" }>): void {
    const block = this.#open.at(-1);
    const word = condition ? ".elseif" : ".else";
    if (block?.opening.word !== ".if") {
      this.#complainOfStrayBranch(word, span, block);
      return;
    }
    if (block.elseAt) {
      const notes = [{ message: "the `.else`", span: block.elseAt }];
      this.complaints.error("stray-branch", `\`${word}\` stands behind \`.else\`, which is the last branch.`, span, {
        notes,
      });
    }
    if (!condition) block.elseAt = span;
    block.branches.push({ ...(condition && { condition }), body: [] });
  }

  #part({ part, span }: Extract<Piece, { kind: "part" }>): void {
    const block = this.#open.at(-1);
    if (block?.opening.word === ".device") block.parts.push({ part, span });
    else this.complaints.error("stray-device-line", "This line belongs between `.device` and `.enddevice`.", span);
  }

  #end(piece: Extract<Piece, { kind: "close" }>): void {
    const at = this.#open.findLastIndex(({ opening }) => closings[opening.word] === piece.word);
    if (at < 0) {
      this.#complainOfStrayEnd(piece);
      return;
    }
    for (const inner of this.#open.splice(at + 1)) {
      this.#forgiven.push(closings[inner.opening.word]);
      this.#complainOfCrossing(inner, piece);
    }
    const block = this.#open.pop()!;
    this.#checkName(block, piece);
    const made = statementOf(block, this.complaints);
    if (made) this.#add(made);
  }

  /** Published decks misspell the name behind `.ends`; what it closes is clear all the same. */
  #checkName({ opening, span }: Block, { name, word }: Extract<Piece, { kind: "close" }>): void {
    if (!name || "faulty" in opening || !("name" in opening)) return;
    const opened = typeof opening.name === "string" ? opening.name : plainText(opening.name);
    const closed = plainText(name);
    if (opened === undefined || closed === undefined || opened.toLowerCase() === closed.toLowerCase()) return;
    const message = `\`${word} ${closed}\` closes \`${opening.word} ${opened}\`: the names differ.`;
    this.complaints.warning("block-name", message, name.span, { notes: [{ message: "opened here", span }] });
  }

  #complainOfStrayEnd({ word, span }: Extract<Piece, { kind: "close" }>): void {
    const forgiven = this.#forgiven.indexOf(word);
    if (forgiven >= 0) this.#forgiven.splice(forgiven, 1);
    else {
      const opener = Object.entries(closings).find(([, closing]) => closing === word)![0];
      this.complaints.error("stray-end", `\`${word}\` closes nothing: there is no \`${opener}\` before it.`, span);
    }
  }

  #complainOfStrayBranch(word: string, span: Span, block: Block | undefined): void {
    const notes = block ? [{ message: `\`${block.opening.word}\` is open since here`, span: block.span }] : [];
    const message = `\`${word}\` belongs between \`.if\` and \`.endif\`.`;
    this.complaints.error("stray-branch", message, span, { notes });
  }

  #complainOfCrossing(inner: Block, { word, span }: Extract<Piece, { kind: "close" }>): void {
    const { opening } = inner;
    this.complaints.error(
      "crossed-blocks",
      `\`${word}\` stands inside \`${opening.word}\`, which is still open: write \`${closings[opening.word]}\` before it.`,
      span,
      { notes: [{ message: `\`${opening.word}\` is open since here`, span: inner.span }] },
    );
  }

  #complainOfCardInDevice(span: Span, block: Block): void {
    this.complaints.error(
      "card-in-device",
      "Between `.device` and `.enddevice` stand `.state`, `.eq`, `.out`, `.when`, `.check` and `.claims` only.",
      span,
      { notes: [{ message: "the `.device`", span: block.span }] },
    );
  }
}

function statementOf({ opening, span, branches, parts }: Block, complaints: Complaints): Statement | undefined {
  if ("faulty" in opening) return undefined;
  const { body } = branches[0]!;
  switch (opening.word) {
    case ".subckt": {
      const { name, nodes, parameters } = opening;
      return { kind: "subcircuit", name, nodes, parameters, body, span };
    }
    case ".device":
      return deviceOf(opening, parts, span, complaints);
    case ".quantum": {
      const { name, settings } = opening;
      return { kind: "quantum", name, settings, body, span };
    }
    case ".for": {
      const { word: _, ...loop } = opening;
      return { kind: "for", ...loop, body, span };
    }
    case ".if":
      return { kind: "if", branches, span };
    case ".lib":
      return { kind: "library", name: opening.name, body, span };
  }
}
