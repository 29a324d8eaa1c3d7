import { type Fault, type Mended, readCard, readMended } from "../../grammar/reader.js";
import { Complaints, type Diagnostic } from "../text/diagnostic.js";
import { similar } from "../text/similar.js";
import type { Source, Span } from "../text/source.js";
import type { Netlist } from "./ast.js";
import { nest } from "./blocks.js";
import type { Card } from "./card.js";
import { readPlainCard } from "./cards.js";
import { analysesOf } from "./commands.js";
import { gapsOf } from "./gaps.js";
import { layOut } from "./layout.js";
import { braceMeasure } from "./measure-expressions.js";
import type { Opener, Piece } from "./pieces.js";
import { Place } from "./place.js";
import { PlainCards } from "./plain-cards.js";
import { PlainInstance } from "./plain-instance.js";
import { classOf, statementNames } from "./statements.js";
import { toPieces } from "./to-ast.js";

/**
 * Reads a file. Every fault of it is told to `complaints`, each once; what could not be read is not in the tree, but
 * among its gaps. `main` says that the first line is a title.
 */
export function parseNetlist(source: Source, options: { readonly main: boolean }, complaints: Complaints): Netlist {
  const found = new Complaints();
  const { title, cards, commands } = layOut(source, options.main, found);
  const reader = new CardReader(source, found);
  const pieces: Piece[] = [];
  for (const card of cards) reader.read(card, pieces);
  for (const piece of analysesOf(commands, pieces, ({ start }) => new Place(source, start, found))) pieces.push(piece);
  const statements = nest(pieces, found);
  const place = ({ span }: Diagnostic) => span?.start ?? 0;
  for (const diagnostic of found.all.toSorted((a, b) => place(a) - place(b))) complaints.add(diagnostic);
  return { title, statements, gaps: gapsOf(found.all, cards, source) };
}

/** Reads cards one by one, so that a fault of one never hides another's. */
class CardReader {
  readonly #noted = new Set<string>();

  constructor(
    private readonly source: Source,
    private readonly complaints: Complaints,
  ) {}

  /** Adds what a card gives. */
  read(card: Card, pieces: Piece[]): void {
    if (card instanceof PlainInstance || card instanceof PlainCards) pieces.push(card);
    else for (const piece of this.#read(card)) pieces.push(piece);
  }

  #read({ text, start }: Card): readonly Piece[] {
    const place = new Place(this.source, start, this.complaints);
    const [, blank = "", dot = ""] = /^(\s*)(\.[^\s,(){}'"=;]*)?/.exec(text)!;
    if (dot !== "" && this.#isSettled(dot, place, blank.length)) return [];
    return readPlainCard(text, place) ?? this.#byGrammar(text, place, dot.toLowerCase(), blank.length);
  }

  /** Whether nothing more is to be read of a card: it is not of this language, or not yet. */
  #isSettled(dot: string, place: Place, start: number): boolean {
    const name = dot.toLowerCase();
    const span = place.span(start, start + dot.length);
    switch (classOf(name)) {
      case "ignored":
        if (!this.#noted.has(name)) this.complaints.note("ignored-card", `\`${dot}\` has no effect here.`, span);
        this.#noted.add(name);
        return true;
      case "later":
        this.complaints.error("not-supported-yet", `\`${dot}\` is not supported yet.`, span);
        return true;
      case "unknown":
        this.#complainOfUnknown(dot, span);
        return true;
      default:
        return false;
    }
  }

  #complainOfUnknown(dot: string, span: Span): void {
    if (dot.toLowerCase() === ".endc") {
      this.complaints.error("stray-end", "`.endc` closes nothing: there is no `.control` before it.", span);
      return;
    }
    const near = similar(dot, statementNames);
    const more = near ? { help: `did you mean \`${near}\`?` } : {};
    this.complaints.error("unknown-statement", `There is no card \`${dot}\`.`, span, more);
  }

  #byGrammar(written: string, place: Place, dot: string, start: number): readonly Piece[] {
    const text = dot.startsWith(".meas") ? braceMeasure(written) : written;
    const { tree, faults } = readCard(text);
    if (faults.length === 0) return toPieces(tree, place);
    const optional = /^\s*\.(?:subckt|macro)\b.*?(\boptional:)/i.exec(text);
    if (optional) {
      const at = optional[0].length;
      const message =
        "Optional nodes (`optional:`) are not supported yet: name all nodes, and connect them where it is used.";
      this.complaints.error("not-supported-yet", message, place.span(at - optional[1]!.length, at));
      return stands(dot, place.span(start, start + dot.length));
    }
    const mended = mendable(dot) ? readMended(text) : undefined;
    if (mended) {
      this.#tellMend(mended, place);
      return toPieces(mended.tree, place);
    }
    for (const fault of faults) this.#tell(fault, place);
    return stands(dot, place.span(start, start + dot.length));
  }

  #tellMend({ mend: { kind, text, start, opening } }: Mended, place: Place): void {
    const shown = text.replace(/\s/g, "");
    if (kind === "add") {
      const message = `\`${shown}\` is missing at the end of this card, and is read as if it stood there.`;
      this.complaints.warning("closed-at-end", message, place.span(start - 1, start), openSince(opening, place));
    } else {
      const message = `\`${shown}\` at the end of this card closes nothing, and is passed over.`;
      this.complaints.warning("closed-too-often", message, place.span(start, start + text.length));
    }
  }

  #tell({ code, message, start, end, opening }: Fault, place: Place): void {
    this.complaints.error(code, message, place.span(start, end), openSince(opening, place));
  }
}

function openSince(opening: Fault["opening"], place: Place): Pick<Diagnostic, "notes"> {
  if (opening === undefined) return {};
  const { image, start, end } = opening;
  return { notes: [{ message: `\`${image}\` is open since here`, span: place.span(start, end) }] };
}

/**
 * Whether brackets that do not match are mended: on elements, functions, parameters and models, as simulators forgive
 * them. Cards that hold others or begin an analysis are taken at their word.
 */
const mendable = (dot: string): boolean => /^(?:|\.(?:params?|global_param|func|model|ic|nodeset|meas\w*))$/.test(dot);

/** What stands in for a card with a fault, so that the cards that lean on it are no second one. */
function stands(dot: string, span: Span): readonly Piece[] {
  switch (dot) {
    case ".subckt":
    case ".macro":
    case ".device":
    case ".quantum":
    case ".for":
    case ".if":
      return [{ kind: "open", opening: { word: (dot === ".macro" ? ".subckt" : dot) as Opener, faulty: true }, span }];
    case ".elseif":
      return [{ kind: "branch", condition: { kind: "number", value: 0, span }, span }];
    case ".state":
    case ".eq":
    case ".out":
    case ".when":
    case ".check":
    case ".claims":
      return [{ kind: "part", part: { kind: "faulty" }, span }];
    case ".ends":
    case ".eom":
    case ".endl":
    case ".enddevice":
    case ".endfor":
    case ".endif":
    case ".endquantum":
      return [{ kind: "close", word: dot === ".eom" ? ".ends" : dot, name: undefined, span }];
    case ".else":
      return [{ kind: "branch", condition: undefined, span }];
    default:
      return [];
  }
}
