import type { TokenType } from "chevrotain";
import { type Production, type Shape, spellings } from "./shapes.js";
import { allTokens, Operator, Sign } from "./tokens.js";

/** The grammar as text: `{ }` is as often as wanted, `[ ]` once or not at all, `( )` holds together. */
export function ebnf(rules: readonly Production[]): string {
  const lines = rules.map(({ name, shape }) => `${name} = ${written(shape, false)} ;`);
  return `${["(* Written by `npm run grammar` from netlist.ts. *)", ...lines, "", ...lexical(rules)].join("\n")}\n`;
}

/** The right side of a production; `held` puts a sequence or a choice into parentheses. */
export function written(shape: Shape, held: boolean): string {
  switch (shape.kind) {
    case "literal":
      return shape.text.includes('"') ? `'${shape.text}'` : `"${shape.text}"`;
    case "token":
    case "rule":
      return shape.name;
    case "sequence":
      return shape.parts.map((part) => written(part, part.kind === "choice")).join(" ");
    case "choice":
      return hold(shape.parts.map((part) => written(part, false)).join(" | "), held);
    case "option":
      return `[ ${written(shape.part, false)} ]`;
    case "repetition":
      return repetition(shape);
  }
}

const hold = (text: string, held: boolean): string => (held ? `( ${text} )` : text);

function repetition({ part, separator, atLeastOnce }: Extract<Shape, { kind: "repetition" }>): string {
  const once = written(part, part.kind === "choice");
  if (!separator) return atLeastOnce ? `${once} { ${written(part, false)} }` : `{ ${written(part, false)} }`;
  const list = `${once} { ${written(separator, true)} ${once} }`;
  return atLeastOnce ? list : `[ ${list} ]`;
}

/** What the tokens look like that are not written the same way every time. */
function lexical(rules: readonly Production[]): readonly string[] {
  const used = new Set<string>();
  for (const { shape } of rules) collect(shape, used);
  return allTokens
    .filter((token) => used.has(token.name) && !spellings(token))
    .map((token) => `${token.name} = ${lookOf(token)} ;`);
}

function collect(shape: Shape, used: Set<string>): void {
  if (shape.kind === "token") used.add(shape.name);
  else if (shape.kind === "sequence" || shape.kind === "choice") for (const part of shape.parts) collect(part, used);
  else if (shape.kind === "option") collect(shape.part, used);
  else if (shape.kind === "repetition") {
    collect(shape.part, used);
    if (shape.separator) collect(shape.separator, used);
  }
}

function lookOf(token: TokenType): string {
  const members = allTokens.filter(({ CATEGORIES }) => CATEGORIES?.includes(token));
  if (token === Operator || token === Sign) return members.map(lookOf).join(" | ");
  const { PATTERN } = token;
  const readable = PATTERN instanceof RegExp && !PATTERN.source.includes("\\u");
  return readable ? String(PATTERN) : `? ${token.LABEL ?? token.name} ?`;
}
