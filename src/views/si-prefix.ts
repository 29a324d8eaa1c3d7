import { takesPrefix, type Unit } from "../units/unit.js";
import { powerOfTen } from "./decimal.js";

/** The scale in which an axis is written. */
export interface Written {
  /** Values are divided by ten to this power. */
  readonly exponent: number;
  /** What stands in the brackets of the label: `mV`, `×10⁻³`, or nothing. */
  readonly unit: string;
}

const prefixes = ["a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T"] as const;
const smallest = -18;
const largest = 12;

/** How an axis of this unit is written whose largest tick has the decimal exponent given. */
export function writtenIn(unit: Unit, exponent: number): Written {
  const third = 3 * Math.floor(exponent / 3);
  const prefixed = unit === "s" ? Math.min(third, 0) : third; // nobody says kiloseconds
  if (takesPrefix(unit) && prefixed >= smallest && third <= (unit === "s" ? 3 : largest)) {
    return { exponent: prefixed, unit: `${prefixes[(prefixed - smallest) / 3]}${unit}` };
  }
  const name = unit === "1" ? "" : unit;
  if (exponent >= -2 && exponent <= 4) return { exponent: 0, unit: name };
  return { exponent, unit: `×${powerOfTen(exponent)}${name === "" ? "" : ` ${name}`}` };
}

/** What a quantity of this unit is called on an axis that several signals share. */
export const quantityNames: Readonly<Partial<Record<Unit, string>>> = {
  "1": "",
  V: "Voltage",
  A: "Current",
  Ω: "Resistance",
  S: "Conductance",
  F: "Capacitance",
  H: "Inductance",
  C: "Charge",
  Wb: "Flux",
  s: "Time",
  Hz: "Frequency",
  W: "Power",
  J: "Energy",
  m: "Length",
  "m²/(V·s)": "Mobility",
  K: "Temperature",
  "°C": "Temperature",
  "1/s": "Rate",
  "1/V": "",
  V·A: "Apparent power",
  "°": "Angle",
  rad: "Phase",
  dB: "Magnitude",
  "V/√Hz": "Noise density",
  "A/√Hz": "Noise density",
};

/** What an axis is called that several signals without a unit share: calls of one function. */
export const functionNames: Readonly<Partial<Record<string, string>>> = {
  x: "State",
  pop: "Population",
  ex: "Expectation value",
  bloch: "Component of the Bloch vector",
  purity: "Purity",
  entropy: "Entropy",
  concurrence: "Concurrence",
  negativity: "Negativity",
  fidelity: "Fidelity",
  reflectivity: "Reflectivity",
  rate: "Rate",
  nin: "Photons in",
  nout: "Photons out",
};
