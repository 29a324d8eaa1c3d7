import type { Formula } from "../../expressions/formula.js";
import { functions } from "../../expressions/functions.js";
import { resolve } from "../../expressions/resolve.js";
import { dynamic, random } from "../../expressions/scope.js";
import type { Expression } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import { Inputs } from "../inputs.js";
import { nearName, written } from "../readings.js";
import type { BlockNames, SystemMember } from "./block-names.js";
import { type Complex, conjugate, exponential, imaginary, negated, one, over, real } from "./complex.js";
import { DriveScope, type OwnNames, toDrive } from "./drives.js";
import { levelOf, systemOf } from "./levels.js";
import { aOr } from "./line.js";
import { type DriveInput, type Operator, oscillatorOperators, qubitOperators } from "./operator.js";
import { adjoint, local, localOperators, merged, multiplied, scalar, scaled, type Term } from "./terms.js";

/** Operators that both qubits and oscillators have. */
const common = ["id", "proj"] as const;
/** What an operator is called by. */
export const operatorWords: readonly string[] = [...qubitOperators, ...oscillatorOperators, ...common];
/** Functions of complex numbers. */
const complexFunctions: readonly string[] = ["exp", "conj", "dag"];
/** Calls that read a signal. */
const signalCalls: readonly string[] = ["r", "p", "w", "record"];
/** Terms of a product of sums; more are a slip of the hand. */
const mostTerms = 4096;

type Call = Extract<Expression, { kind: "call" }>;

/** Reads an operator of a block, in which names of a line's own may stand; undefined after having complained. */
export function operatorOf(
  expression: Expression,
  block: BlockNames,
  place = block.place,
  own?: OwnNames,
): Operator | undefined {
  const { complaints } = place.elaboration;
  const before = complaints.errors;
  const reader = new OperatorReader(block, place, own);
  const terms = reader.read(expression);
  if (complaints.errors > before) return undefined;
  return merged(terms).map(({ coefficient, factors }) => ({
    coefficient: {
      re: toDrive(coefficient.re, reader.inputs.all, block),
      im: toDrive(coefficient.im, reader.inputs.all, block),
    },
    factors: localOperators(factors),
  }));
}

/** A complex number of a block, such as an amplitude; NaN after having complained. */
export function complexOf(expression: Expression, block: BlockNames, place = block.place): { re: number; im: number } {
  const reader = new OperatorReader(block, place);
  const { complaints } = place.elaboration;
  const before = complaints.errors;
  const [term, ...more] = reader.read(expression);
  const { re, im } = term?.coefficient ?? real({ kind: "number", value: 0 });
  if (complaints.errors === before && more.length === 0 && (term === undefined || term.factors.size === 0)) {
    if (re.kind === "number" && im.kind === "number") return { re: re.value, im: im.value };
  }
  const message = `Expected a complex number that is known before the run, found \`${written(expression.span)}\`.`;
  if (complaints.errors === before) complaints.error("expected-number", message, expression.span);
  return { re: Number.NaN, im: Number.NaN };
}

class OperatorReader {
  readonly inputs = new Inputs<DriveInput>();
  readonly #scope: DriveScope;

  constructor(
    readonly block: BlockNames,
    readonly place: BlockNames["place"],
    own?: OwnNames,
  ) {
    this.#scope = new DriveScope(block, this.inputs, place, own);
  }

  /** The sum that an expression is; empty after having complained. */
  read(e: Expression): readonly Term[] {
    if (!this.#isSpecial(e)) return this.#scalar(e);
    switch (e.kind) {
      case "imaginary":
        return [scalar(imaginary(e.value))];
      case "unary":
        if (e.operator === "!") return this.#refuse("`!` is of no operator and no complex number.", e.span);
        return e.operator === "+" ? this.read(e.operand) : scaled(this.read(e.operand), negated(one));
      case "binary":
        return this.#binary(e);
      case "call":
        return this.#call(e);
      case "conditional":
        return this.#refuse("A choice `c ? a : b` stands between numbers: multiply the operator with it.", e.span);
      case "name":
        return this.#bareWord(e.name, e.span);
      default:
        return this.#refuse("This is of no operator.", e.span);
    }
  }

  /** Whether an expression holds more than real numbers: an operator, an imaginary number, or what looks like one. */
  #isSpecial(e: Expression): boolean {
    switch (e.kind) {
      case "imaginary":
        return true;
      case "name":
        return operatorWords.includes(e.name) && this.#scope.name(e.name, e.span) === undefined;
      case "unary":
        return this.#isSpecial(e.operand);
      case "binary":
        return this.#isSpecial(e.left) || this.#isSpecial(e.right);
      case "conditional":
        return [e.condition, e.yes, e.no].some((part) => this.#isSpecial(part));
      case "call":
        return !this.#isKnown(e.name) || e.arguments.some((part) => this.#isSpecial(part));
      default:
        return false;
    }
  }

  /** Whether a call is one of real numbers or signals. */
  #isKnown(name: string): boolean {
    if (operatorWords.includes(name)) return false;
    const isLanguage = functions.has(name) || dynamic.has(name) || random.has(name) || signalCalls.includes(name);
    return isLanguage || this.#scope.function(name) !== undefined || this.block.place.find("data", name) !== undefined;
  }

  #scalar(e: Expression): readonly Term[] {
    const formula = resolve(e, this.#scope, this.#complaints);
    return isFailed(formula) ? [] : [scalar(real(formula))];
  }

