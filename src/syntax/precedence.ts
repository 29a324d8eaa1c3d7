import type { BinaryOperator, Expression } from "./ast.js";
import { across, type Place } from "./place.js";

export interface Sign {
  readonly operator: "-" | "+" | "!";
  readonly start: number; // offset in the card
}

/** A value with the signs before it, as the grammar gives them. */
export interface Operand {
  readonly signs: readonly Sign[];
  readonly value: Expression;
}

/** How tightly an operator binds; a higher level binds more tightly. Powers bind above everything, signs included. */
const levels: Readonly<Record<Exclude<BinaryOperator, "^" | "**">, number>> = {
  "||": 1,
  "&&": 2,
  "|": 3,
  "&": 4,
  "==": 5,
  "!=": 5,
  "<": 6,
  ">": 6,
  "<=": 6,
  ">=": 6,
  "+": 7,
  "-": 7,
  "*": 8,
  "/": 8,
  "%": 8,
};

/** The tree of `operands[0] operators[0] operands[1] …`; operators of one level associate to the left. */
export function climb(operands: readonly Operand[], operators: readonly BinaryOperator[], place: Place): Expression {
  const factors: Expression[] = [];
  const waiting: BinaryOperator[] = [];
  for (let k = 0; k < operands.length; k++) {
    let factor = operands[k]!;
    if (isPower(operators[k])) {
      const chained = isPower(operators[k + 1]);
      factor = { signs: factor.signs, value: power(factor.value, operators[k]!, operands[k + 1]!, place) };
      k++;
      if (chained) complainOfChain(factor.value, operands[k + 1]!.value, place);
      while (isPower(operators[k])) k++;
    }
    factors.push(signed(factor, place));
    const next = operators[k];
    while (waiting.length > 0 && (!next || levelOf(waiting.at(-1)!) >= levelOf(next))) reduce(factors, waiting);
    if (next) waiting.push(next);
  }
  return factors[0]!;
}

const isPower = (operator: BinaryOperator | undefined): boolean => operator === "^" || operator === "**";
const levelOf = (operator: BinaryOperator): number => levels[operator as keyof typeof levels];

function power(left: Expression, operator: BinaryOperator, exponent: Operand, place: Place): Expression {
  const right = signed(exponent, place);
  return { kind: "binary", operator, left, right, span: across(left.span, right.span) };
}

function signed({ signs, value }: Operand, place: Place): Expression {
  return signs.reduceRight<Expression>(
    (operand, { operator, start }) => ({
      kind: "unary",
      operator,
      operand,
      span: across(place.span(start, start + 1), operand.span),
    }),
    value,
  );
}

function reduce(factors: Expression[], waiting: BinaryOperator[]): void {
  const operator = waiting.pop()!;
  const right = factors.pop()!;
  const left = factors.pop()!;
  factors.push({ kind: "binary", operator, left, right, span: across(left.span, right.span) });
}

function complainOfChain(first: Expression, last: Expression, place: Place): void {
  place.complaints.error(
    "chained-power",
    "A power of a power can be read in two ways, and simulators differ: write `(a^b)^c` or `a^(b^c)`.",
    across(first.span, last.span),
  );
}
