import { fold } from "../../expressions/fold.js";
import { type Formula, number } from "../../expressions/formula.js";

/** A complex number that may follow time and inputs. */
export interface Complex {
  readonly re: Formula;
  readonly im: Formula;
}

const isZero = (part: Formula): boolean => part.kind === "number" && part.value === 0;

export const real = (re: Formula): Complex => ({ re, im: number(0) });
export const one: Complex = real(number(1));
export const imaginary = (value: number): Complex => ({ re: number(0), im: number(value) });
export const isReal = ({ im }: Complex): boolean => isZero(im);

export const plus = (a: Complex, b: Complex): Complex => ({ re: sum(a.re, b.re), im: sum(a.im, b.im) });
export const negated = (a: Complex): Complex => ({ re: negative(a.re), im: negative(a.im) });
export const conjugate = (a: Complex): Complex => ({ re: a.re, im: negative(a.im) });

export const times = (a: Complex, b: Complex): Complex => ({
  re: sum(product(a.re, b.re), negative(product(a.im, b.im))),
  im: sum(product(a.re, b.im), product(a.im, b.re)),
});

/** a/b = a·b̄/|b|². */
export function over(a: Complex, b: Complex): Complex {
  const divide = ({ re, im }: Complex, by: Formula): Complex => ({ re: fold("/", [re, by]), im: fold("/", [im, by]) });
  if (isReal(b)) return divide(a, b.re);
  return divide(times(a, conjugate(b)), sum(product(b.re, b.re), product(b.im, b.im)));
}

/** e^(x + iy) = e^x (cos y + i sin y). */
export function exponential({ re, im }: Complex): Complex {
  const size = fold("exp", [re]);
  return { re: product(size, fold("cos", [im])), im: product(size, fold("sin", [im])) };
}

// A number 0 takes what it multiplies out of the law, so that it is not evaluated for nothing.
const product = (a: Formula, b: Formula): Formula => (isZero(a) || isZero(b) ? number(0) : fold("*", [a, b]));
const sum = (a: Formula, b: Formula): Formula => (isZero(a) ? b : isZero(b) ? a : fold("+", [a, b]));
const negative = (a: Formula): Formula => (isZero(a) ? a : fold("neg", [a]));
