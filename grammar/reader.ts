import { EOF, type ILexingError, type IRecognitionException, type IToken, Lexer, type TokenType } from "chevrotain";
import type { CardCstNode } from "./cst.js";
import { strange } from "./expectations.js";
import { NetlistParser } from "./netlist.js";
import * as t from "./tokens.js";

/** What is wrong with the shape of a card; `start` and `end` count characters of the card. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** The bracket or quote that waits for its partner. */
  readonly opening?: { readonly start: number; readonly end: number; readonly image: string };
}

/** Brackets and conditionals within each other; every level costs the parser a piece of the stack. */
const deepest = 200;

/** A thing that takes long to set up, and is made when it is first asked for. */
function late<Thing>(make: () => Thing): () => Thing {
  let thing: Thing | undefined;
  return () => (thing ??= make());
}

// Safe mode: no tables of first characters, which take longer to make than they save in any netlist.
const theLexer = late(() => new Lexer(t.modes, { positionTracking: "full", safeMode: true, skipValidations: true }));

// A test and `npm run grammar` validate the grammar. Only a card with a fault is read by the parser that finds all.
const theParser = late(() => new NetlistParser("trusted", "first"));
const theThoroughParser = late(() => new NetlistParser("trusted"));

interface Parsed {
  readonly tree: CardCstNode;
  readonly errors: readonly IRecognitionException[];
}

function parsed(tokens: IToken[]): Parsed {
  const found = parsedBy(theParser(), tokens);
  return found.errors.length === 0 ? found : parsedBy(theThoroughParser(), tokens);
}

function parsedBy(parser: NetlistParser, tokens: IToken[]): Parsed {
  parser.input = tokens;
  const tree = parser.card() as CardCstNode;
  return { tree, errors: parser.errors };
}

/** Reads one card (a line with its continuations made one). The tree is whole only where there are no faults. */
export function readCard(text: string): { readonly tree: CardCstNode; readonly faults: readonly Fault[] } {
  const { tokens, errors } = theLexer().tokenize(text);
  const nested = tooDeep(tokens);
  if (nested) return { tree: undefined as never, faults: [nested] };
  const { tree, errors: misread } = parsed(tokens);
  const faults = independent(misread, tokens).map((error) => faultOf(error, tokens, text));
  const lexical = errors.map((error) => lexicalFault(error, text))[0];
  // Behind a character that is no token the parser misses something: one cause, one fault.
  return { tree, faults: lexical ? [...faults.filter(({ end }) => end < lexical.start), lexical] : faults };
}

/** A card whose brackets do not match, as its own simulator forgives it, and what makes it whole. */
export interface Mended {
  readonly tree: CardCstNode;
  /** `add`: these close what is open at the end of the card; `drop`: these stand at its end and close nothing. */
  readonly mend: Pick<Fault, "start" | "opening"> & { readonly kind: "add" | "drop"; readonly text: string };
}

/** Characters; whoever writes more of them than this means something else. */
const mostDropped = 10;

/** Reads a card that has faults once more, with its brackets closed at its end, or without those that close nothing there. */
export function readMended(text: string): Mended | undefined {
  const { tokens } = theLexer().tokenize(text);
  const open = leftOpen(tokens);
  const missing = open.toReversed().map(closerOf).join("");
  const end = text.trimEnd().length;
  if (missing !== "") {
    const { tree, faults } = readCard(`${text.slice(0, end)}${missing}`);
    const mend = { kind: "add", text: missing, start: end, opening: openingOf(open.at(-1)!) } as const;
    return faults.length === 0 ? { tree, mend } : undefined;
  }
  for (let start = end - 1; start > end - mostDropped && /[)}\s]/.test(text[start] ?? ""); start--) {
    const { tree, faults } = readCard(text.slice(0, start));
    if (faults.length === 0) return { tree, mend: { kind: "drop", text: text.slice(start, end), start } };
  }
  return undefined;
}

const closerOf = ({ tokenType }: IToken): string =>
  tokenType === t.Tick ? "'" : tokenType === t.Brace || tokenType === t.GluedBrace ? "}" : ")";

