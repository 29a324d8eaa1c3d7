/** The units a quantity can have; `"1"` is a pure number. What is measured along an axis may be per, or times, its unit. */
export type Unit =
  | OfDevices
  | Further
  | `${OfDevices}/${OfAxes}`
  | `(${Compound})/${OfAxes}`
  | `${OfDevices}·${OfAxes}`;

/** Those that nothing is measured along an axis by. */
type Further =
  // of transistors
  | "m²"
  | "A/V²"
  | "√V"
  | "A/m²"
  | "F/m"
  | "F/m²"
  | "cm²/(V·s)"
  // of noise: densities, and their squares by device
  | "V/√Hz"
  | "A/√Hz"
  | "V²/Hz"
  | "V²"
  | "A²";

type OfAxes = "s" | "V" | "A" | "Ω";
type Compound = "1/s" | "1/V" | "m²/(V·s)";

type OfDevices =
  | "1"
  | "V"
  | "A"
  | "Ω"
  | "S"
  | "F"
  | "H"
  | "C"
  | "Wb"
  | "s"
  | "Hz"
  | "W"
  | "J"
  | "m"
  | "m²/(V·s)"
  | "Ω/(V·s)"
  | "K"
  | "V/m"
  | "K/W"
  | "°C"
  | "1/s"
  | "1/V"
  | "V·A"
  | "°"
  | "rad"
  | "dB";

/** Whether people put an SI prefix before a unit: not before one that starts with a number, a bracket or a degree. */
export const takesPrefix = (unit: Unit): boolean => !/^(1|K|°|rad|dB|\(|m²|c?m²|√|V²|A²)/.test(unit);
