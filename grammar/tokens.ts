import { createToken, type IMultiModeLexerDefinition, type IToken, Lexer, type TokenType } from "chevrotain";
import { namesFile, takesExpression } from "./keys.js";

// A card is read in one of three ways: words (`R1 a b 1k`), expressions (`{2*x}`), names (inside `v( )`). Each is a
// mode of the lexer; a token may push a mode or pop back. In a mode the order of the list is the order of trying:
// a longer or a stricter pattern stands before a looser one. They are one file, because the order among them matters.

interface More {
  readonly label?: string;
  readonly push?: Mode;
  readonly pop?: boolean;
  readonly categories?: TokenType[];
  readonly skip?: boolean;
  readonly hints?: string[];
}

type Mode =
  | "start"
  | "words"
  | "signals"
  | "header"
  | "assignments"
  | "bare"
  | "expression"
  | "equation"
  | "loop"
  | Rest;
type Rest = "names" | "device" | "path";

type Pattern = RegExp | ((text: string, offset: number, tokens: IToken[]) => [string] | RegExpExecArray | null);

const token = (name: string, pattern: Pattern, more: More = {}): TokenType =>
  createToken({
    name,
    pattern: pattern instanceof RegExp ? pattern : { exec: pattern },
    line_breaks: more.skip === true, // a card holds no line ends, but the lexer wants to know where one could be
    ...(more.label && { label: more.label }),
    ...(more.push && { push_mode: more.push }),
    ...(more.pop && { pop_mode: true }),
    ...(more.categories && { categories: more.categories }),
    ...(more.skip && { group: Lexer.SKIPPED }),
    ...(more.hints && { start_chars_hint: more.hints }),
  });

const keyword = (name: string, spelling: string, push: Mode): TokenType =>
  token(name, new RegExp(`\\.(?:${spelling})(?![a-z0-9_])`, "i"), {
    push,
    label: `\`.${spelling.replace(/\W.*/, "")}\``,
  });

// --- statements, each with the way in which its card is read

