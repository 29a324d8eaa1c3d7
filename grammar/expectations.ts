import { EOF, type IParserErrorMessageProvider, type IToken, type TokenType, tokenLabel } from "chevrotain";
import * as t from "./tokens.js";

const said = (found: IToken): string => (found.tokenType === EOF ? "the end of the line" : `\`${found.image.trim()}\``);

const firstOf = (paths: readonly (readonly TokenType[])[]): string =>
  listed([...new Set(paths.flatMap((path) => path.slice(0, 1)).map(tokenLabel))]);

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;

/** What may go on behind a complete operand, besides the closing bracket. */
const goesOn: Readonly<Record<string, string>> = {
  parenthesis: "an operator or ",
  braced: "an operator or ",
  splice: "an operator or ",
  ticked: "an operator or ",
  call: "an operator, `,` or ",
  probe: "`,` or ",
  loop: "an operator or ",
};

/** How the grammar says what it expected, in the words a user knows. */
export const expectations: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, actual, ruleName }) => {
    const before = expected === t.Equals || expected === t.Gives ? "" : (goesOn[ruleName] ?? "");
    return `Expected ${before}${tokenLabel(expected)}, found ${said(actual)}.${advice(actual, ruleName)}`;
  },
  buildNotAllInputParsedMessage: ({ firstRedundant }) => redundant(firstRedundant),
  buildNoViableAltMessage: ({ expectedPathsPerAlt, actual, customUserDescription, ruleName }) => {
    const wanted = customUserDescription ?? firstOf(expectedPathsPerAlt.flat());
    return `Expected ${wanted}, found ${said(actual[0]!)}.${advice(actual[0]!, ruleName)}`;
  },
  buildEarlyExitMessage: ({ expectedIterationPaths, actual, customUserDescription }) =>
    `Expected ${customUserDescription ?? firstOf(expectedIterationPaths)}, found ${said(actual[0]!)}.`,
};

function advice(found: IToken, rule: string): string {
  if (found.tokenType === t.Equals && rule in goesOn) return " To compare, write `==`.";
  if (found.tokenType === t.GluedText) return " Put an expression in braces: `{…}`.";
  return "";
}

function redundant(found: IToken): string {
  switch (found.tokenType) {
    case t.Close:
    case t.NextClose:
    case t.CallEnd:
      return "`)` closes nothing: there is no `(` before it.";
    case t.BraceEnd:
      return "`}` closes nothing: there is no `{` before it.";
    case t.Equals:
    case t.Gives:
      return "`=` cannot stand here. A setting is `name=value`; to compare, write `==`.";
    case t.GluedText:
      return `\`${found.image}\` cannot follow at once. Put an expression in braces: \`{…}\`.`;
    case t.Numeral:
    case t.Name:
    case t.Call:
    case t.Probe:
    case t.Parenthesis:
      return `Expected an operator or the end of the line, found \`${found.image.trim()}\`.`;
    default:
      return `Expected the end of the line, found ${said(found)}.`;
  }
}

/** What to say of a character that no token holds. */
export function strange(character: string): string {
  const written = explained[character];
  if (written) return written;
  if (/[\p{C}\p{Z}]/u.test(character)) {
    const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
    return `A character that cannot be seen (U+${code}) stands here: delete it.`;
  }
  return `\`${character}\` cannot stand here.`;
}

const explained: Readonly<Record<string, string>> = {
  '"': 'The quotation that starts here is never closed: write `"` at its end.',
  "'": "The expression that starts here is never closed: write `'` at its end.",
  "\u201c": '`\u201c` is a typographic quote: write `"`.',
  "\u201d": '`\u201d` is a typographic quote: write `"`.',
  "\u2018": "`\u2018` is a typographic quote: write `'`.",
  "\u2019": "`\u2019` is a typographic quote: write `'`.",
  "\u2212": "`\u2212` is a typographic minus: write `-`.",
  "\u00d7": "`\u00d7` is a typographic times: write `*`.",
  "}": "`}` closes nothing: there is no `{` before it.",
  ")": "`)` closes nothing: there is no `(` before it.",
};