/** A second fault of a card counts only when a new `name =` stands between it and the one before. */
function independent(errors: readonly IRecognitionException[], tokens: readonly IToken[]): IRecognitionException[] {
  const starts = tokens.filter(({ tokenType }) => tokenType === t.NextName).map(({ startOffset }) => startOffset);
  const place = ({ token }: IRecognitionException) => (token.tokenType === EOF ? Infinity : token.startOffset);
  return errors.filter((error, k) => {
    const last = errors[k - 1];
    return !last || starts.some((start) => start >= place(last) && start < place(error));
  });
}

function faultOf({ message, token }: IRecognitionException, tokens: readonly IToken[], text: string): Fault {
  const ends = token.tokenType === EOF;
  const start = ends ? text.trimEnd().length : token.startOffset;
  const end = ends ? start + 1 : token.endOffset! + 1;
  const opening = ends || closers.some((closer) => message.includes(closer)) ? unclosed(tokens, start) : undefined;
  return {
    code: ends ? "unfinished-card" : "unexpected-text",
    message,
    start,
    end,
    ...(opening && { opening: openingOf(opening) }),
  };
}

/** The last character of a token is its bracket. */
const openingOf = ({ endOffset, image }: IToken): NonNullable<Fault["opening"]> => ({
  start: endOffset!,
  end: endOffset! + 1,
  image: image.slice(-1),
});

const closers = ["`)`", "`}`", "`'`"];
const opens: ReadonlySet<TokenType> = new Set([
  t.Open,
  t.Parenthesis,
  t.Call,
  t.SignalCall,
  t.Probe,
  t.Brace,
  t.GluedBrace,
  t.Tick,
]);
const closes: ReadonlySet<TokenType> = new Set([t.Close, t.NextClose, t.CallEnd, t.BraceEnd, t.TickEnd]);

/** The last bracket before `place` that is still open. */
const unclosed = (tokens: readonly IToken[], place: number): IToken | undefined => leftOpen(tokens, place).at(-1);

/** The brackets that are still open before `place`, outermost first. */
function leftOpen(tokens: readonly IToken[], place = Infinity): IToken[] {
  const open: IToken[] = [];
  for (const token of tokens) {
    if (token.startOffset >= place) break;
    if (opens.has(token.tokenType)) open.push(token);
    else if (closes.has(token.tokenType)) open.pop();
  }
  return open;
}

function tooDeep(tokens: readonly IToken[]): Fault | undefined {
  let depth = 0;
  let conditionals = 0; // of this level of brackets; the next comma or the next name ends them
  const outer: number[] = [];
  for (const token of tokens) {
    if (opens.has(token.tokenType)) {
      outer.push(conditionals);
      conditionals = 0;
      depth++;
    } else if (closes.has(token.tokenType)) {
      depth -= conditionals + 1;
      conditionals = outer.pop() ?? 0;
    } else if (token.tokenType === t.Question) {
      conditionals++;
      depth++;
    } else if (token.tokenType === t.Comma || token.tokenType === t.NextName) {
      depth -= conditionals;
      conditionals = 0;
    }
    if (depth <= deepest) continue;
    const message = `Brackets and conditionals stand more than ${deepest} deep here: give parts of it a name with \`.param\` or \`.func\`.`;
    return { code: "nested-too-deep", message, start: token.startOffset, end: token.endOffset! + 1 };
  }
  return undefined;
}

function lexicalFault({ offset }: ILexingError, text: string): Fault {
  const start = offset + (/^\s+/.exec(text.slice(offset))?.[0].length ?? 0);
  const code = text[start] === '"' || text[start] === "'" ? "unclosed-quote" : "stray-character";
  const character = String.fromCodePoint(text.codePointAt(start) ?? 0x20);
  const message = text.slice(0, start).trim() === "" ? noCard(character) : strange(character);
  return { code, message, start, end: start + character.length };
}

const noCard = (character: string): string =>
  /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) && !/[\u2018-\u201d]/.test(character)
    ? `A card starts with an element such as \`R1\` or a dot card such as \`.tran\`, not with \`${character}\`.`
    : strange(character);
