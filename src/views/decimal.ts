/** The number `digits` × 10^`exponent`, rounded once: no dust such as 0.30000000000000004. */
export function decimal(digits: number, exponent: number): number {
  return Number(`${digits}e${exponent}`);
}

/** Of a number that is not 0: the e in d.ddd × 10^e. */
export function exponentOf(value: number): number {
  return Number(value.toExponential().split("e")[1]);
}

/** A power of ten in typographer's writing: `10⁻⁶`. */
export function powerOfTen(exponent: number): string {
  return `10${Array.from(String(exponent), (digit) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(digit)]).join("")}`;
}
