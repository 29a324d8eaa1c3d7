import type { Span } from "../text/source.js";
import type { Assignment, Equation, Expression, Instance, Setting, StateDefinition, Statement, Word } from "./ast.js";
import type { PlainCards } from "./plain-cards.js";

/** What one card gives, before blocks are nested. */
export type Piece =
  /** Most cards of a large netlist are elements, which stand for themselves. */
  | Instance
  | PlainCards
  | { readonly kind: "statement"; readonly statement: Statement }
  | { readonly kind: "open"; readonly opening: Opening; readonly span: Span }
  /** `.elseif` (with its condition) and `.else`. */
  | { readonly kind: "branch"; readonly condition: Expression | undefined; readonly span: Span }
  | { readonly kind: "close"; readonly word: Closing; readonly name: Word | undefined; readonly span: Span }
  | { readonly kind: "part"; readonly part: DevicePart; readonly span: Span }
  /** `.lib name`: a section if a matching `.endl` follows, else a file. */
  | { readonly kind: "library"; readonly file: string; readonly fileSpan: Span; readonly span: Span };

export type Closing = ".ends" | ".enddevice" | ".endfor" | ".endif" | ".endl" | ".endquantum";

export type Opening =
  | {
      readonly word: ".subckt";
      readonly name: Word;
      readonly nodes: readonly Word[];
      readonly parameters: readonly Assignment[];
    }
  | {
      readonly word: ".device";
      readonly name: Word;
      readonly terminals: readonly Word[];
      readonly parameters: readonly Assignment[];
    }
  | {
      readonly word: ".for";
      readonly variable: string;
      readonly variableSpan: Span;
      readonly from: Expression;
      readonly to: Expression;
      readonly step?: Expression;
    }
  | { readonly word: ".if"; readonly condition: Expression }
  | { readonly word: ".quantum"; readonly name: Word; readonly settings: readonly Setting[] }
  | { readonly word: ".lib"; readonly name: string }
  /** A card with a fault still opens its block, so that the block's end is no second fault. */
  | { readonly word: Opener; readonly faulty: true };

export type Opener = ".subckt" | ".device" | ".quantum" | ".for" | ".if" | ".lib";

/** A line of a `.device`. */
export type DevicePart =
  | { readonly kind: "state"; readonly state: StateDefinition }
  | { readonly kind: "law"; readonly equation: Equation }
  | { readonly kind: "outputs"; readonly assignments: readonly Assignment[] }
  | { readonly kind: "event"; readonly condition: Expression }
  | { readonly kind: "check"; readonly condition: Expression; readonly message: string }
  | { readonly kind: "claims"; readonly words: readonly Word[] }
  /** Read with a fault that is told already. */
  | { readonly kind: "faulty" };