export const Parameters = keyword("Parameters", "params?|global_param", "assignments");
export const Func = keyword("Func", "func", "assignments");
export const Model = keyword("Model", "model", "words");
export const Subcircuit = keyword("Subcircuit", "subckt|macro", "header");
export const Device = keyword("Device", "device", "header");
/** A block of lines that start with a word, each of the shape of an element card. */
export const Quantum = keyword("Quantum", "quantum", "words");
export const State = keyword("State", "state", "assignments");
export const Output = keyword("Output", "out", "assignments");
export const Law = keyword("Law", "eq", "equation");
export const Event = keyword("Event", "when", "expression");
export const Check = keyword("Check", "check", "expression");
export const If = keyword("If", "if", "expression");
export const ElseIf = keyword("ElseIf", "elseif", "expression");
export const For = keyword("For", "for", "loop");
export const Include = keyword("Include", "include|inc", "path");
export const Library = keyword("Library", "lib", "path");
export const Listing = keyword("Listing", "print|plot|save|measure|meas|noise|four|ic|nodeset|assert|train", "signals");
export const Directive = token("Directive", /\.[^\s,(){}'"=;]*/, { push: "words", label: "a dot card" });

// --- words

// Besides what ends a word: controls, what cannot be seen, and typographic quotes, which are faults of copying.
const wordCharacter = "[^\\s,(){}'\"=;\\u0000-\\u001f\\u007f\\u200b-\\u200f\\u2060\\u2018\\u2019\\u201c\\u201d\\ufeff]";
const wordAt = new RegExp(`${wordCharacter}+`, "y");

const matchAt = (pattern: RegExp, text: string, offset: number): RegExpExecArray | null => {
  pattern.lastIndex = offset;
  return pattern.exec(text);
};

/** Whether the token before stands right at `offset`, without a blank, and is one of `types`. */
const touches = (tokens: IToken[], offset: number, types: readonly TokenType[]): boolean => {
  const last = tokens.at(-1);
  return last !== undefined && last.endOffset === offset - 1 && types.includes(last.tokenType);
};

export const Text = token("Text", new RegExp(`${wordCharacter}+`), { label: "a word" });
export const Head = token("Head", new RegExp(`(?!\\.)${wordCharacter}+`), {
  push: "words",
  label: "an element",
  categories: [Text],
});
/**
 * Text right behind a brace, as `_` in `r{i}_{j}`; behind anything else it is nothing that a card can hold. Behind the
 * apostrophes that stand for blanks on a `.measure` card it is the next word.
 */
export const GluedText = token(
  "GluedText",
  (text, offset, tokens) =>
    touches(tokens, offset, [BraceEnd, CallEnd, SettingName]) ||
    (touches(tokens, offset, [TickEnd]) && !/^\.meas/i.test(tokens[0]!.image))
      ? matchAt(wordAt, text, offset)
      : null,
  { label: "text right behind a brace" },
);
export const GluedBrace = token(
  "GluedBrace",
  (text, offset, tokens) => {
    if (text[offset] !== "{") return null;
    return touches(tokens, offset, [Text, Head, GluedText, DeviceText, BraceEnd, Name, GluedName]) ? ["{"] : null;
  },
  { push: "expression", label: "`{`", hints: ["{"] },
);
const Separator = token("Separator", /[\s,]+/, { skip: true });
export const Open = token("Open", /\(/, { label: "`(`" });
export const Close = token("Close", /\)/, { label: "`)`" });
export const Equals = token("Equals", /=/, { label: "`=`" });
/** An equals sign with an expression behind it, up to the next `name =` or the end of the line. */
export const Gives = token(
  "Gives",
  (text, offset, tokens) => (text[offset] === "=" && expressionFollows(tokens) ? ["="] : null),
  { push: "bare", label: "`=`", hints: ["="] },
);

const assigning: readonly TokenType[] = [Parameters, Func, Subcircuit, Device, State, Output];

function expressionFollows(tokens: IToken[]): boolean {
  const head = tokens[0];
  const key = tokens.at(-1);
  if (!head || !key) return false;
  if (key.tokenType === CallEnd) return /^\.meas/i.test(head.image); // `when v(a)=0.5*vdd`
  return assigning.includes(head.tokenType) || takesExpression(head.image, key.image);
}

export const Quotation = token(
  "Quotation",
  (text, offset, tokens) =>
    text[offset] === '"' || (text[offset] === "'" && fileFollows(tokens)) ? matchAt(quotationAt, text, offset) : null,
  { label: "a text in quotes", hints: ['"', "'"] },
);
const quotationAt = /"[^"]*"|'[^']*'/y;

function fileFollows(tokens: IToken[]): boolean {
  const [key, equals] = tokens.slice(-2);
  return tokens[0]!.tokenType === Directive && /^\.data$/i.test(tokens[0]!.image)
    ? true
    : equals?.tokenType === Equals && namesFile(key!.image);
}

/** Without quotes the name behind `.include` goes on to the end of the line: it may have blanks. */
export const Path = token(
  "Path",
  (text, offset, tokens) => matchAt(tokens[0]?.tokenType === Include ? wholePathAt : pathAt, text, offset),
  { label: "a file" },
);
const pathAt = /"[^"]*"|'[^']*'|[^\s"']\S*/y;
const wholePathAt = /"[^"]*"|'[^']*'|[^\s"'](?:.*\S)?/y;

// --- expressions

export const Brace = token("Brace", /\{/, { push: "expression", label: "`{`" });
export const BraceEnd = token("BraceEnd", /\}/, { pop: true, label: "`}`" });
export const Tick = token("Tick", (text, offset, tokens) => tick(text, offset, tokens, false), {
  push: "expression",
  label: "`'`",
  hints: ["'"],
});
export const TickEnd = token("TickEnd", (text, offset, tokens) => tick(text, offset, tokens, true), {
  pop: true,
  label: "`'`",
  hints: ["'"],
});

/** An apostrophe closes when the last one opened. */
function tick(text: string, offset: number, tokens: IToken[], closing: boolean): [string] | null {
  if (text[offset] !== "'") return null;
  const last = tokens.findLast(({ tokenType }) => tokenType === Tick || tokenType === TickEnd);
  return (last?.tokenType === Tick) === closing ? ["'"] : null;
}

// Letters of other alphabets too (`ω`, `Γ`), but no typographic signs. Both cases are spelled out: setting the lexer up
// for a wide range and the flag `i` takes long.
const letters = "A-Za-z_\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u1fff\\u2c00-\\ud7ff";
const name = `[${letters}][${letters}0-9.]*`;
const nameAt = new RegExp(`[${letters}0-9.]+`, "y");

