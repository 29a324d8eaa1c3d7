import type { Formula } from "../expressions/formula.js";
import type { Unit } from "../units/unit.js";
import type { Quantity } from "./circuit.js";
import type { Network } from "./network.js";

/** The unit of a formula of signals, as far as simple rules tell; a pure number else. */
export function unitOf(formula: Formula, inputs: readonly Quantity[], network: Network): Unit {
  return unitBy(formula, (index) => quantityUnit(inputs[index]!, network));
}

/** The unit of a formula whose inputs have these units. */
export function unitBy(formula: Formula, inputUnit: (index: number) => Unit): Unit {
  if (deeperThan(formula, deepest)) return "1";
  const of = (part: Formula): Unit => unitBy(part, inputUnit);
  switch (formula.kind) {
    case "number":
      return "1";
    case "time":
      return "s";
    case "input":
      return inputUnit(formula.index);
    case "call":
      return unitOfCall(formula.name, formula.arguments.map(of));
  }
}

/** Nobody looks for the unit of a longer formula. */
const deepest = 12;

function deeperThan(formula: Formula, depth: number): boolean {
  if (depth === 0) return true;
  return formula.kind === "call" && formula.arguments.some((argument) => deeperThan(argument, depth - 1));
}

function quantityUnit(quantity: Quantity, network: Network): Unit {
  switch (quantity.kind) {
    case "node":
      return "V";
    case "current":
      return "A";
    case "own":
      // Behind a device's own unknowns stands its current, where somebody measures it.
      return network.part(quantity.instance).device?.own[quantity.index]?.unit ?? "A";
    case "block":
      return "1";
    case "quantum":
    case "noise":
      return quantity.unit;
    case "observable":
      return (
        network.part(quantity.instance).device?.observables?.find(({ name }) => name === quantity.name)?.unit ?? "1"
      );
  }
}

const products: Readonly<Record<string, Unit>> = {
  "V A": "W",
  "A V": "W",
  "A Ω": "V",
  "Ω A": "V",
  "V S": "A",
  "S V": "A",
  "A s": "C",
  "V s": "Wb",
  "W s": "J",
};

const quotients: Readonly<Record<string, Unit>> = {
  "V A": "Ω",
  "A V": "S",
  "W V": "A",
  "W A": "V",
  "V Ω": "A",
  "1 s": "1/s",
  "1 Ω": "S",
  "1 S": "Ω",
  "C s": "A",
  "C V": "F",
  "Wb A": "H",
};

/** Functions whose value is like their arguments. */
const alike: ReadonlySet<string> = new Set(["+", "-", "neg", "abs", "min", "max", "limit", "mag", "re", "im"]);

function unitOfCall(name: string, units: readonly Unit[]): Unit {
  const [a = "1", b = "1"] = units;
  if (name === "ph") return "rad";
  if (name === "db") return "dB";
  if (name === "*") return a === "1" ? b : b === "1" ? a : (products[`${a} ${b}`] ?? "1");
  if (name === "/") return b === "1" ? a : a === b ? "1" : (quotients[`${a} ${b}`] ?? "1");
  const like = name === "if" ? units.slice(1) : alike.has(name) ? units : [];
  const [first = "1"] = like;
  // A plain number beside volts (`v(a)-0.5`) is meant in volts.
  const meant = like.filter((unit) => unit !== "1");
  return meant.every((unit) => unit === meant[0]) ? (meant[0] ?? first) : "1";
}
