import type { Span } from "../text/source.js";
import type { Gaps } from "./gaps.js";
import type { PlainCards } from "./plain-cards.js";

/**
 * The netlist as a tree. It says what stands where, and nothing about what it means: names are not
 * resolved, loops not unrolled, expressions not evaluated. Every node knows its place in the text. All nodes stand in one file:
 * it is the contract between the reader and everything behind it.
 */
export interface Netlist {
  /** The first line of the main file, without blanks at its ends; empty for included files. */
  readonly title: string;
  /** Blocks (`.subckt`, `.for`, `.if`, `.lib`, `.device`) hold their own statements. */
  readonly statements: readonly Statement[];
  /** What of the file is missing here, because it could not be read. */
  readonly gaps: Gaps;
}

export type Statement =
  | Instance
  /** Many instances in a row. */
  | PlainCards
  | Directive
  | ParameterDefinitions
  | FunctionDefinition
  | ModelDefinition
  | Subcircuit
  | DeviceDefinition
  | QuantumDefinition
  | ForLoop
  | Conditional
  | Include
  | LibrarySection;

/**
 * A word of a card as it was written: a name, a number, a keyword. Mostly one piece of text; in a `.for`,
 * braces glued to text are spliced: `r{i}_{j+1}` is ["r", i, "_", j+1].
 */
export interface Word {
  readonly kind: "word";
  readonly parts: readonly (string | Expression)[];
  readonly span: Span;
}

/** One thing behind the head of a card, in the order of the card. */
export type Item = Word | Braced | Quoted | Group | Setting | Equation;

/**
 * `{…}`, `'…'`, a probe such as `v(out)` where signals are listed, or a bare expression where the language takes one.
 * `lone` says that it is written in braces alone: where a node stands, `{i}` is then the integer's name.
 */
export interface Braced {
  readonly kind: "expression";
  readonly expression: Expression;
  readonly lone: boolean;
  readonly span: Span;
}

/** `"…"`: a text or a file name, quotes removed. */
export interface Quoted {
  readonly kind: "quoted";
  readonly text: string;
  readonly span: Span;
}

/** `( … )`, as in `sin(0 1 1k)` or `poly(2)`; the word before it is an item of its own. */
export interface Group {
  readonly kind: "group";
  readonly items: readonly Item[];
  readonly span: Span;
}

/** `name = value`. */
export interface Setting {
  readonly kind: "setting";
  readonly name: Word;
  readonly value: Word | Braced | Quoted | Group;
  readonly span: Span;
}

