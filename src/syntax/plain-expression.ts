import { readFactor } from "../units/quantity.js";
import type { BinaryOperator, Expression } from "./ast.js";
import { numberOf } from "./expression.js";
import type { Place } from "./place.js";
import { climb, type Operand, type Sign } from "./precedence.js";

/** What has more signs and operands is the grammar's, which tells what is within each other too often. */
const most = 300;

const numeral = /(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?[\w.]*/iy;
const imaginary = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?i$/i;
const name = /[a-z_][a-z_0-9.]*/iy;
const glued = /[a-z_0-9.]+/iy;
const operator = /\*\*|[<>=!]=|&&|\|\||[*/%^+\-<>&|]/y;
/** Signals, one draw for a lot, and the words of a loop, which are no names. */
const others = /[vixn]\s*\(|lot\s|(?:to|step)\b/iy;

/**
 * The quick way for expressions of numbers, names, calls, brackets and operators: what the grammar gives, or undefined where there is
 * anything else, or a fault. `at` is the place behind what was read.
 */
export class PlainExpression {
  at = 0;
  #count = 0;

  constructor(
    private readonly text: string,
    private readonly place: Place,
  ) {}

  /** `{…}` from its first brace on. */
  braced(from: number): Expression | undefined {
    this.#count = 0;
    return this.#between(from + 1, "}");
  }

  /** `name(…)` from the name on; undefined where it is none. */
  call(from: number): Expression | undefined {
    this.#count = 0;
    const found = this.#match(others, from) === undefined ? this.#match(name, from) : undefined;
    return found !== undefined && this.text[this.at] === "(" ? this.#called(found, from) : undefined;
  }

  /** What stands from a place on, up to what is no operator. */
  open(from: number): Expression | undefined {
    this.at = from;
    this.#count = 0;
    return this.#expression();
  }

  /** Passes over blanks. */
  skip(): void {
    while (isBlank(this.text.charCodeAt(this.at))) this.at++;
  }

  #between(from: number, end: string): Expression | undefined {
    this.at = from;
    const found = this.#expression();
    this.skip();
    return this.text[this.at++] === end ? found : undefined;
  }

  #expression(): Expression | undefined {
    const operands: Operand[] = [];
    const operators: BinaryOperator[] = [];
    for (;;) {
      const operand = this.#operand();
      if (operand === undefined) return undefined;
      operands.push(operand);
      this.skip();
      const next = this.#match(operator, this.at) as BinaryOperator | undefined;
      if (next === undefined) return climb(operands, operators, this.place);
      if (isPower(next) && isPower(operators.at(-1))) return undefined;
      operators.push(next);
    }
  }

  #operand(): Operand | undefined {
    const signs: Sign[] = [];
    for (;;) {
      if (++this.#count > most) return undefined;
      this.skip();
      const letter = this.text[this.at];
      if (letter !== "-" && letter !== "+" && letter !== "!" && letter !== "~") break;
      signs.push({ operator: letter === "~" ? "!" : letter, start: this.at++ });
    }
    const value = this.#value(this.at);
    return value && { signs, value };
  }

  #value(from: number): Expression | undefined {
    const letter = this.text[from];
    if (letter === "(") return this.#between(from + 1, ")");
    if (letter === "{") return this.#between(from + 1, "}");
    if (this.#match(others, from) !== undefined) return undefined;
    const image = this.#match(name, from);
    if (image === undefined) return this.#number(from);
    if (this.#isStrange()) return undefined;
    const end = this.at;
    this.skip();
    if (this.text[this.at] === "(") return this.#called(image, from);
    this.at = end;
    return this.#named(image, from);
  }

  #number(from: number): Expression | undefined {
    const image = this.#match(numeral, from);
    if (image === undefined || this.#isStrange()) return undefined;
    if (!imaginary.test(image) && "error" in readFactor(image)) return undefined;
    return numberOf({ image, startOffset: from, endOffset: this.at - 1 }, this.place);
  }

  /** A name with what is spliced into it: `q{i}_b`. */
  #named(image: string, from: number): Expression | undefined {
    const parts: (string | Expression)[] = [image];
    while (this.text[this.at] === "{") {
      const part = this.#between(this.at + 1, "}");
      if (part === undefined) return undefined;
      const more = this.#match(glued, this.at);
      if (this.#isStrange()) return undefined;
      parts.push(part, ...(more === undefined ? [] : [more]));
    }
    const whole = parts.map((part) => (typeof part === "string" ? part.toLowerCase() : "{…}")).join("");
    const span = this.place.span(from, this.at);
    return parts.length === 1 ? { kind: "name", name: whole, span } : { kind: "name", name: whole, glued: parts, span };
  }

  /** From the bracket of a call on. */
  #called(image: string, from: number): Expression | undefined {
    const given: Expression[] = [];
    this.at++;
    this.skip();
    if (this.text[this.at] === ")") this.at++;
    else {
      for (let end: string | undefined = ","; end !== ")"; end = this.text[this.at++]) {
        if (end !== ",") return undefined;
        const argument = this.#expression();
        if (argument === undefined) return undefined;
        given.push(argument);
        this.skip();
      }
    }
    return { kind: "call", name: image.toLowerCase(), arguments: given, span: this.place.span(from, this.at) };
  }

  /** What a pattern finds at a place, and goes behind it. */
  #match(pattern: RegExp, from: number): string | undefined {
    pattern.lastIndex = from;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at = from + found.length;
    return found;
  }

  /** Whether what comes next may belong to a name or a number in a way that is not known here. */
  #isStrange(): boolean {
    const code = this.text.charCodeAt(this.at);
    return code >= 128 || (code === exclamation && this.text[this.at + 1] !== "=");
  }
}

const exclamation = 0x21;
const isPower = (one: BinaryOperator | undefined): boolean => one === "^" || one === "**";
const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
