import type { ISerializedGast, TokenType } from "chevrotain";
import { allTokens } from "./tokens.js";

/** A production as a picture or a line of text needs it. */
export type Shape =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "token"; readonly name: string }
  | { readonly kind: "rule"; readonly name: string }
  | { readonly kind: "sequence"; readonly parts: readonly Shape[] }
  | { readonly kind: "choice"; readonly parts: readonly Shape[] }
  /** Once or not at all. */
  | { readonly kind: "option"; readonly part: Shape }
  /** As often as wanted, with `separator` between two. */
  | { readonly kind: "repetition"; readonly part: Shape; readonly atLeastOnce: boolean; readonly separator?: Shape };

export interface Production {
  readonly name: string;
  readonly shape: Shape;
}

interface Gast {
  readonly type: string;
  readonly name?: string;
  readonly definition?: readonly Gast[];
  readonly separator?: Gast;
}

/** The productions of a parser, as shapes. */
export function productions(serialized: readonly ISerializedGast[]): readonly Production[] {
  return (serialized as readonly unknown[] as readonly Gast[]).map((rule) => ({
    name: rule.name!,
    shape: sequence(rule.definition!),
  }));
}

/** The spellings of a token that is always written the same way (or in one of few ways), else undefined. */
export function spellings({ PATTERN, LABEL }: TokenType): readonly string[] | undefined {
  const keyword = PATTERN instanceof RegExp ? /^\\\.\(\?:(.*?)\)\(\?!/.exec(PATTERN.source) : null;
  if (keyword) return keyword[1]!.split("|").flatMap((word) => optionalEnd(word));
  const literal = /^`(.*)`$/.exec(LABEL ?? "");
  return literal ? [literal[1]!] : undefined;
}

/** `params?` is `.param` and `.params`. */
function optionalEnd(word: string): readonly string[] {
  return word.endsWith("?") ? [`.${word.slice(0, -2)}`, `.${word.slice(0, -1)}`] : [`.${word}`];
}

function sequence(parts: readonly Gast[]): Shape {
  return parts.length === 1 ? shapeOf(parts[0]!) : { kind: "sequence", parts: parts.map(shapeOf) };
}

function shapeOf(node: Gast): Shape {
  switch (node.type) {
    case "Terminal":
      return terminal(node.name!);
    case "NonTerminal":
      return { kind: "rule", name: node.name! };
    case "Alternation":
      return { kind: "choice", parts: node.definition!.map(shapeOf) };
    case "Option":
      return { kind: "option", part: sequence(node.definition!) };
    case "Repetition":
    case "RepetitionMandatory":
      return { kind: "repetition", part: sequence(node.definition!), atLeastOnce: node.type !== "Repetition" };
    case "RepetitionWithSeparator":
    case "RepetitionMandatoryWithSeparator":
      return {
        kind: "repetition",
        part: sequence(node.definition!),
        atLeastOnce: node.type !== "RepetitionWithSeparator",
        separator: shapeOf(node.separator!),
      };
    default:
      return sequence(node.definition!); // a branch of an alternation
  }
}

function terminal(name: string): Shape {
  const words = spellings(allTokens.find((token) => token.name === name)!);
  if (!words) return { kind: "token", name };
  const literals = words.map((text): Shape => ({ kind: "literal", text }));
  return literals.length === 1 ? literals[0]! : { kind: "choice", parts: literals };
}