/** `expression = expression`, as in `when v(in)=0.6` and `.ic v(out)=1`. */
export interface Equation {
  readonly kind: "equation";
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

/** An element card: `R1 a b 1k`, `Xm1 in 0 hp ron=200`, `YMEMRISTOR m1 a b model x0=0.1`. */
export interface Instance {
  readonly kind: "instance";
  /** The first word of the card; its first letter tells the kind of element. */
  readonly name: Word;
  readonly items: readonly Item[];
  readonly span: Span;
}

/** A dot card whose items are read by their order and names: `.tran`, `.options`, `.print`, `.measure`, `.ic` … */
export interface Directive {
  readonly kind: "directive";
  /** Lower case, with its dot: `.tran`. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly items: readonly Item[];
  readonly span: Span;
}

/** `.param a=1 b={2*a}`. */
export interface ParameterDefinitions {
  readonly kind: "param";
  readonly assignments: readonly Assignment[];
  readonly span: Span;
}

export interface Assignment {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
}

/** `.func f(x,y) {…}`, and HSPICE's `.param f(x,y)='…'`. */
export interface FunctionDefinition {
  readonly kind: "func";
  readonly name: string;
  readonly nameSpan: Span;
  readonly parameters: readonly string[];
  readonly body: Expression;
  readonly span: Span;
}

/** `.model name type(p=v …)`. */
export interface ModelDefinition {
  readonly kind: "model";
  readonly name: Word;
  readonly type: Word;
  readonly settings: readonly Setting[];
  readonly span: Span;
}

/** `.subckt name nodes… [params:] p=v … .ends`. */
export interface Subcircuit {
  readonly kind: "subcircuit";
  readonly name: Word;
  readonly nodes: readonly Word[];
  readonly parameters: readonly Assignment[];
  readonly body: readonly Statement[];
  readonly span: Span;
}

/** `.device name terminals… p=v … .enddevice`: a device by its equations. */
export interface DeviceDefinition {
  readonly kind: "device";
  readonly name: Word;
  readonly terminals: readonly Word[];
  readonly parameters: readonly Assignment[];
  readonly states: readonly StateDefinition[];
  readonly equations: readonly Equation[];
  readonly outputs: readonly Assignment[];
  readonly events: readonly { readonly condition: Expression; readonly span: Span }[];
  readonly checks: readonly { readonly condition: Expression; readonly message: string; readonly span: Span }[];
  /** Words of `.claims`: `pinched`, `passive`, `clamped`. */
  readonly claims: readonly Word[];
  readonly span: Span;
}

/**
 * `.quantum name units=natural … .endquantum`. In its body an `Instance` is a line of the block, and its name the word
 * that says what the line is: `qubit a theta={pi/4}`.
 */
export interface QuantumDefinition {
  readonly kind: "quantum";
  readonly name: Word;
  readonly settings: readonly Setting[];
  readonly body: readonly Statement[];
  readonly span: Span;
}

/** `.state x = {x0} min=0 max=1`. */
export interface StateDefinition {
  readonly name: string;
  readonly nameSpan: Span;
  readonly initial: Expression;
  readonly min?: Expression;
  readonly max?: Expression;
}

/** `.for i = 1 to 8 step 1 … .endfor`. */
export interface ForLoop {
  readonly kind: "for";
  readonly variable: string;
  readonly variableSpan: Span;
  readonly from: Expression;
  readonly to: Expression;
  readonly step?: Expression;
  readonly body: readonly Statement[];
  readonly span: Span;
}

/** `.if {c} … .elseif {c} … .else … .endif`. A branch without a condition is `.else`. */
export interface Conditional {
  readonly kind: "if";
  readonly branches: readonly { readonly condition?: Expression; readonly body: readonly Statement[] }[];
  readonly span: Span;
}

/** `.include file` and `.lib file section`. */
export interface Include {
  readonly kind: "include";
  readonly file: string;
  readonly fileSpan: Span;
  readonly section?: string;
  readonly span: Span;
}

/** `.lib section … .endl` in a library file. */
export interface LibrarySection {
  readonly kind: "library";
  readonly name: string;
  readonly body: readonly Statement[];
  readonly span: Span;
}

/** An expression as written. Names are lower case; `span` keeps the user's spelling. */
export type Expression =
  | { readonly kind: "number"; readonly value: number; readonly span: Span }
  /** `1i`, `0.5i`: a multiple of the imaginary unit, which operators may have. */
  | { readonly kind: "imaginary"; readonly value: number; readonly span: Span }
  /** A parameter, a constant, `time`, `temp`, or a state of the device around it; `q{i}` as long as it is `glued`. */
  | { readonly kind: "name"; readonly name: string; readonly glued?: Word["parts"]; readonly span: Span }
  | { readonly kind: "unary"; readonly operator: "-" | "+" | "!"; readonly operand: Expression; readonly span: Span }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: "conditional";
      readonly condition: Expression;
      readonly yes: Expression;
      readonly no: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly arguments: readonly Expression[];
      /** `lot gauss(…)`: one draw for all instances of a model. */
      readonly lot?: true;
      readonly span: Span;
    }
  /** `v(a) v(a,b) i(v1) x(m1) n(m1:x)`; names may hold wildcards where signals are listed. */
  | {
      readonly kind: "probe";
      readonly quantity: "v" | "i" | "x" | "n";
      readonly names: readonly Word[];
      readonly span: Span;
    }
  /** `@r1[resistance]`. */
  | { readonly kind: "setting-of"; readonly device: Word; readonly setting: string; readonly span: Span }
  /** `"file.csv"` as an argument of `table` and its kin. */
  | { readonly kind: "text"; readonly text: string; readonly span: Span };

export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "^"
  | "**"
  | "<"
  | ">"
  | "<="
  | ">="
  | "=="
  | "!="
  | "&&"
  | "||"
  | "&"
  | "|";