export const Parenthesis = token("Parenthesis", /\(/, { push: "expression", label: "`(`" });
/** Closes a parenthesis of an expression, a call or a probe. */
export const CallEnd = token("CallEnd", /\)/, { pop: true, label: "`)`" });
export const Comma = token("Comma", /,/, { label: "`,`" });
export const Probe = token("Probe", /[vixn]\s*\(/i, { push: "names", label: "a signal such as `v(`" });
export const Call = token("Call", new RegExp(`${name}\\s*\\(`), { push: "expression", label: "a function" });
/** Before a random function: one draw for all instances of a model. */
export const Lot = token("Lot", /lot(?=\s+[a-z_]\w*\s*\()/i, { label: "`lot`" });
/** Where signals are listed blanks separate, so a function's parenthesis follows at once. */
export const SignalCall = token("SignalCall", /[a-z_]\w*\(/i, { push: "expression", categories: [Call] });
export const At = token("At", /@/, { push: "device", label: "`@`" });
/** The settings of a device are asked for in brackets: `@r1[resistance]`. */
export const SettingName = token("SettingName", /\[\s*\w+\s*\]/, { pop: true, label: "a setting in brackets" });
export const DeviceText = token("DeviceText", new RegExp(`(?:(?![[\\]])${wordCharacter})+`), {
  label: "a device",
  categories: [Text],
});
export const Numeral = token("Numeral", /(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?[\w.\u00b5\u03bc\u03a9\u2126]*/i, {
  label: "a number",
});
export const Name = token("Name", new RegExp(name), { label: "a name" });
/** The rest of a name right behind a brace, as `_b` in `q{i}_b`. */
export const GluedName = token(
  "GluedName",
  (text, offset, tokens) => (touches(tokens, offset, [BraceEnd]) ? matchAt(nameAt, text, offset) : null),
  { label: "text right behind a brace" },
);
/** Xyce's way to name a typed device, `p(ymemristor!m1)`, `p(ymemristor!x1:m1)`: where a name stands. */
export const TypedName = token("TypedName", new RegExp(`[yY]\\w*!${name}(?::${name})*`), {
  label: "a device",
  categories: [Name],
});
/** The name before an equals sign ends the expression before it. */
export const NextName = token("NextName", new RegExp(`${name}(?=\\s*(?:\\([^()=]*\\)\\s*)?=(?!=))`), {
  pop: true,
  label: "the next name",
  categories: [Text],
});
const NextComma = token("NextComma", /,/, { pop: true, skip: true });
/** A closing parenthesis that no expression has opened belongs to the words around. */
export const NextClose = token("NextClose", /\)/, { pop: true, categories: [Close], label: "`)`" });
export const To = token("To", /to\b/i, { label: "`to`" });
export const Step = token("Step", /step\b/i, { label: "`step`" });

/** Any operator between two operands; how tightly each binds is said in `src/syntax/precedence.ts`. */
export const Operator = token("Operator", Lexer.NA, { label: "an operator" });
/** Before an operand. */
export const Sign = token("Sign", Lexer.NA, { label: "a sign" });
export const Question = token("Question", /\?/, { label: "`?`" });
export const Colon = token("Colon", /:/, { label: "`:`" });
const operators = [
  token("Times", /\*\*|[*/%^]/, { categories: [Operator] }),
  token("Plus", /[+-]/, { categories: [Operator, Sign] }),
  token("Compare", /[<>=!]=|[<>]/, { categories: [Operator] }),
  token("Logic", /&&|\|\||[&|]/, { categories: [Operator] }),
  token("Not", /[!~]/, { categories: [Sign] }),
];

const Blank = token("Blank", /\s+/, { skip: true });

const operands = [
  GluedName,
  GluedBrace,
  Blank,
  At,
  Lot,
  Probe,
  Call,
  Numeral,
  TypedName,
  Name,
  Quotation,
  ...operators,
  Question,
  Colon,
  Parenthesis,
  Brace,
];
const inside = [...operands, Tick, TickEnd, CallEnd, BraceEnd, Comma, Equals];
const words = [Separator, GluedText, Text, GluedBrace, Brace, Quotation, Tick, Open, Close, Gives, Equals];

/** What the lexer looks for in each of its modes. */
export const modes: IMultiModeLexerDefinition = {
  defaultMode: "start",
  modes: {
    start: [
      Blank,
      ...[Parameters, Func, Model, Subcircuit, Device, Quantum, State, Output, Law, Event, Check, If, ElseIf, For],
      ...[Include, Library, Listing, Directive, Head],
    ],
    words,
    header: words,
    assignments: words,
    signals: [Separator, At, Probe, SignalCall, ...words],
    bare: [NextName, ...operands, Tick, NextComma, NextClose],
    expression: inside,
    equation: inside,
    loop: [To, Step, ...inside],
    names: [Blank, GluedText, Text, GluedBrace, Brace, Comma, CallEnd],
    device: [GluedText, DeviceText, GluedBrace, Brace, SettingName],
    path: [Blank, Path],
  },
};

/** Every token, for the parser. */
export const allTokens: readonly TokenType[] = [
  ...new Set([...Object.values(modes.modes).flat(), Operator, Sign]),
] as TokenType[];
