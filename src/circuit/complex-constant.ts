import type { Expression, Item } from "../syntax/ast.js";
import { constantOf } from "./constant-scope.js";
import type { Environment } from "./environment.js";
import { numberOf, written } from "./readings.js";

/** A complex number that is known before the analysis. */
export interface ComplexConstant {
  readonly re: number;
  readonly im: number;
}

/** `0.5`, `-0.5i`, `{1i/sqrt(2)}`, `{exp(1i*pi/4)}`; NaN after having complained. */
export function complexNumberOf(item: Item, place: Environment, what: string): ComplexConstant {
  if (item.kind === "expression") return complexOf(item.expression, place);
  const [part] = item.kind === "word" ? item.parts : [];
  const imaginary = typeof part === "string" ? /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)i$/i.exec(part) : null;
  return imaginary === null ? real(numberOf(item, place, what)) : { re: 0, im: Number(imaginary[1]) };
}

const real = (re: number): ComplexConstant => ({ re, im: 0 });

function complexOf(e: Expression, place: Environment): ComplexConstant {
  if (!holdsImaginary(e)) return real(constantOf(e, place));
  if (e.kind === "imaginary") return { re: 0, im: e.value };
  if (e.kind === "unary" && e.operator !== "!") {
    const { re, im } = complexOf(e.operand, place);
    return e.operator === "-" ? { re: -re, im: -im } : { re, im };
  }
  const [argument, ...more] = e.kind === "call" ? e.arguments : [];
  if (e.kind === "call" && argument !== undefined && more.length === 0) {
    const { re, im } = complexOf(argument, place);
    if (e.name === "exp") return { re: Math.exp(re) * Math.cos(im), im: Math.exp(re) * Math.sin(im) };
    if (e.name === "conj") return { re, im: -im };
  }
  const combine = e.kind === "binary" ? operations[e.operator] : undefined;
  if (e.kind === "binary" && combine !== undefined) return combine(complexOf(e.left, place), complexOf(e.right, place));
  const help = "there are `+ - * /`, `exp` and `conj` of complex numbers.";
  const message = `\`${written(e.span)}\` is nothing that can be told of a complex number.`;
  place.elaboration.complaints.error("expected-number", message, e.span, { help });
  return real(Number.NaN);
}

type Operation = (a: ComplexConstant, b: ComplexConstant) => ComplexConstant;

const times: Operation = (a, b) => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re });

const operations: Readonly<Record<string, Operation>> = {
  "+": (a, b) => ({ re: a.re + b.re, im: a.im + b.im }),
  "-": (a, b) => ({ re: a.re - b.re, im: a.im - b.im }),
  "*": times,
  "/": (a, { re, im }) => times(a, { re: re / (re * re + im * im), im: -im / (re * re + im * im) }),
};

function holdsImaginary(e: Expression): boolean {
  switch (e.kind) {
    case "imaginary":
      return true;
    case "unary":
      return holdsImaginary(e.operand);
    case "binary":
      return holdsImaginary(e.left) || holdsImaginary(e.right);
    case "call":
      return e.arguments.some(holdsImaginary);
    default:
      return false;
  }
}