  get #complaints() {
    return this.block.place.elaboration.complaints;
  }

  #refuse(message: string, span: Span, help?: string, code = "bad-operator"): readonly Term[] {
    this.#complaints.error(code, message, span, { ...(help !== undefined && { help }) });
    return [];
  }

  #bareWord(name: string, span: Span): readonly Term[] {
    const [example = "a"] = this.block.names("qubit", "oscillator");
    const level = this.block.system(example)?.kind === "oscillator" ? "0" : "e";
    const of = name === "proj" ? `proj(${example},${level})` : `${name}(${example})`;
    return this.#refuse(`\`${name}\` needs a system to act on.`, span, `write \`${of}\`.`);
  }

  #binary({ operator, left, right, span }: Extract<Expression, { kind: "binary" }>): readonly Term[] {
    const a = this.read(left);
    switch (operator) {
      case "+":
        return [...a, ...this.read(right)];
      case "-":
        return [...a, ...scaled(this.read(right), negated(one))];
      case "*":
        return this.#product(a, this.read(right), span);
      case "/": {
        const by = this.#number(right);
        return by === undefined ? [] : a.map((term) => ({ ...term, coefficient: over(term.coefficient, by) }));
      }
      case "^":
      case "**":
        return this.#power(a, right, span);
      default:
        return this.#refuse(`\`${operator}\` cannot stand between operators or complex numbers.`, span);
    }
  }

  #product(a: readonly Term[], b: readonly Term[], span: Span): readonly Term[] {
    if (a.length * b.length <= mostTerms) return a.flatMap((left) => b.map((right) => multiplied(left, right)));
    return this.#refuse(`This product has more than ${mostTerms} terms.`, span);
  }

  #power(base: readonly Term[], exponent: Expression, span: Span): readonly Term[] {
    const by = this.#number(exponent)?.re;
    if (by === undefined) return [];
    if (by.kind !== "number" || !Number.isInteger(by.value) || by.value < 0 || by.value > 16)
      return this.#refuse("A power of an operator is a whole number from 0 to 16.", exponent.span);
    let power: readonly Term[] = [scalar(one)];
    for (let k = 0; k < by.value; k++) power = this.#product(power, base, span);
    return power;
  }

  /** A complex number; undefined after having complained. */
  #number(e: Expression): Complex | undefined {
    const { errors } = this.#complaints;
    const [term, ...more] = merged(this.read(e));
    if (this.#complaints.errors > errors || term === undefined) return undefined;
    if (more.length === 0 && term.factors.size === 0) return term.coefficient;
    this.#refuse("An operator cannot stand here: a number is wanted.", e.span);
    return undefined;
  }

  #call(call: Call): readonly Term[] {
    if (operatorWords.includes(call.name)) return this.#operator(call);
    const [argument] = call.arguments;
    if (!complexFunctions.includes(call.name) || call.arguments.length !== 1 || argument === undefined) {
      if (this.#scope.function(call.name) === undefined && !functions.has(call.name)) return this.#unknown(call);
      const message = `\`${call.name}\` is a function of real numbers: no operator and no imaginary number can stand in it.`;
      return this.#refuse(message, call.span);
    }
    if (call.name === "dag") return this.read(argument).map(adjoint);
    const value = this.#number(argument);
    if (value === undefined) return [];
    return [scalar(call.name === "exp" ? exponential(value) : conjugate(value))];
  }

  #unknown({ name, span }: Call): readonly Term[] {
    const near = nearName(name, operatorWords);
    const help = near ? `did you mean \`${near}\`?` : `there is ${operatorWords.map((it) => `\`${it}\``).join(", ")}.`;
    return this.#refuse(`There is no operator \`${name}\`.`, span, help, "unknown-operator");
  }

  #operator({ name, arguments: given, span }: Call): readonly Term[] {
    const [of, level, ...more] = given;
    const takes = name === "proj" ? 2 : 1;
    if (of === undefined || given.length !== takes || more.length > 0) {
      const form = name === "proj" ? "`proj(a,e)`: a system and a level" : `\`${name}(a)\`: a system`;
      return this.#refuse(`\`${name}\` is written ${form}.`, span);
    }
    const found = systemOf(of, this.block);
    if (found === undefined) return [];
    if (name === "id") return [scalar(one)];
    if (name === "proj") return this.#projector(found, level!);
    const own: readonly string[] = found.kind === "qubit" ? qubitOperators : oscillatorOperators;
    if (name === "pos" || name === "mom") this.block.lengths.push({ name, system: found.index, span });
    if (own.includes(name)) return [local(found.index, { name: name as "sx" })];
    const list = [...own, ...common].map((it) => `\`${it}\``).join(", ");
    const [other] = found.kind === "qubit" ? ["oscillator"] : ["qubit"];
    const message = `\`${name}\` is an operator of ${aOr(other!)}, but \`${written(of.span)}\` is ${aOr(found.kind)}.`;
    return this.#refuse(message, span, `it has ${list}.`);
  }

  #projector({ kind, index, levels }: SystemMember, level: Expression): readonly Term[] {
    const place = levelOf(level, kind, this.block, this.place);
    if (place === undefined) return [];
    if (place < levels) return [local(index, { name: "proj", level: place })];
    const message = `Level ${place} is beyond the highest, which is ${levels - 1}.`;
    return this.#refuse(message, level.span, undefined, "parameter-range");
  }
}

const isFailed = (formula: Formula): boolean => formula.kind === "number" && Number.isNaN(formula.value);
