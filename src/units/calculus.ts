import type { Unit } from "./unit.js";

const quotients: Partial<Record<string, Unit>> = {
  "A/V": "S",
  "V/A": "Ω",
  "C/s": "A",
  "Wb/s": "V",
  "J/s": "W",
  "C/V": "F",
  "Wb/A": "H",
  "W/V": "A",
  "W/A": "V",
  "V·A/V": "A",
  "V·A/A": "V",
};

const products: Partial<Record<string, Unit>> = {
  A·s: "C",
  V·s: "Wb",
  W·s: "J",
  V·A·s: "J",
  Hz·s: "1",
  "1/s·s": "1",
  "1/V·V": "1",
  A·V: "W",
  V·A: "W",
  S·V: "A",
  Ω·A: "V",
  A·Ω: "V",
  F·V: "C",
  H·A: "Wb",
};

/** The unit of dy/dx, by the name that it has where it has one: V per s is `V/s`, A per V is `S`. */
export function slopeUnit(y: Unit, x: Unit): Unit {
  if (x === "1") return y;
  if (y === x) return "1";
  const compound = y === "1/s" || y === "1/V" || y === "m²/(V·s)";
  return quotients[`${y}/${x}`] ?? ((compound ? `(${y})/${x}` : `${y}/${x}`) as Unit);
}

/** The unit of ∫ y dx, by the name that it has where it has one: A times s is `C`. */
export function integralUnit(y: Unit, x: Unit): Unit {
  if (x === "1") return y;
  if (y === "1") return x;
  return products[`${y}·${x}`] ?? (`${y}·${x}` as Unit);
}
